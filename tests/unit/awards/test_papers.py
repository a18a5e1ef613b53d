"""One paper as PDF, Word and Excel, read back."""

import io
import unicodedata
import zipfile
from dataclasses import replace
from datetime import date

import pypdfium2
from docx import Document
from docx.shared import Mm
from openpyxl import load_workbook

from quiz.awards.heading import Heading, Style
from quiz.awards.paper_docx import paper_docx
from quiz.awards.paper_pdf import paper_pdf
from quiz.awards.paper_sheets import workbook
from quiz.awards.paper_values import Paper, PaperSection, PaperTable
from quiz.awards.typesetting import qr_rows

NAME = unicodedata.normalize("NFC", "Nguyễn Thị Ường Ữ Ẵng")
EVIL = '=HYPERLINK("http://x","#[sys.inputs]")'
TABLE = PaperTable(
    "Người đạt giải", ("TT", "Họ và tên", "Mã"), "clr", (1, 4, 2), (("1", NAME, "007"), ("2", EVIL, "+84"))
)
PAPER = Paper(
    heading=Heading(superior="ỦY BAN NHÂN DÂN TỈNH", place="Sơn La", recipients="Các đơn vị;\nLưu: VT."),
    number="45",
    mark="BC-BTC",
    day=date(2026, 11, 12),
    kind="BÁO CÁO",
    about="Kết quả Tuần 1",
    opening=("Ban Tổ chức báo cáo như sau:",),
    sections=(PaperSection("Kết quả", ("Có 3 người dự thi.",), (TABLE,)),),
    closing="Trên đây là báo cáo./.",
    signer="Người Ký",
    annexes=(PaperSection("Phụ lục", (), (TABLE,)),),
)
IN_ORDER = (
    *("ỦY BAN NHÂN DÂN TỈNH", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"),
    *("BÁO CÁO", "Kết quả Tuần 1", "Ban Tổ chức báo cáo", "1. Kết quả", NAME, "Trên đây là báo cáo"),
    *("TRƯỞNG BAN", "Người Ký", "Phụ lục"),
)


def assert_in_order(text: str) -> None:
    at = -1
    for words in IN_ORDER:
        found = text.find(words, at + 1)
        assert found > at, words
        at = found


def test_pdf_says_everything_in_order_and_nothing_of_its_maker() -> None:
    content = paper_pdf(PAPER)
    pdf = pypdfium2.PdfDocument(content)
    pages = [page.get_textpage().get_text_range() for page in pdf]
    assert len(pages) == 2
    text = unicodedata.normalize("NFC", "\n".join(pages).replace("\r", ""))
    for words in (*IN_ORDER, "Số: 45/BC-BTC", "Sơn La, ngày 12 tháng 11 năm 2026", "#[sys.inputs]", "007"):
        assert words in text, words
    about = pdf.get_metadata_dict()
    assert about["Title"] == "Kết quả Tuần 1"
    assert not about["Author"]
    assert not about["CreationDate"]
    assert (round(pdf[0].get_width()), round(pdf[0].get_height())) == (595, 842)


def test_word_has_the_margins_the_order_and_no_author() -> None:
    document = Document(io.BytesIO(paper_docx(PAPER)))
    page = document.sections[0]
    margins = (page.top_margin, page.bottom_margin, page.left_margin, page.right_margin)
    assert [round(margin / Mm(1)) for margin in margins] == [20, 20, 30, 18]
    assert document.styles["Normal"].font.name == "Times New Roman"
    blocks = document.element.body.iter()
    words = [block.text for block in blocks if block.tag.endswith("}t") and block.text]
    assert_in_order("\n".join(words))
    assert document.core_properties.author == ""


def test_every_line_of_a_table_in_word_looks_like_the_first_and_keeps_its_words() -> None:
    texts = (("1", "", "a"), ("2", "Hai\ndòng", ""), ("", NAME, "007"))
    section = PaperSection("", (), (replace(TABLE, rows=texts),))
    content = paper_docx(replace(PAPER, kind="", sections=(section,), annexes=()))
    (made,) = Document(io.BytesIO(content)).tables
    rows = [list(row.cells) for row in made.rows]
    assert [tuple(cell.text for cell in row) for row in rows] == [TABLE.heads, *texts]
    looks = [
        [(cell.width, cell.paragraphs[0].alignment, cell.paragraphs[0].runs[0].font.size) for cell in row]
        for row in rows[1:]
    ]
    assert looks[0] == looks[1] == looks[2]


def test_tables_are_numbered_and_annexes_say_what_they_belong_to() -> None:
    captions = [table.caption for table in PAPER.numbered.tables]
    assert captions == ["Bảng 1. Người đạt giải", "Bảng 2. Người đạt giải"]
    assert PAPER.annexed == "(Kèm theo Báo cáo số 45/BC-BTC ngày 12 tháng 11 năm 2026)"
    assert replace(PAPER, number="").annexed.startswith("(Kèm theo Báo cáo số …/BC-BTC ngày")
    key = replace(PAPER, kind="")  # no official paper
    assert (key.numbered, key.annexed) == (key, "")


def test_a_paper_of_the_party_has_its_marks() -> None:
    party = replace(PAPER, heading=replace(PAPER.heading, style=Style.PARTY), mark="BC/BTG")
    pdf = pypdfium2.PdfDocument(paper_pdf(party))
    document = Document(io.BytesIO(paper_docx(party)))
    blocks = document.element.body.iter()
    for text in (
        pdf[0].get_textpage().get_text_range().replace("\r", ""),
        "\n".join(block.text for block in blocks if block.tag.endswith("}t") and block.text),
    ):
        lines = [unicodedata.normalize("NFC", line.strip()) for line in text.splitlines()]
        assert {"ĐẢNG CỘNG SẢN VIỆT NAM", "*", "-----", "Số 45-BC/BTG"} <= set(lines)
    state = "".join(one.text or "" for one in Document(io.BytesIO(paper_docx(PAPER))).element.body.iter())
    assert "-----" not in state


def test_excel_keeps_zeros_and_calculates_nothing() -> None:
    content = workbook((TABLE, TABLE))
    book = load_workbook(io.BytesIO(content))
    assert book.sheetnames == ["Người đạt giải", "Người đạt giải (2)"]
    cells = [cell for row in book["Người đạt giải"].iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} == {"s"}
    assert book["Người đạt giải"]["C2"].value == "007"
    assert book["Người đạt giải"]["B3"].value == EVIL
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet


def test_a_qr_code_is_square_and_has_its_corners() -> None:
    rows = qr_rows("https://cuoc-thi.example/certificates/1-abcdefghjkmnpqrstvwxyz0123")
    assert {len(row) for row in rows} == {len(rows)}
    assert rows[0].startswith("1111111")
    assert rows[0].endswith("1111111")
    assert rows[-1].startswith("1111111")
