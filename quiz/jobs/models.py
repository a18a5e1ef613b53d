"""The jobs table: the row is the queue, so a job exists exactly when the act that asked for it was saved."""

from sqlalchemy import CheckConstraint, Index
from sqlalchemy import text as sql_text
from sqlalchemy.orm import Mapped, mapped_column

from quiz.core.database import Model, bigint, id_pk, line, moment, short, structure


class Job(Model):
    """One piece of work. `subject` names what it is about: of one kind and subject only one waits.

    `message` is a code that the kind's handler knows, never text for people. `result` holds what came out,
    or {"error", "params"} of a failed job. `beat_at` is the worker's last sign of life.
    """

    __tablename__ = "jobs"
    __table_args__ = (
        Index(
            "ix_jobs_waiting",
            "created_at",
            "id",
            sqlite_where=sql_text("state = 'queued'"),
            postgresql_where=sql_text("state = 'queued'"),
        ),
        Index(
            "ix_jobs_running",
            "beat_at",
            sqlite_where=sql_text("state = 'running'"),
            postgresql_where=sql_text("state = 'running'"),
        ),
        Index("ix_jobs_kind_subject", "kind", "subject", "id"),
        CheckConstraint("done >= 0", name="done_not_negative"),
    )

    id: Mapped[id_pk]
    kind: Mapped[short]
    subject: Mapped[line]
    params: Mapped[structure]
    state: Mapped[short]
    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int | None]
    message: Mapped[short | None]
    result: Mapped[structure | None]
    runs: Mapped[int] = mapped_column(default=0)
    created_kind: Mapped[short]
    created_by: Mapped[bigint | None]
    created_name: Mapped[line]
    created_at: Mapped[moment]
    started_at: Mapped[moment | None]
    beat_at: Mapped[moment | None]
    finished_at: Mapped[moment | None]

    def __repr__(self) -> str:
        return f"<Job {self.id} {self.kind} {self.state}>"
