"""What the pages of entry show."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from question_bank.folding import fold
from quiz.contests.definition_entry import EntryPolicy
from quiz.contests.models import ContestUnit
from quiz.contests.pages import RoundFacts
from quiz.web.site import Contact

_GROUPING_KIND = "nhóm"  # a node that only groups others; nobody belongs to it


@dataclass(frozen=True, slots=True)
class UnitChoice:
    """A unit that may be chosen; `search` holds folded words, `note` tells namesakes apart."""

    code: str
    name: str
    note: str
    search: str


@dataclass(frozen=True, slots=True)
class UnitGroup:
    """Units under one heading."""

    label: str
    units: tuple[UnitChoice, ...]


@dataclass(frozen=True, slots=True)
class Consent:
    """The consent that is asked for."""

    version: str
    text: str


@dataclass(frozen=True, slots=True)
class EnterPage:
    """The entry form's page."""

    slug: str
    title: str
    short_title: str
    contact: Contact
    round: RoundFacts | None
    min_age: int | None
    unit_groups: tuple[UnitGroup, ...]
    unit_typed: str
    unit_found: int | None
    unit_outside: str
    optional: frozenset[str]
    consent: Consent
    known: str | None
    known_url: str | None
    proven: str
    account_url: str
    ways_url: str


@dataclass(frozen=True, slots=True)
class ResumePage:
    """Coming back. `asks_name`: several people answer to phone and birth date."""

    slug: str
    title: str
    short_title: str
    contact: Contact
    is_over: bool
    asks_name: bool
    ways_url: str


@dataclass(frozen=True, slots=True)
class CheckPage:
    """The step that shows what will be stored."""

    slug: str
    title: str
    short_title: str
    contact: Contact
    name: str
    birth: str
    phone: str | None
    national_id: str | None
    unit: str | None
    unit_trail: str
    may_publish: bool
    extra: tuple[tuple[str, str], ...] = ()
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OwnEntry:
    """An entry under what was proven; `name` is masked."""

    id: str
    name: str
    registered_at: datetime


@dataclass(frozen=True, slots=True)
class WhoPage:
    """The entries under what was proven, to go on with one of them."""

    slug: str
    short_title: str
    contact: Contact
    proven: str
    entries: tuple[OwnEntry, ...]
    new_url: str


def may_be_chosen(unit: ContestUnit) -> bool:
    """Whether people can belong to the unit: a leaf, or a body that is more than a heading."""
    return unit.is_leaf or (unit.depth > 0 and unit.kind.casefold() != _GROUPING_KIND)


def unit_groups(units: Sequence[ContestUnit], policy: EntryPolicy) -> tuple[UnitGroup, ...]:
    """The units that may be chosen, under the name of the unit above them, in the tree's order."""
    names = {unit.id: unit.name for unit in units}
    groups: dict[int | None, list[UnitChoice]] = {}
    for unit in units:
        if may_be_chosen(unit) and policy.admits_unit(unit.path):
            groups.setdefault(unit.parent_id, []).append(_choice(unit))
    return tuple(
        UnitGroup(names.get(parent, "") if parent is not None else "", tuple(choices))
        for parent, choices in groups.items()
    )


def _choice(unit: ContestUnit) -> UnitChoice:
    old = (unit.old_names or "").strip()
    note = f"Tên cũ: {old}" if old else ""
    return UnitChoice(
        unit.code, unit.name, note, _folded(f"{unit.name} {unit.short_name or ''} {old} {unit.code}")
    )


@lru_cache(maxsize=20_000)
def _folded(text: str) -> str:
    return fold(text)
