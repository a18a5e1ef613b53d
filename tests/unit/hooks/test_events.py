"""What is due in a round: from its row, the clock, and what was written down already."""

from datetime import UTC, datetime, timedelta

import pytest

from quiz.contests.hours import OpenHours, Weekday
from quiz.contests.phases import RoundState, RoundWindow
from quiz.hooks.events import Due, HookEvent, due_events

UP, DOWN, OUT = HookEvent.OPENED, HookEvent.CLOSED, HookEvent.PUBLISHED
OPENS = datetime(2026, 11, 23, 1, tzinfo=UTC)  # a Monday, eight in Sơn La
CLOSES = OPENS + timedelta(days=5)
BEFORE, DURING, AFTER = OPENS - timedelta(days=1), OPENS + timedelta(hours=30), CLOSES + timedelta(hours=2)
S = RoundState


@pytest.mark.parametrize(
    "state, since, told, now, due",
    [
        (S.DRAFT, BEFORE, (), DURING, ()),
        (S.READY, BEFORE, (), BEFORE, ()),
        (S.READY, BEFORE, (), OPENS, ((UP, 1, OPENS),)),
        # The clock opened it while nothing ran.
        (S.READY, BEFORE, (), DURING, ((UP, 1, OPENS),)),
        (S.READY, BEFORE, (UP,), DURING, ()),
        # Released after its time had begun.
        (S.READY, DURING, (), DURING, ((UP, 1, DURING),)),
        # A pause and its end are neither.
        (S.PAUSED, DURING, (UP,), DURING, ()),
        (S.PAUSED, DURING, (UP,), AFTER, ()),
        (S.READY, DURING, (UP,), DURING + timedelta(hours=1), ()),
        (S.READY, BEFORE, (UP,), CLOSES, ((DOWN, 1, CLOSES),)),
        # Nothing ran for the whole of it: both are told, with the times at which they were.
        (S.READY, BEFORE, (), AFTER, ((UP, 1, OPENS), (DOWN, 1, CLOSES))),
        (S.READY, BEFORE, (UP, DOWN), AFTER, ()),
        (S.CLOSED, AFTER, (UP, DOWN), AFTER, ()),
        (S.FROZEN, AFTER, (UP, DOWN), AFTER, ()),
        (S.PUBLISHED, AFTER, (UP, DOWN), AFTER, ((OUT, 1, AFTER),)),
        (S.PUBLISHED, AFTER, (UP, DOWN, OUT), AFTER, ()),
        # Called off before it opened.
        (S.CLOSED, BEFORE, (), BEFORE, ((DOWN, 1, BEFORE),)),
        (S.FROZEN, AFTER, (DOWN,), AFTER, ()),
        # Prolonged after its close was told.
        (S.READY, BEFORE, (UP, DOWN), DURING, ((UP, 2, DURING),)),
        (S.READY, BEFORE, (UP, DOWN, UP), CLOSES, ((DOWN, 2, CLOSES),)),
    ],
)
def test_due(state, since, told, now, due):
    window = RoundWindow(OPENS, CLOSES, state)
    assert due_events(window, since, told, now) == tuple(Due(*one) for one in due)


def test_nights_are_no_news_and_the_last_evening_closes():
    hours = OpenHours((Weekday.MON, Weekday.TUE), "08:00", "17:00")
    window = RoundWindow(OPENS, CLOSES, S.READY, hours)
    assert due_events(window, BEFORE, (UP,), OPENS + timedelta(hours=12)) == ()
    evening = OPENS + timedelta(days=1, hours=9)  # Tuesday at five; the round's own end is on Saturday
    assert due_events(window, BEFORE, (UP,), evening) == (Due(DOWN, 1, evening),)
