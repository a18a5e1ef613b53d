"""Two working days to answer, ten days to do it."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from quiz.privacy.due_dates import due, lateness
from quiz.privacy.holidays import HOLIDAYS

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


@pytest.mark.parametrize(
    "asked, answer_by, done_by",
    [
        ("2026-11-23T09:00", "2026-11-26T00:00", "2026-12-04T00:00"),  # Monday: to the end of Wednesday
        ("2026-11-26T23:59", "2026-12-01T00:00", "2026-12-07T00:00"),  # Thursday: Friday, Monday
        ("2026-11-27T00:00", "2026-12-02T00:00", "2026-12-08T00:00"),  # Friday: Monday, Tuesday
        ("2026-11-28T12:00", "2026-12-02T00:00", "2026-12-09T00:00"),  # Saturday counts from Monday on
        ("2026-11-29T12:00", "2026-12-02T00:00", "2026-12-10T00:00"),  # Sunday
        ("2026-12-30T09:00", "2027-01-05T00:00", "2027-01-10T00:00"),  # Thursday, Friday is New Year, Monday
        ("2027-02-03T09:00", "2027-02-12T00:00", "2027-02-14T00:00"),  # Thursday, then Tết until Wednesday
        ("2027-04-29T09:00", "2027-05-06T00:00", "2027-05-10T00:00"),  # 1 May is a Saturday: Monday is free
        ("2028-04-03T09:00", "2028-04-07T00:00", "2028-04-14T00:00"),  # the Hùng Kings' day between
        ("2028-09-01T09:00", "2028-09-07T00:00", "2028-09-12T00:00"),  # 2 September is a Saturday
    ],
)
def test_dates_end_with_their_day_in_the_zone(asked, answer_by, done_by):
    dates = due(at(asked).astimezone(UTC), ZONE)
    assert (dates.answer_by, dates.done_by) == (at(answer_by), at(done_by))


@pytest.mark.parametrize(
    "now, answered, closed, answer_late, deed_late",
    [
        ("2026-11-25T23:59", None, None, False, False),
        ("2026-11-26T00:00", None, None, True, False),
        ("2026-12-01T00:00", "2026-11-25T10:00", None, False, False),
        ("2026-12-01T00:00", "2026-11-26T10:00", None, True, False),
        ("2026-12-04T00:00", "2026-11-25T10:00", None, False, True),
        ("2026-12-20T00:00", "2026-11-25T10:00", "2026-12-03T10:00", False, False),
        ("2026-12-20T00:00", None, "2026-11-24T10:00", False, False),
    ],
)
def test_late_is_what_is_past_its_date(now, answered, closed, answer_late, deed_late):
    found = lateness(
        due(at("2026-11-23T09:00"), ZONE),
        answered_at=at(answered) if answered else None,
        closed_at=at(closed) if closed else None,
        now=at(now),
    )
    assert (found.answer, found.deed) == (answer_late, deed_late)
    assert found.any == (answer_late or deed_late)


def test_holidays_are_working_days_of_the_years_that_are_known():
    assert not [day for day in HOLIDAYS if day.weekday() > 4]
    assert {day.year for day in HOLIDAYS} == {2026, 2027, 2028}
