"""What the page of one's own unit shows, and finding units without JavaScript."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from question_bank.folding import fold
from quiz.contests.models import ContestUnit
from quiz.entries.pages import UnitChoice, UnitGroup
from quiz.web.site import Contact


@dataclass(frozen=True, slots=True)
class UnitSearch:
    """What was typed, and the units that fit: `found` of them (None: not asked), `only` the only one."""

    typed: str
    groups: tuple[UnitGroup, ...]
    found: int | None
    only: str | None


@dataclass(frozen=True, slots=True)
class RequestLine:
    """A request for another unit. `state`: open, approved, refused or withdrawn."""

    at: datetime
    unit: str
    reason: str
    state: str
    answer: str
    decided_at: datetime | None


@dataclass(frozen=True, slots=True)
class UnitPage:
    """One's own unit: changed at once before the first start (`fixed_at` None), asked for afterwards."""

    slug: str
    title: str
    short_title: str
    contact: Contact
    name: str
    unit: str | None
    trail: str
    fixed_at: datetime | None
    waiting: RequestLine | None
    past: tuple[RequestLine, ...]
    search: UnitSearch
    unit_outside: str
    is_closed: bool


def unit_trail(units: Sequence[ContestUnit], unit: ContestUnit | None) -> str:
    """Where the unit belongs, from the top: "Tỉnh Sơn La › Các xã"; empty for none and for the top itself."""
    by_id = {one.id: one for one in units}
    names: list[str] = []
    above = by_id.get(unit.parent_id) if unit and unit.parent_id is not None else None
    while above is not None:
        names.append(above.name)
        above = by_id.get(above.parent_id) if above.parent_id is not None else None
    return " › ".join(reversed(names))


def search_units(groups: Sequence[UnitGroup], typed: str) -> UnitSearch:
    """The search of the pages without JavaScript."""
    fitting = find_units(groups, typed)
    codes = [unit.code for group in fitting for unit in group.units]
    is_asked = bool(fold(typed))
    only = codes[0] if is_asked and len(codes) == 1 else None
    return UnitSearch(typed, fitting, len(codes) if is_asked else None, only)


def find_units(groups: Sequence[UnitGroup], typed: str) -> tuple[UnitGroup, ...]:
    """The groups with only the units in which every word typed begins a word; all where nothing was typed.

    Names, old names and codes count, diacritics do not. static/js/unit-search.js finds the same.
    """
    words = fold(typed).split()
    if not words:
        return tuple(groups)
    found = (
        replace(group, units=tuple(unit for unit in group.units if _holds(unit, words))) for group in groups
    )
    return tuple(group for group in found if group.units)


def _holds(unit: UnitChoice, words: Sequence[str]) -> bool:
    text = f" {unit.search}"
    return all(f" {word}" in text for word in words)
