"""What the pages of an attempt show. Nothing here holds the key before the round's rule lets it out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from quiz.attempts.languages import LanguageChoice
from quiz.contests.pages import ContestRules, RoundFacts
from quiz.web.site import Contact


@dataclass(frozen=True, slots=True)
class Running:
    """An attempt that is being worked on; no `remaining_ms` for who needs a page without a clock."""

    code: str
    number: int
    remaining_ms: int | None
    answered: int


@dataclass(frozen=True, slots=True)
class PastAttempt:
    """A closed attempt in a list; `correct` None while it must not be told."""

    number: int
    code: str
    submitted_at: datetime
    correct: int | None
    total: int
    duration_ms: int
    is_counted: bool
    is_given_back: bool
    is_annulled: bool


@dataclass(frozen=True, slots=True)
class ReadyPage:
    """Before the start: what will happen, told before the clock runs."""

    slug: str
    title: str
    short_title: str
    contact: Contact
    round: RoundFacts
    rules: ContestRules
    name: str
    unit: str | None
    unit_url: str | None
    attempt_number: int
    attempts_left: int | None
    ends_at: datetime
    minutes_now: int
    is_cut: bool
    refusal: str | None
    milliseconds: int | None
    begins_at: datetime | None
    running: Running | None
    past: tuple[PastAttempt, ...]
    other_rounds: tuple[tuple[str, str], ...]
    languages: tuple[LanguageChoice, ...]


@dataclass(frozen=True, slots=True)
class LinePlace:
    """A place in line. `ticket` is the number under which the page asks where it stands now."""

    ticket: int
    before: int
    wait_ms: int
    wait_words: str
    ask_again_ms: int
    per_second: float


@dataclass(frozen=True, slots=True)
class WaitPage:
    """Waiting to come in: for one's own moment (`begins_at`), or in line (`place`); neither: come in."""

    slug: str
    title: str
    short_title: str
    contact: Contact
    round: RoundFacts
    name: str
    unit: str | None
    begins_at: datetime | None
    place: LinePlace | None
    wait_ms: int
    refresh_seconds: int
    closes_in_ms: int
    is_too_long: bool


@dataclass(frozen=True, slots=True)
class PlayImage:
    """A picture of a question: `alt` always says something, `is_wide` is one that a phone shows smaller."""

    url: str
    alt: str
    width: int
    height: int

    @property
    def is_wide(self) -> bool:
        """Whether looking closer shows more."""
        return self.width > 480


@dataclass(frozen=True, slots=True)
class PlayQuestion:
    """A question as shown: no key, no ids, only positions. `choice_images` has a tuple for every choice."""

    place: int
    text: str
    is_multiple: bool
    choices: tuple[str, ...]
    language: str
    images: tuple[PlayImage, ...]
    choice_images: tuple[tuple[PlayImage, ...], ...]


@dataclass(frozen=True, slots=True)
class PlayPrediction:
    """The prediction in words."""

    question: str
    unit: str
    decimals: int
    note: str
    is_required: bool


@dataclass(frozen=True, slots=True)
class PlaySheet:
    """The stored sheet and the time left."""

    revision: int
    answers: Mapping[int, Sequence[int]]
    flags: Sequence[int]
    prediction: str | None
    saved_at: datetime | None
    remaining_ms: int


@dataclass(frozen=True, slots=True)
class PlayPage:
    """The running attempt."""

    code: str
    slug: str
    contest_title: str
    round_name: str
    attempt_number: int
    attempts_limit: int | None
    deadline_at: datetime
    allowed_ms: int
    must_answer_all: bool
    questions: tuple[PlayQuestion, ...]
    prediction: PlayPrediction | None
    sheet: PlaySheet
    notice: str | None
    hides_clock: bool
    languages: tuple[LanguageChoice, ...]
    wordings: Mapping[str, Sequence[Sequence[str] | None]]


@dataclass(frozen=True, slots=True)
class ConfirmPage:
    """The check before handing in; no `remaining_ms` for who needs a page without a clock."""

    code: str
    contest_title: str
    round_name: str
    attempt_number: int
    attempts_limit: int | None
    total: int
    answered: int
    empty: tuple[int, ...]
    flagged: tuple[int, ...]
    has_prediction: bool
    prediction: str | None
    prediction_unit: str
    remaining_ms: int | None
    may_submit: bool


@dataclass(frozen=True, slots=True)
class ShownCitation:
    """Where the answer stands: the source's own words, and the passage with its document if there is one."""

    quote: str | None
    where: str | None
    link: str | None
    document: str | None
    mark: int | None
    passage_url: str | None


@dataclass(frozen=True, slots=True)
class ReviewQuestion:
    """A question of one's own paper after publication; positions as shown, from 1."""

    place: int
    text: str
    choices: tuple[str, ...]
    chosen: tuple[int, ...]
    correct: tuple[int, ...]
    verdict: str
    is_corrected: bool
    is_flagged: bool
    source: str | None
    citation: ShownCitation | None
    explanation: str | None
    explanation_language: str
    language: str
    images: tuple[PlayImage, ...]
    choice_images: tuple[tuple[PlayImage, ...], ...]


@dataclass(frozen=True, slots=True)
class ResultPage:
    """A closed attempt: receipt, score when it may be told, review when the key may.

    The template asks `own_place` for the place, by `round_number` and `entry_id`; neither is shown.
    """

    code: str
    slug: str
    title: str
    short_title: str
    contact: Contact
    round_name: str
    round_number: int
    entry_id: int
    is_practice: bool
    attempt_number: int
    total: int
    answered: int
    correct: int | None
    duration_ms: int
    submitted_at: datetime
    is_given_back: bool
    annulled: str | None
    closed_by: str
    prediction: str | None
    prediction_unit: str
    actual: str | None
    unit: str | None
    counted_number: int | None
    attempts_left: int | None
    attempts_until: datetime | None
    publishes_at: datetime | None
    receipt: str
    again_url: str | None
    standings_url: str | None
    late_answers: int
    objections_until: datetime | None
    complaint_url: str | None
    review: tuple[ReviewQuestion, ...]
    languages: tuple[LanguageChoice, ...]
