"""Deliveries: taken by one, tried again, given up; addresses that fail for days are switched off."""

import hashlib
import hmac
import json
from datetime import timedelta

import pytest
from sqlalchemy import text

from quiz.core.database import db
from quiz.core.errors import NotFound
from quiz.hooks import delivering, queries, service
from quiz.hooks.errors import AddressRefused, HookRefused
from quiz.hooks.events import ROUND_EVENTS
from quiz.hooks.retrying import WAITS
from quiz.hooks.sending import Reply
from tests.support.factories import NOW, make_bank, make_contest
from tests.support.parallel import at_once
from tests.support.receiver import receiver
from tests.support.staff import ACTOR

SITE = "https://thi.example.vn"
OFF = Reply(None, "timeout", 15000)


@pytest.fixture
def contest(app):
    """A contest whose round is open."""
    make_bank()
    return make_contest()


def add_hook(contest, address="https://tin.example.vn/nhan"):
    return service.add(contest, address, ROUND_EVENTS, loopback_ok=True, actor=ACTOR, now=NOW)


def fail(hook, now, reply=OFF):
    """One try of whatever is due, which fails; the delivery after it."""
    for parcel in delivering.take(now=now):
        delivering.keep(parcel, reply, now=now)
    db.session.rollback()
    return queries.list_deliveries(hook, 1)[0]


def test_what_arrives_is_signed_and_says_where_to_read_on(contest):
    with receiver() as there:
        hook = add_hook(contest, there.url)
        service.ping(contest, hook, now=NOW)
        assert delivering.send_due(SITE, now=NOW, loopback_ok=True) == 1
        assert delivering.send_due(SITE, now=NOW, loopback_ok=True) == 0
        ((headers, body),) = there.got
    said = json.loads(body)
    assert said["id"] == headers["Webhook-Id"]
    assert (said["event"], said["contest"]["slug"]) == ("ping", "cuoc-thi")
    assert said["page_url"] == f"{SITE}/c/cuoc-thi"
    message = headers["Webhook-Timestamp"].encode() + b"." + body
    signed = hmac.new(hook.secret.encode(), message, hashlib.sha256).hexdigest()
    assert headers["Webhook-Signature"] == f"v1={signed}"
    (sent,) = queries.list_deliveries(hook, 9)
    assert (sent.state, sent.status, sent.tries, sent.next_at) == ("sent", 200, 1, None)


def test_tried_again_with_growing_distances_then_given_up(contest):
    hook = add_hook(contest)
    service.ping(contest, hook, now=NOW)
    now = NOW
    for tries, wait in enumerate(WAITS, 1):
        after = fail(hook, now)
        assert (after.state, after.tries, after.trouble) == ("waiting", tries, "timeout")
        assert 0.8 * wait <= after.next_at - now <= 1.2 * wait
        assert not delivering.take(now=after.next_at - timedelta(seconds=1))
        now = after.next_at
    assert (fail(hook, now).state, queries.get_hook(contest.id, hook.id).is_on) == ("given_up", True)
    assert not delivering.take(now=now + timedelta(days=30))


def test_a_failure_of_days_switches_off_and_drops_what_waits(contest):
    hook = add_hook(contest)
    service.ping(contest, hook, now=NOW)
    fail(hook, NOW)
    later = NOW + timedelta(days=5)
    service.ping(contest, hook, now=later)
    fail(hook, later)
    hook = queries.get_hook(contest.id, hook.id)
    assert (hook.is_on, hook.off_reason) == (False, "failing")
    assert {one.state for one in queries.list_deliveries(hook, 9)} <= {"given_up", "dropped"}
    with pytest.raises(HookRefused):
        service.ping(contest, hook, now=later)
    service.switch(hook, on=True, actor=ACTOR, now=later)
    service.ping(contest, hook, now=later)
    fail(hook, later)
    assert queries.get_hook(contest.id, hook.id).is_on  # a new count has begun


