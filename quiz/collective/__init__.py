"""What people enter about a contest's units: headcounts with a date, targets, merit."""
