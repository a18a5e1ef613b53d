"""What the clock did between people's steps, as a table. Times are hours of one day."""

from datetime import UTC, datetime

import pytest

from quiz.contests.phases import RoundAction, RoundState, RoundWindow
from quiz.contests.timeline import Step, clock_steps


def hour(value: int) -> datetime:
    return datetime(2026, 11, 22, value, tzinfo=UTC)


def window(state: str, opens: int = 8, closes: int = 17) -> RoundWindow:
    return RoundWindow(hour(opens), hour(closes), RoundState(state))


@pytest.mark.parametrize(
    "state,closes,taken,now,wanted",
    [
        ("draft", 17, "", 20, ""),
        ("ready", 17, "open 6", 7, ""),
        ("ready", 17, "open 6", 9, "open 8"),
        ("ready", 17, "open 8", 9, ""),
        ("ready", 17, "open 6", 18, "open 8, close 17"),
        ("closed", 12, "open 6, close 12", 18, "open 8"),
        ("closed", 17, "open 6, close 18", 18, "open 8, close 17"),
        ("frozen", 17, "open 6, freeze 18", 19, "open 8, close 17"),
        ("paused", 17, "open 6, pause 16", 18, "open 8"),
        ("closed", 17, "open 6, pause 16, close 18", 19, "open 8"),
        ("ready", 17, "open 6, pause 16, resume 18", 19, "open 8, close 18"),
        ("ready", 17, "open 6, pause 9, resume 10", 18, "open 8, close 17"),
        ("ready", 17, "", 18, "close 17"),
    ],
)
def test_the_clock(state: str, closes: int, taken: str, now: int, wanted: str) -> None:
    def steps(text: str) -> tuple[Step, ...]:
        pairs = (part.split() for part in text.split(", ") if part)
        return tuple(Step(RoundAction(action), hour(int(at))) for action, at in pairs)

    assert clock_steps(window(state, closes=closes), steps(taken), hour(now)) == steps(wanted)
