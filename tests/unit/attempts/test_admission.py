"""The line at the door, as tables: who comes in, who waits, how long; nobody moves it but the clock."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.attempts.admission import (
    Line,
    Place,
    ask_again,
    empty_line,
    is_crowded,
    may_enter,
    own_opening,
    place_in,
)

NOW = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)


def after(seconds: float) -> datetime:
    return NOW + timedelta(seconds=seconds)


# Called up to 10 at eight o'clock, 30 tickets, five a second.
LINE = Line(issued=30, called=10, called_at=NOW)


@pytest.mark.parametrize(
    "seconds, called",
    [(-5, 10), (0, 10), (0.19, 10), (0.2, 11), (1, 15), (3.99, 29), (4, 30), (3600, 30)],
)
def test_the_clock_calls_so_many_a_second_and_nobody_who_is_not_there(seconds, called):
    assert LINE.called_by(after(seconds), 5) == called


@pytest.mark.parametrize(
    "number, seconds, before, wait_ms",
    [
        (9, 0, 0, 0),
        (10, 0, 0, 0),
        (11, 0, 0, 200),
        (12, 0, 1, 400),
        (30, 0, 19, 4000),
        (30, 1, 14, 3000),
        (30, 3.9, 0, 100),
        (30, 4, 0, 0),
    ],
)
def test_place_and_wait_are_true(number, seconds, before, wait_ms):
    place = place_in(LINE, number, after(seconds), 5)
    assert (place.before, place.wait_ms, place.is_called) == (before, wait_ms, wait_ms == 0)


@pytest.mark.parametrize(
    "wait, again",
    [(0.2, 2), (4, 2), (10, 5), (50, 25), (60, 30), (4000, 30)],
)
def test_pages_ask_when_half_of_the_wait_is_over(wait, again):
    assert ask_again(timedelta(seconds=wait)) == timedelta(seconds=again)


@pytest.mark.parametrize(
    "recent, rate, crowded",
    [(0, 5, False), (9, 5, False), (10, 5, True), (0, 0.2, False), (1, 0.2, True), (9999, 0, False)],
)
def test_a_crowd_is_more_than_the_machine_serves_in_two_seconds(recent, rate, crowded):
    assert is_crowded(recent, rate) is crowded


@pytest.mark.parametrize(
    "line, ticket, recent, rate, enters",
    [
        (None, None, 0, 5, True),  # nobody ever waited
        (None, None, 10, 5, False),  # too many at once
        (LINE, None, 0, 5, False),  # others wait: nobody passes them
        (LINE, 10, 99, 5, True),  # called
        (LINE, 11, 0, 5, False),  # not yet
        (LINE, 30, 99, 0, True),  # no limit any more
        (Line(30, 30, NOW), None, 9, 5, True),  # the line is empty
        (Line(30, 30, NOW), None, 10, 5, False),
    ],
)
def test_who_may_enter(line, ticket, recent, rate, enters):
    assert may_enter(line, ticket, recent, NOW, rate) is enters


def test_a_ticket_of_an_empty_line_is_called_after_one_turn():
    line = empty_line(NOW).with_ticket(after(100), 5)
    assert place_in(line, 1, after(100), 5) == Place(0, 200, 2000)


def test_a_ticket_joins_at_the_end_and_moves_nobody():
    line = LINE.with_ticket(after(1.3), 5)
    assert line.issued == 31
    for number in range(1, 31):
        assert line.call_of(number, NOW, 5) <= max(LINE.call_of(number, NOW, 5), NOW)
    assert place_in(line, 30, after(1.3), 5) == place_in(LINE, 30, after(1.3), 5)


def test_places_that_nobody_took_go_to_the_next():
    line = LINE.with_freed(3, after(1), 5)
    assert line.called_by(after(1), 5) == 18
    assert place_in(line, 30, after(1), 5).before == 11
    assert LINE.with_freed(99, after(1), 5).called_by(after(1), 5) == 30


@given(
    moments=st.lists(st.floats(0, 30), max_size=30).map(sorted),
    rate=st.sampled_from([0.5, 1, 5, 7, 20]),
)
def test_telling_the_line_anew_changes_no_place(moments, rate):
    """However often the row is written, nobody is called later than was said, nor more than one earlier."""
    told, line = Line(100, 0, NOW), Line(100, 0, NOW)
    for moment in moments:
        line = line.at(after(moment), rate)
        assert abs(line.called_by(after(moment), rate) - told.called_by(after(moment), rate)) <= 1
        assert line.called_by(after(moment), rate) <= 100


@given(
    moments=st.lists(st.floats(0, 10), min_size=1, max_size=60),
    rate=st.sampled_from([0.5, 1, 5, 20]),
)
def test_tickets_taken_out_of_order_call_nobody_early(moments, rate):
    """Requests wait for locks: whoever came first may be served last. The pace holds all the same."""
    line = empty_line(NOW)
    for moment in moments:
        line = line.with_ticket(after(moment), rate)
    first, last = min(moments), max(moments)
    for tenth in range(200):
        called = line.called_by(after(last + tenth / 10), rate)
        assert called <= (last - first + tenth / 10) * rate + 1
    assert line.called_by(after(11 + 61 / rate), rate) == len(moments)


def test_a_spread_opening_gives_everybody_a_moment_of_the_spread():
    assert own_opening(NOW, 0, b"\xff" * 32) == NOW
    assert own_opening(NOW, 60, b"\x00" * 32) == NOW
    assert own_opening(NOW, 60, b"\x80" + b"\x00" * 31) == after(30)
    assert own_opening(NOW, 60, b"\xff" * 32) <= after(60)
