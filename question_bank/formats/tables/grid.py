"""A table of text cells, wherever it came from."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from question_bank import places
from question_bank.values import Problem


@dataclass(frozen=True, slots=True)
class Row:
    """One row. `filled` repeats the text of cells merged downwards; `banner` is a title across columns.

    `looks` names what sets a cell apart ("bold", "colour" ...), by column; only read when it is needed.
    """

    number: int
    cells: tuple[str, ...]
    filled: tuple[str, ...] = ()
    banner: str | None = None
    looks: Mapping[int, frozenset[str]] = field(default_factory=lambda: MappingProxyType({}))
    odd_dates: frozenset[int] = frozenset()

    def cell(self, column: int | None) -> str:
        """The text in a column (counted from 0); empty outside of the row."""
        return self.cells[column] if column is not None and column < len(self.cells) else ""

    def inherited(self, column: int | None) -> str:
        """The same, or the text of the merged cell that covers it."""
        if column is None:
            return ""
        return self.cell(column) or (self.filled[column] if column < len(self.filled) else "")

    @property
    def is_blank(self) -> bool:
        """Whether nothing is written in the row."""
        return not any(self.cells)


@dataclass(frozen=True, slots=True)
class Grid:
    """The rows of a sheet, or of a whole CSV file (`sheet` is None then)."""

    rows: Sequence[Row]
    sheet: str | None = None
    problems: tuple[Problem, ...] = ()

    def cell_place(self, row: Row, column: int | None, heading: str | None = None) -> str:
        """Where a cell is, as its organiser would find it."""
        if column is None:
            return self.row_place(row)
        if self.sheet is not None:
            return places.cell(self.sheet, row.number, column + 1)
        return places.line(row.number, heading or None)

    def row_place(self, row: Row) -> str:
        """Where a row is."""
        if self.sheet is not None:
            return places.row(self.sheet, row.number)
        return places.line(row.number)

    @property
    def place(self) -> str:
        """Where the table is."""
        return places.FILE if self.sheet is None else places.sheet(self.sheet)


# Cells that a spreadsheet would calculate get an apostrophe in front when written, which reading takes off
# again. The same guards texts that reading would otherwise understand: a mark (`*Huế`), a label (`A. Huế`).
_LIVE = (
    r"(?:[=+\-@＝＋－＠*\t\r\[✓✔☑]|[A-H]\s*[.):]|\([A-H]\s*[.):]"
    r"|(?:câu(?:\s*hỏi)?|question)\s*\d|\(bỏ trống\))"
)
_HAS_TO_BE_GUARDED = re.compile(rf"'*{_LIVE}", re.IGNORECASE)
_IS_GUARDED = re.compile(rf"'+{_LIVE}", re.IGNORECASE)


def guard(text: str) -> str:
    """Text that no spreadsheet calculates and that `unguard` gives back unchanged."""
    return "'" + text if _HAS_TO_BE_GUARDED.match(text) else text


def unguard(text: str) -> str:
    """The text behind a guarding apostrophe."""
    return text[1:] if _IS_GUARDED.match(text) else text
