"""When a contest's people are due to be forgotten."""

from datetime import UTC, datetime, timedelta

import pytest

from quiz.contests.phases import RoundState, RoundWindow
from quiz.privacy.retention import Stay, forget_at, result_at

NOW = datetime(2026, 11, 22, tzinfo=UTC)


def stay(state: RoundState, closes_in_days: int, since_days: int = 0) -> Stay:
    closes = NOW + timedelta(days=closes_in_days)
    return Stay(RoundWindow(closes - timedelta(days=7), closes, state), NOW + timedelta(days=since_days))


@pytest.mark.parametrize(
    "rounds, days",
    [
        ([], None),
        ([stay(RoundState.DRAFT, -3)], None),
        ([stay(RoundState.READY, 3)], None),
        ([stay(RoundState.PUBLISHED, -20, -10), stay(RoundState.READY, 3)], None),
        ([stay(RoundState.PUBLISHED, -20, -10)], -10),
        ([stay(RoundState.PUBLISHED, -20, -10), stay(RoundState.PUBLISHED, -9, -4)], -4),
        ([stay(RoundState.PUBLISHED, -20, -10), stay(RoundState.READY, -2)], -2),  # closed, never published
        ([stay(RoundState.PUBLISHED, -20, -10), stay(RoundState.DRAFT, 5)], -10),
    ],
)
def test_the_result_is_there_when_every_announced_round_is_over(rounds, days):
    assert result_at(rounds, NOW) == (None if days is None else NOW + timedelta(days=days))


@pytest.mark.parametrize(
    "result, months, day",
    [
        ("2026-11-22", 12, "2027-11-22"),
        ("2026-11-30", 3, "2027-02-28"),
        ("2027-08-31", 6, "2028-02-29"),
        ("2026-12-31", 1, "2027-01-31"),
        ("2026-01-31", 13, "2027-02-28"),
    ],
)
def test_months_later_is_the_same_day_or_the_last_of_the_month(result, months, day):
    start = datetime.fromisoformat(result).replace(tzinfo=UTC)
    assert forget_at(start, months).date().isoformat() == day
