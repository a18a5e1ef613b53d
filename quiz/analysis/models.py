"""What was computed of a round and of each question in it; replaced as a whole by every new computation."""

from typing import Annotated

from sqlalchemy import BigInteger, Double, ForeignKey, ForeignKeyConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from quiz.core.database import Model, bigint, moment, structure

double = Annotated[float, mapped_column(Double)]


class RoundAnalysis(Model):
    """One computation. `attempts` counted attempts were used, of `closed` that were closed by then.

    `distribution` is [[number of right answers, attempts], …]; `calibrated` attempts were enough for Rasch.
    """

    __tablename__ = "round_analyses"
    __table_args__ = (
        ForeignKeyConstraint(["contest_id", "round_number"], ["rounds.contest_id", "rounds.number"]),
    )

    contest_id: Mapped[int] = mapped_column(primary_key=True)
    round_number: Mapped[int] = mapped_column(primary_key=True)
    attempts: Mapped[int]
    closed: Mapped[int]
    calibrated: Mapped[int]
    mean: Mapped[double | None]
    deviation: Mapped[double | None]
    alpha: Mapped[double | None]
    error: Mapped[double | None]
    distribution: Mapped[structure]
    computed_at: Mapped[moment]

    def __repr__(self) -> str:
        return f"<RoundAnalysis {self.contest_id}/{self.round_number} {self.computed_at:%F %T}>"


class ItemFigures(Model):
    """One wording in one round. `tally` is what was counted (`quiz.analysis.tallies`); the rest follows.

    Figures that cannot be computed are None. `flags` are values of `question_bank.statistics.Flag`.
    """

    __tablename__ = "item_statistics"
    __table_args__ = (
        ForeignKeyConstraint(["contest_id", "round_number"], ["rounds.contest_id", "rounds.number"]),
        Index("ix_item_statistics_question_id", "question_id"),
    )

    contest_id: Mapped[int] = mapped_column(primary_key=True)
    round_number: Mapped[int] = mapped_column(primary_key=True)
    revision_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("question_revisions.id"), primary_key=True, autoincrement=False
    )
    question_id: Mapped[bigint] = mapped_column(ForeignKey("questions.id"))
    attempts: Mapped[int]
    questions: Mapped[int]
    facility: Mapped[double]
    discrimination: Mapped[double | None]
    efficiency: Mapped[double | None]
    weight: Mapped[double | None]
    difficulty: Mapped[double | None]
    difficulty_error: Mapped[double | None]
    infit: Mapped[double | None]
    outfit: Mapped[double | None]
    flags: Mapped[structure]
    suspected_key: Mapped[int | None]
    tally: Mapped[structure]
    computed_at: Mapped[moment]

    def __repr__(self) -> str:
        return f"<ItemFigures {self.contest_id}/{self.round_number} {self.revision_id}>"
