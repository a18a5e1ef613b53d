"""A file with facts about units: code, headcounts, targets, merit; a row for each unit. Pure.

Bad input never raises: what can be read is returned beside the problems, each with its line and how to
mend it. An empty cell says nothing and leaves what there is.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from quiz.collective.values import EVERYBODY, UnitFact
from quiz.core.names import clean_line, name_key
from quiz.entries.people_sheets import Reading
from quiz.entries.people_tables import ListProblem, TableRow, read_table
from quiz.units.rows import Severity

CODE, PEOPLE, ATTEMPTS, MERIT, REASON = "code", "people", "attempts", "merit", "reason"
TITLES = {
    CODE: "Mã đơn vị",
    EVERYBODY: "Tổng số người",
    PEOPLE: "Chỉ tiêu người",
    ATTEMPTS: "Chỉ tiêu lượt",
    MERIT: "Điểm thành tích",
    REASON: "Lý do",
}
_ALIASES = {
    CODE: ("ma don vi", "ma", "code"),
    EVERYBODY: ("tong so nguoi", "so nguoi", "headcount"),
    PEOPLE: ("chi tieu nguoi", "chi tieu so nguoi", "people target"),
    ATTEMPTS: ("chi tieu luot", "chi tieu so luot", "attempts target"),
    MERIT: ("diem thanh tich", "thanh tich", "merit"),
    REASON: ("ly do", "ghi chu", "reason"),
}
_IGNORED = frozenset({"ten don vi", "don vi", "ten", "ngay so lieu"})
_WHOLE = re.compile(r"[0-9]{1,9}|[1-9][0-9]{0,2}(?:[. ][0-9]{3}){1,2}")
_POINTS = re.compile(r"([0-9]{1,6})(?:[.,]([0-9]{1,4}))?")
MAX_PEOPLE, MAX_REASON = 10_000_000, 500


def people_title(name: str) -> str:
    """The title of the column with the headcounts of a category."""
    return f"Số người: {name}"


def parse_whole(text: str) -> int | None:
    """ "1.234" and "1234"; None for anything else, or for more people than there are."""
    typed = text.strip()
    if not _WHOLE.fullmatch(typed):
        return None
    number = int(re.sub(r"[. ]", "", typed))
    return number if number <= MAX_PEOPLE else None


def parse_points(text: str) -> Decimal | None:
    """ "8" and "8,5"; None for anything else."""
    match = _POINTS.fullmatch(text.strip())
    return Decimal(f"{match[1]}.{match[2] or 0}").normalize() + 0 if match else None


@dataclass(slots=True)
class _Sheet:
    """What has been read so far; `places` are the columns by name, categories by "category code"."""

    units: Mapping[str, str]
    categories: Mapping[str, str]
    places: dict[str, int] = field(default_factory=dict)
    titles: Sequence[str] = ()
    problems: list[ListProblem] = field(default_factory=list)
    lines: dict[str, int] = field(default_factory=dict)

    def add(self, line: int, name: str | None, message: str, mend: str, *, is_error: bool = True) -> None:
        """Note a problem; `name` is a column's."""
        place = self.places.get(name) if name is not None else None
        severity = Severity.ERROR if is_error else Severity.WARNING
        title = self.titles[place] if place is not None else None
        self.problems.append(ListProblem(line, title, message, mend, severity))


def read_facts(data: bytes, units: Mapping[str, str], categories: Mapping[str, str]) -> Reading[UnitFact]:
    """The facts of a file. `units` are names by code, `categories` names by code of those with headcounts."""
    sheet = _Sheet(units, categories)
    table = read_table(data)
    if isinstance(table, ListProblem):
        return Reading((), (table,))
    if not table or not _read_titles(sheet, table[0]):
        return Reading((), tuple(sheet.problems))
    facts = [fact for row in table[1:] if (fact := _fact(sheet, row)) is not None]
    if not facts and not sheet.problems:
        sheet.add(table[0].line + 1, None, "Không có số liệu nào.", "Điền ít nhất một ô số liệu.")
    return Reading(tuple(facts), tuple(sorted(sheet.problems, key=lambda one: one.line)))


