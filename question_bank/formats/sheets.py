"""What every kind of sheet file is turned into before it becomes a table: cells with values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from question_bank.formats.cell_text import Value, shown
from question_bank.formats.tables.grid import Grid, Row
from question_bank.formats.tables.header import ROWS_SEARCHED

# First row, first column, last row, last column; all counted from 1.
Span = tuple[int, int, int, int]

_BANNER_WIDTH = 3
_MAX_FILLED = 1_000_000


@dataclass(frozen=True, slots=True)
class Cell:
    """A value with its number format ("" where the file type does not tell) and what sets it apart."""

    value: Value
    number_format: str = ""
    looks: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Sheet:
    """The rows of one sheet that hold anything, by number from 1."""

    name: str
    rows: Mapping[int, Sequence[Cell]]
    merged: tuple[Span, ...] = ()
    is_visible: bool = True


@dataclass(slots=True)
class _Merges:
    """What merged cells mean for the rows they touch."""

    downwards: dict[int, dict[int, str]] = field(default_factory=dict)  # row → column → text from above
    banners: set[tuple[int, int]] = field(default_factory=set)  # row, column where a wide cell begins


def as_grid(sheet: Sheet) -> Grid:
    """The sheet as text. The first rows are kept even if empty, so that a header is found by its place."""
    texts: dict[int, tuple[str, ...]] = {}
    odd: dict[int, frozenset[int]] = {}
    for number, cells in sheet.rows.items():
        pairs = [shown(cell.value, cell.number_format) for cell in cells]
        texts[number] = tuple(text for text, _ in pairs)
        odd[number] = frozenset(column for column, (_, is_odd) in enumerate(pairs) if is_odd)
    merges = _merges(sheet, texts)
    filled = (number for number, cells in texts.items() if any(cells))
    rows = [
        _row(sheet, number, texts.get(number, ()), odd.get(number, frozenset()), merges)
        for number in sorted({*range(1, ROWS_SEARCHED + 1), *filled})
    ]
    return Grid(rows=rows, sheet=sheet.name)


def _merges(sheet: Sheet, texts: Mapping[int, tuple[str, ...]]) -> _Merges:
    found = _Merges()
    last = max(sheet.rows, default=0)
    left_to_do = _MAX_FILLED
    for top, left, bottom, right in sheet.merged:
        cells = texts.get(top, ())
        text = cells[left - 1] if left <= len(cells) else ""
        if not text:
            continue
        if right - left + 1 >= _BANNER_WIDTH:
            found.banners.add((top, left - 1))
        below = range(top + 1, min(bottom, last) + 1)
        left_to_do -= len(below)
        if left_to_do < 0:
            break
        for number in below:
            if number in sheet.rows:
                found.downwards.setdefault(number, {})[left - 1] = text
    return found


def _row(sheet: Sheet, number: int, texts: tuple[str, ...], odd: frozenset[int], merges: _Merges) -> Row:
    written = [column for column, text in enumerate(texts) if text]
    is_banner = len(written) == 1 and (number, written[0]) in merges.banners
    above = merges.downwards.get(number, {})
    cells = sheet.rows.get(number, ())
    looks = {column: cell.looks for column, cell in enumerate(cells) if cell.looks}
    return Row(
        number=number,
        cells=texts,
        filled=tuple(above.get(column, "") for column in range(max(above, default=-1) + 1)),
        banner=texts[written[0]] if is_banner else None,
        looks=MappingProxyType(looks),
        odd_dates=odd,
    )
