"""Prizes of rounds and combined lists, as boards and papers show them. Nothing here writes.

A list hangs on the last of its rounds; a round by itself has `list_number` 0.
"""

from collections.abc import Sequence

from sqlalchemy import select

from quiz.core.database import db
from quiz.standings.prize_models import Award, AwardList, UnitAward


def find_award_list(contest_id: int, round_number: int, list_number: int = 0) -> AwardList | None:
    """Whether the prizes were worked out."""
    return db.session.get(AwardList, (contest_id, round_number, list_number))


def list_awards(contest_id: int, round_number: int, list_number: int = 0) -> Sequence[Award]:
    """All prizes of the round or of the combined list: list by list, the highest first, then by rank."""
    return db.session.scalars(
        select(Award)
        .where(
            Award.contest_id == contest_id,
            Award.round_number == round_number,
            Award.list_number == list_number,
        )
        .order_by(Award.list_code, Award.place, Award.rank, Award.entry_id)
    ).all()


def prizes_of(contest_id: int, round_number: int) -> dict[int, str] | None:
    """Prize by person; None where nobody has worked out the round's prizes."""
    found = {one.entry_id: one.prize for one in list_awards(contest_id, round_number)}
    return found if found or find_award_list(contest_id, round_number) else None


def prizes_of_list(contest_id: int, list_number: int) -> dict[int, str] | None:
    """Prize by person in a combined list; None where nobody has worked them out."""
    of_list = select(AwardList.round_number).where(
        AwardList.contest_id == contest_id, AwardList.list_number == list_number
    )
    last = db.session.scalar(of_list)
    if last is None:
        return None
    return {one.entry_id: one.prize for one in list_awards(contest_id, last, list_number)}


def list_unit_awards(contest_id: int, round_number: int) -> Sequence[UnitAward]:
    """All collective prizes of the round: rule by rule, the highest first, then by rank."""
    return db.session.scalars(
        select(UnitAward)
        .where(UnitAward.contest_id == contest_id, UnitAward.round_number == round_number)
        .order_by(UnitAward.rule, UnitAward.place, UnitAward.rank, UnitAward.unit_id)
    ).all()
