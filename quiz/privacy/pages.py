"""What the pages about personal data show."""

from dataclasses import dataclass
from datetime import date, datetime

from quiz.privacy.own_data import Place, Sitting
from quiz.web.site import Contact

Facts = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class RequestLine:
    """A request as its person sees it; `back_url` where it can still be taken back."""

    what: str
    state: str
    asked_at: datetime
    answer_by: datetime
    done_by: datetime
    answered_at: datetime | None
    closed_at: datetime | None
    answer: str
    back_url: str


@dataclass(frozen=True, slots=True)
class LookLine:
    """Somebody was shown the unmasked data, or wrote them into a file."""

    at: datetime
    is_export: bool
    reason: str


@dataclass(frozen=True, slots=True)
class OwnPart:
    """One contest on the page of one's own data. `forget_on`: when the data go by themselves, if known."""

    slug: str
    title: str
    contact: Contact
    name: str
    is_erased: bool
    is_clear: bool
    asks_birth_date: bool
    facts: Facts
    consent_version: str
    consented_at: datetime
    may_publish: bool
    consent_words: str
    months: int
    forget_on: date | None
    sittings: tuple[Sitting, ...]
    places: tuple[Place, ...]
    requests: tuple[RequestLine, ...]
    looks: tuple[LookLine, ...]


@dataclass(frozen=True, slots=True)
class QueueLine:
    """A request as the organisers see it."""

    id: int
    what: str
    state: str
    name: str
    asked_at: datetime
    answer_by: datetime
    done_by: datetime
    answered_at: datetime | None
    closed_at: datetime | None
    is_answer_late: bool
    is_deed_late: bool
    url: str


@dataclass(frozen=True, slots=True)
class RequestPage:
    """One request, and what can be done with it."""

    line: QueueLine
    is_waiting: bool
    erases: bool
    wish: Facts
    answer: str
    entrant_url: str
    effects: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MapLine:
    """A row of the data map: what is kept, what for, who sees it, how it is kept and how long; lazy words."""

    what: object
    why: object
    who: object
    how: object
    until: object
