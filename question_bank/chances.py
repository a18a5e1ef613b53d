"""Taking some of many by chance, so that everything is taken exactly as often as its weight says."""

from __future__ import annotations

import random
from collections.abc import Sequence
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
