"""From attempts to the columns of a result: what counts of an entrant, and the key that ranks it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any, Protocol

from quiz.contests.definition import PredictionRule, RoundDefinition
from quiz.scoring.prediction import PredictionProblem, Stated, parse_prediction
from quiz.scoring.prediction import error as prediction_error
from quiz.scoring.ranking import AttemptFacts, Counts, Criterion, Facts, counted, rank_key


class Person(Protocol):
    """An entry, as a row or as a value."""

    @property
    def contest_id(self) -> int: ...
    @property
    def id(self) -> int: ...
    @property
    def unit_id(self) -> int | None: ...
    @property
    def category(self) -> str | None: ...
    @property
    def registered_at(self) -> datetime: ...


class Closed(Protocol):
    """A closed attempt, as a row or as a value."""

    @property
    def id(self) -> int: ...
    @property
    def round_number(self) -> int: ...
    @property
    def number(self) -> int: ...
    @property
    def correct_count(self) -> int | None: ...
    @property
    def question_count(self) -> int: ...
    @property
    def started_at(self) -> datetime: ...
    @property
    def submitted_at(self) -> datetime | None: ...
    @property
    def duration_ms(self) -> int | None: ...
    @property
    def prediction(self) -> str | None: ...


def epoch_ms(moment: datetime) -> int:
    """Milliseconds since 1970."""
    return round(moment.timestamp() * 1000)


def counted_values(
    person: Person, closed: Sequence[Closed], rule: Counts
) -> tuple[dict[str, Any], Closed, Sequence[Closed]]:
    """The columns that results of rounds and of lists share, the attempt that counts, and all in order.

    `closed`: the person's closed attempts of the round or of the list's rounds, at least one.
    """
    in_order = sorted(closed, key=lambda one: (one.started_at, one.number, one.id))
    facts = [
        AttemptFacts(
            number=place,
            correct_count=attempt.correct_count or 0,
            submitted_ms=epoch_ms(attempt.submitted_at) if attempt.submitted_at else 0,
            duration_ms=attempt.duration_ms or 0,
        )
        for place, attempt in enumerate(in_order, start=1)
    ]
    chosen = in_order[counted(facts, rule) - 1]
    best = max(one.correct_count for one in facts)
    values: dict[str, Any] = {
        "contest_id": person.contest_id,
        "entry_id": person.id,
        "attempt_id": chosen.id,
        "unit_id": person.unit_id,
        "category": person.category,
        "correct_count": chosen.correct_count,
        "question_count": chosen.question_count,
        "duration_ms": chosen.duration_ms,
        "submitted_at": chosen.submitted_at,
        "attempts": len(in_order),
        "times_at_best": sum(1 for one in facts if one.correct_count == best),
        "first_start": in_order[0].started_at,
        "registered_at": person.registered_at,
    }
    return values, chosen, in_order


def result_values(
    entry: Person, definition: RoundDefinition, closed: Sequence[Closed], actual: Decimal | None
) -> dict[str, Any]:
    """The columns of the entrant's result from all closed attempts of the round (at least one).

    `actual` is the frozen number the prediction is compared with, None while it is not known.
    """
    values, chosen, in_order = counted_values(entry, closed, definition.attempts.counts)
    values["round_number"] = chosen.round_number
    values["prediction"] = _stated(definition.prediction, chosen, in_order)
    return ranked(values, definition, actual)


def ranked(values: dict[str, Any], definition: RoundDefinition, actual: Decimal | None) -> dict[str, Any]:
    """The same columns with `prediction_error` and `rank_key` made anew for the given actual number."""
    predicted = _predicted(values["prediction"], definition, actual)
    error = None if predicted is None or actual is None else prediction_error(predicted, actual)
    values["prediction_error"] = None if error is None else str(error)
    is_above = predicted is not None and actual is not None and predicted > actual
    values["rank_key"] = key_of(definition.ranking, values, error=error, is_above=is_above)
    return values


def key_of(
    criteria: Sequence[Criterion],
    values: Mapping[str, Any],
    *,
    error: Decimal | None,
    is_above: bool = False,
    score: int | None = None,
) -> bytes:
    """The rank key of a result's columns."""
    return rank_key(
        criteria,
        Facts(
            correct_count=values["correct_count"],
            total=values["question_count"],
            all_correct=values["correct_count"] == values["question_count"],
            prediction_error=error,
            duration_ms=values["duration_ms"],
            submitted_ms=epoch_ms(values["submitted_at"]),
            attempts=values["attempts"],
            registered_ms=epoch_ms(values["registered_at"]),
            first_start_ms=epoch_ms(values["first_start"]),
            times_at_best=values["times_at_best"],
            score=score,
            is_above=is_above,
        ),
    )


def _stated(rule: PredictionRule | None, chosen: Closed, in_order: Sequence[Closed]) -> str | None:
    """The prediction that counts; the first and the last one are those of attempts that have one."""
    if rule is None or rule.counts is Stated.COUNTED:
        return chosen.prediction
    stated = [one.prediction for one in in_order if one.prediction]
    if not stated:
        return None
    return stated[0] if rule.counts is Stated.FIRST else stated[-1]


def _predicted(prediction: str | None, definition: RoundDefinition, actual: Decimal | None) -> Decimal | None:
    if definition.prediction is None or actual is None or prediction is None:
        return None
    try:
        return parse_prediction(prediction, definition.prediction.decimals)
    except PredictionProblem:
        return None
