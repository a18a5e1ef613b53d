"""Reading requests about personal data, and who was shown them. Nothing here writes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from quiz.core.database import db
from quiz.core.errors import NotFound
from quiz.privacy.kinds import Kind, State
from quiz.privacy.models import DataRequest, Disclosure

_MOST_CLOSED = 100


@dataclass(frozen=True, slots=True)
class QueueCounts:
    """How many requests of a contest wait, and how many of these are late."""

    waiting: int
    late: int


def get_request(contest_id: int, request_id: int) -> DataRequest:
    """The request. Raises NotFound."""
    found = db.session.get(DataRequest, (contest_id, request_id))
    if found is None:
        raise NotFound("data request")
    return found


def lock_request(contest_id: int, request_id: int) -> DataRequest:
    """The request with its row locked until the transaction ends, read anew. Raises NotFound."""
    found = db.session.get(
        DataRequest, (contest_id, request_id), with_for_update=True, populate_existing=True
    )
    if found is None:
        raise NotFound("data request")
    return found


def list_requests_of(contest_id: int, entry_id: int) -> Sequence[DataRequest]:
    """What a person asked, the newest first."""
    return db.session.scalars(
        select(DataRequest)
        .where(DataRequest.contest_id == contest_id, DataRequest.entry_id == entry_id)
        .order_by(DataRequest.asked_at.desc(), DataRequest.id.desc())
    ).all()


def find_waiting(contest_id: int, entry_id: int, kind: Kind) -> DataRequest | None:
    """The person's request of this kind that still waits, or None."""
    return db.session.scalar(
        select(DataRequest)
        .where(
            DataRequest.contest_id == contest_id,
            DataRequest.entry_id == entry_id,
            DataRequest.kind == kind.value,
            DataRequest.state == State.WAITING.value,
        )
        .limit(1)
    )


def list_waiting(contest_id: int) -> Sequence[DataRequest]:
    """The contest's requests that wait; what is due first stands first."""
    return db.session.scalars(
        select(DataRequest)
        .where(DataRequest.contest_id == contest_id, DataRequest.state == State.WAITING.value)
        .order_by(DataRequest.done_by, DataRequest.id)
    ).all()


def list_closed(contest_id: int) -> Sequence[DataRequest]:
    """The contest's requests that are over, the newest first; the last hundred."""
    return db.session.scalars(
        select(DataRequest)
        .where(DataRequest.contest_id == contest_id, DataRequest.state != State.WAITING.value)
        .order_by(DataRequest.closed_at.desc(), DataRequest.id.desc())
        .limit(_MOST_CLOSED)
    ).all()


def count_queue(contest_id: int, now: datetime) -> QueueCounts:
    """How many wait, and how many of them are late with the answer or the deed."""
    late = (DataRequest.done_by <= now) | ((DataRequest.answer_by <= now) & DataRequest.answered_at.is_(None))
    row = db.session.execute(
        select(func.count(), func.count().filter(late)).where(
            DataRequest.contest_id == contest_id, DataRequest.state == State.WAITING.value
        )
    ).one()
    return QueueCounts(int(row[0]), int(row[1]))


def count_disclosures(staff_id: int, kind: str, since: datetime) -> int:
    """How many people's data a member of staff was shown, or was given in files, since a moment."""
    return (
        db.session.scalar(
            select(func.count())
            .select_from(Disclosure)
            .where(Disclosure.staff_id == staff_id, Disclosure.kind == kind, Disclosure.at >= since)
        )
        or 0
    )


def list_disclosures(contest_id: int, entry_id: int) -> Sequence[Disclosure]:
    """When somebody's unmasked data were shown and what for, the newest first."""
    return db.session.scalars(
        select(Disclosure)
        .where(Disclosure.contest_id == contest_id, Disclosure.entry_id == entry_id)
        .order_by(Disclosure.at.desc(), Disclosure.id.desc())
    ).all()
