"""A list of people in a file or pasted: rows of text cells with their lines, or why there are none. Pure.

Sheets give text cells as they were typed, so that a code written as text keeps its leading zeros; a cell that
the spreadsheet took for a number is marked, because its zeros are gone.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from question_bank import archives, limits, places, signatures
from question_bank.formats import sheets_isolated, sheets_xlsx
from question_bank.formats.cell_text import shown
from question_bank.formats.sheets import Cell, Sheet
from question_bank.problems import problem
from question_bank.refusals import Refused
from quiz.units.csv_files import decoded, records
from quiz.units.rows import Severity, UnitProblem

MAX_ROWS = 100_000
_MEGABYTE = 2**20


@dataclass(frozen=True, slots=True)
class ListProblem:
    """One thing wrong with a list. `line` counts lines or rows from 1; `column` is the file's own title."""

    line: int
    column: str | None
    message: str
    mend: str
    severity: Severity = Severity.ERROR


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row that holds anything; `numbers` are the cells that were numbers and no text."""

    line: int
    cells: tuple[str, ...]
    numbers: frozenset[int] = frozenset()

    def cell(self, place: int | None) -> str:
        """The text in a column, empty outside of the row."""
        return self.cells[place] if place is not None and place < len(self.cells) else ""


def read_table(data: bytes) -> list[TableRow] | ListProblem:
    """The rows of an Excel, OpenDocument or CSV file; of its sheets the first visible one with anything."""
    if len(data) > limits.MAX_FILE_BYTES:
        return ListProblem(1, None, "Tệp quá lớn.", f"Nhiều nhất {limits.MAX_FILE_BYTES // _MEGABYTE} MB.")
    if not data.strip(b" \t\r\n\x00\xef\xbb\xbf\xff\xfe"):
        return ListProblem(1, None, "Tệp trống.", "Chọn tệp có danh sách, mỗi người một dòng.")
    if archives.is_zip(data) or data.startswith(signatures.OLE):
        try:
            return _sheet_rows(_sheets(data))
        except Refused as refusal:
            return ListProblem(1, None, refusal.problem.message, refusal.problem.mend)
    return _text_rows(data)


def _sheets(data: bytes) -> list[Sheet]:
    """All sheets. Raises Refused, whatever is in the file."""
    try:
        archives.check(data)
        if signatures.is_locked(data):
            raise Refused(problem("password", places.FILE))
        if "xl/workbook.xml" not in archives.names(data):
            return sheets_isolated.load(data)
        archives.check_xml(data)
        return sheets_xlsx.load(data)
    except Refused:
        raise
    except Exception as error:  # libraries that were not written for hostile files
        raise Refused(problem("corrupt-file", places.FILE)) from error


def _sheet_rows(sheets: list[Sheet]) -> list[TableRow] | ListProblem:
    chosen = next((sheet for sheet in sheets if sheet.is_visible and sheet.rows), None)
    if chosen is None:
        return ListProblem(1, None, "Tệp không có trang tính nào có chữ.", "Chọn tệp có danh sách.")
    rows = (_sheet_row(line, cells) for line, cells in sorted(chosen.rows.items()))
    return [row for row in rows if any(row.cells)]


def _sheet_row(line: int, cells: Sequence[Cell]) -> TableRow:
    texts = tuple(shown(cell.value, cell.number_format)[0] for cell in cells)
    numbers = frozenset(
        place
        for place, cell in enumerate(cells)
        if isinstance(cell.value, int | float) and not texts[place].startswith("0")
    )
    return TableRow(line, texts, numbers)


def _text_rows(data: bytes) -> list[TableRow] | ListProblem:
    text = decoded(data)
    if isinstance(text, UnitProblem):
        return ListProblem(text.line, None, text.message, text.mend)
    rows: list[TableRow] = []
    for found in _records(text):
        if isinstance(found, ListProblem):
            return found
        rows.append(found)
    return rows


def _records(text: str) -> Iterator[TableRow | ListProblem]:
    for record in records(text):
        if isinstance(record, UnitProblem):
            yield ListProblem(record.line, None, record.message, record.mend)
        else:
            line, cells = record
            yield TableRow(line, tuple(cell.strip() for cell in cells))
