"""Who has begun most attempts of a contest, by device and by person, and how much of the bank that showed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, distinct, func, select
from sqlalchemy.orm import InstrumentedAttribute

from quiz.attempts.models import Attempt
from quiz.attempts.papers import PaperData, seen_revisions
from quiz.core.database import db
from quiz.entries.models import Entry

_MOST_NAMED = 5
_Column = InstrumentedAttribute[Any]  # of Entry: what attempts are counted by
_Line = tuple[int, str, PaperData]


@dataclass(frozen=True, slots=True)
class Use:
    """One device, or one person (`people` is 1). `named`: ids and names of the first of them to enter."""

    key: str | int
    people: int
    named: tuple[tuple[int, str], ...]
    starts: int
    seen: frozenset[int]  # revisions of questions, each once
    first_at: datetime
    last_at: datetime


def busiest_devices(contest_id: int, *, most: int = 20, least: int = 2) -> list[Use]:
    """The devices on which people who entered there have begun most attempts, at least `least`; most first.

    A device is that of entering: whoever goes on elsewhere is counted where they entered.
    """
    return _busiest(contest_id, Entry.device_key, most, least)


def busiest_people(contest_id: int, *, most: int = 20, least: int = 2) -> list[Use]:
    """The people with most attempts, at least `least`; most first."""
    return _busiest(contest_id, Entry.id, most, least)


def _busiest(contest_id: int, by: _Column, most: int, least: int) -> list[Use]:
    starts = func.count(Attempt.id)
    rows = db.session.execute(
        select(
            by,
            func.count(distinct(Entry.id)),
            starts,
            func.min(Attempt.started_at),
            func.max(Attempt.started_at),
        )
        .join(Attempt, _own())
        .where(Entry.contest_id == contest_id, by.is_not(None))
        .group_by(by)
        .having(starts >= least)
        .order_by(starts.desc(), func.max(Attempt.started_at).desc(), by)
        .limit(most)
    ).all()
    found = _attempts_of(contest_id, by, [row[0] for row in rows])
    return [_use(key, people, starts, first, last, found[key]) for key, people, starts, first, last in rows]


def _use(
    key: str | int,
    people: int,
    starts: int,
    first: datetime,
    last: datetime,
    attempts: Sequence[_Line],
) -> Use:
    names = dict.fromkeys((entry_id, name) for entry_id, name, _paper in attempts)
    seen = seen_revisions([paper for _id, _name, paper in attempts])
    return Use(key, people, tuple(names)[:_MOST_NAMED], starts, frozenset(seen), first, last)


def _attempts_of(contest_id: int, by: _Column, keys: Sequence[str | int]) -> dict[str | int, list[_Line]]:
    """Per key: id and name of the person, and the paper, of each attempt; the first to enter come first."""
    rows = db.session.execute(
        select(by, Entry.id, Entry.name, Attempt.paper)
        .join(Attempt, _own())
        .where(Entry.contest_id == contest_id, by.in_(keys))
        .order_by(Entry.id, Attempt.id)
    )
    found: dict[str | int, list[_Line]] = {key: [] for key in keys}
    for key, entry_id, name, paper in rows:
        found[key].append((entry_id, name, paper))
    return found


def _own() -> ColumnElement[bool]:
    return (Attempt.contest_id == Entry.contest_id) & (Attempt.entry_id == Entry.id)
