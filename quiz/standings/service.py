"""Freezing a round's results, and proving that the boards follow from the attempts."""

from datetime import datetime
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from quiz.attempts import queries as attempts
from quiz.attempts import results
from quiz.attempts.combining import feeds_prediction, touch
from quiz.attempts.models import Result
from quiz.attempts.service import close_expired
from quiz.contests.models import Contest, Round
from quiz.core.database import transaction
from quiz.core.errors import DomainError
from quiz.core.secrets import Keyring
from quiz.scoring.prediction import actual_value
from quiz.scoring.ranking import places
from quiz.standings import queries
from quiz.standings.recounting import contender

_CHUNK = 500


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
    contest_id, number, definition = round_.contest_id, round_.number, round_.settings
    rows = [
        results.ranked(_columns(result), definition, actual)
        for result in session.scalars(
            select(Result).where(Result.contest_id == contest_id, Result.round_number == number)
        )
    ]
    found = places([contender(definition, row) for row in rows])
    for row in rows:
        place = found[row["entry_id"]]
        row["rank"], row["category_rank"] = place.rank, place.category_rank
    moves_lists = actual is not None and feeds_prediction(session, round_)
    for start in range(0, len(rows), _CHUNK):
        results.store(session, rows[start : start + _CHUNK], touching=moves_lists)
    touch(session, contest_id, number, ())
    session.flush()
    session.expire_all()  # the results were written past the session


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


def _columns(result: Result) -> dict[str, object]:
    return {column.key: getattr(result, column.key) for column in Result.__table__.columns}
