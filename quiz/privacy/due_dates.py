"""Until when a request is answered and done, and whether that is late. Pure.

The law wants an answer within two working days and the deed within 10 to 20 days, by its kind; here every
deed is due after ten. Working days are Monday to Friday without the holidays of `privacy.holidays`.
"""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from quiz.privacy.holidays import HOLIDAYS

ANSWER_WORKING_DAYS = 2
DONE_DAYS = 10
_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Due:
    """The ends of the two days: to answer, and to have done it."""

    answer_by: datetime
    done_by: datetime


@dataclass(frozen=True, slots=True)
class Lateness:
    """What of a waiting request is late."""

    answer: bool
    deed: bool

    @property
    def any(self) -> bool:
        """Whether something is."""
        return self.answer or self.deed


def due(asked_at: datetime, zone: ZoneInfo) -> Due:
    """Both dates for a request of this moment; each ends with its day in the time zone."""
    local = asked_at.astimezone(zone)
    day, left = local.date(), ANSWER_WORKING_DAYS
    while left:
        day += timedelta(days=1)
        left -= day.weekday() < _SATURDAY and day not in HOLIDAYS
    return Due(
        _end_of(datetime.combine(day, time(), zone)),
        _end_of(datetime.combine(local.date() + timedelta(days=DONE_DAYS), time(), zone)),
    )


def lateness(
    due_dates: Due, *, answered_at: datetime | None, closed_at: datetime | None, now: datetime
) -> Lateness:
    """What was or is late, seen now: an answer given late stays late."""
    return Lateness(
        answer=(answered_at or closed_at or now) >= due_dates.answer_by,
        deed=(closed_at or now) >= due_dates.done_by,
    )


def _end_of(midnight: datetime) -> datetime:
    return midnight + timedelta(days=1)
