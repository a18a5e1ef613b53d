"""Word documents: keys by emphasis and automatic numbers, also where they are not in the text."""

import pytest
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import RGBColor

from question_bank.reading import read
from tests.support.questions import codes, key_line
from tests.support.word import add_line, add_lists, in_list, make_docx


def read_docx(data):
    return read(data, "de.docx")


def choices(report, index=0):
    return [choice.text for choice in report.questions[index].choices]


@pytest.mark.parametrize(
    "look,key_from",
    [
        ("bold", "bold"),
        ("italic", "italic"),
        ("underline", "underline"),
        ("red", "colour"),
        ("accent", "colour"),
        ("yellow", "highlight"),
        ("shaded", "highlight"),
        ("bold red", "bold"),
    ],
)
@pytest.mark.parametrize("marked", ["B. Hà Nội", "B", "Hà Nội"])
def test_key_by_emphasis(look, key_from, marked):
    """The whole choice, only its letter, or only its text."""
    start, end = "B. Hà Nội".split(marked)
    line = [part for part in (start, (marked, look), end) if part]
    report = read_docx(make_docx(["Câu 1. Thủ đô?", "A. Huế", line, "C. Đà Nẵng"]))
    assert key_line(report) == "1B"
    assert report.questions[0].key_from == key_from
    assert codes(report) == []


def test_black_is_no_colour_and_bold_letters_everywhere_say_nothing():
    lines = ["Câu 1. Thủ đô?", [("A. ", "bold"), ("Huế", "black")], [("B. ", "bold"), "Hà Nội"]]
    report = read_docx(make_docx([*lines, "Đáp án: B"]))
    assert key_line(report) == "1B"
    assert codes(report) == []


def test_bold_text_counts_where_all_letters_are_bold():
    lines = ["Câu 1. Thủ đô?", [("A. ", "bold"), "Huế"], [("B. Hà Nội", "bold")], [("C. ", "bold"), "Vinh"]]
    report = read_docx(make_docx(lines))
    assert key_line(report) == "1B"


def test_one_of_another_colour():
    lines = ["Câu 1. Thủ đô?", [("A. Huế", "blue")], [("B. Hà Nội", "red")], [("C. Vinh", "blue")]]
    assert key_line(read_docx(make_docx(lines))) == "1B"


def test_emphasis_inherited_from_styles():
    def change(document):
        base = document.styles.add_style("Nổi bật", WD_STYLE_TYPE.CHARACTER)
        base.font.bold = True
        derived = document.styles.add_style("Chọn", WD_STYLE_TYPE.CHARACTER)
        derived.base_style = base
        paragraph_style = document.styles.add_style("Đúng", WD_STYLE_TYPE.PARAGRAPH)
        paragraph_style.font.color.rgb = RGBColor(0xFF, 0, 0)
        for line in ("Câu 1. Thủ đô?", "A. Huế"):
            document.add_paragraph(line)
        add_line(document.add_paragraph(), [("B. Hà Nội", "Chọn")])
        for line in ("Câu 2. Cố đô?", "A. Hà Nội"):
            document.add_paragraph(line)
        document.add_paragraph("B. Huế", style="Đúng")

    report = read_docx(make_docx([], change))
    assert key_line(report) == "1B 2B"
    assert [question.key_from for question in report.questions] == ["bold", "colour"]


def test_bold_style_inside_bold_paragraph_is_not_bold():
    def change(document):
        document.styles["Normal"].font.bold = True
        document.styles.add_style("Đậm", WD_STYLE_TYPE.CHARACTER).font.bold = True
        document.add_paragraph("Câu 1. Thủ đô?")
        add_line(document.add_paragraph(), [("A. Huế", "Đậm")])
        document.add_paragraph("B. Hà Nội")
        add_line(document.add_paragraph(), [("C. Vinh", "Đậm")])

    assert key_line(read_docx(make_docx([], change))) == "1B"


