"""When complaints are taken, as a table. Times are days of a month; three days."""

from datetime import UTC, datetime

import pytest

from quiz.contests.complaint_window import complaints_until, may_complain
from quiz.contests.phases import RoundState, RoundWindow


def day(value: int) -> datetime:
    return datetime(2026, 11, value, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    "state,since,days,now,wanted,until",
    [
        ("draft", 1, 3, 12, False, None),
        ("ready", 1, 3, 5, False, None),
        ("paused", 5, 3, 6, False, None),
        ("ready", 1, 3, 10, True, None),
        ("closed", 10, 3, 29, True, None),
        ("frozen", 11, 3, 29, True, None),
        ("published", 12, 3, 14, True, 15),
        ("published", 12, 3, 15, False, 15),
        ("published", 12, 0, 12, False, 12),
        ("closed", 10, 0, 11, False, None),
    ],
)
def test_the_window(state: str, since: int, days: int, now: int, wanted: bool, until: int | None) -> None:
    window = RoundWindow(day(2), day(10), RoundState(state))
    assert may_complain(window, day(since), days, day(now)) is wanted
    assert complaints_until(window, day(since), days, day(now)) == (day(until) if until else None)
