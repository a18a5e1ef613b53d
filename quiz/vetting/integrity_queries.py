"""Reading a round's papers to look at them, and reading what was found. Nothing here writes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import false, func, select

from quiz.analysis.queries import iterate_closed
from quiz.attempts.models import Attempt, Result
from quiz.core.database import db
from quiz.entries.models import COUNTED, Entry
from quiz.vetting.integrity_models import (
    Annulment,
    IntegrityCase,
    IntegrityReview,
    IntegrityVerdict,
    Objection,
)
from quiz.vetting.integrity_pairs import Placed

# The fields of ClosedPaper, in their order, but for the first two and the last.
_COLUMNS = (
    *("id", "paper", "answers", "question_count", "correct_count"),
    *("started_at", "submitted_at", "duration_ms", "closed_by"),
)


@dataclass(frozen=True, slots=True)
class ClosedPaper:
    """A closed attempt that counts for something; `counts` for the one that is its person's result."""

    entry_id: int
    number: int
    attempt_id: int
    paper: Sequence[Any]
    answers: dict[str, list[int]]
    question_count: int
    correct_count: int
    started_at: datetime
    submitted_at: datetime
    duration_ms: int
    closed_by: str
    counts: bool


def iterate_papers(contest_id: int, number: int) -> Iterator[list[ClosedPaper]]:
    """All closed attempts of a round in chunks, person by person; annulled and given back ones are left out.

    Ends the caller's read; not for use while writing.
    """
    counts = func.coalesce(Result.attempt_id == Attempt.id, false())
    columns = (getattr(Attempt, name) for name in _COLUMNS)
    for rows in iterate_closed(contest_id, number, *columns, counts, Entry.status.in_(COUNTED)):
        yield [ClosedPaper(*row) for *row, is_counted in rows if is_counted]


def list_placed(contest_id: int, number: int) -> list[Placed]:
    """The people with a result in the round and their circles, by entry."""
    rows = db.session.execute(
        select(Entry.id, Entry.device_key, Entry.network_key, Entry.unit_id)
        .join(Result, (Result.contest_id == Entry.contest_id) & (Result.entry_id == Entry.id))
        .where(Result.contest_id == contest_id, Result.round_number == number, Entry.status.in_(COUNTED))
        .order_by(Entry.id)
    )
    return [Placed(*row) for row in rows]


def list_board(contest_id: int, number: int) -> list[bytes]:
    """The rank keys of everybody on the round's board, ascending."""
    rows = db.session.scalars(
        select(Result.rank_key)
        .where(Result.contest_id == contest_id, Result.round_number == number)
        .order_by(Result.rank_key)
    )
    return [bytes(key) for key in rows]


def find_review(contest_id: int, number: int) -> IntegrityReview | None:
    """The latest look at a round, or None."""
    return db.session.get(IntegrityReview, (contest_id, number))


def list_reviews() -> Sequence[IntegrityReview]:
    """The latest looks at all rounds."""
    return db.session.scalars(
        select(IntegrityReview).order_by(IntegrityReview.contest_id, IntegrityReview.round_number)
    ).all()


def list_cases(contest_id: int, number: int) -> list[tuple[IntegrityCase, IntegrityVerdict | None]]:
    """The cases of the latest look in their order, each with what was decided about it."""
    rows = db.session.execute(
        select(IntegrityCase, IntegrityVerdict)
        .outerjoin(
            IntegrityVerdict,
            (IntegrityVerdict.contest_id == IntegrityCase.contest_id)
            & (IntegrityVerdict.round_number == IntegrityCase.round_number)
            & (IntegrityVerdict.key == IntegrityCase.key),
        )
        .where(IntegrityCase.contest_id == contest_id, IntegrityCase.round_number == number)
        .order_by(IntegrityCase.place)
    )
    return [(row[0], row[1]) for row in rows]


def find_case(contest_id: int, number: int, key: str) -> IntegrityCase | None:
    """A case of the latest look, or None."""
    return db.session.get(IntegrityCase, (contest_id, number, key))


def find_verdict(contest_id: int, number: int, key: str) -> IntegrityVerdict | None:
    """What was decided about a case, or None."""
    return db.session.get(IntegrityVerdict, (contest_id, number, key))


def list_round_attempts(contest_id: int, number: int, people: Sequence[int]) -> Sequence[Attempt]:
    """All attempts of these people in a round, the oldest first, whether they count or not."""
    return db.session.scalars(
        select(Attempt)
        .where(Attempt.contest_id == contest_id, Attempt.round_number == number, Attempt.entry_id.in_(people))
        .order_by(Attempt.started_at, Attempt.id)
    ).all()


def list_annulments(contest_id: int, number: int) -> Sequence[Annulment]:
    """A round's annulments, the newest first."""
    return db.session.scalars(
        select(Annulment)
        .where(Annulment.contest_id == contest_id, Annulment.round_number == number)
        .order_by(Annulment.applied_at.desc(), Annulment.id.desc())
    ).all()


def find_annulment(attempt: Attempt) -> Annulment | None:
    """The annulment that holds for an attempt, else the latest of it that was taken back, or None."""
    if attempt.annulment_id is not None:
        return db.session.get(Annulment, (attempt.contest_id, attempt.annulment_id))
    events = list_annulments(attempt.contest_id, attempt.round_number)
    return next((one for one in events if attempt.id in one.attempts), None)


def find_objection(contest_id: int, annulment_id: int, entry_id: int) -> Objection | None:
    """What an entrant said against an annulment, or None."""
    return db.session.get(Objection, (contest_id, annulment_id, entry_id))


def list_objections(contest_id: int, number: int) -> list[tuple[Objection, str]]:
    """What entrants said against a round's annulments, with their names, the oldest first."""
    rows = db.session.execute(
        select(Objection, Entry.name)
        .join(
            Annulment,
            (Annulment.contest_id == Objection.contest_id) & (Annulment.id == Objection.annulment_id),
        )
        .join(Entry, (Entry.contest_id == Objection.contest_id) & (Entry.id == Objection.entry_id))
        .where(Annulment.contest_id == contest_id, Annulment.round_number == number)
        .order_by(Objection.objected_at, Objection.entry_id)
    )
    return [(row[0], row[1]) for row in rows]


def count_unanswered(contest_id: int, number: int) -> int:
    """Objections of a round that nobody has answered."""
    wanted = (
        select(func.count())
        .select_from(Objection)
        .join(
            Annulment,
            (Annulment.contest_id == Objection.contest_id) & (Annulment.id == Objection.annulment_id),
        )
        .where(
            Annulment.contest_id == contest_id, Annulment.round_number == number, Objection.answer.is_(None)
        )
    )
    return db.session.scalar(wanted) or 0


def count_open_cases(contest_id: int, number: int) -> int:
    """Cases with two kinds of evidence that nobody has set aside."""
    wanted = (
        select(func.count())
        .select_from(IntegrityCase)
        .outerjoin(
            IntegrityVerdict,
            (IntegrityVerdict.contest_id == IntegrityCase.contest_id)
            & (IntegrityVerdict.round_number == IntegrityCase.round_number)
            & (IntegrityVerdict.key == IntegrityCase.key),
        )
        .where(
            IntegrityCase.contest_id == contest_id,
            IntegrityCase.round_number == number,
            IntegrityCase.kinds >= 2,
            IntegrityVerdict.key.is_(None),
        )
    )
    return db.session.scalar(wanted) or 0
