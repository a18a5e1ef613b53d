"""What the pages of webhooks show, as values."""

from dataclasses import dataclass
from datetime import datetime

from quiz.contests.models import Contest
from quiz.hooks import queries
from quiz.hooks.events import HookEvent
from quiz.hooks.labels import EVENTS, OFF_REASONS, STATES, outcome
from quiz.hooks.models import Hook, HookDelivery
from quiz.hooks.retrying import WAITS, DeliveryState

_MOST_SHOWN = 50


@dataclass(frozen=True, slots=True)
class DeliveryLine:
    """One delivery; `look` is (words, tone, icon), `made` how many tries of how many at most."""

    id: int
    event: object
    round_name: str
    at: datetime
    look: tuple[object, str, str]
    outcome: str
    took_ms: int | None
    tries: int
    next_at: datetime | None
    is_copy: bool
    can_repeat: bool


@dataclass(frozen=True, slots=True)
class HookLine:
    """One address of the list; `last` is the last delivery, `off` why it is off."""

    id: int
    address: str
    events: tuple[object, ...]
    is_on: bool
    off: object
    failing_since: datetime | None
    last: DeliveryLine | None


@dataclass(frozen=True, slots=True)
class HookPage:
    """One address with its last deliveries."""

    line: HookLine
    added_by: str
    added_at: datetime
    off_at: datetime | None
    former_until: datetime | None
    deliveries: tuple[DeliveryLine, ...]
    most_tries: int = len(WAITS) + 1


def hook_lines(contest: Contest) -> list[HookLine]:
    """The contest's addresses, the oldest first."""
    last = queries.last_deliveries(contest.id)
    return [_line(hook, last.get(hook.id)) for hook in queries.list_hooks(contest.id)]


def hook_page(hook: Hook, *, now: datetime) -> HookPage:
    """Everything about one address but its secret."""
    deliveries = queries.list_deliveries(hook, _MOST_SHOWN)
    former = hook.former_until if hook.former_until is not None and now < hook.former_until else None
    return HookPage(
        line=_line(hook, deliveries[0] if deliveries else None),
        added_by=hook.created_by,
        added_at=hook.created_at,
        off_at=hook.off_at,
        former_until=former,
        deliveries=tuple(_delivery(one, hook) for one in deliveries),
    )


def _line(hook: Hook, last: HookDelivery | None) -> HookLine:
    return HookLine(
        id=hook.id,
        address=hook.address,
        events=tuple(EVENTS[HookEvent(event)] for event in hook.events),
        is_on=hook.is_on,
        off=OFF_REASONS.get(hook.off_reason or "", ""),
        failing_since=hook.failing_since,
        last=_delivery(last, hook) if last is not None else None,
    )


def _delivery(one: HookDelivery, hook: Hook) -> DeliveryLine:
    state, round_ = DeliveryState(one.state), one.facts["round"]
    return DeliveryLine(
        id=one.id,
        event=EVENTS[HookEvent(one.event)],
        round_name=round_["name"] if round_ else "",
        at=one.last_at or one.created_at,
        look=STATES[state],
        outcome=outcome(one),
        took_ms=one.took_ms,
        tries=one.tries,
        next_at=one.next_at,
        is_copy=one.copy > 0,
        can_repeat=hook.is_on and state is not DeliveryState.WAITING,
    )
