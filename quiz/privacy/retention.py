"""When a contest's personal data are due to be forgotten. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from quiz.contests.phases import Phase, RoundState, RoundWindow

TRACES_KEPT = timedelta(days=30)  # keys of devices and networks, after the result
_MONTHS = 12


@dataclass(frozen=True, slots=True)
class Stay:
    """How one round stands: its window, and since when it is in its state."""

    window: RoundWindow
    state_since: datetime


def result_at(rounds: Sequence[Stay], now: datetime) -> datetime | None:
    """When the contest had its result: its last round published, or closed where none will be published.

    None while a round that was announced is still to come or running.
    """
    announced = [one for one in rounds if one.window.state is not RoundState.DRAFT]
    if not announced or any(not _is_over(one.window, now) for one in announced):
        return None
    return max(
        one.state_since if one.window.state is RoundState.PUBLISHED else one.window.closes_at
        for one in announced
    )


def forget_at(result: datetime, months: int) -> datetime:
    """The same day so many months later; the last of the month where that day does not exist."""
    years, month = divmod(result.month - 1 + months, _MONTHS)
    first = result.replace(year=result.year + years, month=month + 1, day=1)
    following = (first + timedelta(days=31)).replace(day=1)
    last: date = (following - timedelta(days=1)).date()
    return first.replace(day=min(result.day, last.day))


def _is_over(window: RoundWindow, now: datetime) -> bool:
    phase: Phase = window.phase(now)
    return phase.is_over
