"""Short-lived figures per process: a public page never counts the same rows twice within a few seconds."""

import threading
from collections.abc import Callable, Hashable
from datetime import datetime, timedelta
from typing import Generic, TypeVar

from quiz.core.caches import new_cache
from quiz.standings import queries
from quiz.standings.queries import RoundFigures, UnitSums

LIFETIME = timedelta(seconds=5)
_MOST = 500
T = TypeVar("T")


class ShortCache(Generic[T]):
    """Values by key for `lifetime`. One reader makes a missing value, the others wait for it."""

    def __init__(self, lifetime: timedelta) -> None:
        self._lifetime = lifetime
        self._kept: dict[Hashable, tuple[datetime, T]] = new_cache()
        self._locks: dict[Hashable, threading.Lock] = {}
        self._guard = threading.Lock()

    def get(self, key: Hashable, now: datetime, make: Callable[[], T]) -> T:
        """The kept value if it is fresh at `now`, else a new one."""
        kept = self._kept.get(key)
        if kept is not None and timedelta(0) <= now - kept[0] < self._lifetime:
            return kept[1]
        with self._guard:
            if len(self._kept) > _MOST:
                self._kept.clear()
                self._locks.clear()
            lock = self._locks.setdefault(key, threading.Lock())
        with lock:
            kept = self._kept.get(key)
            if kept is not None and timedelta(0) <= now - kept[0] < self._lifetime:
                return kept[1]
            value = make()
            self._kept[key] = (now, value)
            return value


_figures: ShortCache[RoundFigures] = ShortCache(LIFETIME)
_sums: ShortCache[list[UnitSums]] = ShortCache(LIFETIME)


def figures(contest_id: int, round_number: int, now: datetime) -> RoundFigures:
    """The round's figures, at most five seconds old."""
    key = (contest_id, round_number)
    return _figures.get(key, now, lambda: queries.figures(contest_id, round_number))


def unit_sums(contest_id: int, round_number: int, now: datetime) -> list[UnitSums]:
    """Sums per unit, at most five seconds old."""
    key = (contest_id, round_number)
    return _sums.get(key, now, lambda: queries.list_unit_sums(contest_id, round_number))
