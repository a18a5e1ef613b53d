"""Slices of a board in ranking order, whatever its size. Nothing here writes.

A large board is read from its marks: every hundredth row, with its place (ADR 0023). A page is then a short
range of the index that begins at a mark, and a place is a mark's and the count of a short range.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    LargeBinary,
    Select,
    func,
    literal,
    select,
    tuple_,
    union_all,
)

from quiz.attempts.result_models import ListResult, Result
from quiz.contests.models import ContestUnit
from quiz.core.database import db
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


@dataclass(frozen=True, slots=True)
class BoardRow:
    """A result in its place. `final_rank` is that of the whole board, `category_rank` that in the category;
    both are there once they were fixed."""

    rank: int
    final_rank: int | None
    category_rank: int | None
    entry: Entry
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


@dataclass(frozen=True, slots=True)
class OwnResult:
    """What counts of one entrant, who has a place or none (`has_place`); `is_final`: places were fixed."""

    rank_key: bytes
    has_place: bool
    is_final: bool
    rank: int | None
    category: str | None
    category_rank: int | None
    correct_count: int
    question_count: int
    duration_ms: int
    prediction_error: str | None

    def at(self, rank: int | None, category_rank: int | None) -> "OwnResult":
        """With these places."""
        return replace(self, rank=rank, category_rank=category_rank)

    def without_places(self) -> "OwnResult":
        """With no place told."""
        return self.at(None, None)


# The table of each kind of scope, and the column that says which one of the contest.
_SOURCES: dict[Kind, tuple[Any, Any]] = {
    Kind.ROUND: (Result, Result.round_number),
    Kind.LIST: (ListResult, ListResult.list_number),
}


def make_marks(scope: Scope, only: Only, now: datetime) -> Marks:
    """The marks of a board, in one pass over its rows."""
    table, _number = _SOURCES[scope.kind]
    order = (table.rank_key, table.entry_id)
    numbered = _of(
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
    table, _number = _SOURCES[scope.kind]
    columns = [getattr(table, name) for name in _VALUES]
    place = func.rank().over(order_by=table.rank_key).label("place")
    board = _of(select(*columns, place, func.count().over().label("total")), scope, only).subquery()
    rows = db.session.execute(_with_entries(board, scope, board.c.total).offset(offset).limit(limit)).all()
    return [_row(row, row.place) for row in rows], (rows[0].total if rows else None)


def list_range(scope: Scope, only: Only, marks: Marks, *, offset: int, limit: int) -> list[BoardRow]:
    """A slice of a large board, from the mark before it."""
    if offset >= marks.total:
        return []
    mark = marks.marks[offset // STEP]
    skipped = offset % STEP
    table, _number = _SOURCES[scope.kind]
    near = (
        _of(select(*[getattr(table, name) for name in _VALUES]), scope, only)
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
    table, _number = _SOURCES[scope.kind]
    columns = [getattr(table, name) for name in _VALUES]
    if marks is None:
        place = func.rank().over(order_by=table.rank_key).label("place")
        board = _of(select(*columns, place), scope, only).subquery()
        found = _with_entries(board, scope).where(Entry.phone_tail == tail).limit(limit)
        return [_row(row, row.place) for row in db.session.execute(found)]
    board = _of(select(*columns), scope, only).subquery()
    found = _with_entries(board, scope).where(Entry.phone_tail == tail).limit(limit)
    rows = db.session.execute(found).all()
    places = places_of(scope, only, marks, [bytes(row.rank_key) for row in rows])
    return [_row(row, place) for row, place in zip(rows, places, strict=True)]


def places_of(scope: Scope, only: Only, marks: Marks | None, keys: Sequence[bytes]) -> list[int]:
    """The places of results with these keys, in one statement. `marks` None: counted from the top."""
    if not keys:
        return []
    table, _number = _SOURCES[scope.kind]
    counts: list[Select[Any]] = []
    bases: list[int] = []
    for place, key in enumerate(keys):
        before = _mark_before(marks, key)
        counted: Any = select(literal(place), func.count())
        better = _of(counted, scope, only).where(table.rank_key < key)
        if before is not None:
            better = better.where(_from(table, before))
        bases.append(before.row if before is not None else 1)
        counts.append(better)
    found = {row[0]: row[1] for row in db.session.execute(union_all(*counts))}
    return [base + found[place] for place, base in enumerate(bases)]


def find_own(scope: Scope, entry_id: int) -> OwnResult | None:
    """What counts of an entrant, with the places that were fixed."""
    table, _number = _SOURCES[scope.kind]
    row = db.session.get(table, (scope.contest_id, scope.number, entry_id))
    if row is None:
        return None
    is_right = row.correct_count == row.question_count
    often_enough = scope.min_rounds <= 1 or row.rounds >= scope.min_rounds
    return OwnResult(
        rank_key=bytes(row.rank_key),
        has_place=often_enough and (is_right or not scope.only_all_correct),
        is_final=row.rank is not None,
        rank=row.rank,
        category=row.category,
        category_rank=row.category_rank,
        correct_count=row.correct_count,
        question_count=row.question_count,
        duration_ms=row.duration_ms,
        prediction_error=row.prediction_error,
    )


def _mark_before(marks: Marks | None, key: bytes) -> Mark | None:
    """The last mark whose key is better than this one."""
    if marks is None:
        return None
    place = bisect_left(marks.marks, key, key=lambda mark: mark.rank_key)
    return marks.marks[place - 1] if place else None


def _from(table: Any, mark: Mark) -> ColumnElement[bool]:
    """The mark's row and all behind it: a range of the board's index."""
    here = tuple_(literal(mark.rank_key, LargeBinary), literal(mark.entry_id, BigInteger))
    return tuple_(table.rank_key, table.entry_id) >= here


def _of(wanted: Select[Any], scope: Scope, only: Only) -> Select[Any]:
    """Only the results of the scope that have a place, and of the part that is asked for."""
    table, number = _SOURCES[scope.kind]
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
    """The rows of a subquery with their entries, in the board's order."""
    place = (board.c.place,) if "place" in board.c else ()
    columns = [board.c[name] for name in _VALUES]
    return (
        select(*columns, *place, *more, Entry)
        .join(Entry, (Entry.contest_id == scope.contest_id) & (Entry.id == board.c.entry_id))
        .order_by(board.c.rank_key, board.c.entry_id)
    )


def _row(row: Any, rank: int) -> BoardRow:
    return BoardRow(
        rank,
        row.rank,
        row.category_rank,
        row.Entry,
        row.unit_id,
        row.correct_count,
        row.question_count,
        row.duration_ms,
        row.submitted_at,
        row.prediction_error,
    )
