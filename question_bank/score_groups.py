"""How a question went in groups of entrants, from the weakest to the strongest.

Entrants are grouped by R, their marks on all other questions: a group's share of the right answer must not
rise only because the answer itself raised the score.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from question_bank.statistics import Tally

MOST_GROUPS = 5


@dataclass(frozen=True, slots=True)
class ScoreGroup:
    """Entrants with R from `low` to `high`: their mean mark, and which share picked each choice."""

    low: float
    high: float
    attempts: int
    facility: float
    shares: tuple[float, ...]


def score_groups(tally: Tally, choices: int, most: int = MOST_GROUPS) -> tuple[ScoreGroup, ...]:
    """At most that many groups, as equal in size as can be without parting entrants of the same R."""
    sizes: Counter[float] = Counter()
    for (_mark, rest), times in tally.pairs.items():
        sizes[rest] += times
    return tuple(_group(tally, choices, rests) for rests in _parts(sizes, most))


def _parts(sizes: Counter[float], most: int) -> Iterable[list[float]]:
    whole = sizes.total()
    part: list[float] = []
    seen = cuts = 0
    for rest in sorted(sizes):
        # A value that would carry the group further past its end than it now lacks begins the next one.
        end = whole * (cuts + 1) / most
        if part and seen + sizes[rest] / 2 > end:
            yield part
            part, cuts = [], max(cuts + 1, math.floor(seen * most / whole))
        part.append(rest)
        seen += sizes[rest]
    if part:
        yield part


def _group(tally: Tally, choices: int, rests: list[float]) -> ScoreGroup:
    inside = set(rests)
    marks = [(mark, times) for (mark, rest), times in tally.pairs.items() if rest in inside]
    attempts = sum(times for _, times in marks)
    picked = [tally.picks.get(choice, Counter[float]()) for choice in range(choices)]
    return ScoreGroup(
        low=rests[0],
        high=rests[-1],
        attempts=attempts,
        facility=math.fsum(mark * times for mark, times in marks) / attempts,
        shares=tuple(sum(picks[rest] for rest in rests) / attempts for picks in picked),
    )
