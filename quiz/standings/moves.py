"""Who would change places if the predicted number of a frozen round were another one. Nothing here writes."""

from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import select

from quiz.attempts import results
from quiz.attempts.models import Result
from quiz.contests.models import Contest, Round
from quiz.core.database import db
from quiz.entries.models import Entry
from quiz.scoring.ranking import places
from quiz.standings.recounting import contender

_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Move:
    """Somebody whose place would change; None is no place."""

    entry_id: int
    name: str
    before: int | None
    after: int | None


@dataclass(frozen=True, slots=True)
class Moves:
    """How many people would change places, and those of them nearest to the top."""

    people: int
    first: tuple[Move, ...]


def moves_with(contest: Contest, round_: Round, actual: Decimal) -> Moves:
    """What ranking by this number would move."""
    columns = Result.__table__.columns
    of_round = (Result.contest_id == contest.id, Result.round_number == round_.number)
    rows = [dict(row) for row in db.session.execute(select(*columns).where(*of_round)).mappings()]
    before = {row["entry_id"]: row["rank"] for row in rows}
    fresh = [results.ranked(row, round_.settings, actual) for row in rows]
    after = places([contender(round_.settings, row) for row in fresh])
    moved = [(entry, was, after[entry].rank) for entry, was in before.items() if after[entry].rank != was]
    moved.sort(key=lambda one: (min(place or len(rows) + 1 for place in one[1:]), one[0]))
    names = _names(contest.id, [entry for entry, _was, _is in moved[:_SHOWN]])
    first = tuple(Move(entry, names.get(entry, ""), was, now) for entry, was, now in moved[:_SHOWN])
    return Moves(len(moved), first)


def _names(contest_id: int, entry_ids: list[int]) -> dict[int, str]:
    wanted = select(Entry).where(Entry.contest_id == contest_id, Entry.id.in_(entry_ids))
    return {entry.id: entry.name for entry in db.session.scalars(wanted)}
