"""What units refuse."""

from quiz.core.errors import DomainError, Invalid


class TreeInvalid(Invalid):
    """A tree cannot be called so. Code: tree_slug."""


class TreeBusy(DomainError):
    """Somebody else imports the same tree at this moment."""
