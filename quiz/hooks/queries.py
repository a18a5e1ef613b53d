"""Reading webhooks and deliveries. Nothing here writes."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select

from quiz.contests.models import Contest, Round
from quiz.contests.phases import RoundState
from quiz.core.database import db
from quiz.core.errors import NotFound
from quiz.hooks.events import HookEvent
from quiz.hooks.models import Hook, HookDelivery, RoundEvent
from quiz.hooks.retrying import DeliveryState


def list_hooks(contest_id: int) -> Sequence[Hook]:
    """The contest's webhooks, the oldest first."""
    return db.session.scalars(select(Hook).where(Hook.contest_id == contest_id).order_by(Hook.id)).all()


def get_hook(contest_id: int, hook_id: int, *, lock: bool = False) -> Hook:
    """The webhook, locked until the transaction ends if asked. Raises NotFound."""
    found = db.session.get(Hook, (contest_id, hook_id), with_for_update=lock or None, populate_existing=lock)
    if found is None:
        raise NotFound("hook")
    return found


def get_delivery(contest_id: int, hook_id: int, delivery_id: int) -> HookDelivery:
    """One of the webhook's deliveries. Raises NotFound."""
    found = db.session.get(HookDelivery, (contest_id, delivery_id))
    if found is None or found.hook_id != hook_id:
        raise NotFound("delivery")
    return found


def list_deliveries(hook: Hook, most: int) -> Sequence[HookDelivery]:
    """The webhook's last deliveries, the newest first."""
    return db.session.scalars(
        select(HookDelivery)
        .where(HookDelivery.contest_id == hook.contest_id, HookDelivery.hook_id == hook.id)
        .order_by(HookDelivery.id.desc())
        .limit(most)
    ).all()


def last_deliveries(contest_id: int) -> dict[int, HookDelivery]:
    """The last delivery of each of the contest's webhooks."""
    newest = (
        select(func.max(HookDelivery.id))
        .where(HookDelivery.contest_id == contest_id)
        .group_by(HookDelivery.hook_id)
    )
    rows = db.session.scalars(
        select(HookDelivery).where(HookDelivery.contest_id == contest_id, HookDelivery.id.in_(newest))
    )
    return {row.hook_id: row for row in rows}


def count_copies(delivery: HookDelivery) -> int:
    """How often this event was made ready for this webhook."""
    return (
        db.session.scalar(
            select(func.count())
            .select_from(HookDelivery)
            .where(
                HookDelivery.contest_id == delivery.contest_id,
                HookDelivery.hook_id == delivery.hook_id,
                HookDelivery.event_id == delivery.event_id,
            )
        )
        or 0
    )


def list_told(contest_id: int, number: int) -> list[HookEvent]:
    """What was written down of a round, in its order."""
    rows = db.session.scalars(
        select(RoundEvent.event)
        .where(RoundEvent.contest_id == contest_id, RoundEvent.round_number == number)
        .order_by(RoundEvent.id)
    )
    return [HookEvent(event) for event in rows]


def list_rounds_by_clock(now: datetime) -> Sequence[tuple[Contest, Round]]:
    """Rounds that open and close by the clock, have begun, and whose close was not written down yet."""
    closed = (
        select(RoundEvent.id)
        .where(
            RoundEvent.contest_id == Round.contest_id,
            RoundEvent.round_number == Round.number,
            RoundEvent.event == HookEvent.CLOSED.value,
            RoundEvent.occurred_at >= Round.closes_at,
        )
        .exists()
    )
    rows = db.session.execute(
        select(Contest, Round)
        .join(Round, Round.contest_id == Contest.id)
        .where(Round.state == RoundState.READY.value, Round.opens_at <= now, ~closed)
        .order_by(Round.contest_id, Round.number)
    )
    return [(contest, round_) for contest, round_ in rows]


def has_due(now: datetime) -> bool:
    """Whether a delivery has to be sent now."""
    found = db.session.scalar(
        select(HookDelivery.id)
        .where(HookDelivery.state == DeliveryState.WAITING.value, HookDelivery.next_at <= now)
        .limit(1)
    )
    return found is not None


def has_old(before: datetime) -> bool:
    """Whether a delivery was made ready before then."""
    found = db.session.scalar(
        select(HookDelivery.id)
        .where(HookDelivery.created_at < before)
        .order_by(HookDelivery.created_at)
        .limit(1)
    )
    return found is not None
