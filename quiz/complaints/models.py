"""Complaints about results. Rows stay; a person's words go with the person."""

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from quiz.core.database import Model, bigint, line, moment, short
from quiz.core.sealed import SealedText


class Complaint(Model):
    """What an entrant says against a round's result, and what organisers answer. Numbered in a contest."""

    __tablename__ = "complaints"
    __table_args__ = (
        ForeignKeyConstraint(["contest_id", "round_number"], ["rounds.contest_id", "rounds.number"]),
        ForeignKeyConstraint(["contest_id", "entry_id"], ["entries.contest_id", "entries.id"]),
        Index("ix_complaints_contest_id_entry_id", "contest_id", "entry_id"),
        CheckConstraint("verdict IN ('upheld', 'dismissed')", name="known_verdict"),
        CheckConstraint(
            "(answered_at IS NULL) = (answer IS NULL) AND (answered_at IS NULL) = (verdict IS NULL)",
            name="answered_whole",
        ),
    )

    contest_id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    round_number: Mapped[int]
    entry_id: Mapped[bigint]
    words: Mapped[str] = mapped_column(SealedText("complaints.words"))
    made_at: Mapped[moment]
    due_at: Mapped[moment]
    verdict: Mapped[short | None]
    answer: Mapped[str | None] = mapped_column(SealedText("complaints.answer"))
    answered_at: Mapped[moment | None]
    answered_by: Mapped[bigint | None]
    answered_name: Mapped[line | None]

    def __repr__(self) -> str:
        return f"<Complaint {self.contest_id}/{self.number}>"
