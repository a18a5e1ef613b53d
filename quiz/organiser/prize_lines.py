"""Prizes as lines of text, `Giải Nhất | 1 | 1.000.000 đồng`; number (one) and worth may be missing."""

from collections.abc import Sequence

from quiz.contests.definition import Prize

_MOST = 1000
_LONGEST = 300


def prize_lines(prizes: Sequence[Prize]) -> str:
    """The prizes, one a line."""
    return "\n".join(
        " | ".join((prize.name, str(prize.count), *([prize.amount] if prize.amount else [])))
        for prize in prizes
    )


def read_prize_lines(text: str) -> tuple[Prize, ...] | None:
    """The prizes of the lines; None if a line is none."""
    found = []
    for line in filter(None, map(str.strip, text.splitlines())):
        name, count, amount = (*(part.strip() for part in line.split("|", 2)), "", "")[:3]
        number = count or "1"
        good = number.isascii() and number.isdecimal() and 0 < int(number[:9]) <= _MOST
        if not (name and good and max(len(name), len(amount)) <= _LONGEST):
            return None
        found.append(Prize(name, int(number), amount))
    return tuple(found)
