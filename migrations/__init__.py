"""The database's steps, and how a step is taken while people take part (`online`)."""
