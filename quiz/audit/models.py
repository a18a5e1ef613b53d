"""The audit log's rows."""

from sqlalchemy import CheckConstraint, Index, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from quiz.core.database import Model, bigint, id_pk, line, moment, short, structure


class AuditEvent(Model):
    """One thing that was done. Rows are added, never changed: triggers refuse UPDATE and DELETE.

    Decisions of staff and of the system are links of a chain. What entrants did themselves is noted without a
    place in it (`sequence` is None): thousands return at once, and none of them may wait for another.
    """

    __tablename__ = "audit_events"
    __table_args__ = (
        Index("ix_audit_events_contest_id_at", "contest_id", "at"),
        UniqueConstraint("chain", "sequence"),
        CheckConstraint(
            "(sequence IS NULL) = (before IS NULL) AND (sequence IS NULL) = (hash IS NULL)",
            name="links_are_whole",
        ),
        CheckConstraint("sequence IS NOT NULL OR actor_kind = 'entrant'", name="decisions_are_linked"),
    )

    id: Mapped[id_pk]
    at: Mapped[moment]
    actor_kind: Mapped[short]
    actor_id: Mapped[bigint | None]
    actor_name: Mapped[line]
    action: Mapped[short]
    contest_id: Mapped[int | None]
    subject: Mapped[line]
    detail: Mapped[structure]
    chain: Mapped[int]
    sequence: Mapped[bigint | None]
    before: Mapped[str | None] = mapped_column(String(64))
    hash: Mapped[str | None] = mapped_column(String(64))

    def __repr__(self) -> str:
        return f"<AuditEvent {self.action} {self.subject} {self.at:%F %T}>"


class AuditChain(Model):
    """The end of a chain: how many links it has and the hash of the last. Locked while a link is added."""

    __tablename__ = "audit_chains"

    chain: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    length: Mapped[bigint]
    hash: Mapped[str] = mapped_column(String(64))

    def __repr__(self) -> str:
        return f"<AuditChain {self.chain} of {self.length}>"
