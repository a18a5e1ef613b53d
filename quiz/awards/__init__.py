"""From frozen results to prizes: who gets one, who was called, what is printed about it."""
