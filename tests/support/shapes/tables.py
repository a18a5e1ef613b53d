"""Workbooks of the corpus: xlsx, ods, and how their cells are laid out."""

import datetime
import io
import zipfile
from collections.abc import Callable, Sequence
from typing import Any
from xml.sax.saxutils import escape

import xlsxwriter

from tests.support.questions import HEADER, make_xlsx
from tests.support.word import PIXEL

Rows = Sequence[Sequence[Any]]

_ROWS: tuple[tuple[Any, ...], ...] = (
    (
        1,
        "Nghề mộc",
        "Nhận biết",
        "Dụng cụ nào để bào gỗ?",
        "Cái bào",
        "Cái búa",
        "Cái kìm",
        "Cái đe",
        "A",
        "Sổ tay",
    ),
    (
        2,
        "Nghề mộc",
        "Thông hiểu",
        "Mộng gỗ dùng để làm gì?",
        "Trang trí",
        "Nối gỗ",
        "Nhuộm",
        "Đốt",
        "B",
        "Sổ tay",
    ),
    (3, "Nghề rèn", "Nhận biết", "Sắt nung có màu gì?", "Xanh", "Tím", "Đỏ", "Nâu", "C", "Sổ tay"),
)
_SHORT = ("Câu hỏi", "A", "B", "C", "Đáp án")


def _book(*rows: Sequence[Any], **more: Any) -> bytes:
    return make_xlsx({"Câu hỏi": rows}, **more)


def _reordered() -> bytes:
    order = [8, 3, 7, 6, 5, 4, 9, 0, 2, 1]
    return _book(*[[row[column] for column in order] for row in (HEADER, *_ROWS)])


def _header_on_row_ten() -> bytes:
    above: list[list[Any]] = [["BỘ CÂU HỎI NGHỀ LÀNG"], [], ["Kèm theo Kế hoạch số 12"], *([[]] * 6)]
    return _book(*above, HEADER, *_ROWS)


def _merged() -> bytes:
    rows = [[row[0], "", *row[2:]] for row in _ROWS]
    return _book(HEADER, *rows, merged=[(1, 1, 2, 1, "Nghề mộc")])


def _two_row_header() -> bytes:
    lower = ["", "", "A", "B", "C", "D", ""]
    rows = [[row[0], *row[3:9]] for row in _ROWS]
    merged = [(0, 2, 0, 5, "Phương án"), (0, 0, 1, 0, "STT"), (0, 1, 1, 1, "Câu hỏi"), (0, 6, 1, 6, "Đáp án")]
    return _book([""] * 7, lower, *rows, merged=merged)


def _numbers_and_dates() -> bytes:
    day = datetime.datetime(1954, 5, 7)  # noqa: DTZ001 -- a date in a cell has no zone
    rows = [
        _SHORT,
        ["Chiến thắng Điện Biên Phủ năm nào?", 1954.0, 1945.0, 1975.0, "A"],
        ["Ngày nào?", day, "07/5/1955", "7-5-1953", "A"],
        ["Nửa là bao nhiêu?", 0.5, 0.25, 2.0, "A"],
    ]
    return _book(*rows, formats={(2, 1): {"num_format": "dd/mm/yyyy"}, (3, 1): {"num_format": "0%"}})


def _marked_by_colour(look: dict[str, Any]) -> bytes:
    header = ["Câu hỏi", "A", "B", "C"]
    rows = [["Gỗ nào nặng?", "Lim", "Vông", "Gạo"], ["Gỗ nào nhẹ?", "Lim", "Sến", "Vông"]]
    return _book(header, *rows, formats={(1, 1): look, (2, 3): look})


_STACKED = (
    ["STT", "Câu hỏi", "Phương án", "Đúng/Sai"],
    [1, "Đục để làm gì?", "Khoét gỗ", "x"],
    ["", "", "Cưa gỗ", ""],
    [2, "Chọn những thứ làm bằng gỗ.", "Bàn", "x"],
    ["", "", "Nồi", ""],
    ["", "", "Ghế", "x"],
)


def _hidden() -> bytes:
    return make_xlsx({"Đề": [HEADER, *_ROWS], "Nháp": [HEADER, *_ROWS]}, hidden=["Nháp"])


def _several_sheets() -> bytes:
    guide = [["HƯỚNG DẪN"], ["Cột Đáp án ghi chữ cái A, B, C, D"]]
    other = [[1, "Nghề gốm", "", "Gốm nung ở đâu?", "Lò", "Ao", "Sân", "Ruộng", "A", ""]]
    return make_xlsx({"Hướng dẫn": guide, "Mộc": [HEADER, *_ROWS], "Gốm": [HEADER, *other]})


