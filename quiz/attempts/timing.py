"""The clock of an attempt. Pure: the server's time is given, the browser's is never asked.

The deadline is worked out once, at the start, and stored. Saving has a few seconds of grace for what was on
its way; grace is never shown and never counts as time used.
"""

from datetime import datetime, timedelta

from quiz.contests.definition_rounds import Finish

_MILLISECOND = timedelta(milliseconds=1)


def deadline(
    started_at: datetime,
    minutes: int | None,
    closes_at: datetime,
    finish: Finish,
    *,
    extra: timedelta = timedelta(0),
) -> datetime:
    """When an attempt ends that starts now: after its minutes (and extra time), or when the round closes.

    "cut" ends every attempt with the round; "let_finish" gives who started in time the whole time. Without
    a limit of minutes an attempt lasts as long as the round.
    """
    if minutes is None:
        return closes_at
    own_end = started_at + timedelta(minutes=minutes) + extra
    return own_end if finish is Finish.LET_FINISH else min(own_end, closes_at)


def is_shortened(
    now: datetime,
    minutes: int | None,
    closes_at: datetime,
    finish: Finish,
    *,
    extra: timedelta = timedelta(0),
) -> bool:
    """Whether who starts now gets less than the full minutes, which must be said before the start."""
    if minutes is None:
        return False
    return deadline(now, minutes, closes_at, finish, extra=extra) - now < timedelta(minutes=minutes) + extra


def remaining_ms(deadline: datetime, now: datetime) -> int:
    """The time left, never below zero."""
    return max((deadline - now) // _MILLISECOND, 0)


def extra_time(minutes: int | None, percent: int) -> timedelta:
    """What a person with `percent` more time gets beside the round's minutes."""
    return timedelta(minutes=minutes or 0) * percent / 100


def effective_end(closed_at: datetime, deadline: datetime) -> datetime:
    """When the attempt counts as handed in: when it was closed, and never after its deadline."""
    return min(closed_at, deadline)


def duration_ms(started_at: datetime, closed_at: datetime, deadline: datetime) -> int:
    """The time used: never negative, and never more than was given, however late the attempt was closed."""
    return max((effective_end(closed_at, deadline) - started_at) // _MILLISECOND, 0)
