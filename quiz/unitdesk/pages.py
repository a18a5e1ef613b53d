"""What a unit sees of itself."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from quiz.contests.pages import RoundFacts
from quiz.web.charts import BarChart


@dataclass(frozen=True, slots=True)
class UnitTile:
    """One figure with its label and a note; the value is a dash where it must not be known yet."""

    label: str
    value: str
    note: str


@dataclass(frozen=True, slots=True)
class DayLine:
    """Attempts begun on one day."""

    day: date
    attempts: int


@dataclass(frozen=True, slots=True)
class BelowLine:
    """A unit right below, in figures; None where they must not be known yet."""

    code: str
    name: str
    people: int | None
    headcount: int | None
    attempts: int | None
    url: str
    share: float | None
    is_over: bool  # more took part than there are: a mistake in the data


@dataclass(frozen=True, slots=True)
class TargetLine:
    """What the organisers ask of a unit, and how much of it is reached; None while it must not be known."""

    label: str
    target: int
    reached: int | None
    share: float | None


@dataclass(frozen=True, slots=True)
class UnitDeskPage:
    """A unit in one round of one contest. Lists of links are (label, address, is this one)."""

    name: str
    contest_title: str
    round: RoundFacts | None
    as_of: datetime
    contests: tuple[tuple[str, str, bool], ...]
    rounds: tuple[tuple[str, str, bool], ...]
    parents: tuple[tuple[str, str], ...]
    hero_label: str
    hero: str
    hero_note: str
    share: float | None
    tiles: tuple[UnitTile, ...]
    days: tuple[DayLine, ...]
    below: tuple[BelowLine, ...]
    note: str
    public_url: str | None
    qr_url: str | None
    targets: tuple[TargetLine, ...] = ()
    lowest: tuple[BelowLine, ...] = ()
    headcount_day: date | None = None
    chart: BarChart | None = None  # of the days
    links: Mapping[str, str] = field(default_factory=dict)
    share_url: str | None = None


@dataclass(frozen=True, slots=True)
class NoContest:
    """The account's tree is in no contest yet."""

    name: str
