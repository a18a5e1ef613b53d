"""Reading the audit log. Nothing here writes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from quiz.audit.models import AuditEvent
from quiz.core.database import db

PER_PAGE = 50


@dataclass(frozen=True, slots=True)
class FoundEvents:
    """One page of the log."""

    rows: Sequence[AuditEvent]
    total: int
    page: int

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(1, -(-self.total // PER_PAGE))


def browse_events(contest_id: int | None = None, page: int = 1) -> FoundEvents:
    """Events, the newest first; of one contest, or all. What entrants did is on the page of each of them."""
    wanted = select(AuditEvent).where(AuditEvent.actor_kind != "entrant")
    if contest_id is not None:
        wanted = wanted.where(AuditEvent.contest_id == contest_id)
    total = db.session.scalar(wanted.with_only_columns(func.count(), maintain_column_froms=True)) or 0
    page = min(max(1, page), max(1, -(-total // PER_PAGE)))
    rows = db.session.scalars(
        wanted.order_by(AuditEvent.at.desc(), AuditEvent.id.desc())
        .offset((page - 1) * PER_PAGE)
        .limit(PER_PAGE)
    )
    return FoundEvents(rows.all(), total, page)


def list_times(contest_id: int, action: str, actor_id: int, most: int = 20) -> Sequence[datetime]:
    """When somebody did something in a contest, the newest first."""
    return db.session.scalars(
        select(AuditEvent.at)
        .where(
            AuditEvent.contest_id == contest_id,
            AuditEvent.action == action,
            AuditEvent.actor_id == actor_id,
        )
        .order_by(AuditEvent.at.desc(), AuditEvent.id.desc())
        .limit(most)
    ).all()
