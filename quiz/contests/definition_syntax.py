"""What is wrong with a text that is not TOML at all, in words for the person who wrote it. Pure."""

import re

from quiz.contests.definition_problems import DefinitionProblem

# What the parser says, by how it begins → what it means here, and what to do.
_MEANINGS = (
    (
        "Cannot overwrite",
        "Khóa hoặc bảng này đã có ở trên.",
        "Mỗi khóa viết một lần; mỗi vòng bắt đầu bằng [[rounds]].",
    ),
    ("Cannot declare", "Bảng này đã có ở trên.", "Mỗi bảng viết một lần; mỗi vòng bắt đầu bằng [[rounds]]."),
    ("Cannot mutate", "Bảng này đã có ở trên.", "Mỗi bảng viết một lần."),
    ("Duplicate inline table key", "Khóa này có hai lần trong { }.", "Xóa một chỗ."),
    (
        "Invalid date",
        "Ngày hoặc giờ không có thật.",
        "Viết như 2026-11-16T10:00:00; 24 giờ là 00:00:00 ngày hôm sau.",
    ),
    (
        "Invalid value",
        "Giá trị không đọc được.",
        'Chữ đặt trong dấu "thẳng"; ngày giờ viết 2026-11-16T10:00:00; đúng sai viết true, false.',
    ),
    (
        "Expected newline",
        "Còn chữ thừa sau giá trị.",
        "Mỗi dòng một khóa; chữ đặt trong dấu ngoặc kép; ngày giờ viết 2026-11-16T10:00:00.",
    ),
    ("Expected '='", "Thiếu dấu = sau tên khóa.", 'Viết: khóa = giá trị, ví dụ: title = "Tìm hiểu…".'),
    ("Expected ']", "Thiếu dấu ] đóng tên bảng.", "Viết [contest], hoặc [[rounds]] cho mỗi vòng."),
    ("Unterminated string", "Thiếu dấu ngoặc kép đóng.", 'Thêm dấu " ở cuối chữ.'),
    (
        "Illegal character",
        "Chữ xuống dòng giữa chừng hoặc thiếu dấu ngoặc kép đóng.",
        'Thêm dấu "; đoạn dài đặt giữa """.',
    ),
    ("Unescaped '\\'", "Có dấu \\ lẻ trong chữ.", "Viết hai dấu: \\\\."),
    ("Unclosed array", "Thiếu dấu ] đóng danh sách.", "Thêm dấu ]."),
    ("Unclosed inline table", "Thiếu dấu } đóng bảng.", "Thêm dấu }; bảng { } viết trên một dòng."),
    (
        "Invalid initial character",
        "Tên khóa viết không đúng.",
        "Bảng { } viết trên một dòng, không có dấu phẩy ở cuối; tên khóa không dấu.",
    ),
    (
        "Invalid statement",
        "Dòng này không phải “khóa = giá trị”.",
        "Ghi chú bắt đầu bằng dấu #; tên khóa không dấu.",
    ),
    ("too deep", "Quá nhiều lớp ngoặc.", "Mẫu chỉ cần ba lớp."),
)
_PLACE = re.compile(r"\(at line (\d+), column (\d+)\)")


def syntax_problem(text: str, said: str) -> DefinitionProblem:
    """The problem behind a parser's message."""
    place = _PLACE.search(said)
    line = int(place[1]) if place else max(len(text.rstrip("\n").split("\n")), 1)
    where = f"Cột {place[2]}: " if place else ""
    for beginning, message, mend in _MEANINGS:
        if said.startswith(beginning):
            return DefinitionProblem(line, "", where + message, mend)
    return DefinitionProblem(line, "", f"{where}Sai cú pháp TOML.", "So với mẫu, từng dấu ngoặc và dấu phẩy.")
