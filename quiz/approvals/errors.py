"""Why something is not asked for, approved, declined or withdrawn."""

from quiz.core.errors import DomainError


class ApprovalRefused(DomainError):
    """The request cannot be made or ended so; the code says why."""


class SecondPersonNeeded(DomainError):
    """The contest's rule asks for a second person and there was none."""


class ApprovalStale(DomainError):
    """What the request stands on has changed since it was made; it has to be made anew."""
