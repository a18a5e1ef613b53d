"""Plausible entrants and attempts, made by seed, for demonstrations and measurements."""
