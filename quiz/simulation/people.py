"""Invented people with names, birth dates and phones as they occur in the north-west. Pure, by seed."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

# (family name, weight, middle names of men, middle names of women)
_FAMILIES = (
    ("Lò", 14, ("Văn", "Minh", "Đức"), ("Thị", "Thu", "Thanh")),
    ("Quàng", 9, ("Văn", "Đức"), ("Thị", "Thu")),
    ("Cầm", 7, ("Văn", "Ngọc"), ("Thị", "Hồng")),
    ("Hoàng", 7, ("Văn", "Minh"), ("Thị", "Thanh")),
    ("Lường", 6, ("Văn", "Trung"), ("Thị", "Bích")),
    ("Tòng", 5, ("Văn",), ("Thị",)),
    ("Cà", 5, ("Văn",), ("Thị",)),
    ("Vì", 4, ("Văn",), ("Thị",)),
    ("Điêu", 2, ("Chính", "Văn"), ("Thị",)),
    ("Bạc", 2, ("Cầm", "Văn"), ("Thị",)),
    ("Giàng", 5, ("A", "Seo"), ("Thị",)),
    ("Mùa", 4, ("A", "Sống"), ("Thị",)),
    ("Sồng", 3, ("A", "Bả"), ("Thị",)),
    ("Thào", 3, ("A",), ("Thị",)),
    ("Vàng", 3, ("A", "Lao"), ("Thị",)),
    ("Nguyễn", 15, ("Văn", "Đức", "Hữu", "Quang"), ("Thị", "Thị Minh", "Ngọc")),
    ("Trần", 6, ("Văn", "Quốc"), ("Thị", "Thu")),
    ("Phạm", 4, ("Văn", "Hồng"), ("Thị", "Thanh")),
    ("Lê", 4, ("Văn", "Đình"), ("Thị", "Kim")),
    ("Bùi", 4, ("Văn", "Xuân"), ("Thị",)),
    ("Đinh", 4, ("Văn", "Công"), ("Thị",)),
    ("Hà", 4, ("Văn",), ("Thị",)),
)
_MEN = (
    "An Bình Chung Cường Dũng Dương Đạt Đoàn Giang Hải Hiếu Hoan Hòa Hùng Khánh Khoa Long Nam Pâng Phong Páo "
    "Quân Sơn Tâm Thanh Thành Thắng Tiến Toàn Tú Tuấn Việt Vinh Xuân Dơ Chu Lử Nhìa Sếnh Thu"
).split()
_WOMEN = (
    "Anh Bích Chi Dung Duyên Giang Hà Hạnh Hằng Hiền Hoa Hồng Huệ Hương Lan Linh Loan Mai Minh Nga Ngân Ngọc "
    "Nhung Oanh Phương Quyên Tâm Thảo Thu Thủy Trang Tuyết Vân Xuân Yến Pành Phua Súa Dợ Chía"
).split()
_PREFIXES = "032 033 034 035 036 037 038 039 070 077 081 083 086 088 090 091 093 094 096 097 098".split()


@dataclass(frozen=True, slots=True)
class Invented:
    """One invented person; `phone` in the form +84…"""

    name: str
    birth_date: date
    phone: str


def invent(seed: int, today: date) -> Iterator[Invented]:
    """People without end, the same for the same seed; phones do not repeat, names do."""
    source = random.Random(seed)
    phones: set[str] = set()
    weights = [family[1] for family in _FAMILIES]
    while True:
        family, _weight, men, women = source.choices(_FAMILIES, weights)[0]
        is_woman = source.random() < 0.52
        middle = source.choice(women if is_woman else men)
        given = source.choice(_WOMEN if is_woman else _MEN)
        age_days = int(365.25 * min(82.0, max(14.2, source.gauss(41, 13))))
        phone = _phone(source, phones)
        yield Invented(f"{family} {middle} {given}", today - timedelta(days=age_days), phone)


def _phone(source: random.Random, taken: set[str]) -> str:
    while True:
        phone = f"+84{source.choice(_PREFIXES)[1:]}{source.randrange(10**7):07}"
        if phone not in taken:
            taken.add(phone)
            return phone
