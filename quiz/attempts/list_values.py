"""From results or attempts to the columns of a combined list's result. Writes nothing."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, Protocol

from quiz.attempts.result_values import Closed, Person, counted_values, key_of
from quiz.contests.definition import ListDefinition
from quiz.scoring.ranking import Criterion, score


class RoundResult(Protocol):
    """A result of one round, as a row or as a value."""

    @property
    def round_number(self) -> int: ...
    @property
    def correct_count(self) -> int: ...
    @property
    def question_count(self) -> int: ...
    @property
    def duration_ms(self) -> int: ...
    @property
    def submitted_at(self) -> Any: ...
    @property
    def attempts(self) -> int: ...
    @property
    def times_at_best(self) -> int: ...
    @property
    def first_start(self) -> Any: ...
    @property
    def prediction_error(self) -> str | None: ...


def sum_values(
    person: Person,
    definition: ListDefinition,
    results: Sequence[RoundResult],
    known: frozenset[int],
) -> dict[str, Any]:
    """The columns from the results of the list's rounds (at least one), added up.

    Time is added in the whole seconds that the boards of the rounds show, so that anybody can add it up.
    `known` are the rounds whose actual number is frozen: who predicted nothing there comes last.
    """
    error = _error_sum(results, known)
    values: dict[str, Any] = {
        "contest_id": person.contest_id,
        "list_number": definition.number,
        "entry_id": person.id,
        "attempt_id": None,
        "rounds": len(results),
        "unit_id": person.unit_id,
        "category": person.category,
        "correct_count": sum(one.correct_count for one in results),
        "question_count": sum(one.question_count for one in results),
        "duration_ms": sum(one.duration_ms // 1000 * 1000 for one in results),
        "submitted_at": max(one.submitted_at for one in results),
        "attempts": sum(one.attempts for one in results),
        "times_at_best": sum(one.times_at_best for one in results),
        "first_start": min(one.first_start for one in results),
        "registered_at": person.registered_at,
        "prediction_error": None if error is None else str(error),
    }
    points = sum(score(one.correct_count, one.question_count) for one in results)
    values["rank_key"] = key_of(definition.ranking, values, error=error, score=points)
    return values


def best_values(person: Person, definition: ListDefinition, closed: Sequence[Closed]) -> dict[str, Any]:
    """The columns from all closed attempts of the list's rounds (at least one), each counted once."""
    values, _chosen, in_order = counted_values(person, closed, definition.counts)
    values["list_number"] = definition.number
    values["rounds"] = len({one.round_number for one in in_order})
    values["prediction_error"] = None
    values["rank_key"] = key_of(definition.ranking, values, error=None)
    return values


def has_place(definition: ListDefinition, row: Mapping[str, Any]) -> bool:
    """Whether somebody is ranked in the list: took part often enough, all correct where the rules ask it."""
    if row["rounds"] < definition.min_rounds:
        return False
    return Criterion.ALL_CORRECT not in definition.ranking or row["correct_count"] == row["question_count"]


def _error_sum(results: Sequence[RoundResult], known: frozenset[int]) -> Decimal | None:
    """None where no number is known yet, or where nothing was predicted."""
    concerned = [one.prediction_error for one in results if one.round_number in known]
    stated = [Decimal(error) for error in concerned if error is not None]
    return sum(stated, Decimal(0)) if concerned and len(stated) == len(concerned) else None
