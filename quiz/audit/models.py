"""The audit log's rows."""

from sqlalchemy import Index
from sqlalchemy.orm import Mapped

from quiz.core.database import Model, bigint, id_pk, line, moment, short, structure


class AuditEvent(Model):
    """One thing that was done. Rows are added, never changed."""

    __tablename__ = "audit_events"
    __table_args__ = (Index("ix_audit_events_contest_id_at", "contest_id", "at"),)

    id: Mapped[id_pk]
    at: Mapped[moment]
    actor_kind: Mapped[short]
    actor_id: Mapped[bigint | None]
    actor_name: Mapped[line]
    action: Mapped[short]
    contest_id: Mapped[int | None]
    subject: Mapped[line]
    detail: Mapped[structure]

    def __repr__(self) -> str:
        return f"<AuditEvent {self.action} {self.subject} {self.at:%F %T}>"
