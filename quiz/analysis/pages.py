"""What the statistics pages show: values made once, read by the templates."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from question_bank.score_groups import ScoreGroup
from question_bank.statistics import Flag
from quiz.analysis.labels import FLAGS
from quiz.analysis.plots import ColumnChart, TraceChart
from quiz.contests.pages import RoundFacts
from quiz.web.paging import Pages

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True, slots=True)
class FlagWords:
    """A flag as a badge with its advice."""

    code: str
    label: str
    tone: str
    advice: str


@dataclass(frozen=True, slots=True)
class ItemLine:
    """One wording in a table. Figures are None where they cannot be computed or too few attempts had it."""

    revision_id: int
    question_id: int
    number: int
    wording: int
    text: str
    topic: str | None
    level: str | None
    attempts: int
    facility: float | None
    discrimination: float | None
    efficiency: float | None
    weight: float | None
    difficulty: float | None
    difficulty_error: float | None
    infit: float | None
    outfit: float | None
    flags: tuple[Flag, ...]
    is_meaningful: bool
    bank_slug: str
    url: str = ""

    @property
    def badges(self) -> tuple[FlagWords, ...]:
        """The flags in words."""
        return flag_words(self.flags)


@dataclass(frozen=True, slots=True)
class ColumnHead:
    """A heading that sorts; `sorted` is "ascending", "descending" or ""."""

    label: str
    url: str
    sorted: str
    is_number: bool


@dataclass(frozen=True, slots=True)
class Filter:
    """A choice of lines with how many there are."""

    label: str
    url: str
    count: int
    is_current: bool


@dataclass(frozen=True, slots=True)
class RoundFigures:
    """One computation of a round."""

    computed_at: datetime
    attempts: int
    closed: int
    mean: float | None
    deviation: float | None
    alpha: float | None
    error: float | None
    questions: int


@dataclass(frozen=True, slots=True)
class ItemsPage:
    """A round's questions. `figures` None: nothing has been computed yet; `job_url`: it is being computed."""

    slug: str
    title: str
    short_title: str
    facts: RoundFacts
    tabs: tuple[tuple[str, str, str, bool], ...]
    figures: RoundFigures | None
    scores: ColumnChart | None
    facilities: ColumnChart | None
    heads: tuple[ColumnHead, ...]
    filters: tuple[Filter, ...]
    lines: tuple[ItemLine, ...]
    pages: Pages | None
    job_url: str
    may_compute: bool
    is_running: bool


@dataclass(frozen=True, slots=True)
class ChoiceLine:
    """One choice of a question."""

    letter: str
    text: str
    is_key: bool
    is_suspect: bool
    picks: int
    share: float
    mean_rest: float | None
    correlation: float | None


@dataclass(frozen=True, slots=True)
class ItemPage:
    """One question in a round, or over all rounds; `groups` go with `chart`, from the weakest on."""

    title: str
    round_name: str
    trail: tuple[tuple[str, str], ...]
    line: ItemLine
    choices: tuple[ChoiceLine, ...]
    unanswered: int
    groups: tuple[ScoreGroup, ...]
    chart: TraceChart | None
    is_share: bool
    rounds: tuple[tuple[str, ItemLine], ...]
    editor_url: str


@dataclass(frozen=True, slots=True)
class BankPage:
    """A bank's questions, summed over the rounds that have ended."""

    slug: str
    title: str
    heads: tuple[ColumnHead, ...]
    filters: tuple[Filter, ...]
    lines: tuple[ItemLine, ...]
    facilities: ColumnChart | None
    pages: Pages | None
    rounds: int
    unused: int


def flag_words(flags: Sequence[Flag]) -> tuple[FlagWords, ...]:
    """Flags as people read them, the gravest first."""
    return tuple(
        FlagWords(flag.value, str(label), tone, str(advice))
        for flag, (label, tone, advice) in FLAGS.items()
        if flag in flags
    )
