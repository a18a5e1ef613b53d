"""Defects of single questions: what is wrong, where, and how to mend it; the others are still read."""

import pytest

from question_bank.places import in_vietnamese
from question_bank.reading import read
from question_bank.values import Severity
from tests.support.questions import HEADER, good_rows, make_csv, make_xlsx

STT, TOPIC, LEVEL, TEXT, A, B, C, D, KEY, SOURCE = range(10)
LETTERS = "ABCDEFGHIJ"

# fmt: off
#  what                       changes to question 3 (row 4)      code                 column  said
DEFECTS = [
    ("missing answer",            {KEY: ""},                          "no-key",            KEY,  "chưa có"),
    ("unknown letter",            {KEY: "E"},                         "unknown-key",       KEY,  "“E”"),
    ("unknown number",            {KEY: "5"},                         "unknown-key",       KEY,  "A, B, C"),
    ("unknown word",              {KEY: "x"},                         "unknown-key",       KEY,  "“x”"),
    ("letter and number",         {KEY: "A, 3"},                      "unknown-key",       KEY,  "“A, 3”"),
    ("letter of an empty choice", {KEY: "B", B: ""},                  "empty-choice",      B,    "án B"),
    ("empty choice between",      {C: ""},                          "empty-choice",      C,    "án C"),
    ("empty first choice",        {A: ""},                            "empty-choice",      A,    "án A"),
    ("empty last choice",         {D: "", KEY: "A"},                  "empty-choice",      D,    "án D"),
    ("empty question",            {TEXT: ""},                         "empty-question",    TEXT, "nội dung"),
    ("one choice",                {B: "", C: "", D: "", KEY: "A"},    "too-few-choices",   B,    "chỉ có 1"),
    ("no choice",                 {A: "", B: "", C: "", D: ""},       "too-few-choices",   A,    "chỉ có 0"),
    ("same choice twice",         {B: "một", D: "một", KEY: "A"},     "same-choice-twice", D,    "B và D"),
    ("key of two readings",       {A: "3", B: "1", C: "2", KEY: "1"}, "ambiguous-key",     KEY,  "A ≠ B"),
    ("letter against its text",   {KEY: "A. năm 1803"},               "two-keys",          KEY,  "A ≠ B"),
    ("star against the column",   {B: "*năm 3", KEY: "A"},            "two-keys",          KEY,  "A ≠ B"),
    ("text far too long",         {TEXT: "a" * 20_001},               "text-too-long",     TEXT, "20000"),
]
# fmt: on
IDS = [defect[0] for defect in DEFECTS]


def damaged(changes):
    rows = good_rows()
    for column, value in changes.items():
        rows[2][column] = value
    return [HEADER, *rows]


@pytest.mark.parametrize("what,changes,code,column,words", DEFECTS, ids=IDS)
def test_in_a_sheet(what, changes, code, column, words):
    report = read(make_xlsx({"Đề 1": damaged(changes)}), "a.xlsx")
    check(report, code, words)
    place = next(found.place for found in report.problems if found.code == code)
    assert place == f"sheet “Đề 1”, cell {LETTERS[column]}4"
    assert in_vietnamese(place) == f"trang tính “Đề 1”, ô {LETTERS[column]}4"


@pytest.mark.parametrize("what,changes,code,column,words", DEFECTS, ids=IDS)
def test_in_a_csv_file(what, changes, code, column, words):
    report = read(make_csv(damaged(changes)).encode(), "a.csv")
    check(report, code, words)
    place = next(found.place for found in report.problems if found.code == code)
    assert place == f"line 4, column “{HEADER[column]}”"
    assert in_vietnamese(place) == f"dòng 4, cột “{HEADER[column]}”"


def check(report, code, words):
    found = [problem for problem in report.problems if problem.code == code]
    assert len(found) == 1
    assert found[0].severity is Severity.ERROR
    assert found[0].number == "3"
    assert words in found[0].message
    assert found[0].mend
    assert report.has_errors
    assert not report.refused
    assert [question.number for question in report.questions] == ["1", "2", "4", "5", "6"]


def test_duplicated_row():
    rows = good_rows()
    rows[4] = ["5", *rows[1][1:]]
    report = read(make_csv([HEADER, *rows]).encode(), "a.csv")
    (found,) = report.problems
    assert found.code == "duplicate-question"
    assert found.severity is Severity.ERROR
    assert found.place == "line 6"
    assert "câu 2 (dòng 3)" in found.message
    # Nothing is merged or left out: the organiser decides.
    assert len(report.questions) == 6


def test_duplicated_row_with_other_case_order_and_punctuation():
    rows = good_rows()
    second = rows[1]
    rows[4] = [
        5,
        "",
        "",
        "  đại hội thứ 2, họp năm nào",
        second[B],
        second[A],
        second[C].upper(),
        second[D],
        "C",
        "",
    ]
    report = read(make_xlsx({"A": [HEADER, *rows]}), "a.xlsx")
    assert [found.code for found in report.problems] == ["duplicate-question"]
    assert report.problems[0].place == "sheet “A”, row 6"


def test_same_question_with_another_key():
    rows = good_rows()
    rows[4] = ["5", *rows[1][1:KEY], "A", ""]
    report = read(make_csv([HEADER, *rows]).encode(), "a.csv")
    (found,) = report.problems
    assert found.code == "conflicting-keys"
    assert found.severity is Severity.ERROR
    assert [(pair.a, pair.b, pair.likeness, pair.same_key) for pair in report.duplicates] == [
        ("2", "5", 1.0, False)
    ]


