"""What the list of prizes is made from, and what was decided. Nothing here writes."""

from collections.abc import Sequence

from sqlalchemy import func, select

from quiz.attempts.models import ListResult, Result
from quiz.awards.models import AwardCheck, AwardRuling, UnitAwardCheck
from quiz.awards.prized import Prized
from quiz.contests.models import StandingList
from quiz.core.database import db
from quiz.scoring.prizes import TieDecision


def list_rulings(
    contest_id: int, round_number: int, list_number: int = 0, *, of_units: bool = False
) -> Sequence[AwardRuling]:
    """Decisions about prizes of people, or of units, that stand, oldest first."""
    return db.session.scalars(
        select(AwardRuling)
        .where(
            AwardRuling.contest_id == contest_id,
            AwardRuling.round_number == round_number,
            AwardRuling.list_number == list_number,
            AwardRuling.ended_at.is_(None),
            AwardRuling.rule.is_not(None) if of_units else AwardRuling.rule.is_(None),
        )
        .order_by(AwardRuling.ruled_at, AwardRuling.id)
    ).all()


def find_ruling(contest_id: int, ruling_id: int) -> AwardRuling | None:
    """The decision, whether it stands or was taken back, or None."""
    return db.session.get(AwardRuling, (contest_id, ruling_id))


def taken_out(rulings: Sequence[AwardRuling]) -> frozenset[int]:
    """People who get no prize."""
    return frozenset(int(one) for ruling in rulings if ruling.kind == "out" for one in ruling.people)


def tie_decisions(rulings: Sequence[AwardRuling]) -> dict[frozenset[int], TieDecision]:
    """What was decided about equal people, by the group; the last word counts."""
    found = {}
    for ruling in rulings:
        if ruling.kind == "tie":
            people = tuple(int(one) for one in ruling.people)
            found[frozenset(people)] = TieDecision(
                () if ruling.all_alike else people, all_alike=ruling.all_alike
            )
    return found


def checks_of(contest_id: int, round_number: int, list_number: int = 0) -> dict[int, AwardCheck]:
    """How far the check of each winner is."""
    rows = db.session.scalars(
        select(AwardCheck).where(
            AwardCheck.contest_id == contest_id,
            AwardCheck.round_number == round_number,
            AwardCheck.list_number == list_number,
        )
    )
    return {row.entry_id: row for row in rows}


def unit_checks_of(contest_id: int, round_number: int) -> dict[tuple[str, int], UnitAwardCheck]:
    """How far the check of each collective prize is, by rule and unit."""
    rows = db.session.scalars(
        select(UnitAwardCheck).where(
            UnitAwardCheck.contest_id == contest_id, UnitAwardCheck.round_number == round_number
        )
    )
    return {(row.rule, row.unit_id): row for row in rows}


def results_of(of: Prized, entry_ids: Sequence[int]) -> dict[int, Result | ListResult]:
    """The results of these people."""
    if not of.list_number:
        return dict(_of_round(of, entry_ids))
    rows = db.session.scalars(
        select(ListResult).where(
            ListResult.contest_id == of.contest_id,
            ListResult.list_number == of.list_number,
            ListResult.entry_id.in_(entry_ids),
        )
    )
    return {row.entry_id: row for row in rows}


def _of_round(of: Prized, entry_ids: Sequence[int]) -> dict[int, Result]:
    rows = db.session.scalars(
        select(Result).where(
            Result.contest_id == of.contest_id,
            Result.round_number == of.number,
            Result.entry_id.in_(entry_ids),
        )
    )
    return {row.entry_id: row for row in rows}


def count_people(of: StandingList) -> int:
    """People with a result in a combined list."""
    wanted = select(func.count()).where(
        ListResult.contest_id == of.contest_id, ListResult.list_number == of.number
    )
    return db.session.scalar(wanted) or 0
