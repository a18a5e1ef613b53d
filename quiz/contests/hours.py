"""On which days and at what time of day a round is open within its time. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from quiz.contests.definition_json import Piece

MIDNIGHT = "24:00"  # the end of a day
_WEEK = 7


class Weekday(StrEnum):
    """Days of the week in their order."""

    MON = "mon"
    TUE = "tue"
    WED = "wed"
    THU = "thu"
    FRI = "fri"
    SAT = "sat"
    SUN = "sun"


@dataclass(frozen=True, slots=True)
class OpenHours(Piece):
    """Open on these days from `begins` until just before `ends`, by the clocks of `zone`."""

    days: tuple[Weekday, ...] = tuple(Weekday)
    begins: str = "00:00"
    ends: str = MIDNIGHT
    zone: str = "Asia/Ho_Chi_Minh"

    def open_until(self, now: datetime) -> datetime | None:
        """When the hours that are on now end; None outside of them."""
        for begin, end in self._spans(now):
            if begin <= now < end:
                return end
        return None

    def next_opening(self, now: datetime) -> datetime | None:
        """When it opens next after now; None if never."""
        return min((begin for begin, _end in self._spans(now) if begin > now), default=None)

    def _spans(self, now: datetime) -> Iterator[tuple[datetime, datetime]]:
        """The hours of today and of the week after it."""
        today = now.astimezone(ZoneInfo(self.zone)).date()
        names = tuple(Weekday)
        for ahead in range(_WEEK + 1):
            day = today + timedelta(days=ahead)
            if names[day.weekday()] in self.days:
                yield self._at(day, self.begins), self._at(day, self.ends)

    def _at(self, day: date, clock: str) -> datetime:
        if clock == MIDNIGHT:
            day, clock = day + timedelta(days=1), "00:00"
        local = datetime.combine(day, time.fromisoformat(clock), tzinfo=ZoneInfo(self.zone))
        return local.astimezone(UTC)
