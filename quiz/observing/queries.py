"""Figures of the whole installation for those who keep it; one statement each. Nothing here writes."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import exists, func, select

from quiz.attempts.models import Attempt
from quiz.contests.models import Round
from quiz.contests.phases import RoundState
from quiz.core.database import db
from quiz.hooks.models import HookDelivery
from quiz.hooks.retrying import DeliveryState


@dataclass(frozen=True, slots=True)
class OpenAttempts:
    """`overdue`: those whose time has passed and that nobody has closed; `oldest`: since when at the longest.

    Where a round is paused, time stands still.
    """

    running: int
    overdue: int
    oldest: datetime | None


@dataclass(frozen=True, slots=True)
class Unsent:
    """Webhooks that wait, and when the oldest was asked for."""

    waiting: int
    oldest: datetime | None


def open_attempts(before: datetime) -> OpenAttempts:
    """Attempts that are not closed, and those of them whose time had passed by then."""
    running = select(func.count()).select_from(Attempt).where(Attempt.closed_at.is_(None)).scalar_subquery()
    is_paused = exists().where(
        Round.contest_id == Attempt.contest_id,
        Round.number == Attempt.round_number,
        Round.state == RoundState.PAUSED.value,
    )
    row = db.session.execute(
        select(running, func.count(), func.min(Attempt.accepts_until)).where(
            Attempt.closed_at.is_(None), Attempt.accepts_until < before, ~is_paused
        )
    ).one()
    return OpenAttempts(int(row[0]), int(row[1]), row[2])


def unsent_hooks() -> Unsent:
    """What waits to be sent, a delivery that is tried again included."""
    row = db.session.execute(
        select(func.count(), func.min(HookDelivery.created_at)).where(
            HookDelivery.state == DeliveryState.WAITING.value
        )
    ).one()
    return Unsent(int(row[0]), row[1])
