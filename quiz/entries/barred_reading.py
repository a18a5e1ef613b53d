"""The list of those who may not enter: organisers, question writers, people who run the site. Pure."""

from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from quiz.core.names import MAX_NAME, name_key
from quiz.entries.people_sheets import PeopleSheet, Reading
from quiz.entries.people_tables import TableRow

MAX_NOTE = 200
TYPED_TITLES = "Họ và tên;Ngày sinh;Số điện thoại;Lý do"


@dataclass(frozen=True, slots=True)
class BarredRow:
    """Somebody who may not enter, and why; known by the phone, or by name and birth date."""

    line: int
    name: str
    birth_date: date | None = None
    only_year: bool = False
    phone: str | None = None
    note: str = ""


def read_barred(data: bytes, today: date) -> Reading[BarredRow]:
    """The people of a list of the barred: name, and birth date or phone."""
    sheet = PeopleSheet(today, required=("name",), optional=("birth_date", "phone", "note"))
    return Reading(tuple(sheet.read(data, partial(_barred_row, sheet))), sheet.sorted_problems())


def read_typed(text: str, today: date) -> Reading[BarredRow]:
    """The same from lines that were typed: name; birth date; phone; reason. Lines count from 1."""
    found = read_barred(f"{TYPED_TITLES}\n{text}".encode(), today)
    return Reading(
        tuple(replace(row, line=row.line - 1) for row in found.rows),
        tuple(replace(problem, line=max(problem.line - 1, 1)) for problem in found.problems),
    )


def _barred_row(sheet: PeopleSheet, row: TableRow) -> BarredRow | None:
    name = sheet.text(row, "name", MAX_NAME)
    born, only_year = sheet.birth_date(row)
    phone = sheet.phone(row)
    note = sheet.text(row, "note", MAX_NOTE)
    if not name_key(name):
        sheet.add(row.line, "name", "Chưa có họ và tên.", "Điền họ và tên, có dấu.")
        return None
    if born is None and phone is None and not any(one.line == row.line for one in sheet.problems):
        sheet.add(
            row.line,
            None,
            f"“{name}” không có ngày sinh và số điện thoại nên chỉ được nêu tên để xem, không bị chặn.",
            "Thêm ngày sinh hoặc số điện thoại: nhiều người trùng họ tên.",
            is_error=False,
        )
    return BarredRow(row.line, name, born, only_year, phone, note)
