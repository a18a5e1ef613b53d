"""Word documents: tables, pictures, changes, old fonts, and files that are none."""

import io
import zipfile

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from question_bank.reading import read
from tests.support.questions import codes, key_line
from tests.support.word import PIXEL, add_table, make_docx, saved, with_member


def read_docx(data):
    return read(data, "de.docx")


def choices(report, index=0):
    return [choice.text for choice in report.questions[index].choices]


@pytest.mark.parametrize(
    "rows",
    [
        [["Câu", "1", "2", "3"], ["Đáp án", "A", "B", "A"]],
        [["1", "2", "3"], ["A", "B", "A"]],
        [["Câu", "Đáp án"], ["1", "A"], ["2", "B"], ["3", "A"]],
        [["Câu", "ĐA", "Câu", "ĐA"], ["1", "A", "3", "A"], ["2", "B", "", ""]],
        [["1-A", "2-B", "3-A"]],
        [["1.A", "2.B"], ["3.A", ""]],
        [["BẢNG ĐÁP ÁN", ""], ["Câu 1", "A"], ["Câu 2", "B"], ["Câu 3", "a"]],
        [["STT", "Đáp án", "Giải thích"], ["1", "A", "Vì thế"], ["2", "B", ""], ["3", "A", ""]],
    ],
)
def test_tables_of_answers(rows):
    lines = [
        line for number in (1, 2, 3) for line in (f"Câu {number}. Hỏi {number}?", f"A. {number}", "B. khác")
    ]
    report = read_docx(make_docx(lines, lambda document: add_table(document, rows)))
    assert key_line(report) == "1A 2B 3A"
    assert codes(report) == []
    assert {question.key_from for question in report.questions} == {"table"}


@pytest.mark.parametrize(
    "rows",
    [
        [["A. một", "B. hai"], ["C. ba", "D. bốn"]],
        [["A. một", "C. ba"], ["B. hai", "D. bốn"]],
        [["A. một", "B. hai", "C. ba", "D. bốn"]],
        [["A", "một"], ["B", "hai"], ["C", "ba"], ["D", "bốn"]],
    ],
)
def test_choices_laid_out_in_a_table(rows):
    def change(document):
        add_table(document, rows)
        document.add_paragraph("Đáp án: C")

    report = read_docx(make_docx(["Câu 1. Số nào?"], change))
    assert key_line(report) == "1C"
    assert choices(report) == ["một", "hai", "ba", "bốn"]


def test_questions_in_the_rows_of_a_table():
    rows = [
        ["STT", "Nội dung câu hỏi", "A", "B", "Đáp án", "Nguồn"],
        ["1", "Thủ đô?", "Huế", "Hà Nội", "B", "Hiến pháp"],
        ["2", "Cố đô?", "Huế", "Hà Nội", "A", ""],
    ]
    report = read_docx(make_docx([], lambda document: add_table(document, rows)))
    assert key_line(report) == "1B 2A"
    assert report.questions[0].source == "Hiến pháp"
    assert report.questions[1].place == "table 1, row 3"


def test_questions_with_their_choices_in_one_cell():
    rows = [
        ["TT", "Câu hỏi", "Đáp án"],
        ["1", "Thủ đô?\nA. Huế\nB. Hà Nội", "B"],
        ["2", "Cố đô?\nA. Huế\nB. Vinh", "A"],
    ]
    assert key_line(read_docx(make_docx([], lambda document: add_table(document, rows)))) == "1B 2A"


def test_a_question_typed_with_line_breaks_in_one_paragraph():
    lines = [["Câu 1. Thủ đô?\nA. Huế\n", ("B. Hà Nội", "bold"), "\nC. Vinh"]]
    assert key_line(read_docx(make_docx(lines))) == "1B"


@pytest.mark.parametrize("place", ["wording", "choice"])
def test_a_picture_that_no_browser_shows_stops_its_question(place):
    def make(document):
        first = document.add_paragraph("Câu 1. Hình nào?").add_run()
        choice = document.add_paragraph("A. một").add_run()
        (first if place == "wording" else choice).add_picture(io.BytesIO(PIXEL))
        for text in ("B. hai", "Đáp án: A", "Câu 2. Hai?", "A. một", "B. hai", "Đáp án: B"):
            document.add_paragraph(text)

    drawn = make_docx([], make)
    with zipfile.ZipFile(io.BytesIO(drawn)) as archive:
        [picture] = [name for name in archive.namelist() if name.startswith("word/media/")]
    report = read(with_member(drawn, picture, lambda _: b"\x01\x00\x00\x00EMF"), "de.docx")
    assert [(one.code, one.number) for one in report.problems] == [("picture-lost", "1")]
    assert "EMF" in report.problems[0].message
    assert [one.number for one in report.questions] == ["2"]


