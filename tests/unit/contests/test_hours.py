"""Days and times of day: phases to the minute, gaps over weekends, attempts that end with the day."""

from datetime import UTC, datetime, timedelta

import pytest

from quiz.attempts.timing import deadline
from quiz.contests.definition import AttemptRule, Finish, OpenHours, Weekday
from quiz.contests.phases import Phase, RoundState, RoundWindow
from quiz.entries.limits import next_possible_start

WORKDAYS = OpenHours(tuple(Weekday)[:5], "08:00", "17:30")


def at(text: str) -> datetime:
    """A moment of November 2026 by the clocks of Viet Nam; the 16th is a Monday."""
    day, clock = text.split()
    return datetime.fromisoformat(f"2026-11-{day}T{clock}:00+07:00").astimezone(UTC)


def window(hours: OpenHours | None = WORKDAYS, state: RoundState = RoundState.READY) -> RoundWindow:
    return RoundWindow(at("16 06:00"), at("28 12:00"), state, hours)


@pytest.mark.parametrize(
    "now,phase,reopens",
    [
        ("16 05:59", Phase.SCHEDULED, None),
        ("16 06:00", Phase.RESTING, "16 08:00"),
        ("16 08:00", Phase.OPEN, None),
        ("16 17:29", Phase.OPEN, None),
        ("16 17:30", Phase.RESTING, "17 08:00"),
        ("20 18:00", Phase.RESTING, "23 08:00"),  # Friday evening
        ("22 10:00", Phase.RESTING, "23 08:00"),  # Sunday
        ("27 17:29", Phase.OPEN, None),
        ("27 17:30", Phase.CLOSED, None),  # the 28th is a Saturday: nothing follows
        ("28 12:00", Phase.CLOSED, None),
    ],
)
def test_phases_follow_days_and_hours(now: str, phase: Phase, reopens: str | None) -> None:
    assert window().phase(at(now)) is phase
    if reopens:
        assert window().reopens_at(at(now)) == at(reopens)


def test_a_pause_is_a_pause_at_night_too() -> None:
    assert window(state=RoundState.PAUSED).phase(at("16 20:00")) is Phase.PAUSED


@pytest.mark.parametrize(
    "starts,finish,minutes,ends",
    [
        ("16 17:00", Finish.CUT, 15, "16 17:15"),
        ("16 17:20", Finish.CUT, 15, "16 17:30"),
        ("16 17:20", Finish.LET_FINISH, 15, "16 17:35"),
        ("16 17:20", Finish.CUT, None, "16 17:30"),
        ("27 17:20", Finish.CUT, 15, "27 17:30"),
    ],
)
def test_attempts_end_with_the_hours_or_run_out(
    starts: str, finish: Finish, minutes: int | None, ends: str
) -> None:
    """Acceptance test 3 for the end of a day."""
    started = at(starts)
    assert deadline(started, minutes, window().ends_at(started), finish) == at(ends)


def test_a_day_may_last_until_midnight_and_the_closing_comes_first() -> None:
    evenings = OpenHours(begins="20:00", ends="24:00")
    assert window(evenings).phase(at("16 23:59")) is Phase.OPEN
    assert window(evenings).ends_at(at("16 23:00")) == at("17 00:00")
    whole = OpenHours()
    assert window(whole).ends_at(at("28 11:00")) == at("28 12:00")
    assert window(None).ends_at(at("18 11:00")) == at("28 12:00")


def test_hours_are_those_of_the_contest_where_clocks_change() -> None:
    """In Berlin 25 October 2026 has 25 hours."""
    hours = OpenHours(begins="08:00", ends="20:00", zone="Europe/Berlin")
    before = datetime(2026, 10, 24, 19, 0, tzinfo=UTC)
    assert hours.next_opening(before) == datetime(2026, 10, 25, 7, 0, tzinfo=UTC)
    assert hours.open_until(datetime(2026, 10, 24, 6, 0, tzinfo=UTC)) == datetime(
        2026, 10, 24, 18, 0, tzinfo=UTC
    )


def test_the_next_possible_start_is_within_the_hours() -> None:
    rule = AttemptRule(limit=1)
    night = at("20 22:00")
    assert next_possible_start(window(), rule, used=0, now=night, zone="Asia/Ho_Chi_Minh") == at("23 08:00")
    assert at("23 08:00") - night == timedelta(days=2, hours=10)
