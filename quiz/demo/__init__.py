"""The living demo: real units, real questions, invented people, through the services organisers use."""
