"""Sheets of an xlsx file, row by row: values, number formats, merged cells and, if asked, looks."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Iterator, Sequence
from typing import Any

from question_bank import limits, places
from question_bank.formats.sheets import Cell, Sheet, Span
from question_bank.problems import problem
from question_bank.refusals import Refused
from question_bank.source import Progress, silent

_CELL_NAME = rb"[A-Za-z]{1,3}\d{1,7}"
_MERGED = re.compile(
    rb"<(?:\w+:)?mergeCell\s[^>]*?ref\s*=\s*[\"'](" + _CELL_NAME + b":" + _CELL_NAME + rb")[\"']"
)
_MAX_MERGED = 50_000
_STEP = 200
_WHITE = ("00FFFFFF", "FFFFFFFF")
_BLACK = ("00000000", "FF000000", "000000")


def load(data: bytes, progress: Progress = silent, *, with_looks: bool = False) -> list[Sheet]:
    """All sheets. Looks (bold, colour …) are slow and only wanted where nothing else marks the key."""
    import openpyxl

    with warnings.catch_warnings():
        # About dates out of range and lost extensions; neither matters for reading text.
        warnings.simplefilter("ignore")
        book = openpyxl.load_workbook(
            io.BytesIO(data), read_only=True, data_only=True, keep_links=False, rich_text=with_looks
        )
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                sheets = [
                    sheet
                    for sheet in book.worksheets[: limits.MAX_SHEETS]
                    if hasattr(sheet, "reset_dimensions")
                ]
                return [_sheet(sheet, archive, with_looks, progress) for sheet in sheets]
        finally:
            book.close()


def _sheet(sheet: Any, archive: zipfile.ZipFile, with_looks: bool, progress: Progress) -> Sheet:
    # What a file says about its own size is often wrong, good enough only for a progress bar.
    expected = sheet.max_row or 1
    sheet.reset_dimensions()
    rows: dict[int, Sequence[Cell]] = {}
    total = 0
    blank: object = None
    bounded = sheet.iter_rows(max_row=limits.MAX_SHEET_ROWS, max_col=limits.MAX_COLUMNS)
    for number, cells in enumerate(bounded, start=1):
        if number % _STEP == 0 and number <= expected:
            progress(number, expected)
        if cells is blank:
            continue
        row = _cells(cells, with_looks)
        if not row:
            # All rows of a gap are one object; there may be a hundred thousand of them.
            blank = cells
        else:
            rows[number] = row
            total += len(row)
            if total > limits.MAX_SHEET_CELLS:
                raise Refused(problem("sheet-too-big", places.sheet(sheet.title), cells=f"hơn {total - 1}"))
    merged = tuple(_merged(archive.read(sheet._worksheet_path)))
    return Sheet(sheet.title, rows, merged, sheet.sheet_state == "visible")


def _cells(cells: Sequence[Any], with_looks: bool) -> list[Cell]:
    """The cells of a row up to the last one with a value."""
    last = max((index + 1 for index, cell in enumerate(cells) if cell.value is not None), default=0)
    return [_cell(cell, with_looks) for cell in cells[:last]]


def _cell(cell: Any, with_looks: bool) -> Cell:
    value = cell.value
    if value is None:
        return _EMPTY
    if cell.data_type == "e":
        # #N/A, #REF! and the like: nothing was calculated, so nothing is there.
        return _EMPTY
    looks = _looks(cell, value) if with_looks else frozenset()
    if isinstance(value, str):
        return Cell(str(value), looks=looks)
    return Cell(value, str(cell.number_format or ""), looks)


_EMPTY = Cell(None)


def _looks(cell: Any, value: Any) -> frozenset[str]:
    from openpyxl.cell.rich_text import CellRichText, TextBlock

    looks = _font_looks(cell.font)
    if isinstance(value, CellRichText):
        runs = [run for run in value if str(run).strip()]
        fonts = [_font_looks(run.font) if isinstance(run, TextBlock) else looks for run in runs]
        looks = frozenset.intersection(*fonts) if fonts else looks
    fill = cell.fill
    if fill is not None and fill.fill_type == "solid" and _is_coloured(fill.fgColor, plain=_WHITE):
        looks |= {"highlight"}
    return looks


def _font_looks(font: Any) -> frozenset[str]:
    if font is None:
        return frozenset()
    found = {
        "bold": bool(font.b),
        "italic": bool(font.i),
        "underline": bool(font.u) and font.u != "none",
        "strike": bool(font.strike),
    }
    looks = {name for name, has in found.items() if has}
    colour = getattr(font, "color", None)
    if colour is not None and _is_coloured(colour, plain=_BLACK):
        looks.add("red" if _is_red(colour) else "colour")
    return frozenset(looks)


def _is_coloured(colour: Any, plain: Sequence[str]) -> bool:
    """Whether a colour differs from the usual; themes 0 and 1 are the window's own colours."""
    if colour.type == "rgb":
        return str(colour.rgb) not in plain
    if colour.type == "theme":
        return colour.theme not in (0, 1)
    return colour.type == "indexed" and colour.indexed not in (0, 1, 8, 9, 64, 65)


def _is_red(colour: Any) -> bool:
    if colour.type == "indexed":
        return colour.indexed in (2, 10)
    if colour.type != "rgb" or not re.fullmatch(r"[0-9A-Fa-f]{8}", str(colour.rgb)):
        return False
    red, green, blue = (int(str(colour.rgb)[at : at + 2], 16) for at in (2, 4, 6))
    return red >= 0xA0 and green < 0x60 and blue < 0x60


def _merged(xml: bytes) -> Iterator[Span]:
    from openpyxl.utils.cell import range_boundaries

    for place, found in enumerate(_MERGED.finditer(xml)):
        if place >= _MAX_MERGED:
            return
        left, top, right, bottom = range_boundaries(found[1].decode())
        if None not in (left, top, right, bottom):
            yield int(top or 0), int(left or 0), int(bottom or 0), int(right or 0)
