"""How often somebody may do something, and proof that a browser took trouble over it."""
