"""Freezing a round's results, and proving that the boards follow from the attempts."""

from array import array
from collections.abc import Iterator, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from quiz.attempts import queries as attempts
from quiz.attempts import results
from quiz.attempts.combining import feeds_prediction, touch
from quiz.attempts.service import close_expired
from quiz.contests.models import Contest, Round
from quiz.core.database import Base, transaction
from quiz.core.errors import DomainError
from quiz.core.secrets import Keyring
from quiz.scoring.prediction import actual_value
from quiz.standings import queries
from quiz.standings.recounting import write_final_places

_CHUNK = 5_000
_RESULTS = Base.metadata.tables["results"]
_OF_KEYS = (
    *("entry_id", "rank_key", "prediction", "prediction_error", "correct_count", "question_count"),
    *("duration_ms", "submitted_at", "attempts", "times_at_best", "first_start", "registered_at"),
)


class CannotClose(Exception):
    """Some attempts could not be closed, so the results are not final; `attempt_ids` names them."""

    def __init__(self, attempt_ids: list[int]) -> None:
        super().__init__(f"{len(attempt_ids)} attempts could not be closed")
        self.attempt_ids = attempt_ids


class StillRunning(DomainError):
    """People are still working on attempts of the round; `params["count"]` of them."""


def freeze_round(contest: Contest, number: int, *, now: datetime, keyring: Keyring) -> Decimal | None:
    """Close what is over, fix the number that was predicted, and rank everybody for good.

    Returns the actual number (None without a prediction). Raises CannotClose. The caller changes the state
    in the same transaction.
    """
    with transaction() as session:
        _done, failed = close_expired(contest.id, now=now, keyring=keyring, most=10_000_000)
        if failed:
            raise CannotClose(failed)
        session.flush()
        running = attempts.count_open(contest.id, number)
        if running:
            raise StillRunning("attempts_still_running", count=running)
        round_ = session.get(Round, (contest.id, number), populate_existing=True, with_for_update=True)
        if round_ is None:
            raise LookupError(number)
        actual = None
        if round_.settings.prediction is not None:
            actual = actual_of(round_)
            round_.actual_number, round_.actual_at = str(actual), now
        rank_for_good(session, round_, actual)
    return actual


def rank_for_good(session: Session, round_: Round, actual: Decimal | None) -> None:
    """Rank keys by this actual number and everybody's place. Part of the caller's transaction."""
    contest_id, number = round_.contest_id, round_.number
    session.flush()
    people: array[int] = array("q")
    for rows in _chunks(session, round_):
        moved = []
        for row in rows:
            fresh = results.ranked(dict(row._mapping), round_.settings, actual)
            if (fresh["rank_key"], fresh["prediction_error"]) != (bytes(row.rank_key), row.prediction_error):
                moved.append((row.entry_id, fresh["rank_key"], fresh["prediction_error"]))
        results.move_keys(session, contest_id, number, moved)
        people.extend(row.entry_id for row in rows)
    write_final_places(session, round_)
    touch(session, contest_id, number, ())
    if actual is not None and feeds_prediction(session, round_):
        touch(session, contest_id, number, people)
    session.flush()
    session.expire_all()  # the results were written past the session


def _chunks(session: Session, round_: Round) -> Iterator[Sequence[Row[Any]]]:
    """What rank keys are made of, some thousand people at a time: memory does not grow with the round."""
    last = -1
    wanted = select(*(_RESULTS.c[name] for name in _OF_KEYS)).where(
        _RESULTS.c.contest_id == round_.contest_id, _RESULTS.c.round_number == round_.number
    )
    while rows := session.execute(
        wanted.where(_RESULTS.c.entry_id > last).order_by(_RESULTS.c.entry_id).limit(_CHUNK)
    ).all():
        yield rows
        last = rows[-1].entry_id


def actual_of(round_: Round) -> Decimal:
    """The number that is predicted in the round, counted now. The round has a prediction."""
    prediction = round_.settings.prediction
    assert prediction is not None
    figures = queries.figures(round_.contest_id, round_.number)
    return actual_value(
        prediction.target,
        people_all_correct=figures.people_all_correct,
        participants=figures.participants,
        attempts=figures.attempts,
        decimals=prediction.decimals,
    )
