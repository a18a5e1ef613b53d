"""Words to everybody on a contest's pages: when they are shown. Pure."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

MOST_WORDS = 500


class Level(StrEnum):
    """How much it matters."""

    INFO = "info"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class ShownNotice:
    """A notice as pages keep it. `title` is the contest's, for pages of several contests."""

    contest_id: int
    slug: str
    title: str
    words: str
    level: str
    from_at: datetime
    until_at: datetime | None

    def is_shown(self, now: datetime) -> bool:
        """Whether it stands on the pages now; its last moment is outside."""
        return self.from_at <= now and (self.until_at is None or now < self.until_at)


def refusal(words: str, from_at: datetime, until_at: datetime | None, now: datetime) -> str | None:
    """The code of what is wrong, None if nothing is."""
    if not words or len(words) > MOST_WORDS:
        return "notice_words_out_of_range"
    if until_at is not None and until_at <= max(from_at, now):
        return "notice_ends_too_early"
    return None
