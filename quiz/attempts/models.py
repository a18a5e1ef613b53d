"""Attempts and what counts of them. State follows from the row and the clock; see `quiz.attempts.timing`."""

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, LargeBinary, UniqueConstraint
from sqlalchemy import text as sql_text
from sqlalchemy.orm import Mapped, mapped_column

from quiz.attempts.result_models import ListResult as ListResult
from quiz.attempts.result_models import Result as Result
from quiz.core.database import Model, bigint, moment, short, structure, text
from quiz.core.sealed import SealedText


class Attempt(Model):
    """One sitting of one paper.

    `paper` lists [revision id, [0-based choices in the order shown]] per question. `answers`, `flags` and
    `prediction` are the sheet, stored whole with its `revision`. What arrives up to `accepts_until` (the
    deadline and the contest's grace) is taken. Results are filled when the attempt closes. An attempt with
    `voided_at` does not count for results. It was given back and is no used attempt either, or, with an
    `annulment_id`, annulled (`quiz.vetting.annulling`): then `void_notice` is what its entrant reads.
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
            "ix_attempts_open_until",
            "contest_id",
            "accepts_until",
            sqlite_where=sql_text("closed_at IS NULL"),
            postgresql_where=sql_text("closed_at IS NULL"),
        ),
        Index("ix_attempts_contest_id_entry_id", "contest_id", "entry_id"),
        # How many have just begun, in the whole deployment: what the machine is busy with.
        Index("ix_attempts_started_at", "started_at"),
        # The public check of a receipt knows no contest.
        Index("ix_attempts_receipt", "receipt"),
        CheckConstraint("number >= 1", name="number_from_one"),
        CheckConstraint("revision >= 0", name="revision_not_negative"),
        CheckConstraint("deadline_at >= started_at", name="deadline_after_start"),
        CheckConstraint("accepts_until >= deadline_at", name="grace_after_deadline"),
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
    accepts_until: Mapped[moment]
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
    voided_at: Mapped[moment | None]
    void_reason: Mapped[text | None]
    annulment_id: Mapped[bigint | None]
    void_notice: Mapped[text | None]

    def __repr__(self) -> str:
        return f"<Attempt {self.contest_id}/{self.id}>"


class Extension(Model):
    """Time added to running attempts: why a deadline is not start plus minutes.

    `scope` says for whom ("round", "unit", "entry"), `target_id` which unit or entry; `kind` "pause" stands
    for the length of a pause. `moved` counts the attempts whose deadline was moved.
    """

    __tablename__ = "extensions"
    __table_args__ = (
        ForeignKeyConstraint(["contest_id", "round_number"], ["rounds.contest_id", "rounds.number"]),
        Index("ix_extensions_round", "contest_id", "round_number", "given_at"),
        CheckConstraint("scope IN ('round', 'unit', 'entry')", name="known_scope"),
        CheckConstraint("kind IN ('time', 'pause')", name="known_kind"),
        CheckConstraint("seconds > 0", name="seconds_positive"),
    )

    contest_id: Mapped[int] = mapped_column(primary_key=True)
    id: Mapped[bigint] = mapped_column(primary_key=True, autoincrement=False)
    round_number: Mapped[int]
    kind: Mapped[short]
    scope: Mapped[short]
    target_id: Mapped[bigint | None]
    seconds: Mapped[int]
    moved: Mapped[int]
    reason: Mapped[text]
    staff_id: Mapped[bigint | None]
    given_at: Mapped[moment]

    def __repr__(self) -> str:
        return f"<Extension {self.contest_id}/{self.round_number} {self.scope} {self.seconds}s>"


class Accommodation(Model):
    """What a person needs in every round: `extra_percent` more time, or no clock on the page."""

    __tablename__ = "accommodations"
    __table_args__ = (
        ForeignKeyConstraint(["contest_id", "entry_id"], ["entries.contest_id", "entries.id"]),
        CheckConstraint("extra_percent BETWEEN 0 AND 300", name="extra_percent_in_range"),
    )

    contest_id: Mapped[int] = mapped_column(primary_key=True)
    entry_id: Mapped[bigint] = mapped_column(primary_key=True, autoincrement=False)
    extra_percent: Mapped[int]
    hides_clock: Mapped[bool]
    reason: Mapped[str] = mapped_column(SealedText("accommodations.reason"))
    staff_id: Mapped[bigint | None]
    given_at: Mapped[moment]

    def __repr__(self) -> str:
        return f"<Accommodation {self.contest_id}/{self.entry_id}>"


class Announcement(Model):
    """Words to the people in the middle of an attempt of a round, until they are taken back."""

    __tablename__ = "announcements"
    __table_args__ = (
        ForeignKeyConstraint(["contest_id", "round_number"], ["rounds.contest_id", "rounds.number"]),
        Index("ix_announcements_round", "contest_id", "round_number", "published_at"),
    )

    contest_id: Mapped[int] = mapped_column(primary_key=True)
    id: Mapped[bigint] = mapped_column(primary_key=True, autoincrement=False)
    round_number: Mapped[int]
    words: Mapped[text]
    staff_id: Mapped[bigint | None]
    published_at: Mapped[moment]
    ended_at: Mapped[moment | None]

    def __repr__(self) -> str:
        return f"<Announcement {self.contest_id}/{self.round_number}>"


class KeyChange(Model):
    """A key that was corrected after attempts existed: one event, with what it changed.

    `correction` is what `quiz.contests.models.stored_correction` makes; `figures` are those of the preview.
    """

    __tablename__ = "key_changes"
    __table_args__ = (
        ForeignKeyConstraint(["contest_id", "round_number"], ["rounds.contest_id", "rounds.number"]),
        Index("ix_key_changes_round", "contest_id", "round_number", "applied_at"),
    )

    contest_id: Mapped[int] = mapped_column(primary_key=True)
    id: Mapped[bigint] = mapped_column(primary_key=True, autoincrement=False)
    round_number: Mapped[int]
    revision_id: Mapped[bigint]
    correction: Mapped[structure]
    reason: Mapped[text]
    notice: Mapped[text]
    figures: Mapped[structure]
    staff_id: Mapped[bigint | None]
    applied_at: Mapped[moment]

    def __repr__(self) -> str:
        return f"<KeyChange {self.contest_id}/{self.round_number} {self.revision_id}>"


class FormerResult(Model):
    """What a result was before a key was corrected."""

    __tablename__ = "former_results"
    __table_args__ = (
        ForeignKeyConstraint(["contest_id", "change_id"], ["key_changes.contest_id", "key_changes.id"]),
    )

    contest_id: Mapped[int] = mapped_column(primary_key=True)
    change_id: Mapped[bigint] = mapped_column(primary_key=True, autoincrement=False)
    entry_id: Mapped[bigint] = mapped_column(primary_key=True, autoincrement=False)
    attempt_id: Mapped[bigint]
    correct_count: Mapped[int]
    rank_key: Mapped[bytes] = mapped_column(LargeBinary)
    rank: Mapped[int | None]

    def __repr__(self) -> str:
        return f"<FormerResult {self.contest_id}/{self.change_id}/{self.entry_id}>"


class WaitingLine(Model):
    """The one line at the door of the whole deployment; see `quiz.attempts.admission.Line`."""

    __tablename__ = "waiting_line"
    __table_args__ = (CheckConstraint("called <= issued", name="called_were_issued"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    issued: Mapped[bigint]
    called: Mapped[bigint]
    called_at: Mapped[moment]
    recounted_at: Mapped[moment]


class Ticket(Model):
    """A place in the line; it goes when the attempt begins. `freed_at`: called, and nobody came for it."""

    __tablename__ = "tickets"
    __table_args__ = (
        UniqueConstraint("number"),
        ForeignKeyConstraint(["contest_id", "round_number"], ["rounds.contest_id", "rounds.number"]),
        ForeignKeyConstraint(["contest_id", "entry_id"], ["entries.contest_id", "entries.id"]),
    )

    contest_id: Mapped[int] = mapped_column(primary_key=True)
    round_number: Mapped[int] = mapped_column(primary_key=True)
    entry_id: Mapped[bigint] = mapped_column(primary_key=True, autoincrement=False)
    number: Mapped[bigint]
    asked_at: Mapped[moment]
    called_at: Mapped[moment | None]
    freed_at: Mapped[moment | None]
