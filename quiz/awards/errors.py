"""What can be wrong with a decision about prizes."""

from quiz.core.errors import DomainError, Invalid


class AwardsRefused(DomainError):
    """Not now: the round's results are not frozen, or the list has changed meanwhile."""

    status = 409


class AwardInvalid(Invalid):
    """The decision itself is not complete; the code says what is missing."""
