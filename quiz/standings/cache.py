"""Short-lived figures per process: a public page never counts the same rows twice within a few seconds."""

import threading
from collections.abc import Callable, Hashable
from datetime import datetime, timedelta
from typing import Generic, TypeVar

from quiz.core import metrics
from quiz.core.background import in_background
from quiz.core.caches import new_cache
from quiz.standings import queries
from quiz.standings.queries import RoundFigures, UnitSums

LIFETIME = timedelta(seconds=5)
_STALE = timedelta(seconds=60)
_MOST = 500
T = TypeVar("T")


class ShortCache(Generic[T]):
    """Values by key for `lifetime`. One reader makes a missing value, the others wait for it."""

    def __init__(self, lifetime: timedelta, most: int = _MOST) -> None:
        self._lifetime = lifetime
        self._most = most
        self._kept: dict[Hashable, tuple[datetime, T]] = new_cache()
        self._locks: dict[Hashable, threading.Lock] = {}
        self._guard = threading.Lock()

    def get(self, key: Hashable, now: datetime, make: Callable[[], T]) -> T:
        """The kept value if it is fresh at `now`, else a new one."""
        kept = self._fresh(key, now, self._lifetime)
        if kept is not None:
            return kept[1]
        with self._lock(key):
            kept = self._fresh(key, now, self._lifetime)
            if kept is not None:
                return kept[1]
            value = make()
            self._kept[key] = (now, value)
            return value

    def clear(self) -> None:
        """All of it may be wrong: something has just been changed."""
        self._kept.clear()

    def _fresh(self, key: Hashable, now: datetime, lifetime: timedelta) -> tuple[datetime, T] | None:
        kept = self._kept.get(key)
        return kept if kept is not None and timedelta(0) <= now - kept[0] < lifetime else None

    def _lock(self, key: Hashable) -> threading.Lock:
        with self._guard:
            # Addresses that strangers make up keep nothing, and do not fill the memory with locks either.
            if max(len(self._kept), len(self._locks)) > self._most:
                self._kept.clear()
                self._locks.clear()
            return self._locks.setdefault(key, threading.Lock())


class RenewedCache(ShortCache[T]):
    """The same for values whose making takes long: past their lifetime they are made anew in the background.

    Readers meanwhile get the old one, up to a minute old. `is_large` says of which values that is true; the
    others are made anew at once, so that they are as fresh as they can be.
    """

    def __init__(self, lifetime: timedelta, is_large: Callable[[T], bool], most: int = _MOST) -> None:
        super().__init__(lifetime, most)
        self._is_large = is_large

    def renewed(self, key: Hashable, now: datetime, make: Callable[[], T]) -> T:
        """The kept value, or a new one; `make` may run in another thread and holds no row of this session."""
        old = self._fresh(key, now, _STALE)
        if old is not None and self._is_large(old[1]) and now - old[0] >= self._lifetime:
            self._renew(key, now, make, old)
            metrics.BOARD_AGE.observe((now - old[0]).total_seconds())
            return old[1]
        value = self.get(key, now, make)
        if self._is_large(value):
            metrics.BOARD_AGE.observe((now - old[0]).total_seconds() if old and old[1] is value else 0.0)
        return value

    def find(self, key: Hashable) -> T | None:
        """The kept value, however old it is; None without one."""
        kept = self._kept.get(key)
        return kept[1] if kept is not None else None

    def forget(self, key: Hashable) -> None:
        """It is known to be wrong."""
        self._kept.pop(key, None)

    def _renew(self, key: Hashable, now: datetime, make: Callable[[], T], old: tuple[datetime, T]) -> None:
        lock = self._lock(key)
        if not lock.acquire(blocking=False):
            return  # somebody is at it

        def work() -> None:
            value = make()
            if self._kept.get(key) is old:  # else it was forgotten meanwhile: what was read is too old
                self._kept[key] = (now, value)

        in_background(work, done=lock.release)


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
