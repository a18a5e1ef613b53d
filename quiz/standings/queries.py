"""Boards and figures, read from the results. Nothing here writes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import ColumnElement, extract, func, select

from quiz.attempts.models import Attempt, Result
from quiz.core.database import db
from quiz.entries.models import Entry


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One line of a people's board. `rank` counts from 1; equal people share it."""

    rank: int
    entry_id: int
    name: str
    phone_tail: str | None
    unit_id: int | None
    may_publish: bool
    correct_count: int
    question_count: int
    duration_ms: int
    submitted_at: datetime
    prediction_error: str | None
    birth_date: date | None
    is_erased: bool


@dataclass(frozen=True, slots=True)
class RoundFigures:
    """People and attempts of a round, always as two numbers. Only closed attempts count."""

    participants: int
    attempts: int
    people_all_correct: int


@dataclass(frozen=True, slots=True)
class Activity:
    """People and attempts of a round or of a span in it, counted from the start of an attempt."""

    people: int
    attempts: int


@dataclass(frozen=True, slots=True)
class UnitSums:
    """Sums over the entrants who chose exactly this unit (None: no unit)."""

    unit_id: int | None
    participants: int
    attempts: int
    correct_sum: int
    question_sum: int
    all_correct: int


def _of_round(contest_id: int, round_number: int) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return Result.contest_id == contest_id, Result.round_number == round_number


def figures(contest_id: int, round_number: int) -> RoundFigures:
    """The round's figures."""
    row = db.session.execute(
        select(
            func.count(),
            func.coalesce(func.sum(Result.attempts), 0),
            func.count().filter(Result.correct_count == Result.question_count),
        ).where(*_of_round(contest_id, round_number))
    ).one()
    return RoundFigures(int(row[0]), int(row[1]), int(row[2]))


def list_people(
    contest_id: int,
    round_number: int,
    *,
    limit: int,
    offset: int = 0,
    unit_ids: Sequence[int] | None = None,
    phone_tail: str | None = None,
) -> list[PersonRow]:
    """A slice of the people's board in ranking order, ranks being those of the whole board.

    `unit_ids` keeps the entrants of these units, `phone_tail` those whose phone ends in these three digits.
    """
    rank = func.rank().over(order_by=Result.rank_key).label("place")
    ranked = select(Result, rank).where(*_of_round(contest_id, round_number)).subquery()
    wanted = (
        select(
            ranked.c.place,
            ranked.c.entry_id,
            Entry.name,
            Entry.phone_tail,
            ranked.c.unit_id,
            Entry.may_publish,
            ranked.c.correct_count,
            ranked.c.question_count,
            ranked.c.duration_ms,
            ranked.c.submitted_at,
            ranked.c.prediction_error,
            Entry.birth_date,
            Entry.status == "erased",
        )
        .join(Entry, (Entry.contest_id == ranked.c.contest_id) & (Entry.id == ranked.c.entry_id))
        .order_by(ranked.c.rank_key, ranked.c.entry_id)
        .limit(limit)
        .offset(offset)
    )
    if unit_ids is not None:
        wanted = wanted.where(ranked.c.unit_id.in_(unit_ids))
    if phone_tail is not None:
        wanted = wanted.where(Entry.phone_tail == phone_tail)
    return [PersonRow(*row) for row in db.session.execute(wanted)]


def count_people(contest_id: int, round_number: int, *, unit_ids: Sequence[int] | None = None) -> int:
    """Rows of the board."""
    wanted = select(func.count()).select_from(Result).where(*_of_round(contest_id, round_number))
    if unit_ids is not None:
        wanted = wanted.where(Result.unit_id.in_(unit_ids))
    return db.session.scalar(wanted) or 0


