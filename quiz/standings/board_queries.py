"""Slices of a board in ranking order, whatever its size. Nothing here writes.

A large board is read from its marks: every hundredth row, with its place (ADR 0023). A page is then a short
range of the index that begins at a mark, and a place is a mark's and the count of a short range.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    LargeBinary,
    Select,
    and_,
    func,
    literal,
    select,
    tuple_,
    union_all,
)

from quiz.attempts.result_models import ListResult, Result
from quiz.contests.models import ContestUnit
from quiz.core.database import db, is_sqlite
from quiz.entries.models import Entry
from quiz.standings.scopes import Kind, Scope

STEP = 100  # rows from mark to mark
_SHOWN = ("entry_id", "unit_id", "correct_count", "question_count", "duration_ms", "submitted_at")
_VALUES = (*_SHOWN, "prediction_error", "rank", "category_rank", "rank_key")


@dataclass(frozen=True, slots=True)
class Only:
    """Which part of a board: entrants of the units below a path, of a category; None: all.

    Places are counted within the part.
    """

    path: str | None = None
    category: str | None = None


@dataclass(frozen=True, slots=True)
class Mark:
    """A row of the board: its key, which row from 1 it is, and its place."""

    rank_key: bytes
    entry_id: int
    row: int
    rank: int


@dataclass(frozen=True, slots=True)
class Marks:
    """Every STEP-th row of a board from the first on, and how many rows there are."""

    total: int
    marks: tuple[Mark, ...]
    as_of: datetime


class BoardPerson(NamedTuple):
    """What a line needs of an entrant. The fields are columns of Entry; a whole one takes much longer."""

    id: int
    name: str
    phone_tail: str | None
    birth_date: date | None
    may_publish: bool
    is_erased: bool
    category: str | None

    @classmethod
    def of(cls, entry: Entry) -> "BoardPerson":
        """Of an entrant that is there anyway."""
        return cls(*(getattr(entry, name) for name in cls._fields))


_PERSON = tuple(getattr(Entry, name) for name in BoardPerson._fields)


@dataclass(frozen=True, slots=True)
class BoardRow:
    """A result in its place. `final_rank` is that of the whole board, `category_rank` that in the category;
    both are there once they were fixed."""

    rank: int
    final_rank: int | None
    category_rank: int | None
    entry: BoardPerson
    unit_id: int | None
    correct_count: int
    question_count: int
    duration_ms: int
    submitted_at: datetime
    prediction_error: str | None

    def settled(self, only: Only) -> "BoardRow":
        """With the fixed place of this part of the board, where there is one."""
        fixed = None
        if only.path is None:
            fixed = self.final_rank if only.category is None else self.category_rank
        return self if fixed is None else replace(self, rank=fixed)


# The table of each kind of scope, and the column that says which one of the contest.
SOURCES: dict[Kind, tuple[Any, Any]] = {
    Kind.ROUND: (Result, Result.round_number),
    Kind.LIST: (ListResult, ListResult.list_number),
}


def make_marks(scope: Scope, only: Only, now: datetime) -> Marks:
    """The marks of a board, in one pass over its rows."""
    table, _number = SOURCES[scope.kind]
    order = (table.rank_key, table.entry_id)
    numbered = in_scope(
        select(
            table.rank_key,
            table.entry_id,
            func.row_number().over(order_by=order).label("nth"),
            func.rank().over(order_by=table.rank_key).label("place"),
            func.count().over().label("total"),
        ),
        scope,
        only,
    ).subquery()
    wanted = select(numbered).where((numbered.c.nth - 1) % STEP == 0).order_by(numbered.c.nth)
    rows = db.session.execute(wanted).all()
    marks = tuple(Mark(bytes(row.rank_key), row.entry_id, row.nth, row.place) for row in rows)
    return Marks(rows[0].total if rows else 0, marks, now)


def list_all(scope: Scope, only: Only, *, offset: int, limit: int) -> tuple[list[BoardRow], int | None]:
    """A slice of a small board, exact, and how many rows it has; None where the slice is empty."""
    table, _number = SOURCES[scope.kind]
    columns = [getattr(table, name) for name in _VALUES]
    place = func.rank().over(order_by=table.rank_key).label("place")
    board = in_scope(select(*columns, place, func.count().over().label("total")), scope, only).subquery()
    rows = db.session.execute(_with_entries(board, scope, board.c.total).offset(offset).limit(limit)).all()
    return [_row(row, row.place) for row in rows], (rows[0].total if rows else None)


def list_range(scope: Scope, only: Only, marks: Marks, *, offset: int, limit: int) -> list[BoardRow]:
    """A slice of a large board, from the mark before it."""
    if offset >= marks.total:
        return []
    mark = marks.marks[offset // STEP]
    skipped = offset % STEP
    table, _number = SOURCES[scope.kind]
    near = (
        in_scope(select(*[getattr(table, name) for name in _VALUES]), scope, only)
        .where(_from(table, mark))
        .order_by(table.rank_key, table.entry_id)
        .limit(skipped + limit)
        .subquery()
    )
    place = func.rank().over(order_by=near.c.rank_key).label("place")
    board = select(near, place).subquery()
    rows = db.session.execute(_with_entries(board, scope).offset(skipped)).all()
    return [_row(row, mark.rank if row.place == 1 else mark.row + row.place - 1) for row in rows]


def list_by_tail(scope: Scope, only: Only, marks: Marks | None, tail: str, *, limit: int) -> list[BoardRow]:
    """The first whose phone ends in these three digits. `marks` None: the board is small."""
    found = _with_tail(scope, only, tail).order_by("rank_key", "entry_id").limit(limit).subquery()
    rows = db.session.execute(_with_entries(found, scope)).all()
    places = places_of(scope, only, marks, [bytes(row.rank_key) for row in rows])
    return [_row(row, place) for row, place in zip(rows, places, strict=True)]


def _with_tail(scope: Scope, only: Only, tail: str) -> Select[Any]:
    """Results of those whose phone ends so: some hundred, found by their index before anything is sorted.

    Left to itself SQLite walks along the board until it has found enough, and PostgreSQL may.
    """
    table, _number = SOURCES[scope.kind]
    people = (
        select(Entry.id.label("entry_id"))
        .where(Entry.contest_id == scope.contest_id, Entry.phone_tail == tail)
        .cte("people")
        .prefix_with("MATERIALIZED")
    )
    columns = [getattr(table, name) for name in _VALUES]
    theirs = in_scope(select(*columns), scope, only).join(people, people.c.entry_id == table.entry_id)
    return select(theirs.cte("theirs").prefix_with("MATERIALIZED"))


def places_of(scope: Scope, only: Only, marks: Marks | None, keys: Sequence[bytes]) -> list[int]:
    """The places of results with these keys, in one statement. `marks` None: counted from the top."""
    if not keys:
        return []
    table, _number = SOURCES[scope.kind]
    counts: list[Select[Any]] = []
    bases: list[int] = []
    for place, key in enumerate(keys):
        before = _mark_before(marks, key)
        counted: Any = select(literal(place), func.count())
        better = in_scope(counted, scope, only).where(table.rank_key < key)
        if before is not None:
            better = better.where(_from(table, before))
        bases.append(before.row if before is not None else 1)
        counts.append(better)
    found = {row[0]: row[1] for row in db.session.execute(union_all(*counts))}
    return [base + found[place] for place, base in enumerate(bases)]


def _mark_before(marks: Marks | None, key: bytes) -> Mark | None:
    """The last mark whose key is better than this one."""
    if marks is None:
        return None
    place = bisect_left(marks.marks, key, key=lambda mark: mark.rank_key)
    return marks.marks[place - 1] if place else None


def _from(table: Any, mark: Mark) -> ColumnElement[bool]:
    """The mark's row and all behind it: a range of the board's index.

    The key alone says nothing more, but PostgreSQL's estimates know it: with another key as the end they find
    a hundred rows, not a third of the board, for which workers would be started.
    """
    here = tuple_(literal(mark.rank_key, LargeBinary), literal(mark.entry_id, BigInteger))
    behind = tuple_(table.rank_key, table.entry_id) >= here
    return behind if is_sqlite() else and_(behind, table.rank_key >= mark.rank_key)


def in_scope(wanted: Select[Any], scope: Scope, only: Only) -> Select[Any]:
    """Only the results of the scope that have a place, and of the part that is asked for."""
    table, number = SOURCES[scope.kind]
    wanted = wanted.select_from(table).where(table.contest_id == scope.contest_id, number == scope.number)
    if only.path is not None:
        below = select(ContestUnit.id).where(
            ContestUnit.contest_id == scope.contest_id,
            func.substr(ContestUnit.path, 1, len(only.path)) == only.path,
        )
        wanted = wanted.where(table.unit_id.in_(below))
    if only.category is not None:
        wanted = wanted.where(table.category == only.category)
    if scope.only_all_correct:
        wanted = wanted.where(table.correct_count == table.question_count)
    if scope.min_rounds > 1:
        wanted = wanted.where(ListResult.rounds >= scope.min_rounds)
    return wanted


def _with_entries(board: Any, scope: Scope, *more: Any) -> Select[Any]:
    """The rows of a subquery with their entrants behind, in the board's order."""
    place = (board.c.place,) if "place" in board.c else ()
    columns = [board.c[name] for name in _VALUES]
    return (
        select(*columns, *place, *more, *_PERSON)
        .join(Entry, (Entry.contest_id == scope.contest_id) & (Entry.id == board.c.entry_id))
        .order_by(board.c.rank_key, board.c.entry_id)
    )


def _row(row: Any, rank: int) -> BoardRow:
    return BoardRow(
        rank,
        row.rank,
        row.category_rank,
        BoardPerson._make(row[-len(_PERSON) :]),
        row.unit_id,
        row.correct_count,
        row.question_count,
        row.duration_ms,
        row.submitted_at,
        row.prediction_error,
    )
