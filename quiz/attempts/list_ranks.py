"""The final places of a combined list: there as long as all of its rounds are frozen or published."""

from sqlalchemy import Table, and_, select
from sqlalchemy.orm import Session
from sqlalchemy.sql import ColumnElement

from quiz.attempts.places import take_away, write_places
from quiz.contests.definition import ListDefinition
from quiz.contests.models import Round, StandingList
from quiz.contests.phases import RoundState
from quiz.core.database import Base
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
    if is_final:
        write_places(session, _TABLE, mine, _has_place(list_.settings))
    else:
        take_away(session, _TABLE, mine)
    list_.ranked_at = max(since for _state, since in states) if is_final else None
    session.flush()


def _has_place(definition: ListDefinition) -> ColumnElement[bool]:
    """The condition of `quiz.attempts.list_values.has_place`, for the database."""
    enough = _OF.rounds >= definition.min_rounds
    if Criterion.ALL_CORRECT not in definition.ranking:
        return enough
    return and_(enough, _OF.correct_count == _OF.question_count)
