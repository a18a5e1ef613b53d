"""The final places of a combined list: there as long as all of its rounds are frozen or published."""

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Session

from quiz.attempts.list_values import has_place
from quiz.contests.models import Round, StandingList
from quiz.contests.phases import RoundState
from quiz.core.database import Base
from quiz.scoring.ranking import Contender, Place, places

_FINAL = {RoundState.FROZEN.value, RoundState.PUBLISHED.value}
_TABLE = Base.metadata.tables["list_results"]
_NOWHERE = Place(None, None)


def rank_list(session: Session, list_: StandingList) -> None:
    """Store everybody's place if the list is final, none otherwise; only places that change are written.

    The list's row must be locked. Part of the caller's transaction.
    """
    definition = list_.settings
    states = session.execute(
        select(Round.state, Round.state_since).where(
            Round.contest_id == list_.contest_id, Round.number.in_(definition.rounds)
        )
    ).all()
    is_final = bool(states) and {state for state, _since in states} <= _FINAL
    if not is_final and list_.ranked_at is None:
        return
    columns = ("entry_id", "rank_key", "category", "rounds", "correct_count", "question_count")
    rows = session.execute(
        select(*(_TABLE.c[name] for name in (*columns, "rank", "category_rank"))).where(
            _TABLE.c.contest_id == list_.contest_id, _TABLE.c.list_number == list_.number
        )
    ).all()
    contenders = [
        Contender(row.rank_key, row.entry_id, row.category, has_place(definition, dict(row._mapping)))
        for row in rows
    ]
    found = places(contenders) if is_final else {}
    moved = [
        {"entry": row.entry_id, "place": place.rank, "place_within": place.category_rank}
        for row in rows
        if (place := found.get(row.entry_id, _NOWHERE)) != Place(row.rank, row.category_rank)
    ]
    if moved:
        session.execute(
            update(_TABLE)
            .where(
                _TABLE.c.contest_id == list_.contest_id,
                _TABLE.c.list_number == list_.number,
                _TABLE.c.entry_id == bindparam("entry"),
            )
            .values(rank=bindparam("place"), category_rank=bindparam("place_within")),
            moved,
        )
    list_.ranked_at = max(since for _state, since in states) if is_final else None
    session.flush()
