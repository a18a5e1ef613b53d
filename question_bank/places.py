"""Where in a file something is: one short English form for machines, words for people.

`line 42, column “Đáp án”` · `sheet “Đề 1”, cell I7` · `paragraph 12` · `file`
"""

from __future__ import annotations

import re
from collections.abc import Callable

FILE = "file"

WORDS = {
    "file": "cả tệp",
    "sheet": "trang tính",
    "cell": "ô",
    "row": "dòng",
    "line": "dòng",
    "column": "cột",
    "paragraph": "đoạn",
    "table": "bảng",
    "item": "mục",
    "question": "câu",
}
# Quoted names are left alone, they are the organiser's own words.
_TOKEN = re.compile(r"“[^”]*”|[A-Za-z]+")


def line(number: int, column: str | None = None) -> str:
    """A line of a text file (counted from 1), with the name of a column if there is one."""
    return f"line {number}" if column is None else f"line {number}, column “{column}”"


def cell(sheet: str, row: int, column: int) -> str:
    """A cell as a spreadsheet shows it; `row` and `column` count from 1."""
    return f"sheet “{sheet}”, cell {column_letters(column)}{row}"


def row(sheet: str, number: int) -> str:
    """A whole row of a sheet."""
    return f"sheet “{sheet}”, row {number}"


def sheet(name: str) -> str:
    """A whole sheet."""
    return f"sheet “{name}”"


def paragraph(number: int) -> str:
    """A paragraph of a document, counted from 1."""
    return f"paragraph {number}"


def column_letters(column: int) -> str:
    """1 → A, 26 → Z, 27 → AA."""
    letters = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def in_vietnamese(place: str, say: Callable[[str], str] = str) -> str:
    """The place in the words of the pages: `line 42, column “Đáp án”` → `dòng 42, cột “Đáp án”`.

    `say` puts each of these words into another language.
    """
    return _TOKEN.sub(lambda found: say(WORDS[found[0]]) if found[0] in WORDS else found[0], place)
