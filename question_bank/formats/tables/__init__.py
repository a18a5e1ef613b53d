"""Questions in rows and columns: what sheets and CSV files have in common."""