def test_one_success_ends_the_count_and_gone_is_gone(contest):
    hook = add_hook(contest)
    service.ping(contest, hook, now=NOW)
    fail(hook, NOW)
    fail(hook, NOW + timedelta(hours=1), Reply(204, None, 80))
    assert queries.get_hook(contest.id, hook.id).failing_since is None
    service.ping(contest, hook, now=NOW)
    fail(hook, NOW, Reply(410, None, 80))
    assert queries.get_hook(contest.id, hook.id).off_reason == "gone"


def test_what_a_dead_worker_held_comes_back_and_its_word_counts_no_more(contest):
    hook = add_hook(contest)
    service.ping(contest, hook, now=NOW)
    (lost,) = delivering.take(now=NOW)
    assert not delivering.take(now=NOW + timedelta(minutes=4))
    (again,) = delivering.take(now=NOW + timedelta(minutes=6))
    delivering.keep(again, Reply(200, None, 5), now=NOW)
    delivering.keep(lost, OFF, now=NOW)
    assert [one.state for one in queries.list_deliveries(hook, 9)] == ["sent"]


def test_two_workers_take_each_delivery_once(app, contest):
    hook = add_hook(contest)
    for _ in range(12):
        service.ping(contest, hook, now=NOW)
    taken = [
        one.delivery_id for parcels in at_once(app, 4, lambda: delivering.take(now=NOW)) for one in parcels
    ]
    rest = [one.delivery_id for one in delivering.take(now=NOW)]
    assert len(taken + rest) == len(set(taken + rest)) == 12


def test_sent_again_by_hand_with_the_same_number_and_words(contest):
    hook = add_hook(contest)
    service.ping(contest, hook, now=NOW)
    first = fail(hook, NOW, Reply(200, None, 5))
    later = NOW + timedelta(days=1)
    service.redeliver(hook, first.id, now=later)
    with pytest.raises(HookRefused):
        service.redeliver(hook, queries.list_deliveries(hook, 1)[0].id, now=later)
    (parcel,) = delivering.take(now=later)
    assert (parcel.event_id, parcel.facts) == (first.event_id, first.facts)
    other = add_hook(contest, "https://bao.example.vn/")
    with pytest.raises(NotFound):
        service.redeliver(other, first.id, now=later)


def test_for_a_day_both_secrets_sign(contest):
    hook = add_hook(contest)
    former = hook.secret
    hook = service.rotate(hook, actor=ACTOR, now=NOW)
    assert hook.secret != former
    for now, secrets in ((NOW, (hook.secret, former)), (NOW + timedelta(days=1), (hook.secret,))):
        service.ping(contest, hook, now=now)
        (parcel,) = delivering.take(now=now)
        assert parcel.secrets == secrets
        delivering.keep(parcel, Reply(200, None, 1), now=now)


def test_neither_address_nor_secret_stands_in_the_database(contest):
    hook = add_hook(contest)
    stored = db.session.execute(text("SELECT address, secret FROM hooks")).one()
    assert "example.vn" not in stored.address
    assert hook.secret not in stored.secret


def test_refused_addresses_and_how_many(contest):
    with pytest.raises(AddressRefused, match="address_inner"):
        add_hook(contest, "https://10.0.0.1/")
    for number in range(service.MOST_HOOKS):
        add_hook(contest, f"https://tin-{number}.example.vn/")
    with pytest.raises(HookRefused, match="hooks_enough"):
        add_hook(contest)


def test_removed_with_what_was_sent_and_old_ones_forgotten(contest):
    hook, kept = add_hook(contest), add_hook(contest, "https://bao.example.vn/")
    for one in (hook, kept):
        service.ping(contest, one, now=NOW)
    for parcel in delivering.take(now=NOW):
        delivering.keep(parcel, Reply(200, None, 1), now=NOW)
    service.remove(hook, actor=ACTOR, now=NOW)
    assert [one.id for one in queries.list_hooks(contest.id)] == [kept.id]
    delivering.request_due(now=NOW + timedelta(days=89))
    assert "ping" in [one.event for one in queries.list_deliveries(kept, 9)]
    delivering.request_due(now=NOW + timedelta(days=91))  # the round was closed meanwhile, which waits
    assert [one.event for one in queries.list_deliveries(kept, 9)] == ["round.closed"]
