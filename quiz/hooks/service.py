"""Webhooks of a contest: added, changed, tried, switched off; each act a line in the audit log."""

import secrets
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, update

from quiz.audit.actors import Actor
from quiz.audit.service import Action, record
from quiz.contests.models import Contest
from quiz.core.database import transaction
from quiz.core.ids import new_id
from quiz.hooks import queries
from quiz.hooks.errors import AddressRefused, HookRefused
from quiz.hooks.events import ROUND_EVENTS, HookEvent
from quiz.hooks.guard import read_address
from quiz.hooks.models import Hook, HookDelivery
from quiz.hooks.noticing import facts_of, make_ready, notice_all
from quiz.hooks.retrying import DeliveryState
from quiz.hooks.signing import FORMER_KEPT, SECRET_PREFIX

MOST_HOOKS = 10
_MOST_WAITING = 20  # asked for by hand


def add(
    contest: Contest,
    address: str,
    events: Sequence[HookEvent],
    *,
    loopback_ok: bool,
    actor: Actor,
    now: datetime,
) -> Hook:
    """Tell this address from now on; `hook.secret` is shown once. Raises AddressRefused, HookRefused."""
    target = read_address(address, loopback_ok=loopback_ok)
    if isinstance(target, str):
        raise AddressRefused(target)
    with transaction() as session:
        known = queries.list_hooks(contest.id)
        if len(known) >= MOST_HOOKS:
            raise HookRefused("hooks_enough", most=MOST_HOOKS)
        if any(hook.address == address for hook in known):
            raise AddressRefused("address_known")
        notice_all(contest, now=now)
        hook = Hook(
            contest_id=contest.id,
            id=new_id(),
            address=address,
            secret=_new_secret(),
            events=_ordered(events),
            is_on=True,
            created_by=actor.name,
            created_at=now,
        )
        session.add(hook)
        _note(Action.HOOK_ADDED, hook, actor, now, host=target.host)
    return hook


def choose_events(hook: Hook, events: Sequence[HookEvent], *, actor: Actor, now: datetime) -> None:
    """Tell it of these events from now on."""
    with transaction():
        hook = queries.get_hook(hook.contest_id, hook.id, lock=True)
        if hook.events != (wanted := _ordered(events)):
            hook.events = wanted
            _note(Action.HOOK_CHANGED, hook, actor, now, events=wanted)


def rotate(hook: Hook, *, actor: Actor, now: datetime) -> Hook:
    """Give it a new secret; for a day what is sent is signed with the former one as well."""
    with transaction():
        hook = queries.get_hook(hook.contest_id, hook.id, lock=True)
        hook.former_secret, hook.former_until = hook.secret, now + FORMER_KEPT
        hook.secret = _new_secret()
        _note(Action.HOOK_SECRET_CHANGED, hook, actor, now)
    return hook


def switch(hook: Hook, *, on: bool, actor: Actor, now: datetime) -> None:
    """On: told of what comes from now on. Off: what waits is dropped."""
    with transaction():
        hook = queries.get_hook(hook.contest_id, hook.id, lock=True)
        if hook.is_on == on:
            return
        hook.is_on, hook.off_reason, hook.failing_since = on, None, None
        hook.off_at = None if on else now
        drop_waiting(hook)
        _note(Action.HOOK_SWITCHED_ON if on else Action.HOOK_SWITCHED_OFF, hook, actor, now)


def remove(hook: Hook, *, actor: Actor, now: datetime) -> None:
    """Forget it, with what was sent to it."""
    with transaction() as session:
        hook = queries.get_hook(hook.contest_id, hook.id, lock=True)
        session.execute(
            delete(HookDelivery).where(
                HookDelivery.contest_id == hook.contest_id, HookDelivery.hook_id == hook.id
            )
        )
        _note(Action.HOOK_REMOVED, hook, actor, now)
        session.delete(hook)


def ping(contest: Contest, hook: Hook, *, now: datetime) -> None:
    """Send a word to try it. Raises HookRefused."""
    with transaction():
        hook = _ready_for_more(hook)
        make_ready([hook], new_id(), HookEvent.PING, facts_of(contest, HookEvent.PING, now), now=now)


def redeliver(hook: Hook, delivery_id: int, *, now: datetime) -> None:
    """Send an event once more: the same number and the same words. Raises NotFound, HookRefused."""
    with transaction():
        hook = _ready_for_more(hook)
        sent = queries.get_delivery(hook.contest_id, hook.id, delivery_id)
        if sent.state == DeliveryState.WAITING.value:
            raise HookRefused("delivery_waits")
        copy = queries.count_copies(sent)
        make_ready([hook], sent.event_id, HookEvent(sent.event), sent.facts, now=now, copy=copy)


def drop_waiting(hook: Hook) -> None:
    """What waits for an address that is switched off will not be sent."""
    with transaction() as session:
        session.execute(
            update(HookDelivery)
            .where(
                HookDelivery.contest_id == hook.contest_id,
                HookDelivery.hook_id == hook.id,
                HookDelivery.state == DeliveryState.WAITING.value,
            )
            .values(state=DeliveryState.DROPPED.value, next_at=None)
        )


def _ready_for_more(hook: Hook) -> Hook:
    hook = queries.get_hook(hook.contest_id, hook.id, lock=True)
    if not hook.is_on:
        raise HookRefused("hook_is_off")
    newest = queries.list_deliveries(hook, _MOST_WAITING)
    waiting = [one for one in newest if one.state == DeliveryState.WAITING.value]
    if len(waiting) == _MOST_WAITING:
        raise HookRefused("hook_is_busy")
    return hook


def _new_secret() -> str:
    return SECRET_PREFIX + secrets.token_urlsafe(32)


def _ordered(events: Sequence[HookEvent]) -> list[str]:
    return [event.value for event in ROUND_EVENTS if event in events]


def _note(action: Action, hook: Hook, actor: Actor, now: datetime, **detail: object) -> None:
    record(action, f"hook {hook.id}", actor=actor, now=now, contest_id=hook.contest_id, **detail)
