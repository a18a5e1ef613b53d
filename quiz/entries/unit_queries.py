"""Reading requests for another unit. Nothing here writes."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Select, func, select

from quiz.core.database import db
from quiz.entries.models import Entry, UnitRequest

PER_PAGE = 50


@dataclass(frozen=True, slots=True)
class FoundRequests:
    """One page of open requests, each with its person."""

    rows: Sequence[tuple[UnitRequest, Entry]]
    total: int
    page: int

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(1, -(-self.total // PER_PAGE))


def find_open_request(contest_id: int, entry_id: int) -> UnitRequest | None:
    """The person's request that waits, or None."""
    return db.session.scalar(
        select(UnitRequest).where(
            UnitRequest.contest_id == contest_id,
            UnitRequest.entry_id == entry_id,
            UnitRequest.decision.is_(None),
        )
    )


def list_requests_of(contest_id: int, entry_id: int) -> Sequence[UnitRequest]:
    """All requests of a person, the newest first."""
    return db.session.scalars(
        select(UnitRequest)
        .where(UnitRequest.contest_id == contest_id, UnitRequest.entry_id == entry_id)
        .order_by(UnitRequest.asked_at.desc(), UnitRequest.id.desc())
    ).all()


def count_open_requests(contest_id: int) -> int:
    """How many requests wait in the contest."""
    wanted = select(func.count()).select_from(UnitRequest)
    is_open = UnitRequest.contest_id == contest_id, UnitRequest.decision.is_(None)
    return db.session.scalar(wanted.where(*is_open)) or 0


def browse_open_requests(contest_id: int, page: int = 1) -> FoundRequests:
    """Requests that wait, the oldest first."""
    total = count_open_requests(contest_id)
    page = min(max(1, page), max(1, -(-total // PER_PAGE)))
    rows = db.session.execute(
        _with_person(contest_id)
        .where(UnitRequest.decision.is_(None))
        .order_by(UnitRequest.asked_at, UnitRequest.id)
        .offset((page - 1) * PER_PAGE)
        .limit(PER_PAGE)
    )
    return FoundRequests([(row[0], row[1]) for row in rows], total, page)


def list_decided_requests(contest_id: int, most: int = 100) -> Sequence[tuple[UnitRequest, Entry]]:
    """Requests that were decided by organisers, the newest first."""
    wanted = _with_person(contest_id).where(UnitRequest.decision.in_(("approved", "refused")))
    rows = db.session.execute(
        wanted.order_by(UnitRequest.decided_at.desc(), UnitRequest.id.desc()).limit(most)
    )
    return [(row[0], row[1]) for row in rows]


def _with_person(contest_id: int) -> Select[UnitRequest, Entry]:
    return (
        select(UnitRequest, Entry)
        .join(Entry, (Entry.contest_id == UnitRequest.contest_id) & (Entry.id == UnitRequest.entry_id))
        .where(UnitRequest.contest_id == contest_id)
    )
