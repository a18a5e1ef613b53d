"""Excel workbooks: a bank written out, and an empty one to fill in."""

from __future__ import annotations

import datetime
import io
from collections.abc import Sequence
from typing import Any

import xlsxwriter

from question_bank.answer_keys import LETTERS
from question_bank.formats.tables.headings import Role
from question_bank.formats.tables.kinds import LABELS
from question_bank.values import Question
from question_bank.writers import rows

SHEET = "Ngân hàng câu hỏi"
HELP_SHEET = "Hướng dẫn"
LEVELS = ("Nhận biết", "Thông hiểu", "Vận dụng", "Vận dụng cao")
_TEMPLATE_ROWS = 500

_WIDTHS = {
    Role.NUMBER.value: 6,
    Role.TOPIC.value: 22,
    Role.LEVEL.value: 14,
    Role.TEXT.value: 60,
    Role.LETTER_KEY.value: 12,
    Role.KIND.value: 16,
    Role.SOURCE.value: 40,
    Role.EXPLANATION.value: 40,
    Role.PINNED.value: 12,
}
_CHOICE_WIDTH = 28

_HELP = (
    "CÁCH ĐIỀN TỆP CÂU HỎI",
    "Mỗi dòng là một câu. Không đổi tên các cột; thứ tự cột thế nào cũng được.",
    "“Câu hỏi”: nội dung câu hỏi, bắt buộc.",
    "“A”, “B”, “C”, “D”…: từ 2 đến 8 phương án, không để trống ở giữa. Thêm cột “E”, “F” nếu cần.",
    "Câu có ít phương án hơn các câu khác: ghi “(bỏ trống)” vào ô kế tiếp để khỏi bị coi là thiếu.",
    "“Đáp án (chữ cái)”: chữ cái của phương án đúng, ví dụ C. Nhiều đáp án đúng thì ghi A, C.",
    "“Loại câu hỏi”: có thể để trống, hệ thống tự nhận ra theo đáp án.",
    "“Chủ đề”, “Mức độ”: dùng để rút đề theo ma trận; viết thống nhất giữa các câu.",
    "“Nguồn”: văn bản, điều khoản hoặc địa chỉ trang để đối chiếu.",
    "“Giải thích”: hiện cho người thi sau khi công bố kết quả.",
    "Các ô đều ở dạng văn bản, nên 03/02/1930 hay 1/2 giữ nguyên như khi gõ.",
    "Phương án “Tất cả các đáp án trên” luôn được giữ ở cuối khi xáo trộn.",
)


def write(questions: Sequence[Question]) -> bytes:
    """One row per question, with a second sheet that explains the columns."""
    return _workbook(questions, rows.columns(questions), len(questions), ())


def template(topics: Sequence[str] = (), choices: int = 4) -> bytes:
    """An empty workbook to fill in, with drop-downs for level, kind, key and (if given) topic."""
    names = rows.columns(())
    extra = list(LETTERS[4:choices])
    place = names.index(LETTERS[3]) + 1
    return _workbook((), [*names[:place], *extra, *names[place:]], _TEMPLATE_ROWS, topics)


def _workbook(
    questions: Sequence[Question], names: Sequence[str], filled: int, topics: Sequence[str]
) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(
        out,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    )
    # The same questions give the same bytes, whenever they are written.
    book.set_properties({"created": datetime.datetime(2025, 1, 1, tzinfo=datetime.UTC)})
    sheet = book.add_worksheet(SHEET)
    _head(book, sheet, names)
    for place, question in enumerate(questions, start=1):
        for column, text in enumerate(rows.row(question, names)):
            if text:
                sheet.write_string(place, column, text)
    _drop_downs(sheet, names, max(filled, 1), topics)
    _explain(book)
    book.close()
    return out.getvalue()


def _head(book: Any, sheet: Any, names: Sequence[str]) -> None:
    bold = book.add_format(
        {"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#F3F4F6", "bottom": 1}
    )
    as_text = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
    for column, name in enumerate(names):
        sheet.set_column(column, column, _WIDTHS.get(name, _CHOICE_WIDTH), as_text)
        sheet.write_string(0, column, name, bold)
    sheet.freeze_panes(1, 0)


def _drop_downs(sheet: Any, names: Sequence[str], last: int, topics: Sequence[str]) -> None:
    """Suggestions only: a key may be "A, C", a level may be the organiser's own."""
    offered = {
        Role.LEVEL.value: LEVELS,
        Role.KIND.value: tuple(LABELS.values()),
        Role.LETTER_KEY.value: tuple(name for name in names if name in LETTERS),
        Role.TOPIC.value: tuple(topics),
    }
    for column, name in enumerate(names):
        source = list(offered.get(name, ()))
        # Excel keeps at most 255 characters of a list.
        if source and len(",".join(source)) <= 255 and not any("," in item for item in source):
            rule = {"validate": "list", "source": source, "show_error": False}
            sheet.data_validation(1, column, last, column, rule)


def _explain(book: Any) -> None:
    sheet = book.add_worksheet(HELP_SHEET)
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    title = book.add_format({"bold": True})
    sheet.set_column(0, 0, 110)
    for place, text in enumerate(_HELP):
        sheet.write_string(place, 0, text, title if place == 0 else wrapped)
