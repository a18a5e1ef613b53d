"""Tables as an Excel file. Every cell is a text: leading zeros stay, and nothing is ever calculated."""

import io
import re
from collections.abc import Sequence
from typing import Any

import xlsxwriter

from quiz.awards.paper_values import PaperTable

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_FORBIDDEN = re.compile(r"[\[\]:*?/\\']")
_LONGEST_NAME = 31


def workbook(tables: Sequence[PaperTable]) -> bytes:
    """A sheet for each table."""
    out = io.BytesIO()
    options = {
        "constant_memory": True,  # a line is written when the next one begins
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    book: Any = xlsxwriter.Workbook(out, options)
    bold, text = book.add_format({"bold": True}), book.add_format({"num_format": "@"})
    used: set[str] = set()
    for table in tables:
        sheet = book.add_worksheet(_sheet_name(table.caption, used))
        for column, words in enumerate(table.heads):
            sheet.write_string(0, column, words, bold)
            sheet.set_column(column, column, 8 * table.widths[column])
        sheet.freeze_panes(1, 0)
        for line, row in enumerate(table.rows, start=1):
            for column, words in enumerate(row):
                sheet.write_string(line, column, words, text)
    book.close()
    return out.getvalue()


def _sheet_name(caption: str, used: set[str]) -> str:
    """As Excel takes it: short, without its forbidden signs, each name once."""
    name = _FORBIDDEN.sub(" ", caption).strip()[:_LONGEST_NAME] or "Bảng"
    place, base = 2, name
    while name.casefold() in used:
        name = f"{base[: _LONGEST_NAME - 4]} ({place})"
        place += 1
    used.add(name.casefold())
    return name
