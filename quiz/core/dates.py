"""Birth dates typed into three boxes, and ages. Pure: today is given."""

import calendar
import re
import unicodedata
from datetime import date

from quiz.core.errors import Invalid

OLDEST = 120
_BOXES = ("day", "month", "year")
_IS_NUMBER = re.compile(r"[0-9]{1,9}")
Typed = str | int | None


class DateProblem(Invalid):
    """The three boxes do not make a birth date. `boxes` names those to mend, for links in the error summary.

    Codes: empty, empty_year, not_a_number, year_digits (not four of them), month_range, day_range,
    no_such_day (with `last`, the last day of that month), future, too_long_ago.
    """

    def __init__(self, code: str, *boxes: str, **params: object) -> None:
        super().__init__(code, boxes=boxes, **params)
        self.boxes = boxes


def parse_birth_date(
    day: str | int | None, month: str | int | None, year: str | int | None, today: date
) -> date:
    """The date in the three boxes; one digit is enough for day and month. Raises DateProblem."""
    typed = dict(zip(_BOXES, (_text(day), _text(month), _text(year)), strict=True))
    if missing := [box for box, text in typed.items() if not text]:
        raise DateProblem("empty", *missing)
    if odd := [box for box, text in typed.items() if not _IS_NUMBER.fullmatch(text)]:
        raise DateProblem("not_a_number", *odd)
    if len(typed["year"]) != 4:
        raise DateProblem("year_digits", "year", year=typed["year"])
    birth = _existing_date(int(typed["day"]), int(typed["month"]), int(typed["year"]))
    if birth > today:
        boxes = ("year",) if birth.year > today.year else _BOXES
        raise DateProblem("future", *boxes, year=birth.year)
    if age_on(birth, today) > OLDEST:
        raise DateProblem("too_long_ago", "year", year=birth.year)
    return birth


def parse_birth_year(year: str | int | None, today: date) -> date:
    """1 January of the year in the box, which stands for the year. Raises DateProblem, all about "year"."""
    typed = _text(year)
    if not typed:
        raise DateProblem("empty_year", "year")
    return parse_birth_date(1, 1, typed, today)


def age_on(birth: date, day: date) -> int:
    """Full years on a day. Who was born on 29 February is a year older on 1 March of common years."""
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


def ages_on(birth: date, day: date, *, only_year: bool) -> tuple[int, int]:
    """The least and the most full years that the person can have: one apart where only the year is known."""
    most = age_on(birth, day)
    return (age_on(birth.replace(month=12, day=31), day), most) if only_year else (most, most)


def _existing_date(day: int, month: int, year: int) -> date:
    """The date, or the problem that says which number is out of range."""
    if not 1 <= month <= 12:
        raise DateProblem("month_range", "month", month=month)
    if not 1 <= day <= 31:
        raise DateProblem("day_range", "day", day=day)
    if year < 1:
        raise DateProblem("too_long_ago", "year", year=year)
    last = calendar.monthrange(year, month)[1]
    if day > last:
        raise DateProblem("no_such_day", "day", day=day, month=month, year=year, last=last)
    return date(year, month, day)


def _text(value: Typed) -> str:
    return "" if value is None else unicodedata.normalize("NFKC", str(value)).strip()