def _formula() -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet("Câu hỏi")
    for column, name in enumerate(_SHORT):
        sheet.write_string(0, column, name)
    sheet.write_string(1, 0, "2 + 3 bằng mấy?")
    sheet.write_formula(1, 1, "=2+3", None, 5)
    sheet.write_number(1, 2, 6)
    sheet.write_string(1, 3, '=HYPERLINK("http://example.vn")')
    sheet.write_string(1, 4, "A")
    book.close()
    return out.getvalue()


def _with_picture() -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet("Câu hỏi")
    for row, cells in enumerate((_SHORT, ("Hình bên vẽ gì?", "Cái cưa", "Cái bào", "Cái đục", "A"))):
        sheet.write_row(row, 0, cells)
    sheet.insert_image(1, 6, "hinh.png", {"image_data": io.BytesIO(PIXEL)})
    book.close()
    return out.getvalue()


def _defects() -> bytes:
    rows = [list(row) for row in _ROWS] + [
        [4, "", "", "Cưa để làm gì?", "Cắt", "Cắt", "Đục", "Bào", "A", ""],
        [5, "", "", "Đinh bằng gì?", "Sắt", "", "Đất", "Nước", "A", ""],
        [6, "", "", "Keo để làm gì?", "Dán", "Cắt", "Mài", "Nấu", "", ""],
        [7, "", "", "", "a", "b", "c", "d", "A", ""],
        [8, "", "", "Thước để làm gì?", "Đo", "Cắt", "Mài", "Nấu", "E", ""],
        [9, "", "", "Số nào?", 2, 1, 3, 4, 1, ""],
        [10, "", "", "Giấy ráp để làm gì?", "*Mài", "Cắt", "Đo", "Nấu", "B", ""],
    ]
    return _book(HEADER, *rows)


