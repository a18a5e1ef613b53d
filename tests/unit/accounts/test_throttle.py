"""Waiting after failed sign-ins, as tables."""

from datetime import UTC, datetime, timedelta

import pytest

from quiz.accounts.throttle import ACCOUNT, NETWORK, Patience, wait

NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)


def seconds_ago(*ages: int) -> list[datetime]:
    return [NOW - timedelta(seconds=age) for age in ages]


@pytest.mark.parametrize(
    "ages, expected",
    [
        ((), 0),
        ((1, 2), 0),
        ((0, 0, 0), 30),
        ((10, 20, 30), 20),
        ((30, 40, 50), 0),
        ((0,) * 4, 60),
        ((0,) * 5, 120),
        ((0,) * 8, 900),  # twice 480 is more than the longest
        ((0,) * 9, 900),
        ((0,) * 10, 3600),  # an hour is full
        ((10,) * 25, 3590),
        ((4000,) * 50, 0),  # forgotten
    ],
)
def test_wait_on_an_account(ages: tuple[int, ...], expected: int) -> None:
    assert wait(seconds_ago(*ages), NOW, ACCOUNT) == timedelta(seconds=expected)


@pytest.mark.parametrize("patience, most", [(ACCOUNT, 10), (NETWORK, 100)])
def test_an_hour_holds_no_more_tries_than_said(patience: Patience, most: int) -> None:
    """Someone who tries the very second it is allowed, for five hours."""
    tries: list[datetime] = []
    for second in range(5 * 3600):
        now = NOW + timedelta(seconds=second)
        while wait(tries, now, patience) == timedelta(0):
            tries.append(now)
            if len(tries) > 5 * most + 5:
                break
    busiest = max(sum(first <= at < first + timedelta(hours=1) for at in tries) for first in tries)
    assert busiest <= most


def test_nobody_waits_longer_than_an_hour() -> None:
    for count in range(200):
        assert wait(seconds_ago(*([0] * count)), NOW, ACCOUNT) <= timedelta(hours=1)
