"""What makes two entries the same person, as a text whose keyed hash is unique in the contest. Pure."""

from datetime import date

from quiz.contests.definition_entry import UNIQUE_PARTS, Unique
from quiz.core.names import name_key

# Rules under which a stranger can state what belongs to somebody else: the second comer is not turned away.
CONTESTABLE = frozenset({Unique.PHONE, Unique.NATIONAL_ID})


class IdentityIncomplete(ValueError):
    """A part of the identity is missing that the contest's rule is made of; `part` names it."""

    def __init__(self, part: str) -> None:
        super().__init__(part)
        self.part = part


def identity_text(
    policy: Unique,
    *,
    name: str,
    birth_date: date | None = None,
    phone: str | None = None,
    national_id: str | None = None,
    account: str | None = None,
    roster: str | None = None,
) -> str | None:
    """The text that no two entries may share; None where likely twins are only flagged.

    Phone and national id come in their stored forms. A name counts without capitals and marks, so that
    every way of typing it is the same person. Raises IdentityIncomplete.
    """
    given = {
        "phone": phone,
        "national_id": national_id,
        "name": name_key(name),
        "birth_date": birth_date.isoformat() if birth_date else None,
        "account": account,
        "roster": roster.strip().casefold() if roster else None,
    }
    parts = []
    for part in UNIQUE_PARTS[policy]:
        value = given[part]
        if not value:
            raise IdentityIncomplete(part)
        parts.append(value)
    return f"{policy.value}:{'|'.join(parts)}" if parts else None


def contested_text(identity: str, *, name: str, birth_date: date | None, phone: str | None) -> str:
    """The identity of somebody who states a number that another person holds: the number and who states it.

    It is unique as well: however often the same person asks, there is one contested entry.
    """
    return "|".join((identity, name_key(name), birth_date.isoformat() if birth_date else "", phone or ""))