def ods(rows: Rows, sheet: str = "Câu hỏi") -> bytes:
    """An OpenDocument sheet as LibreOffice lays it out: numbers with their shown text, strings as text."""
    body = "".join(f"<table:table-row>{''.join(map(_ods_cell, row))}</table:table-row>" for row in rows)
    content = (
        '<?xml version="1.0" encoding="UTF-8"?><office:document-content office:version="1.3"'
        ' xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
        ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
        ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
        f'<table:table table:name="{escape(sheet)}">{body}</table:table></office:spreadsheet></office:body>'
        "</office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    entries = "".join(
        f'<manifest:file-entry manifest:full-path="{path}" manifest:media-type="{media}"/>'
        for path, media in (("/", kind), ("content.xml", "text/xml"))
    )
    manifest = (
        '<?xml version="1.0" encoding="UTF-8"?><manifest:manifest'
        ' xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.3">'
        f"{entries}</manifest:manifest>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", kind)
        archive.writestr("content.xml", content, zipfile.ZIP_DEFLATED)
        archive.writestr("META-INF/manifest.xml", manifest, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _ods_cell(value: Any) -> str:
    if value == "":
        return "<table:table-cell/>"
    if isinstance(value, (int, float)):
        return (
            f'<table:table-cell office:value-type="float" office:value="{value}"><text:p>{value:g}</text:p>'
            "</table:table-cell>"
        )
    paragraphs = "".join(f"<text:p>{escape(line)}</text:p>" for line in str(value).split("\n"))
    return f'<table:table-cell office:value-type="string">{paragraphs}</table:table-cell>'


XLSX: dict[str, Callable[[], bytes]] = {
    "chuan.xlsx": lambda: _book(HEADER, *_ROWS),
    "ten-cot-tieng-anh.xlsx": lambda: _book(
        [
            "No.",
            "topic",
            "difficulty",
            "content",
            "optionA",
            "optionB",
            "optionC",
            "optionD",
            "correctAnswer",
            "source",
        ],
        *_ROWS,
    ),
    "ten-cot-khac.xlsx": lambda: _book(
        [
            "TT",
            "CHUYÊN ĐỀ",
            "ĐỘ KHÓ",
            "NỘI DUNG CÂU HỎI",
            "PA1",
            "PA2",
            "PA3",
            "PA4",
            "ĐÁP ÁN ĐÚNG",
            "CĂN CỨ",
        ],
        *_ROWS,
    ),
    "thu-tu-cot-bat-ky.xlsx": _reordered,
    "tieu-de-dong-muoi.xlsx": _header_on_row_ten,
    "o-gop.xlsx": _merged,
    "tieu-de-hai-dong.xlsx": _two_row_header,
    "so-va-ngay.xlsx": _numbers_and_dates,
    "dap-an-so.xlsx": lambda: _book(HEADER, *[[*row[:8], n + 1, row[9]] for n, row in enumerate(_ROWS)]),
    "dap-an-nguyen-van.xlsx": lambda: _book(
        HEADER, *[[*row[:8], row[4 + n], row[9]] for n, row in enumerate(_ROWS)]
    ),
    "dap-an-dau-sao.xlsx": lambda: _book(
        ["Câu hỏi", "A", "B", "C"],
        ["Gỗ nào thơm?", "*Pơ mu", "Gạo", "Vông"],
        ["Gỗ nào đỏ?", "Gạo", "Vông", "Gụ *"],
    ),
    "dap-an-to-nen.xlsx": lambda: _marked_by_colour({"bg_color": "#FFFF00"}),
    "dap-an-chu-do.xlsx": lambda: _marked_by_colour({"font_color": "#FF0000"}),
    "dap-an-in-dam.xlsx": lambda: _marked_by_colour({"bold": True}),
    "cot-dung-sai.xlsx": lambda: _book(*_STACKED),
    "cot-dap-an-dung-dau.xlsx": lambda: _book(
        ["Câu hỏi", "Đáp án đúng", "Đáp án sai 1", "Đáp án sai 2"],
        ["Thợ mộc làm gì?", "Bàn ghế", "Dao", "Nồi"],
    ),
    "nhieu-dap-an.xlsx": lambda: _book(
        _SHORT, ["Chọn đồ gỗ.", "Bàn", "Nồi", "Ghế", "A, C"], ["Chọn đồ sắt.", "Dao", "Cuốc", "Chõng", "AB"]
    ),
    "dung-sai.xlsx": lambda: _book(
        ["Nội dung", "Đáp án"], ["Gỗ lim nặng.", "Đúng"], ["Gỗ vông cứng.", "Sai"]
    ),
    "hai-den-tam-phuong-an.xlsx": lambda: _book(
        ["Câu hỏi", *"ABCDEFGH", "Đáp án"],
        *[
            [f"Trong {n} số, số nào lớn nhất?", *range(1, n + 1), *[""] * (8 - n), "ABCDEFGH"[n - 1]]
            for n in range(2, 9)
        ],
    ),
    "phuong-an-trong-mot-o.xlsx": lambda: _book(
        ["Câu hỏi", "Phương án", "Đáp án"], ["Cưa bằng gì?", "A. Thép\nB. Gỗ\nC. Vải", "A"]
    ),
    "nhan-trong-o.xlsx": lambda: _book(
        _SHORT, ["Câu 7: Tre để làm gì?", "A. Đan lát", "B) Nung", "c. Rèn", "A"]
    ),
    "tieu-de-chu-de-giua-bang.xlsx": lambda: _book(
        _SHORT,
        ["NGHỀ ĐAN"],
        ["Đan bằng gì?", "Tre", "Đá", "Đất", "A"],
        ["NGHỀ DỆT"],
        ["Dệt bằng gì?", "Đá", "Sợi", "Đất", "B"],
        merged=[(1, 0, 1, 4, "NGHỀ ĐAN"), (3, 0, 3, 4, "NGHỀ DỆT")],
    ),
    "nhieu-trang-tinh.xlsx": _several_sheets,
    "trang-tinh-an.xlsx": _hidden,
    "cong-thuc.xlsx": _formula,
    "loai-cau.xlsx": lambda: _book(
        ["Câu hỏi", "Loại", "A", "B", "Đáp án"],
        ["Gỗ nổi?", "Một đáp án", "Có", "Không", "A"],
        ["Kể về nghề mộc.", "Tự luận", "", "", ""],
        ["Nối dụng cụ.", "Ghép đôi", "", "", ""],
    ),
    "giu-nguyen-vi-tri.xlsx": lambda: _book(
        ["Câu hỏi", "A", "B", "C", "Đáp án", "Giữ nguyên vị trí", "Giải thích"],
        ["Mộc cần gì?", "Cưa", "Bào", "Cả hai", "C", "C", "Cưa để cắt, bào để làm phẳng."],
    ),
    "loi-hinh-chen.xlsx": _with_picture,
    "loi-nhieu-loai.xlsx": _defects,
    "loi-ngay-tu-phan-so.xlsx": lambda: _book(
        ["Câu hỏi", "A", "B", "Đáp án"],
        ["Một phần hai viết thế nào?", datetime.datetime(2025, 2, 1), "1/3", "A"],  # noqa: DTZ001
        formats={(1, 1): {"num_format": "d-mmm"}},
    ),
    "loi-khoang-trong-giua.xlsx": lambda: _book(_SHORT, ["Cái gì cứng?", "Đá", "", "Bông", "A"]),
    "loi-hai-cot-dap-an.xlsx": lambda: _book(
        ["Câu hỏi", "A", "B", "Đáp án", "Đáp án đúng"], ["Cái gì mềm?", "Đá", "Bông", "B", "A"]
    ),
    "loi-thieu-cot-dap-an.xlsx": lambda: _book(["Câu hỏi", "A", "B"], ["Cái gì mềm?", "Đá", "Bông"]),
}
ODS: dict[str, Callable[[], bytes]] = {
    "chuan.ods": lambda: ods([HEADER, *_ROWS]),
    "loi-dap-an.ods": lambda: ods([HEADER, *_ROWS[:2], [*_ROWS[2][:8], "F", ""]]),
}
