"""Measurements and long drills, run by make; nothing here belongs to the product."""
