"""The formats that can be written, in one visible table."""
