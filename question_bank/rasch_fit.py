"""How sure a Rasch difficulty is, and whether the answers look as the model says.

With the difficulties given, every attempt gets the ability θ at which its number of right answers is
expected (attempts with none or all right have no such θ and are left out). With p the chance of a right
answer of an attempt at a question, and x = 1 if it was right, else 0:

    error    1 / √Σ p(1 − p)                        standard error of the difficulty, in logits
    infit    Σ (x − p)² / Σ p(1 − p)                near 1 as the model expects; above: answers are noisier
    outfit   mean of (x − p)² / (p(1 − p))          the same, but surprises far from θ weigh most
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

_ROUNDS = 50
_PRECISION = 1e-9
_WIDEST = 12.0  # logits; no paper tells abilities beyond


@dataclass(frozen=True, slots=True)
class Fit:
    """Of one question: standard error, and two mean squares; None where nothing was left to tell them."""

    error: float | None
    infit: float | None
    outfit: float | None


@dataclass(slots=True)
class _Sums:
    count: int = 0
    information: float = 0.0
    residuals: float = 0.0
    standardised: float = 0.0


def fits(attempts: Iterable[Mapping[int, bool]], levels: Mapping[int, float | None]) -> dict[int, Fit]:
    """The fit of every question that has a difficulty."""
    known = {item: level for item, level in levels.items() if level is not None}
    sums = {item: _Sums() for item in known}
    for (items, right), times in _patterns(attempts, known).items():
        ability = _ability([known[item] for item in items], len(right))
        for item in items:
            chance = 1 / (1 + math.exp(known[item] - ability))
            information = chance * (1 - chance)
            square = ((item in right) - chance) ** 2
            one = sums[item]
            one.count += times
            one.information += times * information
            one.residuals += times * square
            one.standardised += times * square / information
    return {item: _fit(one) for item, one in sums.items()}


def _patterns(
    attempts: Iterable[Mapping[int, bool]], known: Mapping[int, float]
) -> Counter[tuple[tuple[int, ...], frozenset[int]]]:
    """Equal attempts together, those without a θ left out."""
    found: Counter[tuple[tuple[int, ...], frozenset[int]]] = Counter()
    for attempt in attempts:
        items = tuple(sorted(item for item in attempt if item in known))
        right = frozenset(item for item in items if attempt[item])
        if 0 < len(right) < len(items):
            found[items, right] += 1
    return found


def _ability(levels: Sequence[float], right: int) -> float:
    """Newton's steps to the θ at which so many right answers are expected."""
    ability = sum(levels) / len(levels) + math.log(right / (len(levels) - right))
    for _ in range(_ROUNDS):
        chances = [1 / (1 + math.exp(level - ability)) for level in levels]
        information = math.fsum(chance * (1 - chance) for chance in chances)
        step = max(-1.0, min(1.0, (right - math.fsum(chances)) / information))
        ability = max(-_WIDEST, min(_WIDEST, ability + step))
        if abs(step) < _PRECISION:
            break
    return ability


def _fit(sums: _Sums) -> Fit:
    if not sums.count:
        return Fit(None, None, None)
    return Fit(
        error=1 / math.sqrt(sums.information),
        infit=sums.residuals / sums.information,
        outfit=sums.standardised / sums.count,
    )
