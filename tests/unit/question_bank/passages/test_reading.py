"""Word, text and PDF files come in as passages; what cannot be read is refused with a reason."""

from typing import Any

import docx
import pytest
from docx.enum.style import WD_STYLE_TYPE

from question_bank import limits
from question_bank.passages.printed import PrintedLine, paragraphs_of_pages
from question_bank.passages.reading import read_document
from question_bank.passages.values import DocumentReading
from tests.support.damage import variants
from tests.support.pdf import locked_pdf, make_pdf
from tests.support.word import make_docx, saved

PAGE = (
    "ĐẠI HỘI LẦN THỨ NHẤT",
    "Đại hội họp từ ngày 27 đến ngày 31 tháng 3 năm 1935 tại Ma Cao, có 13 đại biểu thay",
    "mặt cho các đảng bộ trong nước và ngoài nước về dự. Đại hội bầu ra Ban Chấp hành",
    "Trung ương.",
    "Sau Đại hội, phong trào được khôi phục từng bước, nhiều tổ chức quần chúng lại hoạt",
    "động mạnh mẽ.",
)
TCVN3 = "§¹i héi ®¹i biÓu toµn quèc lÇn thø nhÊt cña §¶ng häp t¹i Ma Cao.\nNghÞ quyÕt ®­îc th«ng qua."


def shown(reading: DocumentReading) -> list[tuple[tuple[str, ...], str]]:
    return [(one.headings, one.text) for one in reading.passages]


def codes(reading: DocumentReading) -> list[str]:
    return [problem.code for problem in reading.problems]


def word_file(change: Any = None) -> bytes:
    document = docx.Document()
    document.add_paragraph("Lịch sử các kỳ Đại hội", "Title")
    document.add_heading("Thời kỳ thành lập", 1)
    document.add_paragraph("Đảng ra đời ngày 3/2/1930.")
    document.add_heading("Đại hội I", 2)
    document.add_paragraph("Họp tại Ma Cao.")
    if change:
        change(document)
    return saved(document)


def test_styles_of_word_give_headings_and_title() -> None:
    reading = read_document(word_file(), "van-ban.docx")
    assert (reading.format, reading.title, reading.problems) == ("docx", "Lịch sử các kỳ Đại hội", ())
    assert shown(reading) == [
        (("Thời kỳ thành lập",), "Đảng ra đời ngày 3/2/1930."),
        (("Thời kỳ thành lập", "Đại hội I"), "Họp tại Ma Cao."),
    ]


