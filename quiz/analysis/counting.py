"""Counting a round's attempts one after the other, without keeping them. Pure.

Item statistics look at one attempt of each person, the one that counts: whoever tries ten times must not
weigh ten times. How often a question was drawn and answered right is counted over all closed attempts.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from question_bank.rasch import difficulties
from question_bank.rasch_fit import Fit, fits
from question_bank.reliability import Totals
from question_bank.statistics import Collector, Response
from quiz.scoring.marking import PaperItem, chosen

# Rasch looks at a part of the attempts: every 2nd, 3rd … so that neither attempts nor pairs exceed these.
# Standard errors are then below 0.1 logits for a hundred questions; more attempts would not be seen.
_MOST_CALIBRATED = 20_000
_MOST_PAIRS = 4_000_000
_MOST_QUESTIONS = 1_000


@dataclass(frozen=True, slots=True)
class Calibration:
    """Rasch difficulties with their precision, from `attempts` attempts."""

    attempts: int
    levels: Mapping[int, float | None]
    fits: Mapping[int, Fit]


def stride(attempts: int, questions: int) -> int:
    """Of how many attempts one is looked at for Rasch."""
    pairs = max(1, questions * questions // 4)
    most = max(1, min(_MOST_CALIBRATED, _MOST_PAIRS // pairs))
    return max(1, -(-attempts // most))


@dataclass(slots=True)
class RoundCount:
    """Everything that is counted in one pass. `every`: see `stride`."""

    every: int = 1
    collector: Collector = field(default_factory=Collector)
    totals: Totals = field(default_factory=Totals)
    drawn: Counter[int] = field(default_factory=Counter)
    right: Counter[int] = field(default_factory=Counter)
    closed: int = 0
    counted: int = 0
    _sample: list[dict[int, bool]] = field(default_factory=list)

    def add(self, paper: Sequence[PaperItem], answers: Mapping[str, Sequence[int]], *, counts: bool) -> None:
        """One closed attempt with its stored answers; `counts` for the one that counts of its person."""
        self.closed += 1
        picked = [chosen(item, answers.get(str(place), ())) for place, item in enumerate(paper, start=1)]
        right = [
            bool(item.correct) and picks == item.correct for item, picks in zip(paper, picked, strict=True)
        ]
        for item, is_right in zip(paper, right, strict=True):
            self.drawn[item.revision_id] += 1
            self.right[item.revision_id] += is_right
        if not counts:
            return
        responses = [
            Response(item.revision_id, float(is_right), tuple(picks))
            for item, is_right, picks in zip(paper, right, picked, strict=True)
        ]
        self.collector.add(responses)
        self.totals.add(responses)
        if self.counted % self.every == 0:
            self._sample.append({item.revision_id: mark for item, mark in zip(paper, right, strict=True)})
        self.counted += 1

    def calibration(self) -> Calibration:
        """Rasch difficulties; none in rounds with so many questions that each was seen too seldom."""
        if len(self.collector.tallies) > _MOST_QUESTIONS:
            return Calibration(0, {}, {})
        levels = difficulties(self._sample)
        return Calibration(len(self._sample), levels, fits(self._sample, levels))

    def distribution(self) -> list[list[Any]]:
        """[[number of right answers, attempts], …], the smallest first."""
        return [[int(total), times] for total, times in sorted(self.totals.distribution.items())]
