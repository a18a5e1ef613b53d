"""What counts of an entrant: in one round, and in a combined list over several rounds.

Both tables can always be made anew from the attempts. Sorting by `rank_key` is the ranking; smaller is
better. `rank` is the place among all, `category_rank` that among the entrants of the same category; both are
stored when the results are frozen, for those who have a place.
"""

from sqlalchemy import ForeignKeyConstraint, Index, LargeBinary, UniqueConstraint
from sqlalchemy import text as sql_text
from sqlalchemy.orm import Mapped, mapped_column

from quiz.core.database import Model, bigint, moment, short


class _Counted:
    """The columns of what counts."""

    unit_id: Mapped[bigint | None]
    category: Mapped[short | None]
    correct_count: Mapped[int]
    question_count: Mapped[int]
    duration_ms: Mapped[int]
    submitted_at: Mapped[moment]
    attempts: Mapped[int]
    times_at_best: Mapped[int]
    first_start: Mapped[moment]
    registered_at: Mapped[moment]
    prediction_error: Mapped[short | None]
    rank_key: Mapped[bytes] = mapped_column(LargeBinary)
    rank: Mapped[int | None]
    category_rank: Mapped[int | None]


def _of_categories(name: str, number: str) -> Index:
    """The board of one category is a range of it; contests without categories pay nothing for it."""
    columns = ("contest_id", number, "category", "rank_key", "entry_id")
    has_one = sql_text("category IS NOT NULL")
    return Index(name, *columns, sqlite_where=has_one, postgresql_where=has_one)


class Result(_Counted, Model):
    """What counts of one entrant in one round: the attempt, and the prediction, which may be of another."""

    __tablename__ = "results"
    __table_args__ = (
        ForeignKeyConstraint(["contest_id", "round_number"], ["rounds.contest_id", "rounds.number"]),
        ForeignKeyConstraint(["contest_id", "entry_id"], ["entries.contest_id", "entries.id"]),
        ForeignKeyConstraint(["contest_id", "unit_id"], ["contest_units.contest_id", "contest_units.id"]),
        UniqueConstraint("contest_id", "attempt_id"),
        # A board page is a range of this index.
        Index("ix_results_board", "contest_id", "round_number", "rank_key", "entry_id"),
        Index("ix_results_units", "contest_id", "round_number", "unit_id"),
        _of_categories("ix_results_categories", "round_number"),
    )

    contest_id: Mapped[int] = mapped_column(primary_key=True)
    round_number: Mapped[int] = mapped_column(primary_key=True)
    entry_id: Mapped[bigint] = mapped_column(primary_key=True, autoincrement=False)
    attempt_id: Mapped[bigint]
    prediction: Mapped[short | None]

    def __repr__(self) -> str:
        return f"<Result {self.contest_id}/{self.round_number}/{self.entry_id}>"


class ListResult(_Counted, Model):
    """What counts of one entrant in a combined list: sums over `rounds` rounds, or the best attempt of all.

    Sums have no attempt of their own. `attempts` counts every attempt of the list's rounds once.
    """

    __tablename__ = "list_results"
    __table_args__ = (
        ForeignKeyConstraint(
            ["contest_id", "list_number"], ["standing_lists.contest_id", "standing_lists.number"]
        ),
        ForeignKeyConstraint(["contest_id", "entry_id"], ["entries.contest_id", "entries.id"]),
        ForeignKeyConstraint(["contest_id", "unit_id"], ["contest_units.contest_id", "contest_units.id"]),
        Index("ix_list_results_board", "contest_id", "list_number", "rank_key", "entry_id"),
        Index("ix_list_results_units", "contest_id", "list_number", "unit_id"),
        _of_categories("ix_list_results_categories", "list_number"),
    )

    contest_id: Mapped[int] = mapped_column(primary_key=True)
    list_number: Mapped[int] = mapped_column(primary_key=True)
    entry_id: Mapped[bigint] = mapped_column(primary_key=True, autoincrement=False)
    attempt_id: Mapped[bigint | None]
    rounds: Mapped[int]

    def __repr__(self) -> str:
        return f"<ListResult {self.contest_id}/{self.list_number}/{self.entry_id}>"
