"""The figures of a round as files: a workbook with questions and choices, or the questions as CSV."""

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import xlsxwriter
from flask_babel import gettext as _

from question_bank.formats.tables.grid import guard
from question_bank.statistics import Asked, statistics_of
from quiz.analysis.pages import LETTERS, ItemLine
from quiz.analysis.queries import ItemRow
from quiz.analysis.showing import choice_lines
from quiz.analysis.tallies import loaded_tally
from quiz.bank.values import loaded_choices

Cell = str | int | float | None
Table = tuple[list[str], list[list[Cell]]]
Write = Callable[[Sequence[ItemRow], Sequence[ItemLine]], tuple[bytes, str]]
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_WIDE = 60


def xlsx(rows: Sequence[ItemRow], lines: Sequence[ItemLine]) -> tuple[bytes, str]:
    """Two sheets. Text is written as text: nothing in it is ever calculated."""
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(out, options)
    for name, table in ((_("Câu hỏi"), _questions(lines)), (_("Phương án"), _choices(rows, lines))):
        _fill(book, book.add_worksheet(name), table)
    book.close()
    return out.getvalue(), _XLSX


def comma_separated(_rows: Sequence[ItemRow], lines: Sequence[ItemLine]) -> tuple[bytes, str]:
    """As Excel opens it by double click: UTF-8 with a byte-order mark, a point in numbers."""
    heads, cells = _questions(lines)
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(heads)
    writer.writerows([_harmless(cell) for cell in row] for row in cells)
    return out.getvalue().encode("utf-8-sig"), "text/csv"


def _harmless(cell: Cell) -> Cell:
    """Text that a spreadsheet will not calculate; nothing for None."""
    return guard(cell) if isinstance(cell, str) else cell


FORMATS: Mapping[str, Write] = {"xlsx": xlsx, "csv": comma_separated}


def _questions(lines: Sequence[ItemLine]) -> Table:
    heads = [
        *(_("Câu"), _("Bản"), _("Nội dung"), _("Chủ đề"), _("Mức độ"), _("Lượt"), _("Tỷ lệ đúng")),
        *(_("Độ phân biệt"), _("Hiệu quả"), _("Trọng số"), _("Độ khó (logit)"), _("Sai số")),
        *(_("Khớp trong"), _("Khớp ngoài"), _("Nhận xét")),
    ]
    rows: list[list[Cell]] = [
        [
            *(line.number, line.wording, line.text, line.topic, line.level, line.attempts, line.facility),
            *(line.discrimination, line.efficiency, line.weight, line.difficulty, line.difficulty_error),
            *(line.infit, line.outfit, "; ".join(flag.label for flag in line.badges)),
        ]
        for line in lines
    ]
    return heads, rows


def _choices(rows: Sequence[ItemRow], lines: Sequence[ItemLine]) -> Table:
    heads = [
        *(_("Câu"), _("Bản"), _("Phương án"), _("Nội dung"), _("Đáp án"), _("Số người chọn")),
        *(_("Tỷ lệ chọn"), _("Câu đúng khác, trung bình"), _("Tương quan")),
    ]
    found: list[list[Cell]] = []
    for row, line in zip(rows, lines, strict=True):
        if not line.is_meaningful:
            continue
        texts = [choice.text for choice in loaded_choices(row.revision.choices)]
        asked = Asked(len(texts), tuple(row.revision.correct))
        for one in choice_lines(statistics_of(loaded_tally(row.figures.tally), asked), texts):
            key = "x" if one.is_key else ""
            found.append(
                [
                    *(line.number, line.wording, one.letter, one.text, key, one.picks),
                    *(one.share, one.mean_rest, one.correlation),
                ]
            )
    return heads, found


def _fill(book: Any, sheet: Any, table: Table) -> None:
    heads, rows = table
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    figure = book.add_format({"num_format": "0.000", "valign": "top"})
    for column, head in enumerate(heads):
        wide = any(isinstance(row[column], str) and len(str(row[column])) > len(LETTERS) for row in rows)
        sheet.set_column(column, column, _WIDE if wide else 13)
        sheet.write_string(0, column, head, bold)
    sheet.freeze_panes(1, 0)
    for number, row in enumerate(rows, start=1):
        for column, cell in enumerate(row):
            if isinstance(cell, str):
                sheet.write_string(number, column, guard(cell), wrapped)
            elif cell is not None:
                sheet.write_number(number, column, cell, figure if isinstance(cell, float) else None)
