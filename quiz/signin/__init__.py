"""Ways into a contest besides the open form: one-time codes, entrants' accounts, a provider of identities."""
