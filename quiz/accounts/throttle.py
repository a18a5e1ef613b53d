"""How long to wait after failed sign-ins. Pure.

A few tries are free, then every further one costs twice the wait, and an hour holds no more than so many.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

MEMORY = timedelta(hours=1)
_NOTHING = timedelta(0)


@dataclass(frozen=True, slots=True)
class Patience:
    """The limits of one kind of bucket; `most` is in an hour."""

    free: int
    first: timedelta
    longest: timedelta
    most: int


# Ten tries an hour on one account, from however many addresses they come.
ACCOUNT = Patience(free=3, first=timedelta(seconds=30), longest=timedelta(minutes=15), most=10)
# A whole office or mobile network stands behind one address: slower to anger, and never for long.
NETWORK = Patience(free=20, first=timedelta(seconds=2), longest=timedelta(minutes=1), most=100)


def wait(failures: Sequence[datetime], now: datetime, patience: Patience) -> timedelta:
    """How long until another try is taken; zero means now."""
    recent = sorted(at for at in failures if now - at < MEMORY)
    count = len(recent)
    if count < patience.free:
        return _NOTHING
    if count >= patience.most:
        return max(_NOTHING, recent[count - patience.most] + MEMORY - now)
    doubled: timedelta = patience.first * 2 ** min(
        count - patience.free, 16
    )  # 2**16 seconds are past any longest
    pause = min(patience.longest, doubled)
    return max(_NOTHING, recent[-1] + pause - now)
