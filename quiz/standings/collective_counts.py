"""People of units as collective rankings count them: groups, leaders, winners. Pure."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class GroupSum:
    """People of one category who took part, by the unit they chose."""

    unit_id: int | None
    category: str
    participants: int


@dataclass(frozen=True, slots=True)
class Winner:
    """A prize of a round won by somebody of a unit."""

    entry_id: int
    unit_id: int | None
    round_number: int
    prize: str


@dataclass(frozen=True, slots=True)
class Leader:
    """Somebody near the top of a frozen round. `category_rank` is the place among those of the category."""

    entry_id: int
    unit_id: int | None
    rank: int
    category: str | None
    category_rank: int
