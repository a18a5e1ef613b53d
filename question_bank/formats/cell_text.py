"""Values of cells as the text that somebody saw when typing them."""

from __future__ import annotations

import datetime
import re
from decimal import Decimal

Value = str | int | float | bool | datetime.date | datetime.time | datetime.timedelta | None

_LITERAL = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.')
_ZEROS = re.compile(r"^0{2,20}$")


def shown(value: Value, number_format: str = "") -> tuple[str, bool]:
    """The text, and whether it is a date that the program may have made of something else.

    `1930.0` is `1930`, a true date is `03/02/1930`, `0.5` formatted as a percentage is `50%`. A date
    whose format has no day or no year was probably typed as `1/2` or `2/1930`.
    """
    if value is None:
        return "", False
    if isinstance(value, str):
        return value.strip(), False
    if isinstance(value, bool):
        return ("TRUE" if value else "FALSE"), False
    if isinstance(value, int | float):
        return _number(value, number_format), False
    if isinstance(value, datetime.timedelta):
        minutes, seconds = divmod(round(value.total_seconds()), 60)
        clock = f"{minutes // 60}:{minutes % 60:02}"
        return (f"{clock}:{seconds:02}" if seconds else clock), False
    if isinstance(value, datetime.time):
        return _clock(value), False
    return _date(value, number_format)


def _number(value: int | float, number_format: str) -> str:
    if isinstance(value, float) and (value != value or value in (float("inf"), float("-inf"))):
        return ""
    pattern = _LITERAL.sub("", number_format)
    if "%" in pattern:
        # Decimal("0.07") * 100 is 7, 0.07 * 100 is not.
        return _plain(Decimal(str(value)) * 100) + "%"
    text = _plain(Decimal(str(value)))
    if _ZEROS.match(pattern) and text.isdigit():
        return text.zfill(len(pattern))
    return text


def _plain(number: Decimal) -> str:
    """Without exponent and without zeros behind the point."""
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _clock(time: datetime.time) -> str:
    return f"{time:%H:%M:%S}" if time.second else f"{time:%H:%M}"


def _date(value: datetime.date, number_format: str) -> tuple[str, bool]:
    pattern = _LITERAL.sub("", number_format).lower()
    is_known = any(letter in pattern for letter in "dmy")
    text, is_odd = f"{value.day:02}/{value.month:02}/{value.year:04}", False
    if is_known and "y" not in pattern:
        text, is_odd = f"{value.day:02}/{value.month:02}", True
    elif is_known and "d" not in pattern:
        text, is_odd = f"{value.month:02}/{value.year:04}", True
        if "m" not in pattern:
            text = f"{value.year:04}"
    if isinstance(value, datetime.datetime) and value.time() != datetime.time.min:
        text = f"{text} {_clock(value.time())}"
    return text, is_odd