def list_unit_sums(contest_id: int, round_number: int | None) -> list[UnitSums]:
    """Sums per chosen unit, of one round or of all rounds (then a person counts once, attempts add up)."""
    people = func.count() if round_number is not None else func.count(Result.entry_id.distinct())
    wanted = select(
        Result.unit_id,
        people,
        func.coalesce(func.sum(Result.attempts), 0),
        func.coalesce(func.sum(Result.correct_count), 0),
        func.coalesce(func.sum(Result.question_count), 0),
        func.count().filter(Result.correct_count == Result.question_count),
    ).where(Result.contest_id == contest_id)
    if round_number is not None:
        wanted = wanted.where(Result.round_number == round_number)
    rows = db.session.execute(wanted.group_by(Result.unit_id))
    return [UnitSums(row[0], *(int(value) for value in row[1:])) for row in rows]


def list_start_times(
    contest_id: int,
    since: datetime,
    until: datetime,
    round_number: int | None = None,
    unit_ids: Sequence[int] | None = None,
    *,
    closed_only: bool = False,
) -> list[datetime]:
    """When attempts were started in a span, ascending; for counts by hour and day in the organiser's zone.

    `unit_ids` keeps the attempts of entrants who chose one of these units, `closed_only` those that count.
    """
    its: Any = Attempt if unit_ids is None else _of_units(contest_id, unit_ids)
    wanted = select(its.started_at).where(
        its.contest_id == contest_id,
        its.voided_at.is_(None),
        its.started_at >= since,
        its.started_at < until,
    )
    if round_number is not None:
        wanted = wanted.where(its.round_number == round_number)
    if closed_only:
        wanted = wanted.where(its.closed_at.is_not(None))
    return list(db.session.scalars(wanted.order_by(its.started_at)))


def _of_units(contest_id: int, unit_ids: Sequence[int]) -> Any:
    """Columns of the attempts of these units' entrants: some, found by their entrants.

    Left to itself SQLite walks through everybody's attempts in the order of their start.
    """
    people = (
        select(Entry.id.label("entry_id"))
        .where(Entry.contest_id == contest_id, Entry.unit_id.in_(unit_ids))
        .cte("people")
        .prefix_with("MATERIALIZED")
    )
    names = ("contest_id", "round_number", "started_at", "closed_at", "voided_at")
    theirs = (
        select(*(getattr(Attempt, name) for name in names))
        .join(people, people.c.entry_id == Attempt.entry_id)
        .where(Attempt.contest_id == contest_id)
    )
    return theirs.cte("theirs").prefix_with("MATERIALIZED").c


def activity(
    contest_id: int, round_number: int, spans: Sequence[tuple[datetime, datetime]] = ()
) -> list[Activity]:
    """People who started an attempt, and all attempts: of the whole round, then of each span."""
    people, attempts = func.count(Attempt.entry_id.distinct()), func.count()
    within = [(Attempt.started_at >= since) & (Attempt.started_at < until) for since, until in spans]
    columns = [part.filter(span) for span in within for part in (people, attempts)]
    row = db.session.execute(
        select(people, attempts, *columns).where(
            Attempt.contest_id == contest_id,
            Attempt.round_number == round_number,
            Attempt.voided_at.is_(None),
        )
    ).one()
    return [Activity(int(row[at]), int(row[at + 1])) for at in range(0, len(row), 2)]


@dataclass(frozen=True, slots=True)
class Starts:
    """Attempts begun in a quarter of an hour: people's first ones of the round, and further ones."""

    at: datetime
    first: int
    again: int


def count_starts(contest_id: int, round_number: int) -> list[Starts]:
    """Attempts of a round by the quarter of an hour in which they began, ascending; empty ones are left out.

    A quarter is within one hour and one day in every time zone.
    """
    seconds = extract("epoch", Attempt.started_at)
    quarter = (seconds - seconds % 900).label("quarter")
    is_first = Attempt.number == 1
    rows = db.session.execute(
        select(quarter, func.count().filter(is_first), func.count().filter(~is_first))
        .where(
            Attempt.contest_id == contest_id,
            Attempt.round_number == round_number,
            Attempt.voided_at.is_(None),
        )
        .group_by(quarter)
        .order_by(quarter)
    )
    return [Starts(datetime.fromtimestamp(int(at), UTC), int(one), int(more)) for at, one, more in rows]
