"""Sending what is due: taken in short transactions, sent outside of them, several at a time."""

import json
import random
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, delete, select

from quiz.audit.actors import Actor
from quiz.audit.service import Action, record
from quiz.core.database import transaction
from quiz.hooks import queries
from quiz.hooks.guard import read_address
from quiz.hooks.models import Hook, HookDelivery
from quiz.hooks.noticing import KIND, notice_clock
from quiz.hooks.retrying import DeliveryState, is_success, next_try, off_reason
from quiz.hooks.sending import Reply, Resolve, post, resolve
from quiz.hooks.service import drop_waiting
from quiz.hooks.signing import headers
from quiz.jobs.service import enqueue

_AT_A_TIME = 8
_LEASE = timedelta(minutes=5)  # then somebody else takes what a dead worker had in its hands
_KEPT = timedelta(days=90)
_ACTOR = Actor.system("hooks")


@dataclass(frozen=True, slots=True)
class Parcel:
    """A delivery in the hands of a worker: everything that is needed to send it for the `tries`-th time."""

    contest_id: int
    delivery_id: int
    hook_id: int
    tries: int
    address: str
    secrets: tuple[str, ...]
    event_id: int
    facts: dict[str, Any]


def request_due(*, now: datetime) -> int:
    """Part of housekeeping: note what the clock did, ask for the job if something is due, forget the old."""
    notice_clock(now=now)
    if queries.has_old(now - _KEPT):
        with transaction() as session:
            session.execute(
                delete(HookDelivery).where(
                    HookDelivery.created_at < now - _KEPT, HookDelivery.state != DeliveryState.WAITING.value
                )
            )
    if not queries.has_due(now):
        return 0
    enqueue(KIND, {}, actor=_ACTOR, now=now, subject="due")
    return 1


def send_due(site: str, *, now: datetime, loopback_ok: bool = False, resolve: Resolve = resolve) -> int:
    """Send what is due at this moment, a handful side by side; how many. Call again until it is 0."""
    parcels = take(now=now)
    if not parcels:
        return 0

    def send(parcel: Parcel) -> Reply:
        return send_parcel(parcel, site, now=now, loopback_ok=loopback_ok, resolve=resolve)

    with ThreadPoolExecutor(len(parcels)) as pool:
        for parcel, reply in zip(parcels, pool.map(send, parcels), strict=True):
            keep(parcel, reply, now=now)
    return len(parcels)


def take(*, now: datetime) -> Sequence[Parcel]:
    """Take some of what is due; no two workers take the same, and what is not kept comes back by itself."""
    if not queries.has_due(now):
        return ()
    with transaction() as session:
        rows = session.execute(
            select(HookDelivery, Hook)
            .join(Hook, and_(Hook.contest_id == HookDelivery.contest_id, Hook.id == HookDelivery.hook_id))
            .where(HookDelivery.state == DeliveryState.WAITING.value, HookDelivery.next_at <= now)
            .order_by(HookDelivery.next_at, HookDelivery.id)
            .limit(_AT_A_TIME)
            .with_for_update(of=HookDelivery, skip_locked=True)
            .execution_options(populate_existing=True)
        ).all()
        parcels = []
        for delivery, hook in rows:
            delivery.tries += 1
            delivery.next_at = now + _LEASE
            parcels.append(_parcel(delivery, hook, now))
    return parcels


def _parcel(delivery: HookDelivery, hook: Hook, now: datetime) -> Parcel:
    secrets = [hook.secret]
    if hook.former_secret is not None and hook.former_until is not None and now < hook.former_until:
        secrets.append(hook.former_secret)
    return Parcel(
        delivery.contest_id,
        delivery.id,
        hook.id,
        delivery.tries,
        hook.address,
        tuple(secrets),
        delivery.event_id,
        delivery.facts,
    )


def body_of(parcel: Parcel, site: str) -> bytes:
    """What is posted: the event's number, its facts, and where to read on."""
    slug, round_ = parcel.facts["contest"]["slug"], parcel.facts["round"]
    links = {"page_url": f"{site}/c/{slug}", "api_url": f"{site}/api/v1/contests/{slug}"}
    if round_ is not None:
        links["api_url"] += f"/rounds/{round_['number']}"
    data = {"id": str(parcel.event_id)} | parcel.facts | links
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()


def send_parcel(
    parcel: Parcel, site: str, *, now: datetime, loopback_ok: bool, resolve: Resolve = resolve
) -> Reply:
    """Sign and send. The address is read anew: the rules may have become stricter since it was added."""
    target = read_address(parcel.address, loopback_ok=loopback_ok)
    if isinstance(target, str):
        return Reply(None, "address_refused", 0)
    body = body_of(parcel, site)
    signed = headers(parcel.secrets, str(parcel.event_id), now, body)
    return post(target, body, signed, resolve=resolve)


def keep(parcel: Parcel, reply: Reply, *, now: datetime) -> None:
    """Write down what came of it, unless somebody else has taken the delivery or it was dropped meanwhile."""
    with transaction() as session:
        hook = session.get(
            Hook, (parcel.contest_id, parcel.hook_id), with_for_update=True, populate_existing=True
        )
        delivery = session.get(
            HookDelivery,
            (parcel.contest_id, parcel.delivery_id),
            with_for_update=True,
            populate_existing=True,
        )
        if hook is None or delivery is None or delivery.tries != parcel.tries:
            return
        if delivery.state != DeliveryState.WAITING.value:
            return
        delivery.last_at, delivery.took_ms = now, reply.took_ms
        delivery.status, delivery.trouble = reply.status, reply.trouble
        if is_success(reply.status):
            delivery.state, delivery.next_at = DeliveryState.SENT.value, None
            hook.failing_since = None
        else:
            _failed(hook, delivery, reply, now)


def _failed(hook: Hook, delivery: HookDelivery, reply: Reply, now: datetime) -> None:
    hook.failing_since = hook.failing_since or now
    delivery.next_at = next_try(delivery.tries, now, random.random())  # noqa: S311 -- spreads load, no secret
    if delivery.next_at is None:
        delivery.state = DeliveryState.GIVEN_UP.value
    if why := off_reason(reply.status, hook.failing_since, now):
        delivery.state, delivery.next_at = DeliveryState.GIVEN_UP.value, None
        hook.is_on, hook.off_reason, hook.off_at = False, why, now
        with transaction() as session:
            session.flush()
        drop_waiting(hook)
        record(
            Action.HOOK_SWITCHED_OFF,
            f"hook {hook.id}",
            actor=_ACTOR,
            now=now,
            contest_id=hook.contest_id,
            why=why,
        )
