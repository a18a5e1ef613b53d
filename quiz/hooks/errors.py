"""What refuses to be done with webhooks."""

from quiz.core.errors import DomainError, Invalid


class AddressRefused(Invalid):
    """The address is not one that may be called; the code says why."""


class HookRefused(DomainError):
    """The act does not fit the webhook as it is."""
