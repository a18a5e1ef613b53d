"""How near two names, dates and numbers are."""

from datetime import date

import pytest

from quiz.core.names import clean_name, name_key
from quiz.vetting.nearness import birth_nearness, name_nearness, one_digit_apart
from quiz.vetting.values import Entrant, Signal

OWN = {"lo", "to", "lan", "loan", "hung", "hang", "nam"}


def near(one: str, other: str) -> Signal | None:
    a, b = (Entrant(0, clean_name(name), name_key(name)) for name in (one, other))
    found = name_nearness(a, b, OWN.__contains__)
    assert found == name_nearness(b, a, OWN.__contains__)
    return found


@pytest.mark.parametrize(
    "one, other, found",
    [
        ("Quàng Văn Thủy", "Quàng Văn Thuỷ", Signal.NAME_SAME),
        ("Lò Thị Hương", "lo thi huong", Signal.NAME_SAME),
        ("LÒ THỊ HƯƠNG", "Lò  Thị Hương", Signal.NAME_SAME),
        ("Đinh Văn Đức", "Ðinh Văn Ðức", Signal.NAME_SAME),
        ("Lò Văn Thành", "Lò Văn Thanh", Signal.NAME_MARKS),
        ("Nguyễn Thị Hà", "Nguyễn Thị Hạ", Signal.NAME_MARKS),
        ("Lò Văn Thành", "Lò Văn Thanhh", Signal.NAME_SLIP),
        ("Lò Văn Thành", "Lò Vna Thành", Signal.NAME_SLIP),
        ("Lò Văn Thành", "Lò Thành Văn", Signal.NAME_ORDER),
        ("Lò Thị Thu Hương", "Lò Hương", Signal.NAME_PART),
        ("Lò Thị Lan", "Lò Thị Loan", None),  # two names that many bear
        ("Lò Thị Lan", "Lò Thị Lann", Signal.NAME_SLIP),
        ("Lò Văn Hùng", "Lò Văn Nam", None),
        ("Lò Lan", "Lò Văn Lan", Signal.NAME_PART),
        ("Lò Lan", "Tô Lan", None),
        ("Lò Thị Hương", "Lò Thị", None),
    ],
)  # fmt: skip
def test_names(one, other, found):
    assert near(one, other) is found


@pytest.mark.parametrize(
    "one, other, found",
    [
        (date(1971, 6, 4), date(1971, 6, 4), Signal.BIRTH_SAME),
        (date(1971, 6, 4), date(1971, 4, 6), Signal.BIRTH_SWAPPED),
        (date(1971, 6, 4), date(1971, 6, 14), Signal.BIRTH_SLIP),
        (date(1971, 6, 4), date(1977, 6, 4), Signal.BIRTH_SLIP),
        (date(1971, 6, 4), date(1917, 6, 4), Signal.BIRTH_SLIP),
        (date(1971, 6, 12), date(1971, 6, 21), Signal.BIRTH_SLIP),
        (date(1971, 6, 4), date(1971, 12, 4), Signal.BIRTH_PART),
        (date(1971, 6, 4), date(1980, 6, 4), Signal.BIRTH_PART),
        (date(1971, 6, 4), date(1972, 6, 5), None),
        (date(1971, 1, 1), date(1971, 1, 1), Signal.BIRTH_YEAR),
        (date(1971, 1, 1), date(1972, 1, 1), None),
        (date(1971, 1, 1), date(1971, 11, 1), Signal.BIRTH_SLIP),
        (date(1971, 6, 4), None, None),
        (None, None, None),
    ],
)
def test_birth_dates(one, other, found):
    assert birth_nearness(one, other) is found
    assert birth_nearness(other, one) is found


@pytest.mark.parametrize(
    "one, other, near_",
    [
        ("978123214", "978123215", True),
        ("978123214", "978123241", True),  # neighbours exchanged
        ("978123214", "978123214", False),
        ("978123214", "978124215", False),
        ("978123214", "978132241", False),
        ("978123214", "97812321", False),
    ],
)
def test_numbers(one, other, near_):
    assert one_digit_apart(one, other) is near_
