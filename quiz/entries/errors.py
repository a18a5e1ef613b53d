"""Why an entry is refused."""

from quiz.core.errors import DomainError, Invalid


class EntryRefused(DomainError):
    """The contest's rules do not let this person enter, or not now. Codes are those of `limits.Refusal`."""


class IdentityTaken(DomainError):
    """Another person's entry holds the same identity under the contest's rule; the reply does not say so."""


class EntryInvalid(Invalid):
    """Something that was typed cannot be stored; `params["field"]` names it."""


class ReturnRefused(DomainError):
    """No entry, or not exactly one, answers to what was typed, or there were too many tries."""

    status = 422


class UnitChangeRefused(Invalid):
    """The unit cannot be changed, or not like this; the code says why."""
