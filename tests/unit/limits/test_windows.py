"""The sliding window: what fits, and the promised wait is enough."""

import math
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.limits.deeds import LIMITS
from quiz.limits.windows import Count, Rate, estimate, wait_seconds, window_start

TEN_A_MINUTE = Rate(10, 60)
ROWS = [
    # hits  earlier  elapsed  estimate  wait
    (1, 0, 0, 1, 0),
    (10, 0, 30, 10, 0),
    (11, 0, 30, 11, 36),  # all ten fell into this window: a tenth of it has to pass out of sight
    (1, 10, 0, 11, 6),  # a tenth of the window before has to pass out of sight
    (1, 10, 30, 6, 0),
    (6, 10, 30, 11, 6),
    (11, 10, 59, 11 + 10 / 60, 7),
]


@pytest.mark.parametrize("hits, earlier, elapsed, many, wait", ROWS)
def test_window(hits: int, earlier: int, elapsed: float, many: float, wait: int) -> None:
    count = Count(hits, earlier, elapsed)
    assert estimate(TEN_A_MINUTE, count) == pytest.approx(many)
    assert wait_seconds(TEN_A_MINUTE, count) == wait


@given(st.integers(1, 50), st.integers(1, 600), st.integers(1, 80), st.integers(0, 80), st.floats(0, 0.999))
def test_after_the_wait_one_more_fits(most: int, seconds: int, hits: int, earlier: int, share: float) -> None:
    rate, elapsed = Rate(most, seconds), share * seconds
    hits, earlier = min(hits, most + 1), min(earlier, most)
    wait = wait_seconds(rate, Count(hits, earlier, elapsed))
    if not wait:
        return
    # Refused: it was taken back; nobody else comes meanwhile.
    windows, later = divmod(elapsed + wait, seconds)
    counts = {0: (hits - 1, earlier), 1: (0, hits - 1)}.get(int(windows), (0, 0))
    assert estimate(rate, Count(counts[0] + 1, counts[1], later)) <= most + 1e-6
    assert wait <= 2 * seconds + 1


def test_windows_begin_at_whole_multiples() -> None:
    now = datetime(2026, 11, 22, 8, 0, 59, tzinfo=UTC)
    start = window_start(TEN_A_MINUTE, now)
    assert start == int((now - timedelta(seconds=59)).timestamp())
    assert math.floor(now.timestamp()) - start == 59


def test_no_network_is_shut_out_below_300_a_minute_where_people_enter_and_start() -> None:
    for limit in LIMITS.values():
        if limit.unasked is not None:
            assert limit.network is None, "as the installation is set; at least 300"
