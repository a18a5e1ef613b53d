"""Reading the audit log. Nothing here writes."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from quiz.audit.chain import chain_of, record_of
from quiz.audit.lines import End
from quiz.audit.models import AuditChain, AuditEvent
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


def find_last_time(action: str) -> datetime | None:
    """When something that concerns the whole installation was last done."""
    return db.session.scalar(
        select(AuditEvent.at)
        .where(
            AuditEvent.chain == chain_of(None),
            AuditEvent.sequence.is_not(None),
            AuditEvent.action == action,
        )
        .order_by(AuditEvent.sequence.desc())
        .limit(1)
    )


def list_events_of(contest_id: int, subject: str, actions: Collection[str]) -> Sequence[AuditEvent]:
    """Decisions of these kinds about one thing in a contest, in the order in which they were taken."""
    return db.session.scalars(
        select(AuditEvent)
        .where(
            # By the chain's index: what entrants did, which may be very much, stands beside it.
            AuditEvent.chain == chain_of(contest_id),
            AuditEvent.sequence.is_not(None),
            AuditEvent.subject == subject,
            AuditEvent.action.in_(actions),
        )
        .order_by(AuditEvent.sequence)
    ).all()


def ends_of_chains(only: int | None = None) -> dict[int, End]:
    """Where every chain ends, or `only` this one. A chain whose end is not kept has the length 0."""
    found = select(AuditEvent.chain).where(AuditEvent.sequence.is_not(None)).distinct()
    kept = select(AuditChain.chain, AuditChain.length, AuditChain.hash)
    if only is not None:
        found, kept = found.where(AuditEvent.chain == only), kept.where(AuditChain.chain == only)
    ends = {row.chain: End(row.length, row.hash) for row in db.session.execute(kept)}
    return {chain: End(0, "") for chain in db.session.scalars(found)} | ends


def iterate_records(ends: Mapping[int, End]) -> Iterator[dict[str, Any]]:
    """The events of these chains as they are exported, chain by chain, each in its order.

    What was added after the ends were read is left out.
    """
    for chain, end in sorted(ends.items()):
        wanted = select(*AuditEvent.__table__.columns).where(
            AuditEvent.chain == chain, AuditEvent.sequence.is_not(None)
        )
        if end.length:
            wanted = wanted.where(AuditEvent.sequence <= end.length)
        rows = db.session.execute(wanted.order_by(AuditEvent.sequence).execution_options(yield_per=500))
        for row in rows.mappings():
            yield {**record_of(row), "hash": row["hash"]}  # type: ignore[arg-type]  # columns by their names
