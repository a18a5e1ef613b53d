"""Dates and times of a definition, written in the contest's own time zone. Pure."""

from datetime import UTC, date, datetime, time, tzinfo
from zoneinfo import ZoneInfo

from quiz.contests.definition_reading import Table

FIRST_YEAR, LAST_YEAR = 2001, 2099
_STAND_IN = datetime(FIRST_YEAR, 1, 1, tzinfo=UTC)


def read_day(table: Table, key: str) -> date:
    """A date without time; required."""
    value = table.raw(key, "2026-10-01")
    if value is None:
        return _STAND_IN.date()
    if isinstance(value, datetime) or not isinstance(value, date):
        table.problem(key, f"“{key}” phải là ngày.", f"Viết không có dấu ngoặc kép: {key} = 2026-10-01.")
        return _STAND_IN.date()
    return value


def read_moment(table: Table, key: str, zone: tzinfo) -> datetime:
    """A time, local in the zone unless it says its own offset; aware and in UTC; required."""
    value = table.raw(key, "2026-11-16T10:00:00")
    if value is None:
        return _STAND_IN
    if not isinstance(value, datetime):
        only = "chỉ có ngày" if isinstance(value, date) else "chỉ có giờ" if isinstance(value, time) else ""
        table.problem(
            key,
            f"“{key}” {only or 'phải là ngày và giờ'}.",
            f"Viết ngày và giờ, không có dấu ngoặc kép: {key} = 2026-11-16T10:00:00.",
        )
        return _STAND_IN
    if not FIRST_YEAR <= value.year <= LAST_YEAR:
        table.problem(key, f"“{key}” ở năm {value.year}.", f"Năm từ {FIRST_YEAR} đến {LAST_YEAR}.")
        return _STAND_IN
    moment = (value if value.tzinfo else value.replace(tzinfo=zone)).astimezone(UTC)
    if value.tzinfo is None and moment.astimezone(zone).replace(tzinfo=None) != value:
        table.problem(key, f"“{key}” không có trong múi giờ {zone}: lúc đó đổi giờ.", "Chọn giờ khác.")
    return moment


def local_time(moment: datetime, zone: ZoneInfo) -> datetime:
    """The local time without offset, or with it in the one hour a year that comes twice."""
    local = moment.astimezone(zone)
    naive = local.replace(tzinfo=None, fold=0)
    return naive if naive.replace(tzinfo=zone).astimezone(UTC) == moment else local
