"""What a contest is called, who holds it, and the words that stand on its pages. Pure."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from zoneinfo import ZoneInfo

from quiz.contests.definition_json import Piece

TIMEZONE = "Asia/Ho_Chi_Minh"
GRACE_SECONDS = 30
COMPLAINTS_DAYS = 3


class Language(StrEnum):
    """The language of a contest's own texts."""

    VI = "vi"
    EN = "en"


class Study(StrEnum):
    """When entrants may read the contest's documents."""

    ALWAYS = "always"
    NOT_DURING_ROUNDS = "not_during_rounds"


@dataclass(frozen=True, slots=True)
class Decision(Piece):
    """The document by which the contest was decided."""

    number: str
    date: dt.date


@dataclass(frozen=True, slots=True)
class ResultDecision(Piece):
    """The document by which a round's results are recognised: number, date, and who signed it."""

    number: str
    date: dt.date
    signer: str


@dataclass(frozen=True, slots=True)
class ContestSettings(Piece):
    """The contest's own facts and texts; an empty text is not shown."""

    title: str
    short_title: str = ""
    organiser: str = ""
    decision: Decision | None = None
    tree: str | None = None
    timezone: str = TIMEZONE
    language: Language = Language.VI
    audience: str = ""  # "Ai được dự thi"
    barred: str = ""  # "Không được dự thi"
    about: str = ""  # prose, paragraphs apart by an empty line
    further_rules: str = ""  # the same, at the end of the rules that the settings make
    hotline: str = ""
    hotline_hours: str = ""
    documents: tuple[str, ...] = ()  # slugs of the documents that entrants may read
    study: Study = Study.ALWAYS
    two_persons: bool = True  # correcting a key of an opened round and publishing take a second person
    complaints_days: int = COMPLAINTS_DAYS  # how long after publication people may complain; 0: not here
    grace_seconds: int = GRACE_SECONDS  # how long after the deadline a save on its way is taken; never shown

    @property
    def display_title(self) -> str:
        """The title for narrow places."""
        return self.short_title or self.title

    @property
    def grace(self) -> dt.timedelta:
        """How long after a deadline a save that was on its way is taken."""
        return dt.timedelta(seconds=self.grace_seconds)

    @property
    def zone(self) -> ZoneInfo:
        """The time zone in which the contest's days and weeks are counted."""
        return ZoneInfo(self.timezone)
