"""Each event once: by acts, by the clock, after downtime, and with several who look at the same moment."""

from datetime import timedelta

import pytest

from quiz.contests.models import Contest
from quiz.contests.phases import RoundAction, RoundState
from quiz.contests.queries import get_contest, list_rounds
from quiz.contests.service import apply_definition, definition_of
from quiz.core.database import db, transaction
from quiz.hooks import noticing, queries, service
from quiz.hooks.events import ROUND_EVENTS, HookEvent
from quiz.jobs.queries import has_waiting
from quiz.organiser.rounds import move_round
from tests.support.factories import KEYRING, NOW, make_bank, make_contest, round_definition
from tests.support.parallel import at_once
from tests.support.staff import ACTOR

ADDRESS = "https://tin.example.vn/nhan"
TOMORROW = NOW + timedelta(days=1)


@pytest.fixture
def contest(app) -> Contest:
    """A round that opens tomorrow by the clock and closes the day after."""
    make_bank()
    times = {"opens_at": TOMORROW, "closes_at": TOMORROW + timedelta(days=1)}
    return make_contest("cuoc-thi", round_definition(**times))


def add_hook(contest, address=ADDRESS, events=ROUND_EVENTS, now=NOW):
    return service.add(contest, address, events, loopback_ok=False, actor=ACTOR, now=now)


def made(hook) -> list[tuple[str, int]]:
    """What was made ready for an address, the oldest first."""
    db.session.rollback()
    return [(one.event, one.facts["occurrence"]) for one in reversed(queries.list_deliveries(hook, 50))]


def step(action, now, **more):
    db.session.rollback()
    move_round(get_contest("cuoc-thi"), 1, action, actor=ACTOR, now=now, keyring=KEYRING, **more)


def test_the_clock_opens_and_closes_with_nobody_acting(contest):
    hook = add_hook(contest)
    assert noticing.notice_clock(now=NOW) == 0
    assert noticing.notice_clock(now=TOMORROW) == 1
    assert noticing.notice_clock(now=TOMORROW + timedelta(seconds=30)) == 0
    assert noticing.notice_clock(now=TOMORROW + timedelta(days=1, seconds=9)) == 1
    assert noticing.notice_clock(now=TOMORROW + timedelta(days=9)) == 0
    assert made(hook) == [("round.opened", 1), ("round.closed", 1)]
    closed, opened = queries.list_deliveries(hook, 2)
    assert opened.facts["occurred_at"] == TOMORROW.isoformat()
    assert closed.facts["occurred_at"] == (TOMORROW + timedelta(days=1)).isoformat()
    assert has_waiting(TOMORROW + timedelta(days=9))
    assert not queries.list_rounds_by_clock(TOMORROW + timedelta(days=9))  # nothing to look at any more


def test_what_was_missed_is_told_late_with_its_own_times(contest):
    hook = add_hook(contest)
    assert noticing.notice_clock(now=TOMORROW + timedelta(days=20)) == 2
    assert made(hook) == [("round.opened", 1), ("round.closed", 1)]


def test_acts_tell_at_once_and_the_clock_adds_nothing(contest):
    hook = add_hook(contest)
    with transaction():
        list_rounds(contest)[0].state = RoundState.DRAFT.value
    step(RoundAction.OPEN, NOW + timedelta(minutes=1), at_once=True)
    step(RoundAction.PAUSE, NOW + timedelta(minutes=2))
    step(RoundAction.RESUME, NOW + timedelta(minutes=3))
    assert noticing.notice_clock(now=NOW + timedelta(minutes=4)) == 0
    step(RoundAction.CLOSE, NOW + timedelta(minutes=5))
    step(RoundAction.FREEZE, NOW + timedelta(minutes=30))
    step(RoundAction.PUBLISH, NOW + timedelta(minutes=31))
    assert noticing.notice_clock(now=NOW + timedelta(days=30)) == 0
    assert made(hook) == [("round.opened", 1), ("round.closed", 1), ("round.published", 1)]
    assert (
        queries.list_deliveries(hook, 9)[1].facts["occurred_at"] == (NOW + timedelta(minutes=5)).isoformat()
    )


def test_a_pause_before_anybody_looked_keeps_the_time_of_the_opening(contest):
    hook = add_hook(contest)
    step(RoundAction.PAUSE, TOMORROW + timedelta(seconds=20))
    (opened,) = queries.list_deliveries(hook, 9)
    assert (opened.event, opened.facts["occurred_at"]) == ("round.opened", TOMORROW.isoformat())


def test_a_round_prolonged_after_its_close_opens_and_closes_again(contest):
    hook = add_hook(contest)
    after = TOMORROW + timedelta(days=1, minutes=1)
    noticing.notice_clock(now=after)
    definition = definition_of(contest)
    object.__setattr__(definition.rounds[0], "closes_at", after + timedelta(days=1))
    apply_definition(definition, actor=ACTOR, now=after)
    db.session.rollback()
    assert noticing.notice_clock(now=after) == 1
    assert noticing.notice_clock(now=after) == 0
    assert noticing.notice_clock(now=after + timedelta(days=2)) == 1
    expected = [("round.opened", 1), ("round.closed", 1), ("round.opened", 2), ("round.closed", 2)]
    assert made(hook) == expected


def test_an_address_hears_what_it_chose_and_nothing_from_before(contest):
    noon = TOMORROW + timedelta(hours=12)
    early = add_hook(contest, events=[HookEvent.CLOSED])
    late = add_hook(contest, "https://bao.example.vn/", now=noon)  # the opening was nobody's news yet
    off = add_hook(contest, "https://tat.example.vn/", now=noon)
    service.switch(off, on=False, actor=ACTOR, now=noon)
    noticing.notice_clock(now=TOMORROW + timedelta(days=2))
    assert made(early) == [("round.closed", 1)]
    assert made(late) == [("round.closed", 1)]
    assert made(off) == []


def test_a_step_that_fails_tells_nothing(contest, monkeypatch):
    hook = add_hook(contest)
    monkeypatch.setattr("quiz.organiser.rounds.hooks.notice", _break_behind(noticing.notice))
    with pytest.raises(RuntimeError):
        step(RoundAction.CLOSE, TOMORROW + timedelta(hours=1))
    assert made(hook) == []


def _break_behind(notice):
    def broken(*args, **kwargs):
        notice(*args, **kwargs)
        raise RuntimeError

    return broken


def test_eight_who_look_at_once_write_one_event(app, contest):
    hook = add_hook(contest)
    noted = at_once(app, 8, lambda: noticing.notice_clock(now=TOMORROW + timedelta(days=3)))
    assert sum(noted) == 2
    assert made(hook) == [("round.opened", 1), ("round.closed", 1)]
