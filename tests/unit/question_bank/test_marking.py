"""What is wrong in the words of a file is found again where it stands."""

import pytest

from question_bank.marking import spans
from question_bank.problems import problem
from question_bank.reading import read
from question_bank.values import Problem

# fmt: off
FILES = [
    ("a letter twice",
     "Câu 1. Khi nào?\nA. 1930\nB. 1935\nC. 1945\nC. 1951\nĐáp án: A", ["C."]),
    ("a letter left out", "Câu 1. Khi nào?\nA. 1930\nB. 1935\nD. 1945\nĐáp án: A", ["D."]),
    ("a key that is no choice", "Câu 1. Khi nào?\nA. 1930\nB. 1935\nĐáp án: E", ["E"]),
    ("two keys", "Câu 1. Khi nào?\nA. 1930\nB. 1935\nĐáp án: A\nĐáp án: B", ["A", "B"]),
    ("no key: nothing that stands there is wrong", "Câu 1. Khi nào?\nA. 1930\nB. 1935\n", []),
]
# fmt: on


def marked(text: str, problems: list[Problem]) -> list[str]:
    return [text[start:end] for start, end in spans(text, problems)]


@pytest.mark.parametrize("what,file,expected", FILES, ids=[case[0] for case in FILES])
def test_drafts(what: str, file: str, expected: list[str]) -> None:
    report = read(file.encode(), "a.txt")
    [draft] = report.drafts
    found = [one for one in report.problems if one.number == draft.number]
    assert found
    assert marked(draft.excerpt, found) == expected


def test_the_second_of_two_letters_is_meant() -> None:
    text = "A. 1930\nC. 1945\nC. 1951"
    assert spans(text, [problem("same-letter", "", "1", letter="C", next="D")]) == ((16, 18),)


@pytest.mark.parametrize(
    "text,code,values,expected",
    [
        ("B. 12/1986 (sửa lại 23/6)", "editing-note", {"text": "(sửa lại 23/6)"}, ["(sửa lại 23/6)"]),
        ("B. 12/1986 (sửa  lại\n23/6)", "editing-note", {"text": "(sửa lại 23/6)"}, ["(sửa  lại\n23/6)"]),
        ("A. Bao cấ p", "broken-word", {"text": "Bao cấ p"}, ["Bao cấ p"]),
        ("A. a.*b vndoc.com", "watermark", {"letter": "A", "text": "vndoc.com"}, ["vndoc.com"]),
        ("A. <b>x</b>", "watermark", {"letter": "A", "text": "<b>"}, ["<b>"]),
        ("A. " + "x" * 100 + "\nB. y", "watermark", {"letter": "A", "text": "x" * 80}, ["x" * 100]),
        ("A. x\nB. X", "choices-alike", {"first": "A", "second": "B", "text": "x"}, ["A.", "B."]),
        ("A. x\nB.", "empty-choice", {"letter": "B"}, ["B."]),
        ("A. x", "editing-note", {"text": ""}, []),
        ("A. x", "number-twice", {}, []),
    ],
)
def test_quotations(text: str, code: str, values: dict[str, str], expected: list[str]) -> None:
    assert marked(text, [problem(code, "", "1", **values)]) == expected


def test_marks_that_meet_become_one() -> None:
    problems = [
        problem("editing-note", "", "1", text="(sửa lại)"),
        problem("watermark", "", "1", letter="A", text="sửa lại) vndoc.com"),
    ]
    assert marked("A. x (sửa lại) vndoc.com", problems) == ["(sửa lại) vndoc.com"]