def test_pictures_stay_with_wording_and_choice():
    def change(document):
        document.add_paragraph("Câu 1. Hình nào?").add_run().add_picture(io.BytesIO(PIXEL))
        document.add_paragraph("A. ").add_run().add_picture(io.BytesIO(PIXEL))
        document.add_paragraph("B. không có hình")
        document.add_paragraph("Đáp án: A")

    report = read_docx(make_docx([], change))
    assert key_line(report) == "1A"
    assert [(image.choice, image.media_type, image.data) for image in report.questions[0].images] == [
        (None, "image/png", PIXEL),
        (0, "image/png", PIXEL),
    ]
    assert choices(report) == ["Hình A", "không có hình"]


def test_deleted_text_is_not_read_and_inserted_text_is():
    def change(document):
        paragraph = document.add_paragraph("A. ")
        paragraph._p.append(parse_xml(f"<w:del {nsdecls('w')}><w:r><w:delText>Huế</w:delText></w:r></w:del>"))
        paragraph._p.append(parse_xml(f"<w:ins {nsdecls('w')}><w:r><w:t>Vinh</w:t></w:r></w:ins>"))
        document.add_paragraph("B. Hà Nội")
        document.add_paragraph("Đáp án: B")

    assert choices(read_docx(make_docx(["Câu 1. Thủ đô?"], change))) == ["Vinh", "Hà Nội"]


def test_raised_digits_keep_their_meaning():
    lines = ["Câu 1. Diện tích?", ["A. 5 m", ("2", "raised")], "B. 5 m", "Đáp án: A"]
    assert choices(read_docx(make_docx(lines))) == ["5 m²", "5 m"]


def test_text_typed_in_vni_and_tcvn3_fonts():
    lines = [
        "Câu 1. Ngày thành lập Đảng là ngày nào?",
        "A. 3/2/1930",
        "B. 19/8/1945",
        "Đáp án: A",
        "Caâu 2. Thaân phuï cuûa Chuû tòch Hoà Chí Minh laø ai?",
        "A. Nguyeãn Sinh Saéc",
        "B. Hoaøng Thò Loan",
        "Ñaùp aùn: A",
        "C©u 3. §¶ng l·nh ®¹o nh©n d©n giµnh ®éc lËp n¨m nµo?",
        "A. N¨m 1945, n\xad\xadíc ta ®éc lËp".replace("\xad\xad", "\xad"),
        "B. N¨m 1954",
        "§¸p ¸n: A",
    ]
    report = read_docx(make_docx(lines))
    assert key_line(report) == "1A 2A 3A"
    assert report.questions[1].text == "Thân phụ của Chủ tịch Hồ Chí Minh là ai?"
    assert choices(report, 1) == ["Nguyễn Sinh Sắc", "Hoàng Thị Loan"]
    assert report.questions[2].text == "Đảng lãnh đạo nhân dân giành độc lập năm nào?"
    assert choices(report, 2)[0] == "Năm 1945, nước ta độc lập"
    assert codes(report) == ["old-font"]


def test_decomposed_text_is_composed():
    lines = ["Câu 1. Thu\u0309 đo\u0302 ?", "A. Hue\u0302\u0301", "B. Vinh", "Đáp án: A"]
    report = read_docx(make_docx(lines))
    assert (report.questions[0].text, choices(report)[0]) == ("Thủ đô ?", "Huế")


def test_a_title_behind_the_last_choice_is_not_part_of_it():
    lines = [
        "Câu 1. Thủ đô?",
        "A. Hà Nội",
        "B. Huế",
        [("Các câu vận dụng", "bold")],
        "Câu 2. Cố đô?",
        "A. Huế",
        "B. Vinh",
    ]
    report = read_docx(make_docx([*lines, "1A 2A"]))
    assert choices(report) == ["Hà Nội", "Huế"]
    assert codes(report) == ["stray-text"]


def test_declarations_are_refused():
    data = make_docx(["Câu 1. Thủ đô?", "A. Huế", "B. Hà Nội", "Đáp án: B"])
    attack = with_member(
        data,
        "word/document.xml",
        lambda xml: xml.replace(b"<w:document", b'<!DOCTYPE x [<!ENTITY a "b">]><w:document', 1),
    )
    assert codes(read_docx(attack)) == ["unsafe-xml"]


def test_other_files_under_the_name_of_word():
    assert codes(read(b"Xin ch\xc3\xa0o", "de.docx")) == ["not-what-it-says"]
    assert codes(read_docx(make_docx(["Xin chào"]))) == ["no-questions"]
    broken = with_member(make_docx(["Câu 1. Thủ đô?"]), "word/document.xml", lambda xml: xml[: len(xml) // 2])
    assert codes(read_docx(broken)) == ["corrupt-file"]


def test_an_empty_document():
    assert codes(read_docx(saved(docx.Document()))) == ["no-questions"]
