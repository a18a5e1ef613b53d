"""Final places, written by the database itself: a hundred thousand one by one would take minutes."""

from sqlalchemy import ColumnElement, Table, and_, case, func, not_, or_, select, text, update
from sqlalchemy.orm import Session

from quiz.core.database import is_sqlite


def write_places(
    session: Session, table: Table, mine: ColumnElement[bool], has_place: ColumnElement[bool]
) -> None:
    """Store the places of these rows of results by their rank keys, 1-2-2-4, in all and in the category.

    Who `has_place` leaves out has none. Only what changes is written. Part of the caller's transaction.
    """
    _write(session, table, mine, has_place)
    take_away(session, table, and_(mine, not_(has_place)))


def take_away(session: Session, table: Table, mine: ColumnElement[bool]) -> None:
    """No places for these rows."""
    has_any = or_(table.c.rank.is_not(None), table.c.category_rank.is_not(None))
    session.execute(update(table).where(mine, has_any).values(rank=None, category_rank=None))


def _write(session: Session, table: Table, mine: ColumnElement[bool], has_place: ColumnElement[bool]) -> None:
    """PostgreSQL's statistics know nothing of rows that this transaction has written: it would look for each
    of them among all others.
    """
    of = table.c
    within = func.rank().over(partition_by=of.category, order_by=of.rank_key)
    found = (
        select(
            of.entry_id,
            func.rank().over(order_by=of.rank_key).label("place"),
            case((of.category.is_not(None), within)).label("within"),
        )
        .where(mine, has_place)
        .subquery()
    )
    _join_as_a_whole(session, True)
    session.execute(
        update(table)
        .where(
            mine,
            of.entry_id == found.c.entry_id,
            or_(
                of.rank.is_distinct_from(found.c.place),
                of.category_rank.is_distinct_from(found.c.within),
            ),
        )
        .values(rank=found.c.place, category_rank=found.c.within)
    )
    _join_as_a_whole(session, False)


def _join_as_a_whole(session: Session, wanted: bool) -> None:
    if not is_sqlite():
        session.execute(text(f"SET LOCAL enable_nestloop TO {'off' if wanted else 'DEFAULT'}"))
