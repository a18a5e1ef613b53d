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
    PREDICTION_NOT_ABOVE = "prediction_not_above"
    DURATION = "duration"
    SUBMITTED_AT = "submitted_at"
    ATTEMPTS = "attempts"
    REGISTERED_AT = "registered_at"
    FIRST_START = "first_start"
    TIMES_AT_BEST = "times_at_best"


@dataclass(frozen=True, slots=True)
class Facts:
    """What a ranking knows about one person: of one round, or summed over rounds. Times are epoch ms.

    `score` is in millionths: correct answers of all questions, and over several rounds the sum of these.
    `is_above` says whether the prediction is higher than the actual number.
    """

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
    score: int | None = None  # None: of this correct count and this total
    is_above: bool = False


def score(correct_count: int, total: int) -> int:
    """Correct answers in millionths of the questions: papers of different lengths compare fairly."""
    return correct_count * 10**6 // total if total else 0


def _score(facts: Facts) -> int:
    return score(facts.correct_count, facts.total) if facts.score is None else facts.score


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
    Criterion.SCORE: _more(_score),
    Criterion.CORRECT_COUNT: _more(lambda facts: facts.correct_count),
    Criterion.PREDICTION_ERROR: _error,
    Criterion.PREDICTION_NOT_ABOVE: lambda facts: 1 if facts.is_above else 0,
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


def needs_prediction(criteria: Sequence[Criterion]) -> bool:
    """Whether the order can change when the number that was predicted becomes known."""
    return Criterion.PREDICTION_ERROR in criteria or Criterion.PREDICTION_NOT_ABOVE in criteria


@dataclass(frozen=True, slots=True)
class Contender:
    """Somebody among those to be ranked: the key, who it is, the category; out of it if not `qualifies`."""

    key: bytes
    who: int
    category: str | None
    qualifies: bool = True


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody stands among all and among those of the same category; None for who does not qualify."""

    rank: int | None
    category_rank: int | None


def places(contenders: Sequence[Contender]) -> dict[int, Place]:
    """Everybody's place, 1-2-2-4, by who it is; who has no category has no place within one."""
    ranked = sorted((one for one in contenders if one.qualifies), key=lambda one: (one.key, one.who))
    overall = dict(zip(ranked, competition_ranks([one.key for one in ranked]), strict=True))
    within: dict[Contender, int] = {}
    for category in {one.category for one in ranked if one.category is not None}:
        group = [one for one in ranked if one.category == category]
        within.update(zip(group, competition_ranks([one.key for one in group]), strict=True))
    return {one.who: Place(overall.get(one), within.get(one)) for one in contenders}


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