@pytest.mark.parametrize(
    "lines,code",
    [
        ([[("A. Huế", "bold")], [("B. Hà Nội", "red")], "C. Vinh"], "two-keys"),
        ([[("A. Huế", "bold")], "B. Hà Nội", "C. Vinh", "Đáp án: B"], "two-keys"),
        ([[("A. Huế", "bold")], [("B. Hà Nội", "bold")], "C. Vinh"], "several-marked"),
        (["A. Huế", ["B. ", ("Hà", "bold"), " Nội"], "C. Vinh"], "no-key"),
        ([[("A. Huế", "bold")], [("B. Hà Nội", "bold")], [("C. Vinh", "bold")]], "no-key"),
    ],
)
def test_never_guesses(lines, code):
    report = read_docx(make_docx(["Câu 1. Thủ đô?", *lines]))
    assert report.questions == ()
    assert codes(report) == [code]


def test_two_bold_choices_where_the_wording_asks_for_several():
    lines = ["Câu 1. Chọn hai đáp án: số lẻ?", [("A. 1", "bold")], "B. 2", [("C. 3", "bold")]]
    assert key_line(read_docx(make_docx(lines))) == "1AC"


def test_slanted_title_does_not_contradict_a_written_key():
    lines = ["Câu 1. Tác phẩm?", [("A. Đường Kách mệnh", "italic")], "B. Truyện Kiều", "Đáp án: B"]
    report = read_docx(make_docx(lines))
    assert key_line(report) == "1B"
    assert codes(report) == ["looks-differ"]


def test_automatic_numbers_and_letters():
    def change(document):
        add_lists(document, [("decimal", "Câu %1."), ("upperLetter", "%2.")])
        for stem in ("Thủ đô?", "Cố đô?"):
            in_list(document.add_paragraph(stem), 101)
            in_list(document.add_paragraph("Hà Nội"), 101, 1)
            in_list(add_line(document.add_paragraph(), [("Huế", "bold")]), 101, 1)

    report = read_docx(make_docx([], change))
    assert key_line(report) == "1B 2B"
    assert choices(report, 1) == ["Hà Nội", "Huế"]
    assert report.questions[1].text == "Cố đô?"


def test_automatic_numbers_without_any_sign_behind():
    def change(document):
        add_lists(document, [("decimal", "Câu %1"), ("upperLetter", "%2")])
        for stem in ("thủ đô?", "cố đô?"):
            in_list(document.add_paragraph(stem), 101)
            in_list(document.add_paragraph("Hà Nội"), 101, 1)
            in_list(add_line(document.add_paragraph(), [("Huế", "bold")]), 101, 1)

    assert key_line(read_docx(make_docx([], change))) == "1B 2B"


def test_automatic_letters_in_a_list_for_each_question_and_bare_numbers():
    def change(document):
        add_lists(document, [("lowerLetter", "%1)")], lists=2, restart=True)
        for number, stem in enumerate(("Thủ đô?", "Cố đô?")):
            document.add_paragraph(f"{number + 1}. {stem}")
            for text in ("Hà Nội", "Huế", "Vinh"):
                in_list(document.add_paragraph(text), 101 + number)
            document.add_paragraph(f"Đáp án: {'ab'[number]}")

    report = read_docx(make_docx([], change))
    assert key_line(report) == "1A 2B"
    assert choices(report) == ["Hà Nội", "Huế", "Vinh"]


def test_automatic_numbers_from_a_style_with_typed_letters():
    def change(document):
        add_lists(document, [("decimal", "%1.")])
        style = document.styles.add_style("Câu", WD_STYLE_TYPE.PARAGRAPH)
        style.element.get_or_add_pPr().append(
            parse_xml(f'<w:numPr {nsdecls("w")}><w:numId w:val="101"/></w:numPr>')
        )
        for stem in ("Thủ đô?", "Cố đô?"):
            document.add_paragraph(stem, style="Câu")
            document.add_paragraph("A. Hà Nội")
            document.add_paragraph("B. Huế")
        document.add_paragraph("1-A 2-B")

    assert key_line(read_docx(make_docx([], change))) == "1A 2B"


def test_letters_turned_into_list_numbers():
    def change(document):
        add_lists(document, [("decimal", "%1.")], lists=2, restart=True)
        for number in (1, 2):
            document.add_paragraph(f"Câu {number}: Thủ đô?")
            for text in ("Huế", "Hà Nội", f"Vinh {number}"):
                in_list(document.add_paragraph(text), 100 + number)
            document.add_paragraph("Đáp án: 2")

    report = read_docx(make_docx([], change))
    assert key_line(report) == "1B 2B"
    assert codes(report).count("unlettered-choices") == 2
