"""People's own data: seen, corrected and erased by them, shown for a reason, forgotten in time."""