def test_what_may_be_imported_without_the_rest():
    rows = good_rows()
    rows[3] = ["4", *rows[1][1:]]  # the same again
    rows[4] = ["5", *rows[2][1:KEY], "A", ""]  # the third with another key
    rows[5][KEY] = ""
    report = read(make_csv([HEADER, *rows]).encode(), "a.csv")
    assert [question.number for question in report.questions] == ["1", "2", "3", "4", "5"]
    assert [question.number for question in report.importable] == ["1", "2"]


def test_choices_that_differ_in_case_only_are_a_warning():
    report = read(make_csv(damaged({A: "CO", B: "Co", KEY: "D"})).encode(), "a.csv")
    assert [(found.code, found.severity) for found in report.problems] == [
        ("choices-alike", Severity.WARNING)
    ]
    assert len(report.questions) == 6


@pytest.mark.parametrize(
    "old,new,missing",
    [
        ("Đáp án", "Kết quả cuối", "Đáp án"),
        ("Câu hỏi", "Hỏi gì", "Câu hỏi"),
        ("B", "Lựa chọn hai", "Phương án B"),
        ("Đáp án", "", "Đáp án"),
    ],
)
def test_wrong_column_name(old, new, missing):
    header = [new if name == old else name for name in HEADER]
    report = read(make_xlsx({"Đề": [header, *good_rows()]}), "a.xlsx")
    found = next(problem for problem in report.problems if problem.code == "missing-column")
    assert report.refused
    assert report.has_errors
    assert f"Thiếu cột {missing}." in found.message
    assert "“STT”" in found.message
    assert "Câu hỏi, A, B, C, D, Đáp án" in found.mend
    assert found.place == "sheet “Đề”, row 1"


def test_missing_header():
    report = read(make_csv(good_rows()).encode(), "a.csv")
    (found,) = report.problems
    assert found.code == "no-header"
    assert "“Đại hội thứ 1 họp năm nào?”" in found.message
    assert "Câu hỏi" in found.mend


def test_unknown_column_is_a_warning_only():
    rows = [[*row, "gì đó"] for row in good_rows()]
    report = read(make_csv([[*HEADER, "Bí mật"], *rows]).encode(), "a.csv")
    (found,) = report.problems
    assert (found.code, found.severity) == ("unknown-column", Severity.WARNING)
    assert found.place == "line 1, column “Bí mật”"
    assert len(report.questions) == 6


def test_column_twice():
    header = ["STT", "Chủ đề", "Mức độ", "Câu hỏi", "A", "B", "C", "C", "Đáp án", "Nguồn"]
    report = read(make_xlsx({"Đề": [header, *good_rows()]}), "a.xlsx")
    (found,) = report.problems
    assert found.code == "column-twice"
    assert "G (“C”), H (“C”)" in found.message
    assert report.refused


def test_comma_without_quotes_shifts_the_row():
    lines = make_csv([HEADER, *good_rows()]).split("\r\n")
    lines[3] = "3,Đại hội,Nhận biết,Họp ở đâu?,Hà Nội, Việt Nam,Huế,Vinh,Đà Nẵng,A,Niên biểu"
    report = read("\r\n".join(lines).encode(), "a.csv")
    found = next(problem for problem in report.problems if problem.code == "row-too-long")
    assert found.place == "line 4"
    assert "11 ô" in found.message
    assert len(report.questions) == 5


def test_quotation_that_is_not_closed_at_the_end():
    lines = make_csv([HEADER, *good_rows()]).replace('"', "").split("\r\n")
    lines[5] = lines[5].replace("Đại hội thứ 5", '"Đại hội thứ 5')
    report = read("\r\n".join(lines).encode(), "a.csv")
    assert [(found.code, found.place) for found in report.problems] == [("unclosed-quote", "line 6")]
    assert [question.number for question in report.questions] == ["1", "2", "3", "4"]


def test_quotation_that_swallows_the_next_line():
    text = "STT,Câu hỏi,A,B,C,D,Đáp án\n1,Câu đầu?,a,b,c,d,A\n"
    text += '2,"Câu hai,a,b,c,d,B\n3,Câu ba,a,b,c,d,"C"\n4,Câu bốn?,a,b,c,d,D\n'
    report = read(text.encode(), "a.csv")
    assert [(found.code, found.place) for found in report.problems] == [("unclosed-quote", "line 3")]
    assert [question.number for question in report.questions] == ["1", "4"]


def test_line_numbers_count_lines_inside_cells():
    rows = good_rows()
    rows[0][TEXT] = "Đoạn một\nĐoạn hai"
    rows[2][KEY] = "E"
    report = read(make_csv([HEADER, *rows]).encode(), "a.csv")
    assert [found.place for found in report.problems] == ["line 5, column “Đáp án”"]
    assert report.questions[0].text == "Đoạn một\nĐoạn hai"


def test_problems_are_limited():
    rows = [[*row[:KEY], "E", ""] for row in good_rows(700)]
    report = read(make_csv([HEADER, *rows]).encode(), "a.csv")
    assert len(report.problems) == 501
    assert report.problems[-1].code == "too-many-problems"
