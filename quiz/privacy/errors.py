"""Why something about personal data is not done."""

from quiz.core.errors import DomainError, Invalid


class RequestRefused(DomainError):
    """The request cannot take this step, or cannot be made now."""


class RequestInvalid(Invalid):
    """Something that was asked for cannot be stored."""


class DisclosureRefused(DomainError):
    """Unmasked data are not shown: a reason is missing, or the day's limit is reached."""

    status = 429


class ProofRefused(DomainError):
    """What was typed is not what the person stated at entry, or there were too many tries."""

    status = 422
