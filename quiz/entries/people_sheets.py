"""Columns of a list of people that organisers upload, by their titles, and its cells as values. Pure.

Bad input never raises: what can be read is returned beside the problems, each with its line and how to
mend it.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Generic, TypeVar

from quiz.core.dates import DateProblem, parse_birth_date, parse_birth_year
from quiz.core.names import clean_line, name_key
from quiz.core.phones import PhoneProblem, normalise_phone
from quiz.entries.people_tables import MAX_ROWS, ListProblem, TableRow, read_table
from quiz.units.rows import Severity

R = TypeVar("R")

MAX_CODE = 40
TITLES = {
    "code": "Mã dự thi",
    "name": "Họ và tên",
    "birth_date": "Ngày sinh",
    "unit": "Đơn vị",
    "phone": "Số điện thoại",
    "note": "Lý do",
}
# Titles as organisers write them, without marks and capitals.
_ALIASES = {
    "code": ("code", "ma", "ma du thi", "ma so", "so bao danh", "sbd", "ma nhan vien", "ma hoc sinh"),
    "name": ("name", "ho ten", "ho va ten", "ten"),
    "birth_date": ("birth date", "ngay sinh", "nam sinh", "ngay thang nam sinh", "birth year"),
    "unit": ("unit", "don vi", "ma don vi", "truong", "lop", "co quan"),
    "phone": ("phone", "dien thoai", "so dien thoai", "sdt", "dt"),
    "note": ("note", "ly do", "ghi chu", "nhiem vu", "chuc vu"),
}
_DATE = re.compile(
    r"(?:(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})|(\d{4})-(\d{1,2})-(\d{1,2}))(?: 0?0:00(?::00)?)?"
)
_SHORT_PHONE = re.compile(r"[35789]\d{8}")  # a spreadsheet took the zero away


@dataclass(frozen=True, slots=True)
class Reading(Generic[R]):
    """What a file holds."""

    rows: tuple[R, ...]
    problems: tuple[ListProblem, ...]

    @property
    def has_errors(self) -> bool:
        """Whether the file must be mended before it can be taken."""
        return any(problem.severity is Severity.ERROR for problem in self.problems)


@dataclass(slots=True)
class PeopleSheet:
    """What has been read so far; `places` are the columns by name."""

    today: date
    required: Sequence[str]
    optional: Sequence[str]
    titles: tuple[str, ...] = ()
    places: dict[str, int] = field(default_factory=dict)
    problems: list[ListProblem] = field(default_factory=list)

    def read(self, data: bytes, make: Callable[[TableRow], R | None]) -> list[R]:
        """The rows that could be understood."""
        table = read_table(data)
        if isinstance(table, ListProblem):
            self.problems.append(table)
            return []
        if not table:
            self.add(1, None, "Tệp trống.", "Chọn tệp có danh sách, mỗi người một dòng.")
            return []
        if not self._read_titles(table[0]):
            return []
        if len(table) > MAX_ROWS + 1:
            self.add(MAX_ROWS + 2, None, f"Danh sách có hơn {MAX_ROWS} người.", "Chia thành nhiều cuộc thi.")
            return []
        if len(table) == 1:
            self.add(table[0].line + 1, None, "Chỉ có dòng tiêu đề.", "Thêm mỗi người một dòng.")
        found = (make(row) for row in table[1:])
        return [row for row in found if row is not None]

    def sorted_problems(self) -> tuple[ListProblem, ...]:
        """The problems by line."""
        return tuple(sorted(self.problems, key=lambda one: one.line))

    def add(self, line: int, name: str | None, message: str, mend: str, *, is_error: bool = True) -> None:
        """Note a problem; `name` is a column's."""
        place = self.places.get(name) if name else None
        title = self.titles[place] if place is not None else None
        severity = Severity.ERROR if is_error else Severity.WARNING
        self.problems.append(ListProblem(line, title, message, mend, severity))

    def _read_titles(self, row: TableRow) -> bool:
        self.titles = row.cells
        known = {alias: name for name, aliases in _ALIASES.items() for alias in aliases}
        for place, title in enumerate(row.cells):
            name = known.get(name_key(title))
            if name not in (*self.required, *self.optional):
                if title:
                    mend = f"Các cột được đọc: {_listed((*self.required, *self.optional))}."
                    self.add(row.line, None, f"Cột “{title}” không được đọc.", mend, is_error=False)
            elif name in self.places:
                self.add(row.line, name, f"Cột “{title}” có hai lần.", "Giữ một cột.")
            elif name is not None:
                self.places[name] = place
        for name in self.required:
            if name not in self.places:
                mend = f"Dòng đầu là tiêu đề; đặt một cột tên “{TITLES[name]}”."
                self.add(row.line, None, f"Thiếu cột “{TITLES[name]}”.", mend)
        return all(name in self.places for name in self.required)

    def text(self, row: TableRow, name: str, most: int) -> str:
        """A cell, cleaned; one that is too long is a problem."""
        cell = row.cell(self.places.get(name))
        if len(cell) > most:
            self.add(row.line, name, f"Ô dài {len(cell)} ký tự.", f"Nhiều nhất {most} ký tự.")
        return clean_line(cell, most)

    def birth_date(self, row: TableRow) -> tuple[date | None, bool]:
        """The date in the cell and whether it is a year alone."""
        cell = row.cell(self.places.get("birth_date"))
        if not cell:
            return None, False
        try:
            if re.fullmatch(r"\d{4}", cell):
                return parse_birth_year(cell, self.today), True
            if match := _DATE.fullmatch(cell):
                day, month, year = match.group(1, 2, 3) if match[1] else match.group(6, 5, 4)
                return parse_birth_date(day, month, year, self.today), False
        except DateProblem:
            pass
        self.add(
            row.line,
            "birth_date",
            f"“{clean_line(cell, MAX_CODE)}” không phải ngày sinh.",
            "Viết ngày/tháng/năm, ví dụ 15/08/1962, hoặc chỉ năm 1962.",
        )
        return None, False

    def phone(self, row: TableRow) -> str | None:
        """The number in the cell, in the stored form."""
        cell = row.cell(self.places.get("phone"))
        if not cell:
            return None
        try:
            return normalise_phone(f"0{cell}" if _SHORT_PHONE.fullmatch(cell) else cell)
        except PhoneProblem:
            shown = clean_line(cell, MAX_CODE)
            self.add(row.line, "phone", f"“{shown}” không phải số di động.", "Viết đủ 10 chữ số.")
            return None


def _listed(names: Sequence[str]) -> str:
    return ", ".join(f"“{TITLES[name]}”" for name in names)
