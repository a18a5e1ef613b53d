"""Boards of people and units."""
