"""Whether two sheets err alike. Pure.

Right answers carry no signal: who knows the matter answers like everybody who does. Looked at are the shared
questions in which at least one of the two was wrong, and in how many of them both made the same mistake.
"""

import math

from quiz.vetting.values import Evidence, Sheet, Signal

# How often two strangers make the same mistake where at least one errs; the simulation has 0.13 to 0.17.
_SAME_BY_CHANCE = 0.2
_FEWEST = 4  # common mistakes
_MOST_WEIGHT = 4.0


def answer_evidence(one: Sheet, other: Sheet) -> Evidence | None:
    """Evidence from common mistakes, None where there are too few of them."""
    erred = same = 0
    small, large = (one, other) if len(one) <= len(other) else (other, one)
    for wording, answer in small.items():
        counterpart = large.get(wording)
        if counterpart is None or (answer.is_right and counterpart.is_right):
            continue
        erred += 1
        same += not answer.is_right and answer.chosen == counterpart.chosen
    if same < _FEWEST:
        return None
    # One power of ten is taken off: people who share a home learn from the same pages.
    weight = min(_MOST_WEIGHT, -math.log10(_tail(same, erred)) - 1)
    return Evidence(Signal.ANSWERS, round(weight, 2), {"same": same, "erred": erred}) if weight > 0 else None


def _tail(same: int, erred: int) -> float:
    """The chance of at least so many common mistakes."""
    p = _SAME_BY_CHANCE
    return sum(math.comb(erred, k) * p**k * (1 - p) ** (erred - k) for k in range(same, erred + 1))
