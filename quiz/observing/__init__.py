"""What the keepers of an installation look at: whether it lives, whether it is ready, its figures."""