def _read_titles(sheet: _Sheet, row: TableRow) -> bool:
    sheet.titles = row.cells
    known = {alias: name for name, aliases in _ALIASES.items() for alias in aliases}
    for code, called in sheet.categories.items():
        known[name_key(people_title(called))] = known[name_key(people_title(code))] = f"category {code}"
    for place, title in enumerate(row.cells):
        key = name_key(title)
        name = known.get(key)
        if name is None:
            if title and key not in _IGNORED:
                words = f"Cột “{clean_line(title, 60)}” không được đọc."
                sheet.add(row.line, None, words, f"Các cột được đọc: {_read_columns(sheet)}.", is_error=False)
        elif name in sheet.places:
            sheet.add(row.line, name, f"Cột “{clean_line(title, 60)}” có hai lần.", "Giữ một cột.")
        else:
            sheet.places[name] = place
    if CODE not in sheet.places:
        mend = f"Dòng đầu là tiêu đề; đặt một cột tên “{TITLES[CODE]}”."
        sheet.add(row.line, None, f"Thiếu cột “{TITLES[CODE]}”.", mend)
    return CODE in sheet.places


def _read_columns(sheet: _Sheet) -> str:
    titles = (*TITLES.values(), *(people_title(name) for name in sheet.categories.values()))
    return ", ".join(f"“{title}”" for title in titles)


def _fact(sheet: _Sheet, row: TableRow) -> UnitFact | None:
    code = clean_line(row.cell(sheet.places[CODE]), 40)
    if not _known(sheet, row, code):
        return None
    counted = {EVERYBODY: EVERYBODY} | {f"category {one}": one for one in sheet.categories}
    headcounts = {
        category: people
        for column, category in counted.items()
        if (people := _whole(sheet, row, column)) is not None
    }
    fact = UnitFact(
        code=code,
        headcounts=headcounts,
        people_target=_whole(sheet, row, PEOPLE),
        attempts_target=_whole(sheet, row, ATTEMPTS),
        merit=_merit(sheet, row),
        reason=clean_line(row.cell(sheet.places.get(REASON)), MAX_REASON),
        line=row.line,
    )
    if fact.merit is not None and not fact.reason:
        sheet.add(row.line, MERIT, "Điểm thành tích chưa có lý do.", f"Ghi vào cột “{TITLES[REASON]}”.")
    return fact if fact.says_anything else None


def _known(sheet: _Sheet, row: TableRow, code: str) -> bool:
    if not code:
        sheet.add(row.line, CODE, "Chưa có mã đơn vị.", "Điền mã như trong cây đơn vị.")
    elif code not in sheet.units:
        zeros = next((known for known in sheet.units if known.lstrip("0") == code.lstrip("0")), None)
        guess = f"Có phải “{zeros}”? Định dạng cột mã là Văn bản để giữ số 0." if zeros else "Sửa mã."
        sheet.add(row.line, CODE, f"Cuộc thi không có đơn vị mã “{code}”.", guess)
    elif code in sheet.lines:
        sheet.add(row.line, CODE, f"Mã “{code}” đã có ở dòng {sheet.lines[code]}.", "Mỗi đơn vị một dòng.")
    else:
        sheet.lines[code] = row.line
        return True
    return False


def _whole(sheet: _Sheet, row: TableRow, column: str) -> int | None:
    cell = row.cell(sheet.places.get(column)).strip()
    if not cell:
        return None
    number = parse_whole(cell)
    if number is None:
        words = f"“{clean_line(cell, 40)}” không phải số nguyên từ 0 đến {MAX_PEOPLE}."
        sheet.add(row.line, column, words, "Chỉ viết chữ số, ví dụ 641.")
    return number


def _merit(sheet: _Sheet, row: TableRow) -> Decimal | None:
    cell = row.cell(sheet.places.get(MERIT)).strip()
    if not cell:
        return None
    points = parse_points(cell)
    if points is None:
        sheet.add(row.line, MERIT, f"“{clean_line(cell, 40)}” không phải điểm.", "Viết số, ví dụ 8 hoặc 8,5.")
    return points
