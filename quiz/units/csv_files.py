"""The bytes of a CSV file as records with line numbers, or why they are none. Pure."""

import csv
import io
from collections.abc import Iterator

from quiz.units.rows import UnitProblem

MAX_BYTES = 5 * 2**20
_SAVE_AS = "Mở bằng phần mềm bảng tính, lưu lại kiểu “CSV UTF-8”."
# How other files begin → what they are.
_BEGINNINGS = (
    (b"PK\x03\x04", "tệp Excel, Word hoặc tệp nén"),
    (b"\xd0\xcf\x11\xe0", "tệp Excel hoặc Word cũ"),
    (b"%PDF", "tệp PDF"),
    (b"\x89PNG", "tệp ảnh"),
    (b"\xff\xd8\xff", "tệp ảnh"),
)
_DELIMITERS = ",;\t"

Record = tuple[int, list[str]]  # line on which it begins, cells


def decoded(data: bytes) -> str | UnitProblem:
    """The text of a file: UTF-8 with or without mark, or UTF-16 with mark as spreadsheets save it."""
    if len(data) > MAX_BYTES:
        size, most = len(data) / 2**20, MAX_BYTES // 2**20
        message = f"Tệp quá lớn: {size:.1f} MB.".replace(".", ",", 1)
        return UnitProblem(1, None, "too-large", message, f"Nhiều nhất {most} MB.")
    for beginning, what in _BEGINNINGS:
        if data.startswith(beginning):
            return UnitProblem(1, None, "not-csv", f"Đây là {what}, không phải CSV.", _SAVE_AS)
    try:
        text = data.decode("utf-16" if data[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return UnitProblem(line, None, "not-utf8", "Chữ không ở bảng mã UTF-8.", _SAVE_AS)
    if "\x00" in text:
        return UnitProblem(1, None, "not-csv", "Đây là tệp nhị phân, không phải CSV.", _SAVE_AS)
    if not text.strip():
        return UnitProblem(1, None, "empty-file", "Tệp trống.", "Chọn tệp có danh sách đơn vị.")
    return text


def records(text: str) -> Iterator[Record | UnitProblem]:
    """Records that are not blank, with the line each begins on; a problem ends them."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            yield UnitProblem(
                line,
                None,
                "broken-quotes",
                "Dấu ngoặc kép không đóng, hoặc đứng giữa ô.",
                'Ô có dấu phẩy đặt giữa hai dấu "; dấu " trong ô viết hai lần.',
            )
            return
        if any(cell.strip() for cell in cells):
            yield line, cells


def _delimiter(text: str) -> str:
    """Comma, or what the first line with letters has more of: spreadsheets save by the system's habits."""
    title = next((line for line in text.splitlines() if line.strip()), "")
    return max(_DELIMITERS, key=title.count)
