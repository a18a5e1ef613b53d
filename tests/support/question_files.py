"""Small files of questions for tests: a whole table, and the same with one thing wrong."""

import io

import xlsxwriter

COLUMNS = ("STT", "Chủ đề", "Mức độ", "Câu hỏi", "A", "B", "C", "D", "Đáp án", "Nguồn")
ROWS = (
    (
        "1",
        "Đại hội VI",
        "Nhận biết",
        "Đại hội VI họp vào tháng nào?",
        "12/1986",
        "12/1976",
        "6/1991",
        "9/1960",
    ),
    (
        "2",
        "Đại hội VI",
        "Thông hiểu",
        "Đường lối của Đại hội VI là gì?",
        "Đổi mới",
        "Bao cấp",
        "Cải tạo",
        "Cấm",
    ),
    (
        "3",
        "Đại hội VII",
        "Nhận biết",
        "Đại hội VII họp ở đâu?",
        "Hà Nội",
        "Huế",
        "Hải Phòng",
        "Tất cả đều sai",
    ),
)
KEYS = ("A", "A", "A")


def table(**cells: str) -> list[list[str]]:
    """The whole table; `E3="X"` replaces a cell by its name in a spreadsheet."""
    rows = [list(COLUMNS)] + [
        [*row, key, f"Văn kiện, trang {key}"] for row, key in zip(ROWS, KEYS, strict=True)
    ]
    for name, text in cells.items():
        rows[int(name[1:]) - 1][ord(name[0]) - ord("A")] = text
    return rows


def csv_file(rows: list[list[str]] | None = None) -> bytes:
    """The rows as CSV; no cell of these tables needs quotes but those with commas."""
    lines = [",".join(f'"{cell}"' if "," in cell else cell for cell in row) for row in (rows or table())]
    return ("\n".join(lines) + "\n").encode()


def xlsx_file(rows: list[list[str]] | None = None) -> bytes:
    """The rows as a workbook."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet("Câu hỏi")
    for place, row in enumerate(rows or table()):
        for column, cell in enumerate(row):
            sheet.write_string(place, column, cell)
    book.close()
    return out.getvalue()
