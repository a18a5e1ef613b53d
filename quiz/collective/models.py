"""Headcounts, targets and merit of a contest's units."""

from datetime import date
from decimal import Decimal

from sqlalchemy import CheckConstraint, Date, ForeignKeyConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from quiz.core.database import Model, bigint, line, moment, short, text


class UnitHeadcount(Model):
    """How many people a unit has on a day: entered by the organisers, or proposed by the unit.

    `category` "" is everybody, else the code of a category of entrants. Rows are the history: the approved
    one of the latest day counts, and of that day the one decided last.
    """

    __tablename__ = "unit_headcounts"
    __table_args__ = (
        ForeignKeyConstraint(["contest_id", "unit_id"], ["contest_units.contest_id", "contest_units.id"]),
        Index("ix_unit_headcounts_contest_id_unit_id", "contest_id", "unit_id"),
        Index("ix_unit_headcounts_contest_id_state", "contest_id", "state"),
        CheckConstraint("people >= 0", name="people_not_negative"),
        CheckConstraint("state IN ('proposed', 'approved', 'refused', 'replaced')", name="known_state"),
    )

    contest_id: Mapped[int] = mapped_column(primary_key=True)
    id: Mapped[bigint] = mapped_column(primary_key=True, autoincrement=False)
    unit_id: Mapped[bigint]
    category: Mapped[short]
    people: Mapped[int]
    as_of: Mapped[date] = mapped_column(Date)
    state: Mapped[short]
    note: Mapped[text]
    entered_at: Mapped[moment]
    staff_id: Mapped[bigint | None]
    decided_at: Mapped[moment | None]
    decided_by: Mapped[bigint | None]

    def __repr__(self) -> str:
        return f"<UnitHeadcount {self.contest_id}/{self.unit_id} {self.people} {self.state}>"


class UnitTarget(Model):
    """What a unit is asked to reach: people, attempts or both. `round_number` 0 is the whole contest."""

    __tablename__ = "unit_targets"
    __table_args__ = (
        ForeignKeyConstraint(["contest_id", "unit_id"], ["contest_units.contest_id", "contest_units.id"]),
        CheckConstraint("people > 0", name="people_positive"),
        CheckConstraint("attempts > 0", name="attempts_positive"),
    )

    contest_id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[bigint] = mapped_column(primary_key=True, autoincrement=False)
    round_number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    people: Mapped[int | None]
    attempts: Mapped[int | None]
    set_at: Mapped[moment]
    staff_id: Mapped[bigint | None]

    def __repr__(self) -> str:
        return f"<UnitTarget {self.contest_id}/{self.unit_id}/{self.round_number}>"


class UnitMerit(Model):
    """Points that the organisers give a unit for directing and organising, with the reason.

    `list_name` is the list that a collective rule asks for; empty is the contest's own.
    """

    __tablename__ = "unit_merits"
    __table_args__ = (
        ForeignKeyConstraint(["contest_id", "unit_id"], ["contest_units.contest_id", "contest_units.id"]),
    )

    contest_id: Mapped[int] = mapped_column(primary_key=True)
    list_name: Mapped[line] = mapped_column(primary_key=True, default="")
    unit_id: Mapped[bigint] = mapped_column(primary_key=True, autoincrement=False)
    points_text: Mapped[short] = mapped_column("points")
    reason: Mapped[text]
    set_at: Mapped[moment]
    staff_id: Mapped[bigint | None]

    @property
    def points(self) -> Decimal:
        """The exact number."""
        return Decimal(self.points_text)

    def __repr__(self) -> str:
        return f"<UnitMerit {self.contest_id}/{self.unit_id} {self.points_text}>"
