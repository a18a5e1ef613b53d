"""What collective rankings count on a combined list: everybody as they stand on it. Nothing here writes."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, select

from quiz.attempts.models import ListResult
from quiz.contests.definition import CollectiveDefinition
from quiz.contests.definition_rounds import quotas
from quiz.contests.models import StandingList
from quiz.core.database import db
from quiz.scoring.prizes import PrizeRules
from quiz.standings.collective_boards import RoundCount
from quiz.standings.collective_counts import GroupSum, Winner
from quiz.standings.prize_models import Award
from quiz.standings.prizes import find_award_list
from quiz.standings.queries import UnitSums
from quiz.standings.winners import provisional_winners


def count_list(list_: StandingList, rule: CollectiveDefinition, *, decided: bool = False) -> RoundCount:
    """The list's people by the units that they chose; who took part in too few rounds is none of them.

    Prizes are those of the list's final places: before the last round is over nobody has won. With `decided`
    they are those that were decided, where they were.
    """
    mine = and_(
        ListResult.contest_id == list_.contest_id,
        ListResult.list_number == list_.number,
        ListResult.rounds >= list_.settings.min_rounds,
    )
    wins = rule.needs_winners and list_.ranked_at is not None
    return RoundCount(
        sums=_sums(mine),
        winners=_winners(list_, decided=decided) if wins else (),
        best=_best(mine, rule.most_best) if rule.most_best else (),
        groups=_groups(mine, rule.categories) if rule.categories else (),
    )


def _winners(list_: StandingList, *, decided: bool) -> list[Winner]:
    last = max(list_.settings.rounds)
    if decided and find_award_list(list_.contest_id, last, list_.number) is not None:
        rows = db.session.execute(
            select(Award.entry_id, ListResult.unit_id, Award.prize, Award.place)
            .join(
                ListResult,
                (ListResult.contest_id == Award.contest_id)
                & (ListResult.list_number == Award.list_number)
                & (ListResult.entry_id == Award.entry_id),
            )
            .where(Award.contest_id == list_.contest_id, Award.list_number == list_.number)
        )
        return [Winner(*row) for row in rows]
    return provisional_winners(list_, PrizeRules(quotas(list_.settings.prizes)), {})


def _sums(mine: ColumnElement[bool]) -> list[UnitSums]:
    is_all_correct = ListResult.correct_count == ListResult.question_count
    rows = db.session.execute(
        select(
            ListResult.unit_id,
            func.count(),
            func.coalesce(func.sum(ListResult.attempts), 0),
            func.coalesce(func.sum(ListResult.correct_count), 0),
            func.coalesce(func.sum(ListResult.question_count), 0),
            func.count(case((is_all_correct, 1))),
        )
        .where(mine)
        .group_by(ListResult.unit_id)
    )
    return [UnitSums(row[0], *(int(value) for value in row[1:])) for row in rows]


def _best(mine: ColumnElement[bool], most: int) -> list[tuple[int | None, int]]:
    """Unit and correct answers of the best `most` people of each unit."""
    best_first = ListResult.correct_count.desc()
    place = func.row_number().over(partition_by=ListResult.unit_id, order_by=best_first)
    placed: Any = (
        select(ListResult.unit_id, ListResult.correct_count, place.label("place")).where(mine).subquery()
    )
    rows = db.session.execute(select(placed.c.unit_id, placed.c.correct_count).where(placed.c.place <= most))
    return [(row[0], int(row[1])) for row in rows]


def _groups(mine: ColumnElement[bool], categories: Sequence[str]) -> list[GroupSum]:
    rows = db.session.execute(
        select(ListResult.unit_id, ListResult.category, func.count())
        .where(mine, ListResult.category.in_(categories))
        .group_by(ListResult.unit_id, ListResult.category)
    )
    return [GroupSum(row[0], row[1] or "", int(row[2])) for row in rows]
