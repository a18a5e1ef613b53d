"""What the organisers' pages show: values made once, read by the templates."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from quiz.contests.pages import RoundFacts
from quiz.organiser.history import HistoryLine
from quiz.rulebook.articles import Grid
from quiz.web.charts import BarChart, LineChart


@dataclass(frozen=True, slots=True)
class Todo:
    """Something that waits for the organisers; `url` leads to where it is done."""

    icon: str
    title: str
    detail: str
    url: str
    button: str


@dataclass(frozen=True, slots=True)
class Check:
    """One condition of opening a round. `detail` says what is there or missing; advice blocks nothing."""

    is_met: bool
    title: str
    detail: str
    url: str = ""
    is_advice: bool = False
    step: str = ""  # a BuildStep


@dataclass(frozen=True, slots=True)
class StepLink:
    """A step that the round can take now."""

    label: str
    url: str
    icon: str
    is_publish: bool


@dataclass(frozen=True, slots=True)
class RoundLine:
    """A round in a list."""

    facts: RoundFacts
    url: str
    edit_url: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class ContestLine:
    """A contest in the list of contests."""

    slug: str
    title: str
    phase: str
    rounds: tuple[RoundLine, ...]
    entries: int
    todos: tuple[Todo, ...]


@dataclass(frozen=True, slots=True)
class Home:
    """All contests and everything that waits."""

    contests: tuple[ContestLine, ...]
    banks_url: str
    trees_url: str


@dataclass(frozen=True, slots=True)
class Tile:
    """A large figure with the words above and below it."""

    label: str
    value: str
    note: str


@dataclass(frozen=True, slots=True)
class Charts:
    """Starts of a round by hour, by day, and grown up day by day; None where there is nothing to draw."""

    by_hour: BarChart | None = None
    by_day: BarChart | None = None
    grown: LineChart | None = None


@dataclass(frozen=True, slots=True)
class HealthLine:
    """One sign of the system's health; `is_well` None where nothing is known."""

    is_well: bool | None
    title: str
    value: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class UnitLine:
    """A unit among the first. `rank` is None where it cannot be ranked; `trouble` says why."""

    rank: int | None
    name: str
    people: int
    headcount: int | None
    value: str
    attempts: int
    trouble: str | None


@dataclass(frozen=True, slots=True)
class Dashboard:
    """One round of a contest at a moment."""

    slug: str
    title: str
    short_title: str
    as_of: datetime
    rounds: tuple[RoundLine, ...]
    facts: RoundFacts | None
    tiles: tuple[Tile, ...]
    charts: Charts
    health: tuple[HealthLine, ...]
    units: tuple[UnitLine, ...]
    unit_count: int
    unit_formula: str
    todos: tuple[Todo, ...]
    checks: tuple[Check, ...]
    steps: tuple[StepLink, ...]
    public_urls: Mapping[str, str]
    history: tuple[HistoryLine, ...]


@dataclass(frozen=True, slots=True)
class StepPage:
    """A step to confirm: what will happen, in numbers. `offers_at_once`: may open before its time."""

    slug: str
    title: str
    round_number: int
    round_name: str
    action: str
    label: str
    lead: str
    effects: tuple[str, ...]
    checks: tuple[Check, ...]
    offers_at_once: bool
    opens_at: datetime
    is_publish: bool
    back_url: str
    refusal: tuple[str, ...] = ()
    second: "SecondPerson | None" = None


@dataclass(frozen=True, slots=True)
class SecondPerson:
    """Whether an act takes a second person, who that may be, and the request that waits already."""

    takes_two: bool
    approvers: tuple[str, ...]
    people_url: str
    rule_url: str
    waiting_url: str = ""
    waiting_by: str = ""


@dataclass(frozen=True, slots=True)
class EntrantLine:
    """An entrant; `attempts` are counts in the order of the page's rounds, `sharing` is how many people who
    count stand under the phone.
    """

    id: int
    name: str
    phone: str
    birth_date: str
    unit: str
    registered_at: datetime
    attempts: tuple[int, ...]
    is_disqualified: bool
    is_disputed: bool
    sharing: int


@dataclass(frozen=True, slots=True)
class AttemptLine:
    """An attempt of one entrant; `state` is "running", "closed", "given_back" or "annulled"."""

    code: str
    round_name: str
    round_number: int
    number: int
    state: str
    started_at: datetime
    deadline_at: datetime
    saved_at: datetime | None
    revision: int
    ended_at: datetime | None
    correct: int | None
    total: int
    duration_ms: int | None
    is_counted: bool
    may_be_given_back: bool
    reason: str


@dataclass(frozen=True, slots=True)
class ActLine:
    """Something that organisers did for people in the middle of an attempt."""

    at: datetime
    what: str
    who: str
    reason: str


@dataclass(frozen=True, slots=True)
class EventLine:
    """A line of the log; `place` in its chain and the beginning of its hash, for what is in one."""

    at: datetime
    who: str
    what: str
    subject: str
    details: tuple[str, ...]
    place: int | None = None
    mark: str = ""


@dataclass(frozen=True, slots=True)
class MatrixInput:
    """One number of the matrix; `available` questions fit it, `missing` of them are lacking."""

    name: str
    value: str
    label: str
    available: int
    missing: int


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """A topic's numbers. `topic` is empty for any."""

    topic: str
    cells: tuple[MatrixInput, ...]
    total: int


@dataclass(frozen=True, slots=True)
class MatrixTable:
    """The matrix over a bank. An empty level stands for any."""

    levels: tuple[str, ...]
    rows: tuple[MatrixRow, ...]
    level_totals: tuple[int, ...]
    total: int


@dataclass(frozen=True, slots=True)
class CriterionLine:
    """One criterion of the ranking."""

    value: str
    name: str
    note: str


@dataclass(frozen=True, slots=True)
class RoundEditor:
    """The page that edits a round, besides its form."""

    slug: str
    title: str
    number: int
    name: str
    phase: str
    is_fixed: bool
    matrix: MatrixTable
    ranking: tuple[CriterionLine, ...]
    more_criteria: tuple[CriterionLine, ...]
    question: str
    sample: Grid | None  # made-up people in this order
    too_small: tuple[str, ...] = ()  # parts of the bank of which the permitted share is less than one paper
    problems: tuple[str, ...] = ()
    back_url: str = ""
