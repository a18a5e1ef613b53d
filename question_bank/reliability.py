"""How the totals of a round lie, and how far they can be trusted.

    α = k / (k − 1) · (1 − Σ V(part) / V(total))          Cronbach's alpha; k parts, n − 1 in every variance

The parts are the questions where everybody had the same ones. Where papers were drawn, a question is not on
every paper: then the parts are the places 1 to k of the paper, each filled at random.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field

from question_bank.statistics import Response


@dataclass(frozen=True, slots=True)
class Reliability:
    """Figures of the totals; `error` is the standard error of measurement, SD · √(1 − α)."""

    attempts: int
    mean: float | None
    deviation: float | None
    alpha: float | None
    error: float | None


@dataclass(slots=True)
class _Sum:
    count: int = 0
    total: float = 0.0
    squares: float = 0.0

    def add(self, value: float) -> None:
        """One more value."""
        self.count += 1
        self.total += value
        self.squares += value * value

    @property
    def variance(self) -> float | None:
        """Sample variance; None below two values."""
        if self.count < 2:
            return None
        return max(0.0, (self.squares - self.total * self.total / self.count) / (self.count - 1))


@dataclass(slots=True)
class Totals:
    """Takes attempts one by one; needs room for the questions, not for the attempts."""

    distribution: Counter[float] = field(default_factory=Counter)
    _places: dict[Hashable, _Sum] = field(default_factory=dict)
    _questions: dict[Hashable, _Sum] = field(default_factory=dict)
    _lengths: set[int] = field(default_factory=set)

    def add(self, responses: Sequence[Response]) -> None:
        """One finished attempt."""
        self.distribution[round(math.fsum(response.mark for response in responses), 9)] += 1
        self._lengths.add(len(responses))
        for place, response in enumerate(responses):
            for sums, key in ((self._places, place), (self._questions, response.question)):
                found = sums.get(key)
                if found is None:
                    found = sums[key] = _Sum()
                found.add(response.mark)

    def reliability(self) -> Reliability:
        """The figures; None for what cannot be told from so few, or from papers of different lengths."""
        count = self.distribution.total()
        if not count:
            return Reliability(0, None, None, None, None)
        mean = math.fsum(total * times for total, times in self.distribution.items()) / count
        if count < 2:
            return Reliability(count, mean, None, None, None)
        spread = math.fsum((total - mean) ** 2 * times for total, times in self.distribution.items())
        deviation = math.sqrt(spread / (count - 1))
        alpha = self._alpha(count, deviation**2)
        error = None if alpha is None else deviation * math.sqrt(max(0.0, 1 - alpha))
        return Reliability(count, mean, deviation, alpha, error)

    def _alpha(self, count: int, variance: float) -> float | None:
        same = all(one.count == count for one in self._questions.values())
        parts = list((self._questions if same else self._places).values())
        if len(parts) < 2 or len(self._lengths) > 1 or not variance:
            return None
        inside = math.fsum(part.variance or 0.0 for part in parts)
        return len(parts) / (len(parts) - 1) * (1 - inside / variance)
