"""How a table says which choice is right: a column in many forms, marks, or how cells look."""

import pytest

from question_bank.reading import read
from question_bank.values import Kind
from tests.support.questions import codes, key_line, make_xlsx


def read_rows(*rows, **more):
    return read(make_xlsx({"Đề": rows}, **more), "a.xlsx")


def read_clean(*rows, **more):
    report = read_rows(*rows, **more)
    assert codes(report) == []
    return report


KEYS = [
    ("C", "C"), ("c", "C"), ("(c)", "C"), ("C.", "C"), ("3", "C"), (3, "C"), (3.0, "C"), ("Vinh", "C"),
    ("vinh.", "C"), ("C. Vinh", "C"), ("Đáp án: C", "C"), ("Câu C", "C"), ("A, C", "AC"), ("A;C", "AC"),
    ("AC", "AC"), ("ac", "AC"), ("A C", "AC"), ("C và A", "AC"), ("1, 3", "AC"), ("1;3", "AC"),
    ("a / c", "AC"), ("A+C", "AC"), ("ABCD", "ABCD"), ("Huế; Vinh", "BC"),
]  # fmt: skip


@pytest.mark.parametrize("written,understood", KEYS, ids=[str(key[0]) for key in KEYS])
def test_keys(written, understood):
    header = ["Câu hỏi", "A", "B", "C", "D", "Đáp án"]
    report = read_clean(header, ["Ở đâu?", "Hà Nội", "Huế", "Vinh", "Đà Nẵng", written])
    assert key_line(report) == f"1{understood}"
    assert report.questions[0].key_from == "column"
    assert report.questions[0].kind is (Kind.MULTIPLE if len(understood) > 1 else Kind.SINGLE)


@pytest.mark.parametrize("mark", ["*", "* ", "✓", "[x] "])
def test_the_key_as_a_mark_before_the_choice(mark):
    report = read_clean(["Câu hỏi", "A", "B", "C"], ["Ở đâu?", "Huế", f"{mark}Vinh", "Hà Nội"])
    assert key_line(report) == "1B"
    assert report.questions[0].key_from == "mark"
    assert report.questions[0].choices[1].text == "Vinh"


@pytest.mark.parametrize(
    "look,name",
    [
        ({"bold": True}, "bold"),
        ({"italic": True}, "italic"),
        ({"underline": 1}, "underline"),
        ({"font_color": "#FF0000"}, "red"),
        ({"font_color": "#0070C0"}, "colour"),
        ({"bg_color": "#FFFF00"}, "highlight"),
    ],
)
def test_the_key_as_a_look_where_no_column_holds_it(look, name):
    rows = [
        ["Câu hỏi", "A", "B", "C"],
        ["Ở đâu?", "Huế", "Vinh", "Hà Nội"],
        ["Khi nào?", "1930", "1945", "1975"],
    ]
    report = read_clean(*rows, formats={(1, 2): look, (2, 1): look})
    assert key_line(report) == "1B 2A"
    assert {question.key_from for question in report.questions} == {name}


def test_two_looks_that_disagree_are_not_decided():
    rows = [["Câu hỏi", "A", "B", "C"], ["Ở đâu?", "Huế", "Vinh", "Hà Nội"]]
    report = read_rows(*rows, formats={(1, 1): {"bold": True}, (1, 2): {"font_color": "#FF0000"}})
    assert codes(report) == ["two-keys"]
    assert "A (bold); B (red)" in report.problems[0].message
    assert report.refused


def test_nothing_marks_the_key():
    assert codes(read_rows(["Câu hỏi", "A", "B"], ["Ở đâu?", "Huế", "Vinh"])) == ["missing-column"]


@pytest.mark.parametrize(
    "marks,understood",
    [
        (["Đúng", "Sai", "Sai"], "1A"),
        (["0", "1", "0"], "1B"),
        (["FALSE", "FALSE", "TRUE"], "1C"),
        (["S", "Đ", "S"], "1B"),
        (["S", "D", "D"], "1BC"),
        (["F", "T", "F"], "1B"),
        (["C", "", ""], "1C"),
        (["3", "", ""], "1C"),
        (["Vinh", "", ""], "1B"),
    ],
)
def test_marks_and_keys_beside_stacked_choices(marks, understood):
    texts = ["Huế", "Vinh", "Hà Nội"]
    rows = [
        ["Ở đâu?" if not i else "", text, mark]
        for i, (text, mark) in enumerate(zip(texts, marks, strict=True))
    ]
    assert key_line(read_clean(["Câu hỏi", "Lựa chọn", "Đáp án"], *rows)) == understood
