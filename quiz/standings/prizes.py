"""Prizes of rounds, as boards and papers show them. Nothing here writes."""

from collections.abc import Sequence

from sqlalchemy import select

from quiz.core.database import db
from quiz.standings.prize_models import Award, AwardList, UnitAward


def find_award_list(contest_id: int, round_number: int) -> AwardList | None:
    """Whether the round's prizes were worked out."""
    return db.session.get(AwardList, (contest_id, round_number))


def list_awards(contest_id: int, round_number: int) -> Sequence[Award]:
    """All prizes of the round: list by list, the highest first, then by rank."""
    return db.session.scalars(
        select(Award)
        .where(Award.contest_id == contest_id, Award.round_number == round_number)
        .order_by(Award.list_code, Award.place, Award.rank, Award.entry_id)
    ).all()


def prizes_of(contest_id: int, round_number: int) -> dict[int, str] | None:
    """Prize by person; None where nobody has worked out the round's prizes."""
    found = {one.entry_id: one.prize for one in list_awards(contest_id, round_number)}
    return found if found or find_award_list(contest_id, round_number) else None


def list_unit_awards(contest_id: int, round_number: int) -> Sequence[UnitAward]:
    """All collective prizes of the round: rule by rule, the highest first, then by rank."""
    return db.session.scalars(
        select(UnitAward)
        .where(UnitAward.contest_id == contest_id, UnitAward.round_number == round_number)
        .order_by(UnitAward.rule, UnitAward.place, UnitAward.rank, UnitAward.unit_id)
    ).all()
