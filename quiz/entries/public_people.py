"""What the public may see of a person: the only way from an entry to a public page. Pure."""

from dataclasses import dataclass
from datetime import date

from quiz.core.names import mask_child_name, mask_name
from quiz.entries.children import is_child


@dataclass(frozen=True, slots=True)
class PublicPerson:
    """A name and a phone as they may stand on a public page; the phone may be empty."""

    name: str
    phone: str


def public_person(
    name: str,
    phone_tail: str | None,
    birth_date: date | None,
    *,
    today: date,
    has_prize: bool,
    may_publish: bool,
) -> PublicPerson:
    """The full name only of who won and agreed; else masked, a child only by initials and without a phone."""
    child = is_child(birth_date, today)
    masked = mask_child_name(name) if child else mask_name(name)
    phone = f"09•• ••• {phone_tail}" if phone_tail and not child else ""
    return PublicPerson(name if has_prize and may_publish else masked, phone)
