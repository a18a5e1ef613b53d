"""People who run contests: roles, permissions, sign-in."""
