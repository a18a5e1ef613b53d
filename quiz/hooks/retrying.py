"""When a delivery that failed is tried again, and when an address is switched off. Pure."""

from datetime import datetime, timedelta
from enum import StrEnum

_MINUTE, _HOUR = timedelta(minutes=1), timedelta(hours=1)
# After the first failure, the second …; after as many and one more it is given up.
WAITS = (
    1 * _MINUTE,
    5 * _MINUTE,
    30 * _MINUTE,
    2 * _HOUR,
    6 * _HOUR,
    12 * _HOUR,
    24 * _HOUR,
    24 * _HOUR,
)
_SPREAD = 0.2  # of the wait, up or down: those who failed together do not come back together
OFF_AFTER = timedelta(days=5)
GONE = 410


class DeliveryState(StrEnum):
    """The life of a delivery."""

    WAITING = "waiting"
    SENT = "sent"
    GIVEN_UP = "given_up"
    DROPPED = "dropped"  # its address was switched off before


def next_try(tries: int, now: datetime, chance: float) -> datetime | None:
    """When to try again after so many failures, None for never; `chance` is anything from 0 to 1."""
    if tries > len(WAITS):
        return None
    return now + WAITS[tries - 1] * (1 - _SPREAD + 2 * _SPREAD * chance)


def is_success(status: int | None) -> bool:
    """Whether the receiver has taken it."""
    return status is not None and 200 <= status < 300


def off_reason(status: int | None, failing_since: datetime, now: datetime) -> str | None:
    """Why an address that has just failed is switched off: it says it is gone, or has failed for days."""
    if status == GONE:
        return "gone"
    return "failing" if now - failing_since >= OFF_AFTER else None
