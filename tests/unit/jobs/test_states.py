"""When a running job is given up, and what share of it is done."""

from datetime import UTC, datetime, timedelta

import pytest

from quiz.jobs.states import LOST, MOST_RUNS, Fate, fate, percent

NOW = datetime(2026, 11, 22, 8, tzinfo=UTC)


@pytest.mark.parametrize(
    "silent, is_repeatable, runs, wanted",
    [
        (LOST - timedelta(seconds=1), True, 1, Fate.ALIVE),
        (LOST - timedelta(seconds=1), False, 9, Fate.ALIVE),
        (LOST, True, 1, Fate.AGAIN),
        (LOST, True, MOST_RUNS - 1, Fate.AGAIN),
        (LOST, True, MOST_RUNS, Fate.FAILED),
        (LOST, False, 1, Fate.FAILED),
    ],
)
def test_fate(silent, is_repeatable, runs, wanted):
    assert fate(NOW - silent, NOW, is_repeatable=is_repeatable, runs=runs) is wanted


@pytest.mark.parametrize(
    "done, total, wanted",
    [(0, 10, 0), (999, 1000, 99), (10, 10, 100), (11, 10, 100), (3, None, None), (3, 0, None)],
)
def test_percent(done, total, wanted):
    assert percent(done, total) == wanted
