"""Pages and commands of the people who run contests: signing in and out, one's own account, `flask staff`."""
