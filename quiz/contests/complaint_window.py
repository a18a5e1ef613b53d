"""When people may complain about a round's result. Pure."""

from datetime import datetime, timedelta

from quiz.contests.phases import Phase, RoundWindow


def complaints_until(window: RoundWindow, state_since: datetime, days: int, now: datetime) -> datetime | None:
    """When complaints end: so many days after publication; None before, when nobody can say yet."""
    return state_since + timedelta(days=days) if window.phase(now) is Phase.PUBLISHED else None


def may_complain(window: RoundWindow, state_since: datetime, days: int, now: datetime) -> bool:
    """From the close on until so many days after publication; never with no days."""
    if not days or not window.phase(now).is_over:
        return False
    until = complaints_until(window, state_since, days, now)
    return until is None or now < until
