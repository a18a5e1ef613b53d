"""What collective rankings count that single boards do not: several rounds as one, best people, winners."""

from collections.abc import Sequence

from sqlalchemy import case, func, select

from quiz.attempts.models import Result
from quiz.core.database import db
from quiz.entries.models import Entry
from quiz.standings.collective_counts import GroupSum
from quiz.standings.queries import UnitSums


def list_sums(contest_id: int, rounds: Sequence[int]) -> list[UnitSums]:
    """Sums per chosen unit over these rounds as one: a person counts once, attempts and scores add up."""
    is_all_correct = Result.correct_count == Result.question_count
    rows = db.session.execute(
        select(
            Result.unit_id,
            func.count(Result.entry_id.distinct()),
            func.coalesce(func.sum(Result.attempts), 0),
            func.coalesce(func.sum(Result.correct_count), 0),
            func.coalesce(func.sum(Result.question_count), 0),
            func.count(case((is_all_correct, Result.entry_id)).distinct()),
        )
        .where(Result.contest_id == contest_id, Result.round_number.in_(rounds))
        .group_by(Result.unit_id)
    )
    return [UnitSums(row[0], *(int(value) for value in row[1:])) for row in rows]


def list_best(contest_id: int, rounds: Sequence[int], most: int) -> list[tuple[int | None, int]]:
    """Unit and correct answers of the best `most` people of each unit, falling within a unit."""
    people = (
        select(Result.unit_id, func.sum(Result.correct_count).label("score"))
        .where(Result.contest_id == contest_id, Result.round_number.in_(rounds))
        .group_by(Result.unit_id, Result.entry_id)
        .subquery()
    )
    place = func.row_number().over(partition_by=people.c.unit_id, order_by=people.c.score.desc())
    placed = select(people.c.unit_id, people.c.score, place.label("place")).subquery()
    rows = db.session.execute(
        select(placed.c.unit_id, placed.c.score)
        .where(placed.c.place <= most)
        .order_by(placed.c.unit_id, placed.c.place)
    )
    return [(row[0], int(row[1])) for row in rows]


def list_group_sums(contest_id: int, rounds: Sequence[int], categories: Sequence[str]) -> list[GroupSum]:
    """People of these categories who took part in any of the rounds."""
    rows = db.session.execute(
        select(Result.unit_id, Entry.category, func.count(Result.entry_id.distinct()))
        .join(Entry, (Entry.contest_id == Result.contest_id) & (Entry.id == Result.entry_id))
        .where(
            Result.contest_id == contest_id,
            Result.round_number.in_(rounds),
            Entry.category.in_(categories),
        )
        .group_by(Result.unit_id, Entry.category)
    )
    return [GroupSum(row[0], row[1] or "", int(row[2])) for row in rows]
