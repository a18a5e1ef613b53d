"""The texts that contests are about: documents in numbered passages, read by entrants, cited by questions."""
