"""What people asked about their data, and who was shown unmasked data."""

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from quiz.core.database import Model, bigint, moment, short, text


class DataRequest(Model):
    """Something that a person asked about their data. `wish_cipher` holds what they want it to be."""

    __tablename__ = "data_requests"
    __table_args__ = (
        ForeignKeyConstraint(["contest_id", "entry_id"], ["entries.contest_id", "entries.id"]),
        Index("ix_data_requests_contest_id_state", "contest_id", "state", "answer_by"),
        Index("ix_data_requests_contest_id_entry_id", "contest_id", "entry_id"),
        CheckConstraint("kind IN ('correct', 'erase', 'withdraw', 'object')", name="known_kind"),
        CheckConstraint("state IN ('waiting', 'done', 'refused', 'taken_back')", name="known_state"),
        CheckConstraint("(state = 'waiting') = (closed_at IS NULL)", name="closed_when_over"),
    )

    contest_id: Mapped[int] = mapped_column(primary_key=True)
    id: Mapped[bigint] = mapped_column(primary_key=True, autoincrement=False)
    entry_id: Mapped[bigint]
    kind: Mapped[short]
    state: Mapped[short]
    asked_at: Mapped[moment]
    answer_by: Mapped[moment]
    done_by: Mapped[moment]
    wish_cipher: Mapped[text | None]
    answer: Mapped[text]
    answered_at: Mapped[moment | None]
    closed_at: Mapped[moment | None]
    staff_id: Mapped[bigint | None]

    def __repr__(self) -> str:
        return f"<DataRequest {self.contest_id}/{self.id} {self.kind} {self.state}>"


class Disclosure(Model):
    """One person's unmasked data, shown to a member of staff or written to a file: who, when, what for."""

    __tablename__ = "disclosures"
    __table_args__ = (
        ForeignKeyConstraint(["contest_id", "entry_id"], ["entries.contest_id", "entries.id"]),
        Index("ix_disclosures_staff_id_at", "staff_id", "at"),
        Index("ix_disclosures_contest_id_entry_id", "contest_id", "entry_id"),
        CheckConstraint("kind IN ('view', 'export')", name="known_kind"),
    )

    contest_id: Mapped[int] = mapped_column(primary_key=True)
    id: Mapped[bigint] = mapped_column(primary_key=True, autoincrement=False)
    entry_id: Mapped[bigint]
    kind: Mapped[short]
    staff_id: Mapped[bigint]
    at: Mapped[moment]
    reason: Mapped[text]

    def __repr__(self) -> str:
        return f"<Disclosure {self.contest_id}/{self.entry_id} {self.kind} {self.at:%F %T}>"
