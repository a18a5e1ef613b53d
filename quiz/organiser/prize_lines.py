"""Prizes as lines of text, `Giải Nhất | 1 | 1.000.000 đồng`; number (one) and worth may be missing.

A bar within a name is written `\\|`.
"""

import re
from collections.abc import Iterator, Sequence

from flask_babel import gettext as _
from wtforms import Field, ValidationError

from quiz.contests.definition import Prize

_MOST = 1000
_LONGEST = 300
_BAR = re.compile(r"(?<!\\)\|")


def prize_lines(prizes: Sequence[Prize]) -> str:
    """The prizes, one a line."""
    return "\n".join(
        " | ".join(
            (prize.name.replace("|", r"\|"), str(prize.count), *([prize.amount] if prize.amount else []))
        )
        for prize in prizes
    )


def read_prize_lines(text: str) -> tuple[Prize, ...] | None:
    """The prizes of the lines; None if a line is none."""
    found = []
    for _number, _line, name, count, amount in _parts(text):
        if not name or not _is_count(count) or max(len(name), len(amount)) > _LONGEST:
            return None
        found.append(Prize(name, int(count), amount))
    return tuple(found)


def check_prize_lines(_form: object, field: Field) -> None:
    """A validator: says which line is no prize, and why."""
    for number, line, name, count, amount in _parts(field.data or ""):
        if not name:
            why = _("Chưa có tên giải trước dấu |.")
        elif not _is_count(count):
            why = _("Sau tên giải là số lượng từ 1 đến 1000. Ví dụ: Giải Nhì | 2 | 500.000 đồng.")
        elif max(len(name), len(amount)) > _LONGEST:
            why = _("Tên giải và trị giá, mỗi phần nhiều nhất 300 ký tự.")
        else:
            continue
        raise ValidationError(
            _("dòng %(n)s “%(line)s” chưa đúng. %(why)s", n=number, line=line[:60], why=why)
        )


def _parts(text: str) -> Iterator[tuple[int, str, str, str, str]]:
    """Number and text of each line that is not empty, and its name, count ("1" where none is) and worth."""
    for number, whole in enumerate(text.splitlines(), 1):
        if line := whole.strip():
            name, count, amount = (*(part.strip() for part in _BAR.split(line, maxsplit=2)), "", "")[:3]
            yield number, line, name.replace(r"\|", "|"), count or "1", amount


def _is_count(text: str) -> bool:
    return text.isascii() and text.isdecimal() and 0 < int(text[:9]) <= _MOST
