"""What the organisers decided and checked about winners."""

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, LargeBinary, UniqueConstraint
from sqlalchemy import text as sql_text
from sqlalchemy.orm import Mapped, mapped_column

from quiz.core.database import Model, bigint, line, moment, short, structure, text


class AwardRuling(Model):
    """A decision that the list of prizes follows: somebody gets none, or equal people are put in order.

    `people` lists entries as texts, of a tie in the order in which they are taken; `all_alike`: all of them
    get the higher prize instead. With a collective `rule` they are units. It stands until `ended_at`.
    """

    __tablename__ = "award_rulings"
    __table_args__ = (
        ForeignKeyConstraint(["contest_id", "round_number"], ["rounds.contest_id", "rounds.number"]),
        Index("ix_award_rulings_contest_id_round_number", "contest_id", "round_number"),
        CheckConstraint("kind IN ('out', 'tie')", name="known_kind"),
    )

    contest_id: Mapped[int] = mapped_column(primary_key=True)
    id: Mapped[bigint] = mapped_column(primary_key=True, autoincrement=False)
    round_number: Mapped[int]
    list_number: Mapped[int] = mapped_column(default=0)
    rule: Mapped[line | None]
    kind: Mapped[short]
    people: Mapped[structure]
    all_alike: Mapped[bool] = mapped_column(default=False)
    reason: Mapped[text]
    staff_id: Mapped[bigint | None]
    staff_name: Mapped[line]
    ruled_at: Mapped[moment]
    ended_at: Mapped[moment | None]
    end_reason: Mapped[text | None]

    def __repr__(self) -> str:
        return f"<AwardRuling {self.contest_id}/{self.id} {self.kind}>"


class AwardCheck(Model):
    """How far the check of a winner is, and who did what when. `note` holds the organisers' own words."""

    __tablename__ = "award_checks"
    __table_args__ = (
        ForeignKeyConstraint(["contest_id", "round_number"], ["rounds.contest_id", "rounds.number"]),
        ForeignKeyConstraint(["contest_id", "entry_id"], ["entries.contest_id", "entries.id"]),
    )

    contest_id: Mapped[int] = mapped_column(primary_key=True)
    round_number: Mapped[int] = mapped_column(primary_key=True)
    list_number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, default=0)
    entry_id: Mapped[bigint] = mapped_column(primary_key=True, autoincrement=False)
    called_at: Mapped[moment | None]
    called_by: Mapped[line | None]
    identity_at: Mapped[moment | None]
    identity_by: Mapped[line | None]
    unit_at: Mapped[moment | None]
    unit_by: Mapped[line | None]
    note: Mapped[text | None]

    def __repr__(self) -> str:
        return f"<AwardCheck {self.contest_id}/{self.round_number}/{self.entry_id}>"


class UnitAwardCheck(Model):
    """How far the check of a unit's prize is, and who did what when."""

    __tablename__ = "unit_award_checks"
    __table_args__ = (
        ForeignKeyConstraint(["contest_id", "round_number"], ["rounds.contest_id", "rounds.number"]),
        ForeignKeyConstraint(["contest_id", "unit_id"], ["contest_units.contest_id", "contest_units.id"]),
    )

    contest_id: Mapped[int] = mapped_column(primary_key=True)
    round_number: Mapped[int] = mapped_column(primary_key=True)
    rule: Mapped[line] = mapped_column(primary_key=True)
    unit_id: Mapped[bigint] = mapped_column(primary_key=True, autoincrement=False)
    figures_at: Mapped[moment | None]
    figures_by: Mapped[line | None]
    told_at: Mapped[moment | None]
    told_by: Mapped[line | None]
    note: Mapped[text | None]

    def __repr__(self) -> str:
        return f"<UnitAwardCheck {self.contest_id}/{self.round_number}/{self.unit_id}>"


class Certificate(Model):
    """A certificate that was given to a person, or to a unit for a prize of a collective rule.

    The name is the entry's or the unit's: nothing personal is kept twice.

    `code` is what the QR code leads to; `serial` counts within the contest. Withdrawn ones stay, and say so.
    """

    __tablename__ = "certificates"
    __table_args__ = (
        ForeignKeyConstraint(["contest_id", "round_number"], ["rounds.contest_id", "rounds.number"]),
        ForeignKeyConstraint(["contest_id", "entry_id"], ["entries.contest_id", "entries.id"]),
        ForeignKeyConstraint(["contest_id", "unit_id"], ["contest_units.contest_id", "contest_units.id"]),
        UniqueConstraint("contest_id", "code"),
        UniqueConstraint("contest_id", "serial"),
        # Two requests at once: a person has one valid certificate of a kind in a round.
        Index(
            "uq_certificates_valid",
            "contest_id",
            "round_number",
            "list_number",
            "kind",
            "entry_id",
            unique=True,
            sqlite_where=sql_text("withdrawn_at IS NULL"),
            postgresql_where=sql_text("withdrawn_at IS NULL"),
        ),
        Index(
            "uq_certificates_valid_unit",
            "contest_id",
            "round_number",
            "rule",
            "unit_id",
            unique=True,
            sqlite_where=sql_text("withdrawn_at IS NULL"),
            postgresql_where=sql_text("withdrawn_at IS NULL"),
        ),
        CheckConstraint("kind IN ('winner', 'participant', 'unit')", name="known_kind"),
        CheckConstraint("(entry_id IS NULL) = (unit_id IS NOT NULL)", name="one_holder"),
    )

    contest_id: Mapped[int] = mapped_column(primary_key=True)
    id: Mapped[bigint] = mapped_column(primary_key=True, autoincrement=False)
    round_number: Mapped[int]
    list_number: Mapped[int] = mapped_column(default=0)
    entry_id: Mapped[bigint | None]
    unit_id: Mapped[bigint | None]
    rule: Mapped[line | None]
    kind: Mapped[short]
    code: Mapped[short]
    serial: Mapped[int]
    prize: Mapped[line]
    issued_at: Mapped[moment]
    withdrawn_at: Mapped[moment | None]
    withdraw_reason: Mapped[text | None]

    def __repr__(self) -> str:
        return f"<Certificate {self.contest_id}/{self.serial}>"


class PaperFile(Model):
    """A part of a large set of papers, kept for some days for download."""

    __tablename__ = "paper_files"
    __table_args__ = (
        ForeignKeyConstraint(["contest_id", "round_number"], ["rounds.contest_id", "rounds.number"]),
        Index("ix_paper_files_made_at", "made_at"),
    )

    contest_id: Mapped[int] = mapped_column(primary_key=True)
    id: Mapped[bigint] = mapped_column(primary_key=True, autoincrement=False)
    round_number: Mapped[int]
    list_number: Mapped[int] = mapped_column(default=0)
    bundle: Mapped[bigint]
    part: Mapped[int]
    name: Mapped[line]
    content: Mapped[bytes] = mapped_column(LargeBinary)
    made_at: Mapped[moment]

    def __repr__(self) -> str:
        return f"<PaperFile {self.contest_id}/{self.bundle} {self.part}>"


class PaperHeading(Model):
    """What stands at the head and foot of a contest's papers, as `quiz.awards.heading` reads it."""

    __tablename__ = "paper_headings"
    __table_args__ = (ForeignKeyConstraint(["contest_id"], ["contests.id"]),)

    contest_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    data: Mapped[structure]

    def __repr__(self) -> str:
        return f"<PaperHeading {self.contest_id}>"
