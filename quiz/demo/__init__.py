"""The living demo: real units, real questions, invented people, through the same services as organisers use."""
