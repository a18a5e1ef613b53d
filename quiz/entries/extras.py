"""The further fields of an entry, kept together under one seal. Pure.

They are read by people, one entry at a time: nothing searches or counts by them, so one encrypted text is
enough. What other parts of the platform put beside them is left as it is.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from quiz.core.genders import Gender
from quiz.core.secrets import Keyring

EXTRA_FIELDS = ("gender", "email", "address", "workplace")
MAX_WORDS = 200  # of an address or a workplace
_PURPOSE = "entries.extra"


@dataclass(frozen=True, slots=True)
class Extras:
    """What an entrant states besides name, birth date, phone, national ID and unit; None where not stated."""

    gender: Gender | None = None
    email: str | None = None
    address: str | None = None
    workplace: str | None = None

    @property
    def is_empty(self) -> bool:
        """Whether nothing is stated."""
        return all(getattr(self, one.name) is None for one in fields(self))


def seal(
    extras: Extras, keyring: Keyring, context: str, *, beside: Mapping[str, Any] | None = None
) -> str | None:
    """The fields encrypted for one row, with what else stands `beside` them; None where there is nothing.

    `context` names the row as in "contest:entry".
    """
    stated = {one.name: getattr(extras, one.name) for one in fields(extras)}
    kept = {name: value for name, value in {**(beside or {}), **stated}.items() if value is not None}
    return keyring.encrypt(_PURPOSE, json.dumps(kept, ensure_ascii=False), context) if kept else None


def unseal(sealed: str | None, keyring: Keyring, context: str) -> dict[str, Any]:
    """Everything under the seal. Raises CannotDecrypt."""
    kept: dict[str, Any] = json.loads(keyring.decrypt(_PURPOSE, sealed, context)) if sealed else {}
    return kept


def extras_in(kept: Mapping[str, Any]) -> Extras:
    """The further fields out of what `unseal` gave."""
    gender = kept.get("gender")
    return Extras(
        gender=Gender(gender) if gender else None,
        email=kept.get("email"),
        address=kept.get("address"),
        workplace=kept.get("workplace"),
    )
