"""The boards as values: what page, API, screens, embedded pages and files show, each row masked already.

Nobody else reads results for the public. A slice knows no viewer and no address; what must not be seen at the
moment is not in it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from flask_babel import gettext as _

from question_bank.folding import fold
from quiz.contests import queries as contests
from quiz.contests.definition import Prize
from quiz.contests.models import Contest, ContestUnit
from quiz.entries.children import is_child
from quiz.entries.public_people import public_person
from quiz.scoring.ranking import Criterion
from quiz.standings import board_marks
from quiz.standings.board_queries import BoardRow, Only
from quiz.standings.prizes import prizes_of, prizes_of_list
from quiz.standings.scopes import Kind, Scope, list_scope, list_scopes, round_scope
from quiz.standings.unit_slices import (
    UnitFacts,
    UnitPlace,
    UnitSlice,
    unit_facts,
    unit_place,
    unit_slice,
)

__all__ = [
    "PAGE",
    "OwnPlace",
    "PeopleRow",
    "PeopleSlice",
    "Scope",
    "UnitFacts",
    "UnitPlace",
    "UnitSlice",
    "list_scope",
    "list_scopes",
    "own_place",
    "people_slice",
    "prize_of",
    "round_scope",
    "unit_facts",
    "unit_place",
    "unit_slice",
]
PAGE = 50
_MOST_FOUND = 30
_MOST_WINNERS = 300


@dataclass(frozen=True, slots=True)
class PeopleRow:
    """One line of a board of people. `rank` is the place within what is asked for.

    `entry_id` is there to find somebody's own line, never to be shown.
    """

    rank: int
    entry_id: int
    name: str
    phone: str
    prize: str | None
    unit_code: str
    unit: str
    category: str
    correct: int
    total: int
    duration_ms: int
    submitted_at: datetime
    prediction_error: str | None


@dataclass(frozen=True, slots=True)
class PeopleSlice:
    """Rows `offset`+1 and following of a board; `total` is None while it must not be known.

    `most_rows`: so many are shown and no more, for the depth of the board would tell what is predicted.
    `held_since`: the board stands still before the close and shows how it was then.
    """

    rows: tuple[PeopleRow, ...]
    offset: int
    total: int | None
    as_of: datetime
    is_shown: bool
    is_official: bool
    most_rows: int | None
    criteria: tuple[Criterion, ...]
    held_since: datetime | None = None


def people_slice(
    contest: Contest,
    scope: Scope,
    *,
    now: datetime,
    offset: int = 0,
    limit: int = PAGE,
    q: str = "",
    division: str = "",
    category: str = "",
) -> PeopleSlice:
    """Rows of the board of people.

    `division` keeps those of a unit and the units below it, `category` those of one category: places are
    counted among them then. `q` finds by the last three digits of a phone that the board shows, or by a name
    that it shows in full. An `offset` past the end gives no rows.
    """
    shown = scope.shown
    found = PeopleSlice(
        (),
        offset,
        None,
        scope.held_since or now,
        shown.board,
        shown.is_official,
        shown.most_rows,
        scope.criteria,
        scope.held_since,
    )
    if not shown.board:
        return found
    units = {unit.id: unit for unit in contests.list_units(contest.id)}
    only = _part(units, division, category)
    if only is None:
        return replace(found, total=None if shown.most_rows else 0)
    lines = _Lines(contest, scope, units, now)
    if shown.most_rows is not None:
        return replace(found, rows=tuple(lines.short(only, q, shown.most_rows)[offset:][:limit]))
    if q:
        return replace(found, rows=tuple(lines.found(only, q)), offset=0, total=None)
    rows, total, as_of = board_marks.rows_of(scope, only, now=now, offset=offset, limit=limit)
    return replace(found, rows=tuple(map(lines.line, rows)), total=total, as_of=as_of)


@dataclass(frozen=True, slots=True)
class OwnPlace:
    """Somebody's own result; places are None while they must not be told, or where there is none."""

    rank: int | None
    category: str
    category_rank: int | None
    correct: int
    total: int
    duration_ms: int
    prediction_error: str | None


def own_place(contest: Contest, scope: Scope, entry_id: int, *, now: datetime) -> OwnPlace | None:
    """Somebody's own place; None without a result, or while results are hidden."""
    if not scope.shown.own_score:
        return None
    own = board_marks.own_result(scope, entry_id, now=now, places=scope.shown.board_rank)
    if own is None:
        return None
    return OwnPlace(
        rank=own.rank,
        category=contest.entry.category_name(own.category),
        category_rank=own.category_rank,
        correct=own.correct_count,
        total=own.question_count,
        duration_ms=own.duration_ms,
        prediction_error=own.prediction_error,
    )


