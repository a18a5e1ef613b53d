"""Who stands before whom. Pure.

Every contest orders its own list of criteria. Each criterion becomes eight bytes that sort the right way
round, so that a whole ranking is one comparison of bytes in any database, with an index.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

_WIDTH = 8
_WORST = (1 << 8 * _WIDTH) - 1
_ERROR_SCALE = 10**6


class Criterion(StrEnum):
    """What may decide, in the order in which organisers list it."""

    ALL_CORRECT = "all_correct"
    SCORE = "score"
    CORRECT_COUNT = "correct_count"
    PREDICTION_ERROR = "prediction_error"
    DURATION = "duration"
    SUBMITTED_AT = "submitted_at"
    ATTEMPTS = "attempts"
    REGISTERED_AT = "registered_at"
    FIRST_START = "first_start"
    TIMES_AT_BEST = "times_at_best"


@dataclass(frozen=True, slots=True)
class Facts:
    """What a ranking knows about one person: of one round, or summed over rounds. Times are epoch ms."""

    correct_count: int
    total: int
    all_correct: bool
    prediction_error: Decimal | None
    duration_ms: int
    submitted_ms: int
    attempts: int
    registered_ms: int
    first_start_ms: int
    times_at_best: int


def _share(facts: Facts) -> int:
    """Correct answers in millionths of the questions: papers of different lengths compare fairly."""
    return facts.correct_count * 10**6 // facts.total if facts.total else 0


def _error(facts: Facts) -> int:
    """The distance in millionths; who predicted nothing comes after everybody who did."""
    if facts.prediction_error is None:
        return _WORST
    return int((facts.prediction_error * _ERROR_SCALE).to_integral_value(ROUND_HALF_UP))


def _more(value: Callable[[Facts], int]) -> Callable[[Facts], int]:
    """Turn "more is better" into "less is better"."""
    return lambda facts: _WORST - _bounded(value(facts))


# For each criterion the number of which less is better.
_MEASURES: dict[Criterion, Callable[[Facts], int]] = {
    Criterion.ALL_CORRECT: lambda facts: 0 if facts.all_correct else 1,
    Criterion.SCORE: _more(_share),
    Criterion.CORRECT_COUNT: _more(lambda facts: facts.correct_count),
    Criterion.PREDICTION_ERROR: _error,
    # Whole seconds, as shown on the boards: nobody can check, or answer for, a thousandth.
    Criterion.DURATION: lambda facts: facts.duration_ms // 1000,
    Criterion.SUBMITTED_AT: lambda facts: facts.submitted_ms,
    Criterion.ATTEMPTS: lambda facts: facts.attempts,
    Criterion.REGISTERED_AT: lambda facts: facts.registered_ms,
    Criterion.FIRST_START: lambda facts: facts.first_start_ms,
    Criterion.TIMES_AT_BEST: _more(lambda facts: facts.times_at_best),
}


def rank_key(criteria: Sequence[Criterion], facts: Facts) -> bytes:
    """Bytes that sort like the ranking, the best first; equal exactly when no criterion tells two apart."""
    return b"".join(_bounded(_MEASURES[criterion](facts)).to_bytes(_WIDTH, "big") for criterion in criteria)


def qualifies(criteria: Sequence[Criterion], facts: Facts) -> bool:
    """Whether the person is ranked at all: "all correct" is a filter where the rules name it."""
    return facts.all_correct or Criterion.ALL_CORRECT not in criteria


def competition_ranks(keys: Sequence[object]) -> list[int]:
    """Places of keys that are sorted already: equal ones share a place and the next is skipped, 1-2-2-4."""
    ranks: list[int] = []
    for index, key in enumerate(keys):
        ranks.append(ranks[-1] if index and key == keys[index - 1] else index + 1)
    return ranks


class Counts(StrEnum):
    """Which of a person's attempts in a round counts."""

    BEST_THEN_EARLIEST = "best_then_earliest"
    BEST = "best"
    FIRST = "first"
    LAST = "last"


@dataclass(frozen=True, slots=True)
class AttemptFacts:
    """One closed attempt of a person. `number` counts from 1 in the order of starting."""

    number: int
    correct_count: int
    submitted_ms: int
    duration_ms: int


# For each rule the key of which the least one counts. The number comes last: no rule leaves a choice open.
_COUNTED: dict[Counts, Callable[[AttemptFacts], tuple[int, ...]]] = {
    Counts.BEST_THEN_EARLIEST: lambda a: (-a.correct_count, a.submitted_ms, a.number),
    Counts.BEST: lambda a: (-a.correct_count, a.duration_ms // 1000, a.submitted_ms, a.number),
    Counts.FIRST: lambda a: (a.number,),
    Counts.LAST: lambda a: (-a.number,),
}


def counted(attempts: Sequence[AttemptFacts], rule: Counts) -> int:
    """The number of the attempt that counts; it also fixes which prediction counts. At least one is needed.

    "best" prefers the quicker of two equally good attempts, "best_then_earliest" the one submitted first.
    """
    return min(attempts, key=_COUNTED[rule]).number


def times_at_best(attempts: Sequence[AttemptFacts]) -> int:
    """How often the person reached the own best number of correct answers."""
    best = max((attempt.correct_count for attempt in attempts), default=0)
    return sum(attempt.correct_count == best for attempt in attempts)


def _bounded(value: int) -> int:
    return min(max(value, 0), _WORST)
