"""The clock of an attempt."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.attempts.timing import (
    deadline,
    duration_ms,
    effective_end,
    extra_time,
    is_shortened,
    remaining_ms,
)
from quiz.contests.definition_rounds import Finish

CLOSES = datetime(2026, 11, 23, 2, tzinfo=UTC)
CUT, LET_FINISH = Finish.CUT, Finish.LET_FINISH


def before_closing(minutes: float) -> datetime:
    return CLOSES - timedelta(minutes=minutes)


@pytest.mark.parametrize(
    "starts,minutes,finish,ends,shortened",
    [
        # minutes before the round closes, except `ends`: minutes after the start
        (60, 10, CUT, 10, False),
        (10, 10, CUT, 10, False),
        (2, 10, CUT, 2, True),
        (0.5, 10, CUT, 0.5, True),
        (60, 10, LET_FINISH, 10, False),
        (2, 10, LET_FINISH, 10, False),
        # without a limit: as long as the round
        (60, None, CUT, 60, False),
        (60, None, LET_FINISH, 60, False),
    ],
)
def test_deadline(starts: float, minutes: int | None, finish: Finish, ends: float, shortened: bool) -> None:
    started_at = before_closing(starts)
    assert deadline(started_at, minutes, CLOSES, finish) == started_at + timedelta(minutes=ends)
    assert is_shortened(started_at, minutes, CLOSES, finish) is shortened


def test_extra_time_counts_but_not_past_a_cut() -> None:
    extra = timedelta(minutes=5)
    assert deadline(before_closing(60), 10, CLOSES, CUT, extra=extra) == before_closing(45)
    assert deadline(before_closing(12), 10, CLOSES, CUT, extra=extra) == CLOSES
    assert deadline(before_closing(12), 10, CLOSES, LET_FINISH, extra=extra) == CLOSES + timedelta(minutes=3)
    assert is_shortened(before_closing(12), 10, CLOSES, CUT, extra=extra)


@pytest.mark.parametrize(
    "after_deadline_ms,left", [(-60_000, 60_000), (-1, 1), (0, 0), (1, 0), (30_000, 0), (3_600_000, 0)]
)
def test_the_time_left_is_never_below_zero(after_deadline_ms: int, left: int) -> None:
    assert remaining_ms(CLOSES, CLOSES + timedelta(milliseconds=after_deadline_ms)) == left


@pytest.mark.parametrize(
    "minutes,percent,extra",
    [(20, 0, 0), (20, 50, 600), (15, 25, 225), (10, 300, 1800), (None, 50, 0)],
)
def test_extra_time_is_a_share_of_the_minutes(minutes: int | None, percent: int, extra: int) -> None:
    assert extra_time(minutes, percent) == timedelta(seconds=extra)


@pytest.mark.parametrize(
    "closed_after,used",
    [
        (timedelta(seconds=55), 55_000),
        (timedelta(minutes=10), 600_000),
        (timedelta(minutes=10, seconds=20), 600_000),  # within the grace: no longer than given
        (timedelta(days=3), 600_000),  # closed by whoever looked first
        (timedelta(milliseconds=1234, microseconds=900), 1234),
        (timedelta(seconds=-1), 0),  # a clock set back
    ],
)
def test_time_used_is_never_more_than_was_given(closed_after: timedelta, used: int) -> None:
    started_at = before_closing(60)
    ends = deadline(started_at, 10, CLOSES, CUT)
    assert duration_ms(started_at, started_at + closed_after, ends) == used
    assert effective_end(started_at + closed_after, ends) <= ends


moments = st.integers(0, 10**7).map(lambda seconds: CLOSES - timedelta(seconds=seconds))


@given(moments, st.none() | st.integers(1, 600), st.sampled_from(Finish), st.integers(0, 10**8))
def test_no_attempt_is_longer_than_its_minutes(
    started_at: datetime, minutes: int | None, finish: Finish, closed_after: int
) -> None:
    ends = deadline(started_at, minutes, CLOSES, finish)
    used = duration_ms(started_at, started_at + timedelta(seconds=closed_after), ends)
    assert 0 <= used <= (ends - started_at) // timedelta(milliseconds=1)
    if minutes is not None:
        assert used <= minutes * 60_000
    if finish is CUT:
        assert ends <= CLOSES
