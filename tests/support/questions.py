"""Questions and small question files, made where a test needs them."""

import io
from collections.abc import Mapping, Sequence
from typing import Any

import xlsxwriter

from question_bank.values import Choice, Kind, Question, Report

HEADER = ("STT", "Chủ đề", "Mức độ", "Câu hỏi", "A", "B", "C", "D", "Đáp án", "Nguồn")


def make_question(
    text: str = "Đảng Cộng sản Việt Nam thành lập năm nào?",
    choices: Sequence[str] = ("1930", "1945", "1954", "1975"),
    correct: Sequence[int] = (0,),
    number: str = "1",
    kind: Kind | None = None,
    **more: Any,
) -> Question:
    """A question with a valid key."""
    return Question(
        number=number,
        place=f"item {number}",
        kind=kind or (Kind.MULTIPLE if len(correct) > 1 else Kind.SINGLE),
        text=text,
        choices=tuple(Choice(choice) for choice in choices),
        correct=tuple(correct),
        key_from="column",
        **more,
    )


def good_rows(count: int = 6) -> list[list[Any]]:
    """Rows under HEADER that nothing is wrong with."""
    return [
        [
            number,
            "Đại hội",
            "Nhận biết",
            f"Đại hội thứ {number} họp năm nào?",
            f"năm {1900 + number}",
            f"năm {1800 + number}",
            f"năm {1700 + number}",
            f"năm {1600 + number}",
            "ABCD"[number % 4],
            "Niên biểu",
        ]
        for number in range(1, count + 1)
    ]


def make_xlsx(
    sheets: Mapping[str, Sequence[Sequence[Any]]],
    merged: Sequence[tuple[int, int, int, int, str]] = (),
    formats: Mapping[tuple[int, int], Mapping[str, Any]] | None = None,
    hidden: Sequence[str] = (),
) -> bytes:
    """A workbook. `merged` and `formats` (by row and column from 0) apply to the first sheet."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "default_date_format": "dd/mm/yyyy"})
    for place, (name, rows) in enumerate(sheets.items()):
        sheet = book.add_worksheet(name)
        for row, cells in enumerate(rows):
            for column, value in enumerate(cells):
                style = (formats or {}).get((row, column)) if place == 0 else None
                if value not in ("", None):
                    sheet.write(row, column, value, *([book.add_format(dict(style))] if style else []))
        if place == 0:
            for top, left, bottom, right, text in merged:
                sheet.merge_range(top, left, bottom, right, text)
        if name in hidden:
            sheet.hide()
    book.close()
    return out.getvalue()


def make_csv(rows: Sequence[Sequence[Any]], separator: str = ",") -> str:
    """Lines with every cell in quotes."""
    return "\r\n".join(separator.join(f'"{cell}"' for cell in row) for row in rows) + "\r\n"


def key_line(report: Report) -> str:
    """`1A 2BC`: how the banks' README writes keys."""
    return " ".join(
        question.number + "".join("ABCDEFGH"[index] for index in question.correct)
        for question in report.questions
    )


def codes(report: Report) -> list[str]:
    """The codes of all problems."""
    return [problem.code for problem in report.problems]
