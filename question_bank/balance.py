"""Papers of equal difficulty: how far one is from the mean, and what this does to a question's chances."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Protocol, TypeVar

# Papers are drawn again until their expected share of right answers is this near to the mean; with twenty
# questions every second paper is, so that twelve draws nearly always have one.
TOLERANCE = 0.02
TRIES = 12
# A question may be this much likelier to be tried than an average one.
_MOST = 4.0


class Item(Protocol):
    """What is known of a question."""

    @property
    def id(self) -> int:
        """Its identity."""

    @property
    def facility(self) -> float | None:
        """The share of right answers so far, once there are enough."""


AnyItem = TypeVar("AnyItem", bound=Item)


class Balance:
    """How far a paper is from the mean difficulty of its cells. Zero as long as too little is known."""

    def __init__(self, room: Sequence[int], pool: Sequence[tuple[Item, frozenset[int]]]) -> None:
        known = [item.facility for item, _ in pool if item.facility is not None]
        self.is_known = bool(known) and 2 * len(known) > len(pool)
        self._usual = math.fsum(known) / len(known) if known else 0.0
        self._target = 0.0
        self._weights: dict[int, float] = {}
        if not self.is_known:
            return
        members = [
            [self._facility(item) for item, cells in pool if cell in cells] for cell in range(len(room))
        ]
        means = [math.fsum(found) / len(found) if found else 0.0 for found in members]
        self._target = math.fsum(count * mean for count, mean in zip(room, means, strict=True))
        self._weigh(room, pool, members, means)

    def deviation(self, chosen: Sequence[tuple[int, Item]]) -> float:
        """The difference of the expected shares of right answers, without its sign."""
        if not self.is_known or not chosen:
            return 0.0
        return abs(math.fsum(self._facility(item) for _, item in chosen) - self._target) / len(chosen)

    def weight(self, item: Item) -> float:
        """How much oftener than an average one a question has to be tried to be shown as often.

        A paper with a very easy or hard question is rejected more often than others.
        """
        return self._weights.get(item.id, 1.0)

    def _weigh(
        self,
        room: Sequence[int],
        pool: Sequence[tuple[Item, frozenset[int]]],
        members: Sequence[Sequence[float]],
        means: Sequence[float],
    ) -> None:
        """The chance of being accepted falls with the square of what a question does to the sum.

        Sums of many questions are nearly normal; a question of several cells is left as it is.
        """
        free = [
            (len(m) - k) / (len(m) - 1) if len(m) > max(k, 1) else 0.0
            for m, k in zip(members, room, strict=True)
        ]
        spread = math.fsum(
            count * share * math.fsum((one - mean) ** 2 for one in found) / len(found)
            for count, share, found, mean in zip(room, free, members, means, strict=True)
            if found
        )
        spread += (TOLERANCE * sum(room)) ** 2 / 3
        for item, cells in pool:
            if len(cells) == 1 and spread:
                (cell,) = cells
                shift = (self._facility(item) - means[cell]) * free[cell]
                self._weights[item.id] = min(math.exp(shift**2 / (2 * spread)), _MOST)

    def _facility(self, item: Item) -> float:
        return self._usual if item.facility is None else item.facility


def owners(fits: Sequence[Sequence[int]]) -> Mapping[int, list[int]]:
    """Cells that share no group with another cell, each with its groups."""
    shared = {cell for cells in fits if len(cells) > 1 for cell in cells}
    found: dict[int, list[int]] = {}
    for group, cells in enumerate(fits):
        if len(cells) == 1 and cells[0] not in shared:
            found.setdefault(cells[0], []).append(group)
    return found
