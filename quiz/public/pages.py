"""What the public pages of contests show."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from quiz.contests.pages import ContestRules, Decision, RoundFacts, RoundLine
from quiz.rulebook.articles import Article
from quiz.web.site import Contact


@dataclass(frozen=True, slots=True)
class ContestCard:
    """A contest in the list; people and attempts are None while a prediction keeps them hidden."""

    slug: str
    title: str
    organiser: str
    phase: str
    round: RoundFacts | None
    round_count: int
    milliseconds: int | None
    people: int | None
    attempts: int | None
    can_register: bool
    note: str
    published_on: date | None
    publish_by: date | None


@dataclass(frozen=True, slots=True)
class HomePage:
    """All contests: open, coming, ended."""

    now: datetime
    open: Sequence[ContestCard]
    coming: Sequence[ContestCard]
    ended: Sequence[ContestCard]


@dataclass(frozen=True, slots=True)
class Entrance:
    """The one thing to do now. `kind`: enter, register, start, resume, review (all is over) or none.

    `reason` says why nothing else can be done.
    """

    kind: str
    url: str | None
    attempts_left: int | None
    reason: str


@dataclass(frozen=True, slots=True)
class Share:
    """The contest's address for passing on."""

    url: str
    text: str
    qr_url: str | None


@dataclass(frozen=True, slots=True)
class KeyNotice:
    """What the organisers say of a key that they corrected."""

    at: datetime
    round_name: str
    words: str


@dataclass(frozen=True, slots=True)
class ContestPage:
    """One contest."""

    slug: str
    title: str
    short_title: str
    phase: str
    round: RoundFacts | None
    round_count: int
    milliseconds: int | None
    people: int | None
    attempts: int | None
    figures_at: datetime | None
    rules: ContestRules
    rounds: tuple[RoundLine, ...]
    entrance: Entrance
    share: Share
    contact: Contact
    pdf_url: str | None
    documents_url: str | None
    notices: tuple[KeyNotice, ...]


@dataclass(frozen=True, slots=True)
class RulesPage:
    """The rules in full."""

    slug: str
    title: str
    short_title: str
    contact: Contact
    decision: Decision | None
    articles: tuple[Article, ...]


@dataclass(frozen=True, slots=True)
class HelpPage:
    """Help for people who take part: of one contest, or with an empty slug of all."""

    slug: str
    short_title: str
    contact: Contact
    round: RoundFacts | None
    guide_url: str | None


@dataclass(frozen=True, slots=True)
class LookupResult:
    """What the check of a receipt tells anybody: it exists, when it was handed in; no name, no score."""

    contest_title: str
    round_name: str
    attempt_number: int
    submitted_at: datetime
    receipt: str


@dataclass(frozen=True, slots=True)
class LookupPage:
    """The check of a receipt."""

    code: str
    found: LookupResult | None
    problem: str | None
