"""The roster: a list of those who may enter, each with a code of their own. Pure."""

import re
from dataclasses import dataclass, field
from datetime import date
from functools import partial

from quiz.core.names import MAX_NAME, clean_line, name_key
from quiz.entries.people_sheets import MAX_CODE, PeopleSheet, Reading
from quiz.entries.people_tables import TableRow

MAX_UNIT = 300
_CODE = re.compile(r"\w[\w./-]*")


@dataclass(frozen=True, slots=True)
class RosterRow:
    """Somebody who may enter. With `only_year` the birth date is 1 January of the year."""

    line: int
    code: str
    name: str
    birth_date: date | None = None
    only_year: bool = False
    unit: str = ""


def code_key(code: str) -> str:
    """A roster code as it is compared: capitals and spaces do not count, zeros do."""
    return re.sub(r"\s+", "", clean_line(code, MAX_CODE)).casefold()


def read_roster(data: bytes, today: date) -> Reading[RosterRow]:
    """The people of a roster: code and name, birth date and unit where they are known."""
    sheet = _RosterSheet(today, required=("code", "name"), optional=("birth_date", "unit"))
    rows = sheet.read(data, partial(_roster_row, sheet))
    _warn_of_lost_zeros(sheet)
    return Reading(tuple(rows), sheet.sorted_problems())


@dataclass(slots=True)
class _RosterSheet(PeopleSheet):
    """A sheet with codes: where each stands, and which of them were numbers."""

    lines_by_code: dict[str, int] = field(default_factory=dict)
    numbers: list[tuple[int, str]] = field(default_factory=list)


def _roster_row(sheet: _RosterSheet, row: TableRow) -> RosterRow | None:
    code = sheet.text(row, "code", MAX_CODE)
    name = sheet.text(row, "name", MAX_NAME)
    born, only_year = sheet.birth_date(row)
    if not name_key(name):
        sheet.add(row.line, "name", "Chưa có họ và tên.", "Điền họ và tên, có dấu.")
    if not _takes_code(sheet, row, code):
        return None
    if sheet.places["code"] in row.numbers:
        sheet.numbers.append((row.line, code))
    return RosterRow(row.line, code, name, born, only_year, sheet.text(row, "unit", MAX_UNIT))


def _takes_code(sheet: _RosterSheet, row: TableRow, code: str) -> bool:
    key = code_key(code)
    if not key:
        sheet.add(row.line, "code", "Chưa có mã dự thi.", "Mỗi người một mã riêng.")
    elif not _CODE.fullmatch(key):
        sheet.add(row.line, "code", f"Mã “{code}” có ký tự lạ.", "Mã chỉ gồm chữ, số, dấu chấm, gạch nối.")
    elif key in sheet.lines_by_code:
        first = sheet.lines_by_code[key]
        sheet.add(row.line, "code", f"Mã “{code}” đã có ở dòng {first}.", "Mỗi người một mã riêng.")
    else:
        sheet.lines_by_code[key] = row.line
        return True
    return False


def _warn_of_lost_zeros(sheet: _RosterSheet) -> None:
    """Numbers beside longer codes, or codes with a zero in front: their own zeros are gone, most likely."""
    if not sheet.numbers:
        return
    longest = max(len(code) for code in sheet.lines_by_code)
    has_zeros = any(code.startswith("0") for code in sheet.lines_by_code)
    short = [(line, code) for line, code in sheet.numbers if len(code) < longest or has_zeros]
    if short:
        line, code = short[0]
        others = f" và {len(short) - 1} mã nữa" if len(short) > 1 else ""
        sheet.add(
            line,
            "code",
            f"Mã “{code}”{others} là ô dạng số: số 0 ở đầu, nếu có, đã mất.",
            "Định dạng cột mã là Văn bản (Text) rồi nhập lại mã, hoặc bỏ qua nếu mã đúng là như vậy.",
            is_error=False,
        )
