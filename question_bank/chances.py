"""Taking some of many by chance, so that everything is taken exactly as often as its weight says."""

from __future__ import annotations

import random
from bisect import bisect_right
from collections.abc import Container, Sequence
from itertools import accumulate
from typing import TypeVar

_T = TypeVar("_T")


def below(bound: int, dice: random.Random) -> int:
    """A whole number from 0 to below `bound`."""
    # Only random() itself is promised to stay the same between versions of Python.
    return int(dice.random() * bound)


def shuffled(values: Sequence[_T], dice: random.Random) -> list[_T]:
    """The values in an order by chance."""
    mixed = list(values)
    for last in range(len(mixed) - 1, 0, -1):
        other = below(last + 1, dice)
        mixed[last], mixed[other] = mixed[other], mixed[last]
    return mixed


def one_of(values: Sequence[_T], weights: Sequence[float], dice: random.Random) -> _T:
    """One value, each as often as its weight says."""
    left = dice.random() * sum(weights)
    for value, weight in zip(values, weights, strict=True):
        left -= weight
        if left < 0:
            return value
    return values[-1]


def some_of(weights: Sequence[float], count: int, dice: random.Random) -> list[int]:
    """`count` different indexes; each is taken with probability count × weight / sum, or 1 if that is more.

    Weights are laid end to end in an order by chance, and a comb with `count` teeth is put on them: unlike
    taking one after the other, this keeps the probabilities however many are taken.
    """
    order = shuffled(range(len(weights)), dice)
    if not 0 < count < len(order):
        return order[: max(count, 0)]
    taken: list[int] = []
    while True:
        total = sum(weights[index] for index in order)
        sure = [index for index in order if weights[index] * (count - len(taken)) >= total]
        if not sure:
            break
        taken += sure
        order = [index for index in order if index not in sure]
        if len(taken) >= count:
            return taken[:count]
    step = total / (count - len(taken))
    tooth = dice.random() * step
    passed = 0.0
    for index in order:
        passed += weights[index]
        if tooth < passed and len(taken) < count:
            taken.append(index)
            tooth += step
    # What rounding may have left over at the end.
    taken += [index for index in order if index not in taken][: count - len(taken)]
    return taken


class Lots:
    """Many things with weights, prepared so that a few of them are taken quickly, again and again."""

    # With so many times more things than are taken, one after the other is as even as the comb of `some_of`.
    _MANY = 20

    def __init__(self, values: Sequence[int], weights: Sequence[float]) -> None:
        self.values = tuple(values)
        self.weights = tuple(weights)
        self._sums = list(accumulate(self.weights))

    def has_many(self, count: int, barred: int) -> bool:
        """Whether `few` may take `count` of them while so many are barred."""
        return len(self.values) - barred >= self._MANY * max(count, 1) + barred

    def few(self, count: int, dice: random.Random, barred: Container[int]) -> list[int]:
        """`count` different values that are not barred; only where there are many."""
        taken: list[int] = []
        while len(taken) < count:
            place = bisect_right(self._sums, dice.random() * self._sums[-1])
            value = self.values[min(place, len(self.values) - 1)]
            if value not in barred and value not in taken:
                taken.append(value)
        return taken
