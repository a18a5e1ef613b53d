"""Counting within a sliding window from two fixed ones: how many, and how long until one more fits. Pure."""

import math
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Rate:
    """So many within so many seconds."""

    most: int
    seconds: int


@dataclass(frozen=True, slots=True)
class Count:
    """What was counted in the present fixed window, the one being judged included, and in the one before."""

    hits: int
    earlier: int
    elapsed: float  # seconds since the present window began


def window_start(rate: Rate, now: datetime) -> int:
    """When the present fixed window began, in seconds of the epoch."""
    return math.floor(now.timestamp() / rate.seconds) * rate.seconds


def estimate(rate: Rate, count: Count) -> float:
    """How many within the last `rate.seconds`, as if the window before had been filled evenly."""
    share = max(0.0, 1 - count.elapsed / rate.seconds)
    return count.hits + count.earlier * share


def wait_seconds(rate: Rate, count: Count) -> int:
    """0 if this one fits, else after how many seconds it would. Who is refused is not counted."""
    if estimate(rate, count) <= rate.most:
        return 0
    left = rate.seconds - count.elapsed
    if rate.most >= count.hits and count.earlier:
        wait = rate.seconds * (1 - (rate.most - count.hits) / count.earlier) - count.elapsed
        if wait <= left:
            return max(1, math.ceil(wait))
    others = count.hits - 1
    later = rate.seconds * (1 - (rate.most - 1) / others) if others else 0.0
    return max(1, math.ceil(left + max(0.0, later)))
