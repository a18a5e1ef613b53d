"""What was found when a round's papers were looked at, what organisers decided, and what they annulled."""

from typing import Annotated

from sqlalchemy import CheckConstraint, Double, ForeignKeyConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from quiz.core.database import Model, bigint, moment, short, structure, text
from quiz.core.sealed import SealedText

double = Annotated[float, mapped_column(Double)]


class IntegrityReview(Model):
    """The latest look at a round. `figures` is what `quiz.vetting.integrity_storing` makes of a `Found`."""

    __tablename__ = "integrity_reviews"
    __table_args__ = (
        ForeignKeyConstraint(["contest_id", "round_number"], ["rounds.contest_id", "rounds.number"]),
    )

    contest_id: Mapped[int] = mapped_column(primary_key=True)
    round_number: Mapped[int] = mapped_column(primary_key=True)
    people: Mapped[int]
    attempts: Mapped[int]
    cases: Mapped[int]
    figures: Mapped[structure]
    computed_at: Mapped[moment]

    def __repr__(self) -> str:
        return f"<IntegrityReview {self.contest_id}/{self.round_number}>"


class IntegrityCase(Model):
    """One case of the latest look; all are replaced by the next. `key` stays while people and papers do.

    `place` is its place in the list. `people` are entries, `findings` and `effect` as stored by
    `quiz.vetting.integrity_storing`.
    """

    __tablename__ = "integrity_cases"
    __table_args__ = (
        ForeignKeyConstraint(["contest_id", "round_number"], ["rounds.contest_id", "rounds.number"]),
    )

    contest_id: Mapped[int] = mapped_column(primary_key=True)
    round_number: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[short] = mapped_column(primary_key=True)
    place: Mapped[int]
    kinds: Mapped[int]
    p: Mapped[double | None]
    corrected: Mapped[double | None]
    people: Mapped[structure]
    attempts: Mapped[structure]
    findings: Mapped[structure]
    effect: Mapped[structure]

    def __repr__(self) -> str:
        return f"<IntegrityCase {self.contest_id}/{self.round_number} {self.key}>"


class IntegrityVerdict(Model):
    """An organiser has looked at a case and set it aside; it stays set aside when it is found again."""

    __tablename__ = "integrity_verdicts"
    __table_args__ = (
        ForeignKeyConstraint(["contest_id", "round_number"], ["rounds.contest_id", "rounds.number"]),
    )

    contest_id: Mapped[int] = mapped_column(primary_key=True)
    round_number: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[short] = mapped_column(primary_key=True)
    reason: Mapped[text]
    staff_id: Mapped[bigint | None]
    decided_at: Mapped[moment]

    def __repr__(self) -> str:
        return f"<IntegrityVerdict {self.contest_id}/{self.round_number} {self.key}>"


class Annulment(Model):
    """Attempts that an organiser annulled at once, and perhaps took back. `filter` says how they were chosen.

    `attempts` lists their ids, `figures` what the preview showed. Entrants read the `notice`, the log keeps
    the `reason`.
    """

    __tablename__ = "annulments"
    __table_args__ = (
        ForeignKeyConstraint(["contest_id", "round_number"], ["rounds.contest_id", "rounds.number"]),
        Index("ix_annulments_round", "contest_id", "round_number", "applied_at"),
        CheckConstraint("(undone_at IS NULL) = (undo_reason IS NULL)", name="undone_with_reason"),
    )

    contest_id: Mapped[int] = mapped_column(primary_key=True)
    id: Mapped[bigint] = mapped_column(primary_key=True, autoincrement=False)
    round_number: Mapped[int]
    filter: Mapped[structure]
    attempts: Mapped[structure]
    figures: Mapped[structure]
    reason: Mapped[text]
    notice: Mapped[text]
    staff_id: Mapped[bigint | None]
    applied_at: Mapped[moment]
    undone_at: Mapped[moment | None]
    undone_by: Mapped[bigint | None]
    undo_reason: Mapped[text | None]

    def __repr__(self) -> str:
        return f"<Annulment {self.contest_id}/{self.round_number} {self.id}>"


class Objection(Model):
    """What an entrant says against an annulment, once, and what the organisers answer."""

    __tablename__ = "objections"
    __table_args__ = (
        ForeignKeyConstraint(["contest_id", "annulment_id"], ["annulments.contest_id", "annulments.id"]),
        ForeignKeyConstraint(["contest_id", "entry_id"], ["entries.contest_id", "entries.id"]),
        CheckConstraint("(answered_at IS NULL) = (answer IS NULL)", name="answered_in_words"),
    )

    contest_id: Mapped[int] = mapped_column(primary_key=True)
    annulment_id: Mapped[bigint] = mapped_column(primary_key=True, autoincrement=False)
    entry_id: Mapped[bigint] = mapped_column(primary_key=True, autoincrement=False)
    words: Mapped[str] = mapped_column(SealedText("objections.words"))
    objected_at: Mapped[moment]
    answer: Mapped[str | None] = mapped_column(SealedText("objections.answer"))
    answered_at: Mapped[moment | None]

    def __repr__(self) -> str:
        return f"<Objection {self.contest_id}/{self.annulment_id} {self.entry_id}>"
