"""Doing for many at once what many requests of a process ask for at the same moment.

The first does it for all who have come by the time it is their turn; the others wait for what it brings. So a
crowd costs one transaction for several people, and a row that all of them want is asked for once.
"""

import threading
from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

Wish = TypeVar("Wish")
Found = TypeVar("Found")


class _Place(Generic[Wish, Found]):
    """A request that waits, and what came of it."""

    def __init__(self, wish: Wish) -> None:
        self.wish = wish
        self.found: Found | None = None
        self.is_done = False


class Together(Generic[Wish, Found]):
    """`act` takes the wishes in the order in which they came and returns as many results.

    It runs in the request of one of them. Where it raises, that request gets the error and the others None.
    """

    def __init__(self, act: Callable[[Sequence[Wish]], Sequence[Found]]) -> None:
        self._act = act
        self._turn = threading.Lock()
        self._guard = threading.Lock()
        self._places: list[_Place[Wish, Found]] = []

    def ask(self, wish: Wish) -> Found | None:
        """What `act` found for this wish; None where the act for all of them failed."""
        mine = _Place[Wish, Found](wish)
        with self._guard:
            self._places.append(mine)
        with self._turn:
            if not mine.is_done:
                self._act_for_all()
        return mine.found

    def _act_for_all(self) -> None:
        with self._guard:
            places, self._places = self._places, []
        for place in places:
            place.is_done = True
        for place, found in zip(places, self._act([place.wish for place in places]), strict=True):
            place.found = found
