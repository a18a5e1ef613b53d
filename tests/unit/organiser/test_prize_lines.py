"""Prizes between the round's page and its definition."""

import pytest

from quiz.contests.definition import Prize
from quiz.organiser.prize_lines import prize_lines, read_prize_lines


@pytest.mark.parametrize(
    "text,prizes",
    [
        ("", ()),
        ("Giải Nhất", (Prize("Giải Nhất"),)),
        (" Nhất |1|  1.000.000 đồng \n\nNhì | 2 ", (Prize("Nhất", 1, "1.000.000 đồng"), Prize("Nhì", 2))),
        ("Ba | 3 | một | hai", (Prize("Ba", 3, "một | hai"),)),
        ("| 2", None),
        ("Nhì | hai", None),
        ("Nhì | 0", None),
        ("Nhì | 1001", None),
        ("Nhì | -1", None),
    ],
)
def test_lines_become_prizes(text: str, prizes: tuple[Prize, ...] | None) -> None:
    assert read_prize_lines(text) == prizes


def test_prizes_become_lines_and_prizes_again() -> None:
    prizes = (Prize("Nhất", 1, "1 | 2"), Prize("Khuyến khích | nữ", 10), Prize("Ba"))
    assert read_prize_lines(prize_lines(prizes)) == prizes
