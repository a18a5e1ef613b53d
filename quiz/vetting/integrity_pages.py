"""What the pages of integrity show: values made once, read by the templates."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from quiz.contests.pages import RoundFacts
from quiz.vetting.integrity_models import Annulment
from quiz.web.paging import Pages
from quiz.web.site import Contact


@dataclass(frozen=True, slots=True)
class Frame:
    """What all these pages stand in."""

    slug: str
    short_title: str
    facts: RoundFacts
    is_published: bool
    may_publish: bool
    may_annul: bool
    may_look: bool


@dataclass(frozen=True, slots=True)
class LookLine:
    """One kind of comparison: how many, and how many accidents its list may hold."""

    label: str
    comparisons: int
    accidents: float


@dataclass(frozen=True, slots=True)
class Look:
    """The latest look: when, at what, and what it cannot see. `left_out`: circles too large to compare in."""

    computed_at: datetime
    people: int
    attempts: int
    cases: int
    lines: tuple[LookLine, ...]
    pairs: int
    left_out: int
    largest: int
    least_seconds: str
    good_share: str


@dataclass(frozen=True, slots=True)
class EvidenceLine:
    """One finding in words; `p` and `corrected` are "" where a stated rule speaks."""

    label: str
    words: str
    p: str
    corrected: str
    is_rare: bool


@dataclass(frozen=True, slots=True)
class PersonLine:
    """Somebody in a case; places are None where there is none."""

    entry_id: int
    name: str
    unit: str
    url: str
    before: int | None
    after: int | None


@dataclass(frozen=True, slots=True)
class CaseLine:
    """One case. `people` are the first few of `count`; `aside` is why it was set aside, "" if it was not."""

    key: str
    url: str
    people: tuple[PersonLine, ...]
    count: int
    evidence: tuple[EvidenceLine, ...]
    kinds: int
    risen: int
    aside: str


@dataclass(frozen=True, slots=True)
class ListPage:
    """The cases of a round. `look` None: nobody has looked yet."""

    frame: Frame
    look: Look | None
    lines: tuple[CaseLine, ...]
    tabs: tuple[tuple[str, str, str, bool], ...]
    pages: Pages | None
    job_url: str
    annulled: int
    unanswered: int


@dataclass(frozen=True, slots=True)
class AttemptFacts:
    """One attempt in a case, its times to the second; `is_counted` for its person's result."""

    name: str
    number: int
    started: str
    submitted: str
    duration_ms: int
    correct: int
    total: int
    is_counted: bool
    is_annulled: bool


@dataclass(frozen=True, slots=True)
class AnswerPair:
    """A question that both had, with what each chose (words of the choices) and whether that was right."""

    text: str
    left: str
    left_right: bool
    right: str
    right_right: bool
    is_same: bool


@dataclass(frozen=True, slots=True)
class CasePage:
    """One case with everything about it. `sides`: the two people whose answers stand side by side."""

    frame: Frame
    line: CaseLine
    attempts: tuple[AttemptFacts, ...]
    sides: tuple[PersonLine, PersonLine] | None
    answers: tuple[AnswerPair, ...]
    same: int
    annul_url: str


@dataclass(frozen=True, slots=True)
class UnitLine:
    """A unit whose figures change."""

    name: str
    people_before: int
    people_after: int
    attempts_before: int
    attempts_after: int
    rank_before: int | None
    rank_after: int | None


@dataclass(frozen=True, slots=True)
class PreviewPage:
    """What annulling would do; `people` and `units` are the first of `figures` many."""

    seen: str
    attempts: int
    people: tuple[PersonLine, ...]
    count: int
    out: int
    risen: int
    units: tuple[UnitLine, ...]
    unit_count: int


@dataclass(frozen=True, slots=True)
class ObjectionLine:
    """What an entrant said against an annulment; `answer` None: nobody has answered."""

    entry_id: int
    name: str
    words: str
    said_at: datetime
    answer: str | None
    answered_at: datetime | None


@dataclass(frozen=True, slots=True)
class OwnAnnulment:
    """What an entrant is told of an annulled attempt. The organisers' own reason is not among it."""

    slug: str
    short_title: str
    contact: Contact
    code: str
    round_name: str
    number: int
    notice: str
    annulled_at: datetime
    is_taken_back: bool
    words: str | None
    said_at: datetime | None
    answer: str | None
    answered_at: datetime | None
    refusal: str


@dataclass(frozen=True, slots=True)
class AnnulPage:
    """The form that annuls, its preview, and what was annulled before. `objections` by annulment."""

    frame: Frame
    case_key: str
    preview: PreviewPage | None
    events: Sequence[Annulment]
    objections: Mapping[int, Sequence[ObjectionLine]]
    refusal: str
