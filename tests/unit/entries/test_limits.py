"""How often somebody may take part, and when again."""

from datetime import UTC, date, datetime, timedelta

import pytest

from quiz.contests.definition_entry import Birth, EntryPolicy
from quiz.contests.definition_rounds import AttemptRule, Per
from quiz.contests.phases import RoundState, RoundWindow
from quiz.entries.limits import (
    Refusal,
    age_refusal,
    attempts_left,
    count_used,
    local_date,
    next_possible_start,
    refusal,
    span,
)

VIET_NAM = "Asia/Ho_Chi_Minh"


def at(local: str) -> datetime:
    """A moment from "16/11 10:00" in Viet Nam, of the year 2026, in UTC."""
    return datetime.strptime(f"2026 {local} +0700", "%Y %d/%m %H:%M %z").astimezone(UTC)


def window(state: str = "ready", opens: str = "16/11 10:00", closes: str = "30/11 09:00") -> RoundWindow:
    return RoundWindow(at(opens), at(closes), RoundState(state))


@pytest.mark.parametrize(
    "state,now,used,allowed,why",
    [
        ("ready", "16/11 10:00", 0, 7, None),
        ("ready", "16/11 10:00", 6, 7, None),
        ("ready", "16/11 10:00", 7, 7, Refusal.NO_ATTEMPTS_LEFT),
        ("ready", "16/11 10:00", 8, 7, Refusal.NO_ATTEMPTS_LEFT),
        ("ready", "16/11 10:00", 999, None, None),
        ("ready", "16/11 09:59", 0, 7, Refusal.ROUND_NOT_OPEN_YET),
        ("ready", "30/11 08:59", 0, 7, None),
        ("ready", "30/11 09:00", 0, 7, Refusal.ROUND_CLOSED),
        ("draft", "16/11 10:00", 0, 7, Refusal.ROUND_NOT_OPEN_YET),
        ("paused", "16/11 10:00", 0, 7, Refusal.ROUND_PAUSED),
        ("closed", "16/11 10:00", 0, 7, Refusal.ROUND_CLOSED),
        ("frozen", "16/11 10:00", 0, 7, Refusal.ROUND_CLOSED),
        ("published", "16/11 10:00", 0, 7, Refusal.ROUND_CLOSED),
        # what the round says comes before what the person has used
        ("paused", "16/11 10:00", 7, 7, Refusal.ROUND_PAUSED),
    ],
)
def test_refusals(state: str, now: str, used: int, allowed: int | None, why: Refusal | None) -> None:
    assert refusal(window(state), used=used, allowed=allowed, now=at(now)) is why


# Sunday 15/11 23:59 and Monday 16/11 00:00 are two weeks; in UTC both are Sunday.
STARTS = [
    (1, at("15/11 23:59")),
    (1, at("16/11 00:00")),
    (1, at("17/11 06:30")),  # still the 16th in UTC
    (2, at("17/11 20:00")),
    (2, at("22/11 23:59")),
]


@pytest.mark.parametrize(
    "per,round_number,now,used",
    [
        (Per.DAY, 1, "15/11 23:59", 1),
        (Per.DAY, 1, "16/11 00:00", 1),
        (Per.DAY, 2, "17/11 23:00", 2),  # a new round does not end the day
        (Per.DAY, 2, "18/11 08:00", 0),
        (Per.WEEK, 1, "15/11 23:59", 1),
        (Per.WEEK, 1, "16/11 00:00", 4),
        (Per.WEEK, 2, "22/11 23:59", 4),  # nor the week
        (Per.WEEK, 2, "23/11 00:00", 0),
        (Per.ROUND, 1, "23/11 00:00", 3),  # a new week does not end the round
        (Per.ROUND, 2, "23/11 00:00", 2),
        (Per.ROUND, 3, "23/11 00:00", 0),
        (Per.CONTEST, 1, "23/11 00:00", 5),
        (Per.CONTEST, 9, "23/11 00:00", 5),
    ],
)
def test_attempts_used(per: Per, round_number: int, now: str, used: int) -> None:
    assert count_used(STARTS, AttemptRule(7, per), round_number, at(now), VIET_NAM) == used


def test_days_of_another_time_zone() -> None:
    assert count_used(STARTS, AttemptRule(7, Per.DAY), 1, at("16/11 06:00"), VIET_NAM) == 1
    assert count_used(STARTS, AttemptRule(7, Per.DAY), 1, at("16/11 06:00"), "UTC") == 2


