"""What the boards show, from an allow-list: masked name, three digits of the phone, unit, figures."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from quiz.contests.pages import Decision, RoundFacts
from quiz.web.site import Contact


@dataclass(frozen=True, slots=True)
class Pages:
    """Pages of a list, from 1."""

    number: int
    count: int
    url: Callable[[int], str]


@dataclass(frozen=True, slots=True)
class PersonLine:
    """One line of the people's board."""

    rank: int | None
    name: str
    phone: str
    prize: str | None
    unit: str
    correct: int
    total: int
    duration_ms: int
    prediction_error: str | None


@dataclass(frozen=True, slots=True)
class BoardOf:
    """What a board of people is about: a round ("3") or a combined list ("chung-1"), as addresses name it."""

    number: str
    name: str
    is_live: bool


@dataclass(frozen=True, slots=True)
class PastPlace:
    """One's own place in a round or a combined list; None while it must not be told."""

    name: str
    url: str
    is_official: bool
    rank: int | None
    category_rank: int | None
    correct: int
    total: int


@dataclass(frozen=True, slots=True)
class History:
    """One's own places over the rounds."""

    slug: str
    title: str
    short_title: str
    contact: Contact
    category: str
    lines: tuple[PastPlace, ...]


@dataclass(frozen=True, slots=True)
class Mine:
    """One's own place; `rank` None while the board's depth must stay hidden."""

    rank: int | None
    category: str
    category_rank: int | None
    correct: int
    total: int
    duration_ms: int
    prediction_error: str | None
    attempts_left: int | None
    url: str | None


@dataclass(frozen=True, slots=True)
class PeopleBoard:
    """The board of people, the same for every reader. `live_url`: from where its rows come anew."""

    slug: str
    title: str
    short_title: str
    contact: Contact
    round: BoardOf
    rounds: tuple[tuple[str, str], ...]
    divisions: tuple[tuple[str, str], ...]
    division: str
    categories: tuple[tuple[str, str], ...]
    category: str
    q: str
    is_official: bool
    decision: Decision | None
    as_of: datetime
    top_only: int | None
    rows: tuple[PersonLine, ...]
    pages: Pages | None
    offset: int
    held_since: datetime | None
    live_url: str | None
    criteria: tuple[str, ...]
    actual: str | None
    total: int | None


@dataclass(frozen=True, slots=True)
class UnitLine:
    """One line of the units' board; figures that give a prediction away are None."""

    code: str
    name: str
    rank: int | None
    value: str
    share: float | None
    people: int | None
    headcount: int | None
    attempts: int | None
    trouble: str | None
    url: str
    board: str = ""  # which of several boards of a rule, by division and size


@dataclass(frozen=True, slots=True)
class UnitBoard:
    """The board of units of one level."""

    slug: str
    title: str
    short_title: str
    contact: Contact
    round: RoundFacts
    rounds: tuple[tuple[int, str], ...]
    divisions: tuple[tuple[str, str], ...]
    division: str
    orders: tuple[tuple[str, str], ...]
    order: str
    q: str
    is_official: bool
    as_of: datetime
    formula: str
    rows: tuple[UnitLine, ...]
    pages: Pages | None
    level: str
    note: str | None
    headcounts: str


@dataclass(frozen=True, slots=True)
class UnitPage:
    """One unit and those below it."""

    slug: str
    title: str
    short_title: str
    contact: Contact
    round: RoundFacts
    rounds: tuple[tuple[int, str], ...]
    code: str
    name: str
    kind: str
    parents: tuple[tuple[str, str], ...]
    as_of: datetime
    is_official: bool
    rank: int | None
    ranked: int
    value: str
    formula: str
    share: float | None
    people: int | None
    headcount: int | None
    attempts: int | None
    mean: str | None
    all_correct: int | None
    trouble: str | None
    children: tuple[UnitLine, ...]
    pages: Pages | None
    headcount_day: date | None
    board: str
