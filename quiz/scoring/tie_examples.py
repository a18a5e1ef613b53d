"""People made up to show what decides between equals, one criterion after the other. Pure.

The example is ranked by the contest's own rule, so that it cannot say anything else than the boards will.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise

from quiz.scoring.ranking import Criterion, Facts, competition_ranks, qualifies, rank_key

_MINUTE_MS = 60_000
_DAY_MS = 24 * 60 * _MINUTE_MS


@dataclass(frozen=True, slots=True)
class Paper:
    """The paper of the example's people: length, minutes (None: no limit), the round's opening (epoch ms)."""

    questions: int
    minutes: int | None
    opens_ms: int
    may_repeat: bool


@dataclass(frozen=True, slots=True)
class Example:
    """One made-up person: place from 1, None for who is not ranked.

    `decided_by`: the criterion that put them behind the line above; None for the first, for equals and for
    who is not ranked.
    """

    facts: Facts
    rank: int | None
    decided_by: Criterion | None


# What makes somebody a little worse in one criterion and leaves all the others as they are.
_WORSE: dict[Criterion, Callable[[Facts], Facts]] = {
    Criterion.SCORE: lambda facts: replace(facts, correct_count=facts.correct_count - 1, all_correct=False),
    Criterion.CORRECT_COUNT: lambda facts: replace(
        facts, correct_count=facts.correct_count - 1, all_correct=False
    ),
    Criterion.PREDICTION_ERROR: lambda facts: replace(
        facts, prediction_error=(facts.prediction_error or Decimal(0)) + 7
    ),
    Criterion.PREDICTION_NOT_ABOVE: lambda facts: replace(facts, is_above=True),
    Criterion.DURATION: lambda facts: replace(facts, duration_ms=facts.duration_ms * 107 // 100),
    Criterion.SUBMITTED_AT: lambda facts: replace(facts, submitted_ms=facts.submitted_ms + 95 * _MINUTE_MS),
    Criterion.ATTEMPTS: lambda facts: replace(facts, attempts=facts.attempts + 1),
    Criterion.REGISTERED_AT: lambda facts: replace(facts, registered_ms=facts.registered_ms + 7 * _MINUTE_MS),
    Criterion.FIRST_START: lambda facts: replace(facts, first_start_ms=facts.first_start_ms + 8 * _MINUTE_MS),
    Criterion.TIMES_AT_BEST: lambda facts: replace(facts, times_at_best=facts.times_at_best - 1),
}
# The same the other way round: who is behind by one criterion may well be ahead in all that come later.
_BETTER: dict[Criterion, Callable[[Facts], Facts]] = {
    Criterion.PREDICTION_ERROR: lambda facts: replace(facts, prediction_error=Decimal(3)),
    Criterion.DURATION: lambda facts: replace(facts, duration_ms=facts.duration_ms * 96 // 100),
    Criterion.SUBMITTED_AT: lambda facts: replace(facts, submitted_ms=facts.submitted_ms - 13 * _MINUTE_MS),
    Criterion.REGISTERED_AT: lambda facts: replace(facts, registered_ms=facts.registered_ms - 3 * _MINUTE_MS),
    Criterion.FIRST_START: lambda facts: replace(facts, first_start_ms=facts.first_start_ms - 5 * _MINUTE_MS),
}


def tie_example(criteria: Sequence[Criterion], paper: Paper) -> tuple[Example, ...]:
    """A line for each criterion that can decide, two equals who share a place, and who is not ranked, if any.

    Each person is equal to the one above in all criteria before the deciding one, and where possible better
    in those after it.
    """
    people = [_first(paper)]
    for index in range(len(criteria)):
        behind = _behind(criteria, index, people[-1])
        if behind is not None:
            people.append(behind)
    people.append(people[-1])
    keys = [rank_key(criteria, facts) for facts in people]
    ranks = competition_ranks(keys)
    deciding = [None, *(_deciding(criteria, above, below) for above, below in pairwise(people))]
    lines = [Example(*line) for line in zip(people, ranks, deciding, strict=True)]
    if Criterion.ALL_CORRECT in criteria:
        out = replace(people[0], correct_count=paper.questions - 1, all_correct=False)
        lines.append(Example(out, None, None))
    return tuple(lines)


def _first(paper: Paper) -> Facts:
    length = (paper.minutes or 20) * _MINUTE_MS
    return Facts(
        correct_count=paper.questions,
        total=paper.questions,
        all_correct=True,
        prediction_error=Decimal(12),
        duration_ms=length * 6 // 10 + 12_000,
        submitted_ms=paper.opens_ms + _DAY_MS + 75 * _MINUTE_MS,
        attempts=2 if paper.may_repeat else 1,
        registered_ms=paper.opens_ms + 20 * _MINUTE_MS,
        first_start_ms=paper.opens_ms + 50 * _MINUTE_MS,
        times_at_best=2 if paper.may_repeat else 1,
    )


def _behind(criteria: Sequence[Criterion], index: int, above: Facts) -> Facts | None:
    """Somebody whom exactly this criterion puts behind; None if it can never decide here."""
    worsen = _WORSE.get(criteria[index])
    if worsen is None:
        return None
    facts = worsen(above)
    for later in criteria[index + 1 :]:
        facts = _BETTER.get(later, _same)(facts)
    possible = facts.correct_count > 0 and facts.times_at_best > 0 and qualifies(criteria, facts)
    return facts if possible and _deciding(criteria, above, facts) is criteria[index] else None


def _same(facts: Facts) -> Facts:
    return facts


def _deciding(criteria: Sequence[Criterion], above: Facts, below: Facts) -> Criterion | None:
    return next(
        (one for one in criteria if rank_key([one], above) != rank_key([one], below)),
        None,
    )
