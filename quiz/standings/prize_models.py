"""Who has which prize of a frozen round. Boards read it; quiz.awards decides and writes it."""

from sqlalchemy import ForeignKeyConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from quiz.core.database import Model, bigint, line, moment, short, structure


class AwardList(Model):
    """That the prizes of a round, or of a combined list of which it is the last, were worked out, and when.

    `ties` lists [list, rank, [entries], [prizes]] of equal people about whom the organisers have to decide.
    """

    __tablename__ = "award_lists"
    __table_args__ = (
        ForeignKeyConstraint(["contest_id", "round_number"], ["rounds.contest_id", "rounds.number"]),
    )

    contest_id: Mapped[int] = mapped_column(primary_key=True)
    round_number: Mapped[int] = mapped_column(primary_key=True)
    list_number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, default=0)
    listed_at: Mapped[moment]
    ties: Mapped[structure]

    def __repr__(self) -> str:
        return f"<AwardList {self.contest_id}/{self.round_number}>"


class Award(Model):
    """A prize for a person, of a round or of the combined list of this number, which hangs on its last round.

    `place` is the prize's in its list, 0 the highest.

    `list_code` is the category that has a list of its own, or empty.
    """

    __tablename__ = "awards"
    __table_args__ = (
        ForeignKeyConstraint(["contest_id", "round_number"], ["rounds.contest_id", "rounds.number"]),
        ForeignKeyConstraint(["contest_id", "entry_id"], ["entries.contest_id", "entries.id"]),
        Index("ix_awards_contest_id_entry_id", "contest_id", "entry_id"),
    )

    contest_id: Mapped[int] = mapped_column(primary_key=True)
    round_number: Mapped[int] = mapped_column(primary_key=True)
    list_number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, default=0)
    entry_id: Mapped[bigint] = mapped_column(primary_key=True, autoincrement=False)
    list_code: Mapped[short]
    place: Mapped[int]
    prize: Mapped[line]
    rank: Mapped[int]

    def __repr__(self) -> str:
        return f"<Award {self.contest_id}/{self.round_number}/{self.entry_id} {self.place}>"


class UnitAward(Model):
    """A collective prize of a round for a unit, under the rule of this name. `place` is the prize's, 0 first.

    `board` says which of the rule's boards: its division or None, then the bounds of its size or None.
    """

    __tablename__ = "unit_awards"
    __table_args__ = (
        ForeignKeyConstraint(["contest_id", "round_number"], ["rounds.contest_id", "rounds.number"]),
        ForeignKeyConstraint(["contest_id", "unit_id"], ["contest_units.contest_id", "contest_units.id"]),
    )

    contest_id: Mapped[int] = mapped_column(primary_key=True)
    round_number: Mapped[int] = mapped_column(primary_key=True)
    rule: Mapped[line] = mapped_column(primary_key=True)
    unit_id: Mapped[bigint] = mapped_column(primary_key=True, autoincrement=False)
    board: Mapped[structure]
    place: Mapped[int]
    prize: Mapped[line]
    rank: Mapped[int]

    def __repr__(self) -> str:
        return f"<UnitAward {self.contest_id}/{self.round_number}/{self.unit_id} {self.place}>"
