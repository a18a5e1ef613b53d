"""Freezing a round's results, and proving that the boards follow from the attempts."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from itertools import groupby

from sqlalchemy import select

from quiz.attempts import queries as attempts
from quiz.attempts import results
from quiz.attempts.models import Attempt, Result
from quiz.attempts.service import close_expired
from quiz.contests.models import Contest, Round
from quiz.core.database import db, transaction
from quiz.core.errors import DomainError
from quiz.core.secrets import Keyring
from quiz.entries.models import Entry
from quiz.scoring.prediction import actual_value
from quiz.scoring.ranking import competition_ranks
from quiz.standings import queries

_CHUNK = 500


class CannotClose(Exception):
    """Some attempts could not be closed, so the results are not final; `attempt_ids` names them."""

    def __init__(self, attempt_ids: list[int]) -> None:
        super().__init__(f"{len(attempt_ids)} attempts could not be closed")
        self.attempt_ids = attempt_ids


class StillRunning(DomainError):
    """People are still working on attempts of the round; `params["count"]` of them."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A stored result that does not follow from the attempts."""

    round_number: int
    entry_id: int
    column: str
    stored: object
    expected: object


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
        definition, actual = round_.settings, None
        if definition.prediction is not None:
            actual = _actual(round_)
            round_.actual_number, round_.actual_at = str(actual), now
        rows = [
            results.ranked(_columns(result), definition, actual)
            for result in session.scalars(
                select(Result).where(Result.contest_id == contest.id, Result.round_number == number)
            )
        ]
        rows.sort(key=lambda row: (row["rank_key"], row["entry_id"]))
        ranks = competition_ranks([row["rank_key"] for row in rows])
        for row, rank in zip(rows, ranks, strict=True):
            row["rank"] = rank
        for start in range(0, len(rows), _CHUNK):
            results.store(session, rows[start : start + _CHUNK])
        session.flush()
        session.expire_all()  # the results were written past the session
    return actual


def verify(contest: Contest) -> list[Difference]:
    """Recompute every result from the attempts and compare; an empty list proves the boards."""
    rounds = {
        round_.number: round_
        for round_ in db.session.scalars(select(Round).where(Round.contest_id == contest.id))
    }
    stored = {
        (result.round_number, result.entry_id): result
        for result in db.session.scalars(select(Result).where(Result.contest_id == contest.id))
    }
    differences = []
    for number, entry, closed in _closed_attempts(contest.id):
        round_ = rounds[number]
        actual = None if round_.actual_number is None else Decimal(round_.actual_number)
        expected = results.result_values(entry, round_.settings, closed, actual)
        result = stored.pop((number, entry.id), None)
        if result is None:
            differences.append(Difference(number, entry.id, "row", None, "missing"))
            continue
        differences += [
            Difference(number, entry.id, column, getattr(result, column), value)
            for column, value in expected.items()
            if getattr(result, column) != value
        ]
    differences += [Difference(number, entry_id, "row", "stored", None) for number, entry_id in stored]
    return differences


def _closed_attempts(contest_id: int) -> Iterator[tuple[int, Entry, list[Attempt]]]:
    """Round number, entry and its closed attempts of that round, one entry after the other."""
    rows = db.session.execute(
        select(Attempt, Entry)
        .join(Entry, (Entry.contest_id == Attempt.contest_id) & (Entry.id == Attempt.entry_id))
        .where(Attempt.contest_id == contest_id, Attempt.closed_at.is_not(None), Attempt.voided_at.is_(None))
        .order_by(Attempt.round_number, Attempt.entry_id, Attempt.number)
    )
    for (number, _entry_id), group in groupby(rows, key=lambda row: (row[0].round_number, row[0].entry_id)):
        pairs = list(group)
        yield number, pairs[0][1], [pair[0] for pair in pairs]


def _actual(round_: Round) -> Decimal:
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
