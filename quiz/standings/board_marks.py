"""How a board is read: a small one as a whole and exact, a large one from marks that are kept for seconds."""

from collections.abc import Hashable, Sequence
from datetime import datetime
from functools import partial

from quiz.standings import board_queries, held_boards, own_queries
from quiz.standings.board_queries import BoardRow, Marks, Only
from quiz.standings.cache import LIFETIME, RenewedCache
from quiz.standings.own_queries import OwnResult
from quiz.standings.scopes import Scope

SMALL = 2_000  # rows that can be ranked for each reader in a few milliseconds
_MOST_BOARDS = 64


def is_large(marks: Marks) -> bool:
    """Whether a board is too large to be ranked for each reader."""
    return marks.total > SMALL


_marks: RenewedCache[Marks] = RenewedCache(LIFETIME, is_large, _MOST_BOARDS)


def rows_of(
    scope: Scope, only: Only, *, now: datetime, offset: int, limit: int
) -> tuple[list[BoardRow], int, datetime]:
    """Rows from `offset` on, how many there are in all, and as of when."""
    if scope.held_since is not None:
        return held_boards.rows_of(scope, only, scope.held_since, now=now, offset=offset, limit=limit)
    marks = _large(scope, only, now)
    if marks is None:
        rows, total = board_queries.list_all(scope, only, offset=offset, limit=limit)
        if total is None and offset:
            _none, total = board_queries.list_all(scope, only, offset=0, limit=1)
        if (total or 0) > SMALL:
            _marks.forget(_key(scope, only))  # it has grown: from now on it is read from marks
        return _settled(rows, only), total or 0, now
    rows = board_queries.list_range(scope, only, marks, offset=offset, limit=limit)
    return _settled(rows, only), marks.total, marks.as_of


def rows_with_tail(scope: Scope, only: Only, tail: str, *, now: datetime, limit: int) -> list[BoardRow]:
    """The first rows whose phone ends in these digits."""
    if scope.held_since is not None:
        return held_boards.rows_with_tail(scope, only, scope.held_since, tail, now=now, limit=limit)
    marks = _large(scope, only, now)
    return _settled(board_queries.list_by_tail(scope, only, marks, tail, limit=limit), only)


def own_result(scope: Scope, entry_id: int, *, now: datetime, places: bool) -> OwnResult | None:
    """What counts of an entrant, with `places` also where that stands: fixed places, or those of now."""
    found = own_queries.find_own(scope, entry_id)
    if found is None or not places:
        return found and found.without_places()
    if scope.held_since is None and (found.is_final or not found.has_place):
        return found
    rank = _place(scope, Only(), entry_id, found, now)
    in_category = Only(category=found.category)
    return found.at(rank, _place(scope, in_category, entry_id, found, now) if found.category else None)


def place_and_people(scope: Scope, entry_id: int, *, now: datetime) -> tuple[int, int] | None:
    """An entrant's place on a board that does not stand still, and among how many; None without one."""
    own = own_queries.find_own(scope, entry_id)
    if own is None or not own.has_place:
        return None
    marks = _large(scope, Only(), now)
    if marks is None:
        place, people = own_queries.place_among(scope, own.rank_key)
        return own.rank or place, people
    return own.rank or _place(scope, Only(), entry_id, own, now) or 1, marks.total


def _place(scope: Scope, only: Only, entry_id: int, own: OwnResult, now: datetime) -> int | None:
    if scope.held_since is not None:
        return held_boards.place_of(scope, only, scope.held_since, entry_id, now=now)
    return board_queries.places_of(scope, only, _large(scope, only, now), [own.rank_key])[0]


def _large(scope: Scope, only: Only, now: datetime) -> Marks | None:
    """The marks of a large board; None where the board is small."""
    key = _key(scope, only)
    known = _marks.find(key)
    if known is not None and not is_large(known):
        return None
    marks = _marks.renewed(key, now, partial(board_queries.make_marks, scope, only, now))
    return marks if is_large(marks) else None


def _key(scope: Scope, only: Only) -> Hashable:
    return scope.key, only


def _settled(rows: Sequence[BoardRow], only: Only) -> list[BoardRow]:
    """Where places were fixed, these and no others."""
    return [row.settled(only) for row in rows]
