"""Who stands in line for the prizes of a round or of a combined list, best first. Nothing here writes."""

from collections.abc import Collection, Generator, Mapping
from contextlib import closing
from typing import Any

from sqlalchemy import func, select

from quiz.attempts.models import ListResult, Result
from quiz.contests.models import Round, StandingList
from quiz.core.database import db
from quiz.entries.models import Entry
from quiz.scoring.prizes import Candidate, PrizeRules
from quiz.standings.prize_models import Award

_AT_ONCE = 1000
_Table = type[Result] | type[ListResult]


def iter_candidates(
    of: Round | StandingList,
    out: Collection[int] = frozenset(),
    held: Mapping[int, int] | None = None,
    units: dict[int, int | None] | None = None,
) -> Generator[Candidate]:
    """People with a place, read as far as somebody asks; `out` are those who get no prize.

    `held` is the highest prize of people who have one in other rounds; without it those of earlier rounds
    count that were worked out. `units` is told whose unit it is.
    """
    if held is None:
        held = prizes_held_before(of) if isinstance(of, Round) else {}
    table = _table(of)
    rows = db.session.execute(
        select(
            table.entry_id,
            table.rank,
            Entry.category,
            table.correct_count == table.question_count,
            Entry.is_erased,
            table.unit_id,
        )
        .join(Entry, _is_theirs(table))
        .where(_is_of(of), table.rank.is_not(None))
        .order_by(table.rank_key, table.entry_id)
        .execution_options(yield_per=_AT_ONCE)
    )
    with closing(rows):
        for who, rank, category, all_correct, is_erased, unit_id in rows:
            if units is not None:
                units[who] = unit_id
            is_out = bool(is_erased) or who in out
            yield Candidate(who, rank or 0, category, bool(all_correct), held.get(who), is_out)


def prizes_held_before(round_: Round) -> Mapping[int, int]:
    """Place of the highest prize that somebody has in an earlier round of the contest, 0 the highest."""
    rows = db.session.execute(
        select(Award.entry_id, func.min(Award.place))
        .where(Award.contest_id == round_.contest_id, Award.round_number < round_.number)
        .where(Award.list_number == 0)
        .group_by(Award.entry_id)
    )
    return {int(entry_id): int(place) for entry_id, place in rows}


def count_participants(of: Round | StandingList, rules: PrizeRules) -> dict[str, int]:
    """People of each list of prizes."""
    counts: dict[str, int] = {}
    table = _table(of)
    rows = db.session.execute(
        select(Entry.category, func.count())
        .join(table, _is_theirs(table))
        .where(_is_of(of))
        .group_by(Entry.category)
    )
    for category, count in rows:
        code = rules.list_of(category)
        counts[code] = counts.get(code, 0) + int(count)
    return counts


def _table(of: Round | StandingList) -> _Table:
    return Result if isinstance(of, Round) else ListResult


def _is_theirs(table: _Table) -> Any:
    return (Entry.contest_id == table.contest_id) & (Entry.id == table.entry_id)


def _is_of(of: Round | StandingList) -> Any:
    if isinstance(of, Round):
        return (Result.contest_id == of.contest_id) & (Result.round_number == of.number)
    return (ListResult.contest_id == of.contest_id) & (ListResult.list_number == of.number)
