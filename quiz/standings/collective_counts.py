"""People of units as collective rankings count them: groups, winners. Pure."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class GroupSum:
    """People of one category who took part, by the unit they chose."""

    unit_id: int | None
    category: str
    participants: int


@dataclass(frozen=True, slots=True)
class Winner:
    """A prize won by somebody of a unit; `place` is the prize's in its list, 0 the highest."""

    entry_id: int
    unit_id: int | None
    prize: str
    place: int
