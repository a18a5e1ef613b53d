"""How questions performed: facility, discrimination, choices, and keys that look wrong.

Definitions follow Moodle's quiz statistics, with n − 1 in every variance and covariance; figures whose
variance is zero are None, "not computable". Papers are drawn at random, so everything is counted per
question over the attempts that had it, never per position.

    x   mark of an attempt on the question, 0 to 1
    R   marks of the same attempt on all other questions
    X   x + R
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

# Fewer attempts say nothing about a question, and may say something about a person.
MIN_ATTEMPTS = 10
_SUSPICIOUS_SHARE = 0.05
_UNUSED_SHARE = 0.01
_EASY = 0.95
_HARD = 0.1


class Flag(StrEnum):
    """Why somebody should look at a question."""

    KEY_SUSPECT = "key-suspect"
    NEGATIVE_DISCRIMINATION = "negative-discrimination"
    TOO_EASY = "too-easy"
    TOO_HARD = "too-hard"
    UNUSED_CHOICE = "unused-choice"


@dataclass(frozen=True, slots=True)
class Response:
    """One answer: the mark (0 to 1) and the 0-based choices of the revision that were picked."""

    question: int
    mark: float
    picked: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """What has to be known of a question: how many choices it has and which are right."""

    choices: int
    correct: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ChoiceStatistics:
    """`share` of the attempts that picked it; `correlation` of picking it with R (point-biserial).

    `mean_rest` is the mean of R over those who picked it.
    """

    choice: int
    is_correct: bool
    picks: int
    share: float
    correlation: float | None
    mean_rest: float | None


@dataclass(frozen=True, slots=True)
class ItemStatistics:
    """Figures of one question.

    `facility` is the mean mark; `discrimination` 100 × correlation of x with R; `efficiency` the
    covariance of x with R as a percentage of the largest that these marks allow; `weight` the share of
    the spread of X that the question causes, in percent.
    """

    question: int
    attempts: int
    facility: float
    deviation: float | None
    discrimination: float | None
    efficiency: float | None
    weight: float | None
    choices: tuple[ChoiceStatistics, ...]
    unanswered: int
    flags: tuple[Flag, ...]
    suspected_key: int | None = None

    @property
    def is_meaningful(self) -> bool:
        """Whether there are enough attempts to show the figures."""
        return self.attempts >= MIN_ATTEMPTS


@dataclass(slots=True)
class Tally:
    """What has to be counted of one question; it grows with the marks there are, not with the attempts."""

    pairs: Counter[tuple[float, float]] = field(default_factory=Counter)  # (x, R) → attempts
    picks: dict[int, Counter[float]] = field(default_factory=dict)  # choice → R → attempts
    unanswered: int = 0


class Collector:
    """Takes attempts one by one and gives the statistics of all questions."""

    def __init__(self) -> None:
        self.tallies: dict[int, Tally] = {}

    def add(self, responses: Sequence[Response]) -> None:
        """One finished attempt."""
        total = math.fsum(response.mark for response in responses)
        for response in responses:
            tally = self.tallies.get(response.question)
            if tally is None:
                tally = self.tallies[response.question] = Tally()
            # Rounded so that 0.1 + 0.2 − 0.1 and 0.2 are one entry.
            rest = round(total - response.mark, 9)
            tally.pairs[response.mark, rest] += 1
            tally.unanswered += not response.picked
            for choice in response.picked:
                picks = tally.picks.get(choice)
                if picks is None:
                    picks = tally.picks[choice] = Counter()
                picks[rest] += 1

    def statistics(self, asked: Mapping[int, Asked]) -> dict[int, ItemStatistics]:
        """The figures of every question that is known and was answered, by its number."""
        roots = {question: _root_of_covariance(tally) for question, tally in self.tallies.items()}
        known = [root for root in roots.values() if root is not None]
        whole = math.fsum(known)
        return {
            question: _item(question, tally, asked[question], _percent(roots[question], whole))
            for question, tally in sorted(self.tallies.items())
            if question in asked
        }


def item_statistics(
    attempts: Iterable[Sequence[Response]], asked: Mapping[int, Asked]
) -> dict[int, ItemStatistics]:
    """The figures of all questions of some attempts."""
    collector = Collector()
    for responses in attempts:
        collector.add(responses)
    return collector.statistics(asked)


def statistics_of(tally: Tally, asked: Asked, question: int = 0) -> ItemStatistics:
    """The figures of one question from its tally alone; `weight` needs the others and stays None."""
    return _item(question, tally, asked, None)


def covariance(pairs: Mapping[tuple[float, float], int]) -> float | None:
    """Sample covariance of counted pairs; None below two."""
    count = sum(pairs.values())
    if count < 2:
        return None
    mean_a = math.fsum(a * times for (a, _), times in pairs.items()) / count
    mean_b = math.fsum(b * times for (_, b), times in pairs.items()) / count
    return math.fsum((a - mean_a) * (b - mean_b) * times for (a, b), times in pairs.items()) / (count - 1)


def correlation(pairs: Mapping[tuple[float, float], int]) -> float | None:
    """Correlation of counted pairs; None when one of them does not vary."""
    together = covariance(pairs)
    spread_a = covariance(_diagonal(pairs, 0))
    spread_b = covariance(_diagonal(pairs, 1))
    if together is None or not spread_a or not spread_b:
        return None
    return together / math.sqrt(spread_a * spread_b)


def largest_covariance(pairs: Mapping[tuple[float, float], int]) -> float | None:
    """The covariance if the same values were paired in order: the best with the best."""
    ordered: Counter[tuple[float, float]] = Counter()
    left = sorted(_side(pairs, 0).items())
    right = sorted(_side(pairs, 1).items())
    while left and right:
        (a, times_a), (b, times_b) = left[0], right[0]
        times = min(times_a, times_b)
        ordered[a, b] += times
        left[0], right[0] = (a, times_a - times), (b, times_b - times)
        left, right = left[left[0][1] == 0 :], right[right[0][1] == 0 :]
    return covariance(ordered)


def _side(pairs: Mapping[tuple[float, float], int], side: int) -> Counter[float]:
    found: Counter[float] = Counter()
    for pair, times in pairs.items():
        found[pair[side]] += times
    return found


def _diagonal(pairs: Mapping[tuple[float, float], int], side: int) -> Counter[tuple[float, float]]:
    return Counter({(value, value): times for value, times in _side(pairs, side).items()})


def _root_of_covariance(tally: Tally) -> float | None:
    """√C(x, X), the part of a question in the spread of the totals; None where it is negative."""
    totals = Counter({(mark, mark + rest): times for (mark, rest), times in tally.pairs.items()})
    found = covariance(totals)
    return None if found is None or found < 0 else math.sqrt(found)


def _percent(part: float | None, whole: float | None) -> float | None:
    return None if part is None or not whole else 100 * part / whole


def _item(question: int, tally: Tally, asked: Asked, weight: float | None) -> ItemStatistics:
    attempts = sum(tally.pairs.values())
    facility = math.fsum(mark * times for (mark, _), times in tally.pairs.items()) / attempts
    spread = covariance(_diagonal(tally.pairs, 0))
    coupled = correlation(tally.pairs)
    choices = tuple(_choice(choice, tally, asked, attempts) for choice in range(asked.choices))
    suspected = _suspected_key(choices, coupled, attempts)
    return ItemStatistics(
        question=question,
        attempts=attempts,
        facility=facility,
        deviation=None if spread is None else math.sqrt(spread),
        discrimination=None if coupled is None else 100 * coupled,
        efficiency=_percent(covariance(tally.pairs), largest_covariance(tally.pairs)),
        weight=weight,
        choices=choices,
        unanswered=tally.unanswered,
        flags=_flags(attempts, facility, coupled, choices, suspected),
        suspected_key=suspected,
    )


def _choice(choice: int, tally: Tally, asked: Asked, attempts: int) -> ChoiceStatistics:
    picked = tally.picks.get(choice, Counter())
    everybody = _side(tally.pairs, 1)
    pairs = Counter({(1.0, rest): times for rest, times in picked.items()})
    pairs.update({(0.0, rest): times - picked[rest] for rest, times in everybody.items()})
    picks = sum(picked.values())
    return ChoiceStatistics(
        choice=choice,
        is_correct=choice in asked.correct,
        picks=picks,
        share=picks / attempts,
        correlation=correlation(pairs),
        mean_rest=math.fsum(rest * times for rest, times in picked.items()) / picks if picks else None,
    )


def _suspected_key(choices: Sequence[ChoiceStatistics], coupled: float | None, attempts: int) -> int | None:
    """The wrong choice that good entrants pick rather than the key, if there is one."""
    if attempts < MIN_ATTEMPTS:
        return None
    rivals = [
        (one.correlation, one.choice)
        for one in choices
        if not one.is_correct and one.correlation is not None and one.share >= _SUSPICIOUS_SHARE
    ]
    best, choice = max(rivals, default=(0.0, -1))
    # A key that nobody, or everybody, found correlates with nothing.
    return choice if best > max(coupled or 0.0, 0.0) else None


def _flags(
    attempts: int,
    facility: float,
    coupled: float | None,
    choices: Sequence[ChoiceStatistics],
    suspected: int | None,
) -> tuple[Flag, ...]:
    if attempts < MIN_ATTEMPTS:
        return ()
    found = {
        Flag.KEY_SUSPECT: suspected is not None,
        Flag.NEGATIVE_DISCRIMINATION: coupled is not None and coupled < 0,
        Flag.TOO_EASY: facility > _EASY,
        Flag.TOO_HARD: facility < _HARD,
        Flag.UNUSED_CHOICE: any(not one.is_correct and one.share < _UNUSED_SHARE for one in choices),
    }
    return tuple(flag for flag, is_set in found.items() if is_set)
