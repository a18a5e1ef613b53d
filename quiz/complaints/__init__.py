"""What entrants say against a round's result, with a number and a date by which they are answered."""
