"""A list of problems as an Excel workbook. Pure."""

import io
from collections.abc import Sequence

import xlsxwriter

from question_bank.places import in_vietnamese
from question_bank.values import Problem, Severity

_COLUMNS = (("Chỗ", 30), ("Câu", 8), ("Mức", 10), ("Điều sai", 70), ("Cách sửa", 70))


def problem_sheet(problems: Sequence[Problem]) -> bytes:
    """One row per problem. Every cell is text: nothing in it is ever calculated."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(
        out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    sheet = book.add_worksheet("Danh sách lỗi")
    bold = book.add_format({"bold": True})
    wrapped = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
    for column, (name, width) in enumerate(_COLUMNS):
        sheet.set_column(column, column, width, wrapped)
        sheet.write_string(0, column, name, bold)
    sheet.freeze_panes(1, 0)
    for row, problem in enumerate(problems, start=1):
        level = "Lỗi" if problem.severity is Severity.ERROR else "Cần xem"
        cells = (in_vietnamese(problem.place), problem.number or "", level, problem.message, problem.mend)
        for column, text in enumerate(cells):
            sheet.write_string(row, column, text)
    book.close()
    return out.getvalue()
