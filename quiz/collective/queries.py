"""Reading headcounts, targets and merit. Nothing here writes."""

from collections.abc import Sequence
from decimal import Decimal

from sqlalchemy import func, select

from quiz.collective.models import UnitHeadcount, UnitMerit, UnitTarget
from quiz.collective.values import CONTEST_LIST, EVERYBODY, HeadcountState
from quiz.core.database import db


def find_current(contest_id: int, unit_id: int, category: str = EVERYBODY) -> UnitHeadcount | None:
    """The approved headcount that counts: of the latest day, and of that day the one decided last."""
    return db.session.scalar(
        select(UnitHeadcount)
        .where(
            UnitHeadcount.contest_id == contest_id,
            UnitHeadcount.unit_id == unit_id,
            UnitHeadcount.category == category,
            UnitHeadcount.state == HeadcountState.APPROVED.value,
        )
        .order_by(UnitHeadcount.as_of.desc(), UnitHeadcount.decided_at.desc(), UnitHeadcount.id.desc())
        .limit(1)
    )


def group_headcounts(contest_id: int, categories: Sequence[str]) -> dict[tuple[int, str], int]:
    """The headcounts that count, by unit id and category."""
    rows = db.session.execute(
        select(UnitHeadcount.unit_id, UnitHeadcount.category, UnitHeadcount.people)
        .where(
            UnitHeadcount.contest_id == contest_id,
            UnitHeadcount.category.in_(categories),
            UnitHeadcount.state == HeadcountState.APPROVED.value,
        )
        .order_by(UnitHeadcount.as_of, UnitHeadcount.decided_at, UnitHeadcount.id)
    )
    return {(unit_id, category): people for unit_id, category, people in rows}


def list_history(contest_id: int, unit_id: int) -> Sequence[UnitHeadcount]:
    """Everything that was entered and proposed for a unit, the newest first."""
    return db.session.scalars(
        select(UnitHeadcount)
        .where(UnitHeadcount.contest_id == contest_id, UnitHeadcount.unit_id == unit_id)
        .order_by(UnitHeadcount.entered_at.desc(), UnitHeadcount.id.desc())
    ).all()


def list_proposed(contest_id: int) -> Sequence[UnitHeadcount]:
    """Headcounts that wait for a decision, the oldest first."""
    return db.session.scalars(
        select(UnitHeadcount)
        .where(UnitHeadcount.contest_id == contest_id, UnitHeadcount.state == HeadcountState.PROPOSED.value)
        .order_by(UnitHeadcount.entered_at, UnitHeadcount.id)
    ).all()


def count_proposed(contest_id: int) -> int:
    """How many headcounts wait for a decision."""
    wanted = select(func.count()).where(
        UnitHeadcount.contest_id == contest_id, UnitHeadcount.state == HeadcountState.PROPOSED.value
    )
    return db.session.scalar(wanted) or 0


def list_targets(contest_id: int, round_number: int) -> dict[int, UnitTarget]:
    """The targets of a round (0: of the whole contest) by unit id."""
    rows = db.session.scalars(
        select(UnitTarget).where(UnitTarget.contest_id == contest_id, UnitTarget.round_number == round_number)
    )
    return {row.unit_id: row for row in rows}


def list_merits(contest_id: int, name: str = CONTEST_LIST) -> dict[int, UnitMerit]:
    """The organisers' list of merit of this name by unit id."""
    rows = db.session.scalars(
        select(UnitMerit).where(UnitMerit.contest_id == contest_id, UnitMerit.list_name == name)
    )
    return {row.unit_id: row for row in rows}


def merit_points(contest_id: int, name: str = CONTEST_LIST) -> dict[int, Decimal]:
    """The points of merit in the list of this name by unit id."""
    return {unit_id: merit.points for unit_id, merit in list_merits(contest_id, name).items()}
