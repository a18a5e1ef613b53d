"""What an installation looks like to somebody who has to run it: findings, each with what to do."""
