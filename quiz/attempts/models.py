"""Attempts and what counts of them. State follows from the row and the clock; see `quiz.attempts.timing`."""

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, LargeBinary, UniqueConstraint
from sqlalchemy import text as sql_text
from sqlalchemy.orm import Mapped, mapped_column

from quiz.core.database import Model, bigint, moment, short, structure, text


class Attempt(Model):
    """One sitting of one paper.

    `paper` lists [revision id, [0-based choices in the order shown]] per question. `answers`, `flags` and
    `prediction` are the sheet, stored whole with its `revision`. Results are filled when the attempt closes.
    """

    __tablename__ = "attempts"
    __table_args__ = (
        UniqueConstraint("contest_id", "code"),
        UniqueConstraint("contest_id", "round_number", "entry_id", "number"),
        ForeignKeyConstraint(["contest_id", "round_number"], ["rounds.contest_id", "rounds.number"]),
        ForeignKeyConstraint(["contest_id", "entry_id"], ["entries.contest_id", "entries.id"]),
        # Two quick clicks must not make two running attempts; attempts.service locks the entry first.
        Index(
            "uq_attempts_one_running",
            "contest_id",
            "round_number",
            "entry_id",
            unique=True,
            sqlite_where=sql_text("closed_at IS NULL"),
            postgresql_where=sql_text("closed_at IS NULL"),
        ),
        # Housekeeping looks for attempts whose time is over: only open rows are in this index.
        Index(
            "ix_attempts_open_deadline",
            "contest_id",
            "deadline_at",
            sqlite_where=sql_text("closed_at IS NULL"),
            postgresql_where=sql_text("closed_at IS NULL"),
        ),
        Index("ix_attempts_contest_id_entry_id", "contest_id", "entry_id"),
        # The public check of a receipt knows no contest.
        Index("ix_attempts_receipt", "receipt"),
        CheckConstraint("number >= 1", name="number_from_one"),
        CheckConstraint("revision >= 0", name="revision_not_negative"),
        CheckConstraint("deadline_at >= started_at", name="deadline_after_start"),
    )

    contest_id: Mapped[int] = mapped_column(primary_key=True)
    id: Mapped[bigint] = mapped_column(primary_key=True, autoincrement=False)
    code: Mapped[short]
    round_number: Mapped[int]
    entry_id: Mapped[bigint]
    number: Mapped[int]
    seed: Mapped[bigint]
    paper: Mapped[structure]
    started_at: Mapped[moment]
    deadline_at: Mapped[moment]
    revision: Mapped[int] = mapped_column(default=0)
    answers: Mapped[structure]
    flags: Mapped[structure]
    prediction: Mapped[short | None]
    saved_at: Mapped[moment | None]
    late_sheet: Mapped[structure | None]
    late_at: Mapped[moment | None]
    closed_at: Mapped[moment | None]
    closed_by: Mapped[short | None]
    submitted_at: Mapped[moment | None]
    correct_count: Mapped[int | None]
    question_count: Mapped[int]
    duration_ms: Mapped[int | None]
    receipt: Mapped[short | None]
    note: Mapped[text | None]

    def __repr__(self) -> str:
        return f"<Attempt {self.contest_id}/{self.id}>"


class Result(Model):
    """What counts of one entrant in one round. Sorting by `rank_key` is the ranking; smaller is better."""

    __tablename__ = "results"
    __table_args__ = (
        ForeignKeyConstraint(["contest_id", "round_number"], ["rounds.contest_id", "rounds.number"]),
        ForeignKeyConstraint(["contest_id", "entry_id"], ["entries.contest_id", "entries.id"]),
        ForeignKeyConstraint(["contest_id", "unit_id"], ["contest_units.contest_id", "contest_units.id"]),
        UniqueConstraint("contest_id", "attempt_id"),
        # A board page is a range of this index.
        Index("ix_results_board", "contest_id", "round_number", "rank_key", "entry_id"),
        Index("ix_results_units", "contest_id", "round_number", "unit_id"),
    )

    contest_id: Mapped[int] = mapped_column(primary_key=True)
    round_number: Mapped[int] = mapped_column(primary_key=True)
    entry_id: Mapped[bigint] = mapped_column(primary_key=True, autoincrement=False)
    attempt_id: Mapped[bigint]
    unit_id: Mapped[bigint | None]
    correct_count: Mapped[int]
    question_count: Mapped[int]
    duration_ms: Mapped[int]
    submitted_at: Mapped[moment]
    attempts: Mapped[int]
    times_at_best: Mapped[int]
    first_start: Mapped[moment]
    registered_at: Mapped[moment]
    prediction: Mapped[short | None]
    prediction_error: Mapped[short | None]
    rank_key: Mapped[bytes] = mapped_column(LargeBinary)
    rank: Mapped[int | None]

    def __repr__(self) -> str:
        return f"<Result {self.contest_id}/{self.round_number}/{self.entry_id}>"
