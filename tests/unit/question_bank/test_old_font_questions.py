"""One question typed in an old font inside a Unicode file: converted, said, and both readings offered."""

import pytest

from question_bank.offers import offers
from question_bank.reading import read
from tests.support.word import make_docx

UNICODE = [
    "Câu 1. Sông nào chảy qua Hà Nội?",
    "A. Sông Hồng",
    "B. Sông Đà",
    "Đáp án: A",
    "Câu 2. Ai vẽ bức tranh?",
    "A. Hoà",
    "B. Thuỷ",
    "Đáp án: B",
]
VNI = [
    "Câu 3. Thaân phuï cuûa Chuû tòch Hoà Chí Minh laø ai?",
    "A. Cuï Nguyeãn Sinh Saéc",
    "B. Cuï Phan Boäi Chaâu",
]
TCVN3 = ["C©u 3. Phè cæ Héi An thuéc tØnh nµo tr­íc ®©y?", "A. Qu¶ng TrÞ", "B. TØnh Qu¶ng Nam"]


def _file(kind, lines):
    return (make_docx(lines), "a.docx") if kind == "docx" else ("\n".join(lines).encode(), "a.txt")


def _offered(report, number):
    question = next(one for one in report.questions if one.number == number)
    problems = [one for one in report.problems if one.number == number]
    return {one.label: one.question for one in offers(question, problems, report.as_typed.get(number))}


@pytest.mark.parametrize("kind", ["txt", "docx"])
@pytest.mark.parametrize(
    "old,script,stem",
    [
        (VNI, "VNI", "Thân phụ của Chủ tịch Hồ Chí Minh là ai?"),
        (TCVN3, "TCVN3", "Phố cổ Hội An thuộc tỉnh nào trước đây?"),
    ],
)
def test_both_readings_are_offered(kind, old, script, stem):
    report = read(*_file(kind, [*UNICODE, *old, "Đáp án: A"]))
    assert [one.text for one in report.questions][2] == stem
    (said,) = [one for one in report.problems if one.code == "old-font-question"]
    assert (said.number, said.severity) == ("3", "warning")
    assert script in said.message
    assert stem in said.message
    offered = _offered(report, "3")
    assert offered["Dùng bản đã chuyển"] == report.questions[2]
    kept = offered["Giữ nguyên"]
    assert (kept.text, kept.correct) == (old[0].split("3. ")[1], (0,))
    assert [f"{letter}. {one.text}" for letter, one in zip("AB", kept.choices, strict=True)] == old[1:]


@pytest.mark.parametrize("kind", ["txt", "docx"])
def test_other_questions_are_left_alone(kind):
    report = read(*_file(kind, [*UNICODE, *VNI, "Đáp án: A"]))
    assert [choice.text for choice in report.questions[1].choices] == ["Hoà", "Thuỷ"]
    assert _offered(report, "1") == _offered(report, "2") == {}


@pytest.mark.parametrize("kind", ["txt", "docx"])
def test_only_the_wording_in_an_old_font(kind):
    report = read(*_file(kind, [*UNICODE, VNI[0], "A. Cụ Sắc", "B. Cụ Châu", "Đáp án: A"]))
    kept = _offered(report, "3")["Giữ nguyên"]
    assert f"Câu 3. {kept.text}" == VNI[0]
    assert [choice.text for choice in kept.choices] == ["Cụ Sắc", "Cụ Châu"]


def test_a_wording_half_in_an_old_font_has_to_be_read_by_a_person():
    lines = [*UNICODE, VNI[0], "Chọn một người dưới đây.", *VNI[1:], "Đáp án: A"]
    report = read(*_file("txt", lines))
    assert "old-font-question" in [one.code for one in report.problems]
    assert _offered(report, "3") == {}


def test_a_file_that_is_all_old_says_it_once():
    lines = ["Caâu 1. Chôï Ñoàng Vaên hoïp ngaøy naøo?", "A. Chuû nhaät", "B. Thöù ba", "Ñaùp aùn: A"]
    report = read(*_file("txt", lines))
    assert [one.code for one in report.problems] == ["old-font"]
    assert not report.as_typed
