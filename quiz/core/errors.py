"""Errors of the domain: small types with a code; HTTP turns them into pages or JSON problems."""

from collections.abc import Mapping
from typing import ClassVar


class DomainError(Exception):
    """A rule of the domain says no. `code` names the rule, `params` fill the message shown to people."""

    status: ClassVar[int] = 409

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code)
        self.code = code
        self.params: Mapping[str, object] = params


class NotFound(DomainError):
    """There is no such thing, or the asker may not know that there is."""

    status = 404

    def __init__(self, what: str) -> None:
        super().__init__("not_found", what=what)


class Forbidden(DomainError):
    """The asker is known and lacks the right."""

    status = 403


class Invalid(DomainError):
    """What was given cannot be taken as it is."""

    status = 422
