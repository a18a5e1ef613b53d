"""What every package stands on: database, clock, errors, ids, secrets, names."""