def prize_of(rank: int, prizes: Sequence[Prize]) -> str | None:
    """The prize of a place, the prizes being given in their order; None below the last."""
    last = 0
    for prize in prizes:
        last += prize.count
        if rank <= last:
            return prize.name
    return None


def _part(units: dict[int, ContestUnit], division: str, category: str) -> Only | None:
    """The part of the board; None where there is no such unit."""
    if not division:
        return Only(category=category or None)
    path = next((unit.path for unit in units.values() if unit.code == division), None)
    return None if path is None else Only(path, category or None)


class _Lines:
    """From results to masked lines of one board."""

    def __init__(self, contest: Contest, scope: Scope, units: dict[int, ContestUnit], now: datetime) -> None:
        self._contest = contest
        self._scope = scope
        self._units = units
        self._now = now
        self._has_prizes = False
        self._won: dict[int, str] | None = None
        self._today: date = now.astimezone(contest.settings.zone).date()

    def line(self, row: BoardRow) -> PeopleRow:
        """One line, with the full name only of who won and agreed."""
        entry = row.entry
        prize = None
        if self._scope.shown.is_official:
            prize = self._prize(row)
        person = public_person(
            entry.name,
            entry.phone_tail,
            entry.birth_date,
            today=self._today,
            has_prize=prize is not None,
            may_publish=entry.may_publish,
        )
        unit = self._units.get(row.unit_id) if row.unit_id is not None else None
        return PeopleRow(
            rank=row.rank,
            entry_id=entry.id,
            name=_("Đã xóa dữ liệu") if entry.is_erased else person.name,
            phone=person.phone,
            prize=prize,
            unit_code=unit.code if unit else "",
            unit=unit.name if unit else "",
            category=self._contest.entry.category_name(entry.category),
            correct=row.correct_count,
            total=row.question_count,
            duration_ms=row.duration_ms,
            submitted_at=row.submitted_at,
            prediction_error=row.prediction_error,
        )

    def _prize(self, row: BoardRow) -> str | None:
        """The prize that was decided; by the place alone where nobody has decided about the round yet."""
        if not self._has_prizes:
            decided = prizes_of if self._scope.kind is Kind.ROUND else prizes_of_list
            self._has_prizes, self._won = True, decided(self._scope.contest_id, self._scope.number)
        if self._won is not None:
            return self._won.get(row.entry.id)
        return prize_of(row.final_rank or row.rank, self._scope.prizes)

    def short(self, only: Only, q: str, most: int) -> list[PeopleRow]:
        """The board that must not show its depth: search and parts look only into its rows.

        More would tell how deep the whole board is.
        """
        rows, _total, _as_of = board_marks.rows_of(self._scope, Only(), now=self._now, offset=0, limit=most)
        kept = [row for row in rows if self._is_in(row, only)]
        ranks = _ranks_within(kept)
        lines = [self.line(replace(row, rank=rank)) for row, rank in zip(kept, ranks, strict=True)]
        return [line for line in lines if not q or _shows(line, q)]

    def found(self, only: Only, q: str) -> list[PeopleRow]:
        """Lines that show what is searched for; never more than stands on the board anyway (A11)."""
        if len(q) == 3 and q.isdecimal():
            rows = board_marks.rows_with_tail(self._scope, only, q, now=self._now, limit=_MOST_FOUND)
            # A child's line shows no digits: it must not be found by them.
            return [self.line(row) for row in rows if not is_child(row.entry.birth_date, self._today)]
        winners = min(sum(prize.count for prize in self._scope.prizes), _MOST_WINNERS)
        most = winners + PAGE  # who shares the last place has its prize too
        if not self._scope.shown.is_official or not winners:
            return []
        rows, _total, _as_of = board_marks.rows_of(self._scope, only, now=self._now, offset=0, limit=most)
        return [line for line in map(self.line, rows) if line.prize and _shows(line, q)]

    def _is_in(self, row: BoardRow, only: Only) -> bool:
        if only.category is not None and row.entry.category != only.category:
            return False
        if only.path is None:
            return True
        unit = self._units.get(row.unit_id) if row.unit_id is not None else None
        return unit is not None and unit.path.startswith(only.path)


def _shows(line: PeopleRow, q: str) -> bool:
    """Whether what is searched for can be read on the line."""
    if q.isdecimal():
        return bool(line.phone) and line.phone.endswith(q)
    return fold(q) in fold(line.name)


def _ranks_within(rows: Sequence[BoardRow]) -> list[int]:
    """Places among rows that stand in order and carry places of a larger board: equal ones stay equal."""
    ranks: list[int] = []
    for index, row in enumerate(rows):
        ranks.append(ranks[-1] if index and row.rank == rows[index - 1].rank else index + 1)
    return ranks
