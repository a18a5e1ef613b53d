"""The final places of a combined list: there as long as all of its rounds are frozen or published."""

from sqlalchemy import Table, and_, case, func, not_, or_, select, text, update
from sqlalchemy.orm import Session
from sqlalchemy.sql import ColumnElement

from quiz.contests.definition import ListDefinition
from quiz.contests.models import Round, StandingList
from quiz.contests.phases import RoundState
from quiz.core.database import Base, is_sqlite
from quiz.scoring.ranking import Criterion

_FINAL = {RoundState.FROZEN.value, RoundState.PUBLISHED.value}
_TABLE: Table = Base.metadata.tables["list_results"]
_OF = _TABLE.c


def rank_list(session: Session, list_: StandingList) -> None:
    """Store everybody's place if the list is final, none otherwise; only places that change are written.

    The list's row must be locked. Part of the caller's transaction.
    """
    states = session.execute(
        select(Round.state, Round.state_since).where(
            Round.contest_id == list_.contest_id, Round.number.in_(list_.settings.rounds)
        )
    ).all()
    is_final = bool(states) and {state for state, _since in states} <= _FINAL
    if not is_final and list_.ranked_at is None:
        return
    mine = and_(_OF.contest_id == list_.contest_id, _OF.list_number == list_.number)
    has_place = _has_place(list_.settings)
    if is_final:
        _write_places(session, mine, has_place)
    nowhere = or_(_OF.rank.is_not(None), _OF.category_rank.is_not(None))
    session.execute(
        update(_TABLE)
        .where(mine, nowhere, not_(has_place) if is_final else nowhere)
        .values(rank=None, category_rank=None)
    )
    list_.ranked_at = max(since for _state, since in states) if is_final else None
    session.flush()


def _write_places(session: Session, mine: ColumnElement[bool], has_place: ColumnElement[bool]) -> None:
    """In one statement: a hundred thousand places one by one would take minutes.

    PostgreSQL's statistics know nothing of rows that this transaction has written: it would look for each of
    them among all others.
    """
    within = func.rank().over(partition_by=_OF.category, order_by=_OF.rank_key)
    found = (
        select(
            _OF.entry_id,
            func.rank().over(order_by=_OF.rank_key).label("place"),
            case((_OF.category.is_not(None), within)).label("within"),
        )
        .where(mine, has_place)
        .subquery()
    )
    _join_as_a_whole(session, True)
    session.execute(
        update(_TABLE)
        .where(
            mine,
            _OF.entry_id == found.c.entry_id,
            or_(
                _OF.rank.is_distinct_from(found.c.place),
                _OF.category_rank.is_distinct_from(found.c.within),
            ),
        )
        .values(rank=found.c.place, category_rank=found.c.within)
    )
    _join_as_a_whole(session, False)


def _join_as_a_whole(session: Session, wanted: bool) -> None:
    if not is_sqlite():
        session.execute(text(f"SET LOCAL enable_nestloop TO {'off' if wanted else 'DEFAULT'}"))


def _has_place(definition: ListDefinition) -> ColumnElement[bool]:
    """The condition of `quiz.attempts.list_values.has_place`, for the database."""
    enough = _OF.rounds >= definition.min_rounds
    if Criterion.ALL_CORRECT not in definition.ranking:
        return enough
    return and_(enough, _OF.correct_count == _OF.question_count)
