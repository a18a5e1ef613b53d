"""Contests, their rounds, their settings, and their snapshot of the unit tree."""
