"""Boards that stand still before the close: everybody sees how it was when the last minutes began."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial

from quiz.contests import queries as contests
from quiz.contests.models import Round
from quiz.standings import held_queries
from quiz.standings.board_queries import BoardRow, Only
from quiz.standings.cache import RenewedCache
from quiz.standings.held_queries import HeldStanding
from quiz.standings.queries import UnitSums
from quiz.standings.scopes import Scope

_SMALL, _MOST = 2_000, 8
# How it stood does not change; who is set aside meanwhile goes within a minute.
_standings: RenewedCache[HeldStanding] = RenewedCache(
    timedelta(seconds=50), lambda standing: len(standing.entry_ids) > _SMALL, _MOST
)


def rows_of(
    scope: Scope, only: Only, since: datetime, *, now: datetime, offset: int, limit: int
) -> tuple[list[BoardRow], int, datetime]:
    """Rows from `offset` on, how many there are in all, and as of when."""
    places = _places(scope, only, since, now)
    rows = held_queries.list_held(_round(scope), since, places[offset : offset + limit])
    return rows, len(places), since


def rows_with_tail(
    scope: Scope, only: Only, since: datetime, tail: str, *, now: datetime, limit: int
) -> list[BoardRow]:
    """The first rows whose phone ends in these digits."""
    wanted = set(held_queries.list_with_tail(scope.contest_id, tail))
    found = [one for one in _places(scope, only, since, now) if one[1] in wanted]
    return held_queries.list_held(_round(scope), since, found[:limit])


def place_of(scope: Scope, only: Only, since: datetime, entry_id: int, *, now: datetime) -> int | None:
    """Somebody's place then; None for who had none."""
    places = _places(scope, only, since, now)
    return next((place for place, other in places if other == entry_id), None)


def unit_sums(round_: Round, since: datetime, now: datetime) -> Sequence[UnitSums]:
    """What the units had together then."""
    return _standing(round_.contest_id, round_.number, since, now).sums


def _places(scope: Scope, only: Only, since: datetime, now: datetime) -> tuple[tuple[int, int], ...]:
    units = None
    if only.path is not None:
        listed = contests.list_units(scope.contest_id)
        units = {unit.id for unit in listed if unit.path.startswith(only.path)}
    return _standing(scope.contest_id, scope.number, since, now).part(only, units)


def _standing(contest_id: int, number: int, since: datetime, now: datetime) -> HeldStanding:
    key = (contest_id, number, since)
    return _standings.renewed(key, now, partial(_read, contest_id, number, since))


def _read(contest_id: int, number: int, since: datetime) -> HeldStanding:
    contest = contests.get_contest_by_id(contest_id)
    return held_queries.read_standing(contests.get_round(contest, number), since)


def _round(scope: Scope) -> Round:
    return contests.get_round(contests.get_contest_by_id(scope.contest_id), scope.number)