def test_an_iso_week_goes_over_the_year() -> None:
    begin, end = span(Per.WEEK, datetime(2027, 1, 1, tzinfo=UTC), VIET_NAM)
    assert begin == datetime(2026, 12, 27, 17, tzinfo=UTC)
    assert end - begin == timedelta(days=7)


@pytest.mark.parametrize("now,hours", [("2026-03-29T12:00+00:00", 23), ("2026-10-25T12:00+00:00", 25)])
def test_days_on_which_the_clock_changes(now: str, hours: int) -> None:
    begin, end = span(Per.DAY, datetime.fromisoformat(now), "Europe/Berlin")
    assert end - begin == timedelta(hours=hours)


@pytest.mark.parametrize(
    "state,per,limit,used,now,again",
    [
        ("ready", Per.ROUND, 7, 0, "17/11 08:00", "17/11 08:00"),
        ("ready", Per.ROUND, 7, 0, "15/11 08:00", "16/11 10:00"),
        ("ready", Per.ROUND, 7, 7, "17/11 08:00", None),
        ("ready", Per.CONTEST, 7, 7, "17/11 08:00", None),
        ("ready", Per.DAY, 1, 1, "17/11 08:00", "18/11 00:00"),
        ("ready", Per.DAY, 1, 1, "15/11 08:00", "16/11 10:00"),
        ("ready", Per.WEEK, 3, 3, "17/11 08:00", "23/11 00:00"),
        ("ready", Per.WEEK, 3, 3, "23/11 08:00", "30/11 00:00"),
        ("ready", Per.DAY, 1, 1, "30/11 08:00", None),  # the round closes before the next day
        ("ready", Per.WEEK, None, 99, "17/11 08:00", "17/11 08:00"),
        ("ready", Per.ROUND, 7, 0, "30/11 09:00", None),
        ("paused", Per.ROUND, 7, 0, "17/11 08:00", None),
        ("draft", Per.ROUND, 7, 0, "17/11 08:00", None),
        ("closed", Per.ROUND, 7, 0, "17/11 08:00", None),
    ],
)
def test_when_again(state: str, per: Per, limit: int | None, used: int, now: str, again: str | None) -> None:
    rule = AttemptRule(limit, per)
    expected = at(again) if again else None
    assert next_possible_start(window(state), rule, used=used, now=at(now), zone=VIET_NAM) == expected


@pytest.mark.parametrize("limit,used,left", [(7, 0, 7), (7, 7, 0), (7, 9, 0), (None, 9, None)])
def test_attempts_left(limit: int | None, used: int, left: int | None) -> None:
    assert attempts_left(AttemptRule(limit), used) == left


def test_the_day_is_the_contests_day() -> None:
    assert local_date(at("16/11 06:00"), VIET_NAM) == date(2026, 11, 16)
    assert local_date(at("16/11 06:00"), "UTC") == date(2026, 11, 15)


@pytest.mark.parametrize(
    "policy,birth,why",
    [
        (EntryPolicy(), None, None),
        (EntryPolicy(), date(2025, 1, 1), None),
        (EntryPolicy(min_age=14), date(2012, 11, 16), None),  # fourteen today
        (EntryPolicy(min_age=14), date(2012, 11, 17), Refusal.TOO_YOUNG),
        (EntryPolicy(min_age=14), None, Refusal.BIRTH_DATE_NEEDED),
        (EntryPolicy(min_age=16, max_age=35), date(1990, 11, 17), None),  # thirty-six tomorrow
        (EntryPolicy(min_age=16, max_age=35), date(1990, 11, 16), Refusal.TOO_OLD),
        (EntryPolicy(allow_under_16=False), date(2010, 11, 17), Refusal.TOO_YOUNG),
        (EntryPolicy(allow_under_16=False), date(2010, 11, 16), None),
        # who states only the year gets in if any birthday in it does
        (EntryPolicy(min_age=14, birth=Birth.YEAR), date(2012, 1, 1), None),
        (EntryPolicy(min_age=14, birth=Birth.YEAR), date(2013, 1, 1), Refusal.TOO_YOUNG),
        (EntryPolicy(max_age=35, birth=Birth.YEAR), date(1990, 1, 1), None),
        (EntryPolicy(max_age=35, birth=Birth.YEAR), date(1989, 1, 1), Refusal.TOO_OLD),
    ],
)
def test_age_limits(policy: EntryPolicy, birth: date | None, why: Refusal | None) -> None:
    assert age_refusal(policy, birth, date(2026, 11, 16)) is why
