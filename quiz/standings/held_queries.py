"""How a round stood at a moment that has passed, read from the attempts. Nothing here writes.

The order of everybody at that moment is worked out once; what stands on the lines of a page is worked out
for these people alone, from the attempts that were closed by then.
"""

from array import array
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from typing import Any

from sqlalchemy import Row, Select, select

from quiz.attempts.models import Attempt
from quiz.attempts.result_models import Result
from quiz.attempts.result_values import result_values
from quiz.contests.models import Round
from quiz.core.database import db
from quiz.entries.models import COUNTED, Entry
from quiz.scoring.ranking import Criterion, competition_ranks
from quiz.standings.board_queries import BoardPerson, BoardRow, Only
from quiz.standings.queries import UnitSums

_ATTEMPT = (
    Attempt.id, Attempt.round_number, Attempt.number, Attempt.correct_count, Attempt.question_count,
    Attempt.started_at, Attempt.submitted_at, Attempt.duration_ms, Attempt.prediction,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class HeldStanding:
    """Everybody's place at the moment, in order, and what the units had together."""

    entry_ids: "array[int]"
    keys: Sequence[bytes]
    unit_ids: Sequence[int | None]
    categories: Sequence[str | None]
    sums: tuple[UnitSums, ...]
    _parts: dict[Only, tuple[tuple[int, int], ...]] = field(default_factory=dict)

    def part(self, only: Only, units: Collection[int] | None) -> tuple[tuple[int, int], ...]:
        """(place, entry id) in a part of the board; `units` are those of its path."""
        kept = self._parts.get(only)
        if kept is None:
            chosen = [
                index
                for index, unit_id in enumerate(self.unit_ids)
                if (units is None or unit_id in units)
                and (only.category is None or self.categories[index] == only.category)
            ]
            ranks = competition_ranks([self.keys[index] for index in chosen])
            ids = (self.entry_ids[index] for index in chosen)
            kept = self._parts[only] = tuple(zip(ranks, ids, strict=True))
        return kept


def read_standing(round_: Round, since: datetime) -> HeldStanding:
    """How the round stood at `since`."""
    found = [*_unchanged(round_, since), *_made_anew(round_, since)]
    if Criterion.ALL_CORRECT in round_.settings.ranking:
        ranked = [row for row in found if row["correct_count"] == row["question_count"]]
    else:
        ranked = list(found)
    ranked.sort(key=lambda row: (row["rank_key"], row["entry_id"]))
    return HeldStanding(
        entry_ids=array("q", (row["entry_id"] for row in ranked)),
        keys=[row["rank_key"] for row in ranked],
        unit_ids=[row["unit_id"] for row in ranked],
        categories=[row["category"] for row in ranked],
        sums=_sums(found),
    )


def list_held(round_: Round, since: datetime, places: Sequence[tuple[int, int]]) -> list[BoardRow]:
    """These (place, entry id) as lines of the board."""
    ids = [entry_id for _place, entry_id in places]
    entries = {
        entry.id: entry
        for entry in db.session.scalars(
            select(Entry).where(Entry.contest_id == round_.contest_id, Entry.id.in_(ids))
        )
    }
    wanted = _closed_before(round_, since, *_ATTEMPT, Attempt.entry_id).where(Attempt.entry_id.in_(ids))
    closed: dict[int, list[Any]] = {}
    for attempt in db.session.execute(wanted):
        closed.setdefault(attempt.entry_id, []).append(attempt)
    return [
        _line(
            place,
            entries[entry_id],
            result_values(entries[entry_id], round_.settings, closed[entry_id], None),
        )
        for place, entry_id in places
        if entry_id in entries and entry_id in closed
    ]


def list_with_tail(contest_id: int, tail: str) -> list[int]:
    """Entrants whose phone ends in these digits."""
    wanted = select(Entry.id).where(Entry.contest_id == contest_id, Entry.phone_tail == tail)
    return list(db.session.scalars(wanted))


def _late(round_: Round, since: datetime) -> Select[Any]:
    """Who has handed in since."""
    return select(Attempt.entry_id).where(
        Attempt.contest_id == round_.contest_id,
        Attempt.round_number == round_.number,
        Attempt.closed_at >= since,
    )


def _unchanged(round_: Round, since: datetime) -> list[dict[str, Any]]:
    """The results that are still what they were."""
    rows = db.session.execute(
        select(
            Result.entry_id, Result.rank_key, Result.unit_id, Result.category,
            Result.correct_count, Result.question_count, Result.attempts,
        ).where(
            Result.contest_id == round_.contest_id,
            Result.round_number == round_.number,
            Result.entry_id.not_in(_late(round_, since)),
        )
    )  # fmt: skip
    return [dict(row._mapping) for row in rows]


def _made_anew(round_: Round, since: datetime) -> list[dict[str, Any]]:
    """The results of those who have handed in since, from what they had handed in before."""
    rows = db.session.execute(
        _closed_before(
            round_, since, *_ATTEMPT,
            Entry.id.label("person"), Entry.contest_id, Entry.unit_id, Entry.category, Entry.registered_at,
        )
        .join(Entry, (Entry.contest_id == Attempt.contest_id) & (Entry.id == Attempt.entry_id))
        .where(Entry.status.in_(COUNTED), Attempt.entry_id.in_(_late(round_, since)))
        .order_by(Attempt.entry_id, Attempt.number)
    )  # fmt: skip
    found = []
    for _person, group in groupby(rows, key=lambda row: row.person):
        closed = list(group)
        found.append(result_values(_Person(closed[0]), round_.settings, closed, None))
    return found


class _Person:
    """The columns of an entry that a result is made of."""

    def __init__(self, row: Row[Any]) -> None:
        self.id: int = row.person
        self.contest_id: int = row.contest_id
        self.unit_id: int | None = row.unit_id
        self.category: str | None = row.category
        self.registered_at: datetime = row.registered_at


def _closed_before(round_: Round, since: datetime, *columns: Any) -> Select[Any]:
    return select(*columns).where(
        Attempt.contest_id == round_.contest_id,
        Attempt.round_number == round_.number,
        Attempt.closed_at < since,
        Attempt.voided_at.is_(None),
    )


def _sums(found: Sequence[dict[str, Any]]) -> tuple[UnitSums, ...]:
    totals: dict[int | None, list[int]] = {}
    for row in found:
        right, asked = row["correct_count"], row["question_count"]
        own = totals.setdefault(row["unit_id"], [0] * 5)
        for index, value in enumerate((1, row["attempts"], right, asked, right == asked)):
            own[index] += value
    return tuple(UnitSums(unit_id, *values) for unit_id, values in totals.items())


def _line(place: int, entry: Entry, values: dict[str, Any]) -> BoardRow:
    return BoardRow(
        rank=place,
        final_rank=None,
        category_rank=None,
        entry=BoardPerson.of(entry),
        unit_id=values["unit_id"],
        correct_count=values["correct_count"],
        question_count=values["question_count"],
        duration_ms=values["duration_ms"],
        submitted_at=values["submitted_at"],
        prediction_error=values["prediction_error"],
    )
