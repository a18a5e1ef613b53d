"""Pairs of entries that a person should look at, and what was decided about entries."""

from typing import Annotated

from sqlalchemy import CheckConstraint, Double, ForeignKeyConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from quiz.core.database import Model, bigint, moment, short, structure, text
from quiz.core.sealed import SealedText

double = Annotated[float, mapped_column(Double)]


class VettingPass(Model):
    """The last time that a contest's entries were compared."""

    __tablename__ = "vetting_passes"
    __table_args__ = (ForeignKeyConstraint(["contest_id"], ["contests.id"]),)

    contest_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    compared_at: Mapped[moment]
    entrants: Mapped[int]
    pairs: Mapped[int]


class Suspicion(Model):
    """Two entries that may be one person's. `evidence` lists [signal, weight, figures], no personal data.

    A dismissed pair stays so until a later pass finds a signal that was not there when it was dismissed.
    """

    __tablename__ = "suspicions"
    __table_args__ = (
        ForeignKeyConstraint(["contest_id", "first_id"], ["entries.contest_id", "entries.id"]),
        ForeignKeyConstraint(["contest_id", "second_id"], ["entries.contest_id", "entries.id"]),
        CheckConstraint("first_id < second_id", name="first_is_smaller"),
    )

    contest_id: Mapped[int] = mapped_column(primary_key=True)
    first_id: Mapped[bigint] = mapped_column(primary_key=True, autoincrement=False)
    second_id: Mapped[bigint] = mapped_column(primary_key=True, autoincrement=False)
    score: Mapped[double]
    evidence: Mapped[structure]
    found_at: Mapped[moment]
    dismissed_at: Mapped[moment | None]
    dismissed_by: Mapped[bigint | None]
    dismiss_reason: Mapped[text | None]

    def __repr__(self) -> str:
        return f"<Suspicion {self.contest_id}/{self.first_id}-{self.second_id}>"


class Ruling(Model):
    """An entry that was set aside: merged into another one, or disqualified. Rows stay, also when undone.

    `category` is what the entrant is told; `reason` is the organisers' own note. `moved` lists
    [attempt, entry before, number before] of a merge; `rounds` are those whose results were made anew. The
    entrant may appeal once, and is answered.
    """

    __tablename__ = "rulings"
    __table_args__ = (
        ForeignKeyConstraint(["contest_id", "entry_id"], ["entries.contest_id", "entries.id"]),
        ForeignKeyConstraint(["contest_id", "kept_id"], ["entries.contest_id", "entries.id"]),
        Index("ix_rulings_contest_id_entry_id", "contest_id", "entry_id"),
        CheckConstraint("kind IN ('merged', 'disqualified')", name="known_kind"),
    )

    contest_id: Mapped[int] = mapped_column(primary_key=True)
    id: Mapped[bigint] = mapped_column(primary_key=True, autoincrement=False)
    kind: Mapped[short]
    entry_id: Mapped[bigint]
    kept_id: Mapped[bigint | None]
    category: Mapped[short]
    reason: Mapped[text]
    moved: Mapped[structure]
    rounds: Mapped[structure]
    staff_id: Mapped[bigint | None]
    staff_name: Mapped[text]
    ruled_at: Mapped[moment]
    undone_at: Mapped[moment | None]
    undo_reason: Mapped[text | None]
    appeal: Mapped[str | None] = mapped_column(SealedText("rulings.appeal"))
    appealed_at: Mapped[moment | None]
    answer: Mapped[str | None] = mapped_column(SealedText("rulings.answer"))
    answered_at: Mapped[moment | None]

    def __repr__(self) -> str:
        return f"<Ruling {self.contest_id}/{self.id} {self.kind} {self.entry_id}>"
