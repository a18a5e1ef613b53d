"""The list of problems as a workbook: every cell is text."""

import io

from openpyxl import load_workbook

from question_bank.values import Problem, Severity
from quiz.bank.problem_sheets import problem_sheet


def test_rows_and_text_cells() -> None:
    problems = [
        Problem(Severity.ERROR, "no-key", "line 42, column “Đáp án”", "7", "=1+1 sai", "+84 sửa"),
        Problem(Severity.WARNING, "x", "file", None, "@cmd", "-1"),
    ]
    sheet = load_workbook(io.BytesIO(problem_sheet(problems))).active
    assert sheet is not None
    assert [[cell.value for cell in row] for row in sheet.iter_rows()] == [
        ["Chỗ", "Câu", "Mức", "Điều sai", "Cách sửa"],
        ["dòng 42, cột “Đáp án”", "7", "Lỗi", "=1+1 sai", "+84 sửa"],
        ["cả tệp", "", "Cần xem", "@cmd", "-1"],
    ]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value is not None} == {"s"}
