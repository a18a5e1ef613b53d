"""What counts of an entrant in a round: chosen from the closed attempts, ranked by the round's criteria."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any, Protocol

from sqlalchemy import delete
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from quiz.attempts.models import Result
from quiz.contests.definition import RoundDefinition
from quiz.core.database import is_sqlite
from quiz.entries.models import Entry
from quiz.scoring.prediction import PredictionProblem, parse_prediction
from quiz.scoring.prediction import error as prediction_error
from quiz.scoring.ranking import AttemptFacts, Criterion, Facts, counted, rank_key

_KEY = ("contest_id", "round_number", "entry_id")


def epoch_ms(moment: datetime) -> int:
    """Milliseconds since 1970."""
    return round(moment.timestamp() * 1000)


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


def result_values(
    entry: Entry, definition: RoundDefinition, closed: Sequence[Closed], actual: Decimal | None
) -> dict[str, Any]:
    """The columns of the entrant's result from all closed attempts of the round (at least one).

    `actual` is the frozen number the prediction is compared with, None while it is not known.
    """
    facts_of_each = [
        AttemptFacts(
            number=attempt.number,
            correct_count=attempt.correct_count or 0,
            submitted_ms=epoch_ms(attempt.submitted_at) if attempt.submitted_at else 0,
            duration_ms=attempt.duration_ms or 0,
        )
        for attempt in closed
    ]
    number = counted(facts_of_each, definition.attempts.counts)
    chosen = next(attempt for attempt in closed if attempt.number == number)
    best = max(facts.correct_count for facts in facts_of_each)
    values: dict[str, Any] = {
        "contest_id": entry.contest_id,
        "round_number": chosen.round_number,
        "entry_id": entry.id,
        "attempt_id": chosen.id,
        "unit_id": entry.unit_id,
        "correct_count": chosen.correct_count,
        "question_count": chosen.question_count,
        "duration_ms": chosen.duration_ms,
        "submitted_at": chosen.submitted_at,
        "attempts": len(closed),
        "times_at_best": sum(1 for facts in facts_of_each if facts.correct_count == best),
        "first_start": min(attempt.started_at for attempt in closed),
        "registered_at": entry.registered_at,
        "prediction": chosen.prediction,
    }
    return ranked(values, definition, actual)


def ranked(values: dict[str, Any], definition: RoundDefinition, actual: Decimal | None) -> dict[str, Any]:
    """The same columns with `prediction_error` and `rank_key` made anew for the given actual number."""
    error = _error(values["prediction"], definition, actual)
    values["prediction_error"] = None if error is None else str(error)
    values["rank_key"] = rank_key(
        definition.ranking,
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
        ),
    )
    return values


def ranks_by_prediction(definition: RoundDefinition) -> bool:
    """Whether the order of this round can change when the actual number becomes known."""
    return definition.prediction is not None and Criterion.PREDICTION_ERROR in definition.ranking


def store(session: Session, rows: Sequence[dict[str, Any]]) -> None:
    """Insert or replace results, whole rows, one statement."""
    if not rows:
        return
    insert = sqlite.insert(Result) if is_sqlite() else postgresql.insert(Result)
    fresh = {name: insert.excluded[name] for name in rows[0] if name not in _KEY}
    session.execute(insert.on_conflict_do_update(index_elements=list(_KEY), set_=fresh), list(rows))


def _error(prediction: str | None, definition: RoundDefinition, actual: Decimal | None) -> Decimal | None:
    if definition.prediction is None or actual is None or prediction is None:
        return None
    try:
        return prediction_error(parse_prediction(prediction, definition.prediction.decimals), actual)
    except PredictionProblem:
        return None


def remove(session: Session, entry: Entry, round_number: int) -> None:
    """Take the entrant's result of a round away: no attempt counts any more."""
    session.execute(
        delete(Result)
        .where(
            Result.contest_id == entry.contest_id,
            Result.round_number == round_number,
            Result.entry_id == entry.id,
        )
        .execution_options(synchronize_session=False)
    )
