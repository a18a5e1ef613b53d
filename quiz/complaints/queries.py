"""Reading complaints. Nothing here writes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from quiz.complaints.models import Complaint
from quiz.core.database import db
from quiz.core.errors import NotFound


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many complaints wait for an answer, and how many of them longer than they should."""

    count: int
    late: int


def get_complaint(contest_id: int, number: int) -> Complaint:
    """The complaint. Raises NotFound."""
    found = db.session.get(Complaint, (contest_id, number))
    if found is None:
        raise NotFound("complaint")
    return found


def list_complaints_of(contest_id: int, entry_id: int) -> Sequence[Complaint]:
    """What one entrant complained about, the newest first."""
    return db.session.scalars(
        select(Complaint)
        .where(Complaint.contest_id == contest_id, Complaint.entry_id == entry_id)
        .order_by(Complaint.number.desc())
    ).all()


def list_waiting(contest_id: int, most: int = 200) -> Sequence[Complaint]:
    """Complaints without an answer, the most urgent first."""
    return db.session.scalars(
        select(Complaint)
        .where(Complaint.contest_id == contest_id, Complaint.answered_at.is_(None))
        .order_by(Complaint.due_at, Complaint.number)
        .limit(most)
    ).all()


def list_answered(contest_id: int, most: int = 200) -> Sequence[Complaint]:
    """Complaints that were answered, the latest first."""
    return db.session.scalars(
        select(Complaint)
        .where(Complaint.contest_id == contest_id, Complaint.answered_at.is_not(None))
        .order_by(Complaint.answered_at.desc(), Complaint.number.desc())
        .limit(most)
    ).all()


def count_waiting(contest_id: int, now: datetime, round_number: int | None = None) -> Waiting:
    """What waits in a contest or in one of its rounds."""
    wanted = select(func.count(), func.count().filter(Complaint.due_at < now)).where(
        Complaint.contest_id == contest_id, Complaint.answered_at.is_(None)
    )
    if round_number is not None:
        wanted = wanted.where(Complaint.round_number == round_number)
    row = db.session.execute(wanted).one()
    return Waiting(int(row[0]), int(row[1]))