def test_own_styles_with_an_outline_level_are_headings() -> None:
    def change(document: Any) -> None:
        style = document.styles.add_style("De muc", WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = document.styles["Heading 2"]
        document.add_paragraph("Đại hội II", style)
        document.add_paragraph("Họp tại Tuyên Quang.")

    reading = read_document(word_file(change), "x.docx")
    assert shown(reading)[-1] == (("Thời kỳ thành lập", "Đại hội II"), "Họp tại Tuyên Quang.")


def test_tables_and_automatic_numbers_become_lines() -> None:
    def change(document: Any) -> None:
        table = document.add_table(2, 2)
        for cell, text in zip(table._cells, ("Kỳ", "Năm", "I", "1935"), strict=True):
            cell.text = text
        document.add_paragraph("Một việc đã làm.", "List Number")

    reading = read_document(word_file(change), "x.docx")
    assert shown(reading)[-1][1] == "Họp tại Ma Cao.\nKỳ | Năm\nI | 1935\n1. Một việc đã làm."
    assert codes(reading) == ["document-tables"]


def test_the_head_of_a_letter_is_no_heading() -> None:
    document = docx.Document()
    table = document.add_table(1, 2)
    table.cell(0, 0).text = "TỈNH ỦY SƠN LA\nSố 01-NQ/TU"
    table.cell(0, 1).text = "ĐẢNG CỘNG SẢN VIỆT NAM\nSơn La, ngày 29/9/2025"
    for text in ("NGHỊ QUYẾT", "I- KẾT QUẢ", "1- Thuận lợi", "Nhân dân đoàn kết, kinh tế tăng khá."):
        document.add_paragraph(text)
    document.add_table(1, 1).cell(0, 0).text = "Một khung viết cả một đoạn dài. " * 20
    found = shown(read_document(saved(document), "nq.docx"))
    head = "TỈNH ỦY SƠN LA Số 01-NQ/TU | ĐẢNG CỘNG SẢN VIỆT NAM Sơn La, ngày 29/9/2025"
    assert found[0] == ((), head)
    path = ("NGHỊ QUYẾT", "I- KẾT QUẢ", "1- Thuận lợi")
    assert [headings for headings, _ in found[1:]] == [path]
    assert found[1][1].startswith("Nhân dân đoàn kết")


def test_bold_lines_of_word_are_headings() -> None:
    reading = read_document(make_docx([[("Bối cảnh", "bold")], "Năm 1930.", "Năm 1935."]), "x.docx")
    assert shown(reading) == [(("Bối cảnh",), "Năm 1930.\nNăm 1935.")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_texts_of_every_encoding(encoding: str) -> None:
    reading = read_document("I. Mở đầu\r\nNăm 1930 là mùa xuân.\r\n".encode(encoding), "x.txt")
    assert (reading.format, shown(reading)) == ("text", [(("I. Mở đầu",), "Năm 1930 là mùa xuân.")])


def test_old_fonts_are_converted() -> None:
    reading = read_document(TCVN3.encode("latin-1"), "cu.txt")
    assert reading.passages[0].text.startswith("Đại hội đại biểu toàn quốc lần thứ nhất của Đảng")
    assert "old-font" in codes(reading)


def test_lines_that_a_page_broke_are_joined() -> None:
    narrow = "\n".join((*PAGE[1:], "", *PAGE[1:], "", *PAGE[1:]))
    assert read_document(narrow.encode(), "x.txt").passages[0].text.split("\n")[1] == " ".join(PAGE[4:])


def test_a_pdf_with_text() -> None:
    pages = [("SỞ VĂN HÓA", f"Điều {n}. Tên của điều", *PAGE[1:], f"Trang {n}/4") for n in range(1, 5)]
    reading = read_document(make_pdf(*pages), "x.pdf")
    text = "\n".join(one.text for one in reading.passages)
    assert reading.format == "pdf"
    assert " ".join(PAGE[1:4]) in text
    assert [one.headings[0] for one in reading.passages] == [f"Điều {n}. Tên của điều" for n in range(1, 5)]
    assert "Trang" not in text
    assert "SỞ VĂN HÓA" not in text, "what stands on every page is no text"
    assert codes(reading) == ["pdf-lines-joined"]
    assert codes(read_document(make_pdf(PAGE, ("4",)), "x.pdf")) == [
        "pdf-lines-joined",
        "pdf-pages-without-text",
    ]


@pytest.mark.parametrize(
    "data, code",
    [
        (b"", "document-empty"),
        (b" \r\n\t", "document-empty"),
        (make_docx(["", " "]), "document-empty"),
        (b"PK\x03\x04 nothing", "corrupt-file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old", "document-unknown"),
        (b"\x89PNG\r\n\x1a\n....", "document-unknown"),
        (b"%PDF-1.7 nothing", "corrupt-file"),
        (make_pdf([], []), "pdf-without-text"),
        (make_pdf(PAGE, map_to="nothing"), "pdf-broken-characters"),
        (locked_pdf(PAGE), "password"),
        (b"x" * (limits.MAX_FILE_BYTES + 1), "too-large"),
        ("\n".join(f"I. Mục {n}\nLời." for n in range(3200)).encode(), "document-too-long"),
    ],
)
def test_what_is_refused(data: bytes, code: str) -> None:
    reading = read_document(data, "tep.bin")
    assert reading.refused
    assert reading.has_errors
    assert codes(reading) == [code]
    assert all(problem.message and problem.mend for problem in reading.problems)


def test_a_pdf_of_too_many_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_PDF_PAGES", 2)
    reading = read_document(make_pdf(PAGE, PAGE, PAGE), "x.pdf")
    assert codes(reading) == ["pdf-too-many-pages"]
    assert "3 trang" in reading.problems[0].message


def test_a_pdf_that_takes_too_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "PDF_SECONDS", 0.01)
    assert codes(read_document(make_pdf(PAGE), "x.pdf")) == ["pdf-took-too-long"]


@pytest.mark.parametrize("data", [word_file(), TCVN3.encode("latin-1"), "I. Đầu\nLời.".encode()])
def test_damaged_files_never_raise(data: bytes) -> None:
    for variant in variants(data, 40, seed=1935):
        reading = read_document(variant, "x")
        assert reading.passages or reading.has_errors


def test_the_reading_as_json() -> None:
    told = read_document("I. Đầu\nLời.".encode(), "x.txt").as_json()
    assert told["passages"] == [{"mark": 1, "headings": ["I. Đầu"], "text": "Lời."}]


def line(text: str, top: float, size: float = 12, weight: int = 400) -> PrintedLine:
    return PrintedLine(text, size, weight, top, top - size)


def test_printed_lines_are_joined_by_look_and_space() -> None:
    first = [
        line("Lịch sử các kỳ", 800, 24, 700),
        line("Đại hội", 770, 24, 700),
        line("Thời kỳ đầu", 720, 18),
        line("Đại hội họp tại Ma Cao, có mười ba đại biểu thay mặt cho các", 690),
        line("đảng bộ trong nước và ngoài nước về dự, và bầu ra cơ quan mới,", 676),
        line("gồm mười ba ủy viên trong đó có chín người chính thức. Số còn", 662),
    ]
    second = [
        line("lại là dự khuyết, được bổ sung khi cần đến trong nhiệm kỳ ấy", 800),
        line("Một đoạn khác bắt đầu sau một dòng trống dù câu trước chưa hết", 760),
    ]
    found = paragraphs_of_pages([first, second])
    assert [(one.level, one.is_bold, one.text[:20]) for one in found] == [
        (1, True, "Lịch sử các kỳ Đại h"),
        (2, False, "Thời kỳ đầu"),
        (None, False, "Đại hội họp tại Ma C"),
        (None, False, "Một đoạn khác bắt đầ"),
    ]
    assert "Số còn lại là dự khuyết" in found[2].text
