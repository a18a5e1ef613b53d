"""What a rule of uniqueness does to a family that shares a phone: an example for those who choose one. Pure.

The example asks the same functions as entering itself, so that it cannot promise what the door does not keep.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from quiz.contests.definition_entry import UNIQUE_PARTS, Unique
from quiz.core.names import name_key
from quiz.entries.identity import CONTESTABLE, identity_text


class Outcome(StrEnum):
    """What happens to somebody who fills in the form."""

    ENTERS = "enters"
    SHARES = "shares"  # enters; the organisers see that a number is shared
    DISPUTED = "disputed"  # enters; the organisers decide before prizes
    COMES_BACK = "comes_back"  # to the entry that there is


@dataclass(frozen=True, slots=True)
class Case:
    """One filled-in form, in the order of coming."""

    name: str
    birth_date: date
    phone: str
    national_id: str
    account: str
    roster: str


_PHONE, _OTHER_PHONE = "+84912345678", "+84987654321"
FATHER = Case("Lò Văn Minh", date(1960, 3, 2), _PHONE, "014060001234", "1", "DT01")
FAMILY = (
    FATHER,
    Case("Vì Thị Hoa", date(1963, 9, 20), _PHONE, "014163005678", "2", "DT02"),
    Case("Lò Thị Hương", date(2005, 1, 15), _PHONE, "014305002468", "3", "DT03"),
    Case("lo van minh", date(1960, 3, 2), _PHONE, "014060001234", "1", "DT01"),  # himself, in a hurry
    Case("Lò Văn Minh", date(1960, 3, 2), _OTHER_PHONE, "014060001234", "1", "DT01"),  # with his other phone
)


def outcomes(policy: Unique, cases: tuple[Case, ...] = FAMILY) -> tuple[Outcome, ...]:
    """What happens to each of those who come, one after the other."""
    held: dict[str, Case] = {}
    met: list[Case] = []
    found = []
    for case in cases:
        found.append(_outcome(policy, case, held, met))
        met.append(case)
    return tuple(found)


def _outcome(policy: Unique, case: Case, held: dict[str, Case], met: list[Case]) -> Outcome:
    identity = identity_text(
        policy,
        name=case.name,
        birth_date=case.birth_date,
        phone=case.phone,
        national_id=case.national_id,
        account=case.account,
        roster=case.roster,
    )
    first = held.setdefault(identity, case) if identity else case
    if first is not case:
        is_proven = not {"account", "roster"}.isdisjoint(UNIQUE_PARTS[policy])
        if is_proven or _person(case) in [_person(one) for one in met]:
            return Outcome.COMES_BACK
        if policy in CONTESTABLE:
            return Outcome.DISPUTED
    shared = any(case.phone == one.phone or case.national_id == one.national_id for one in met)
    return Outcome.SHARES if shared else Outcome.ENTERS


def _person(case: Case) -> tuple[str, date, str]:
    return name_key(case.name), case.birth_date, case.phone
