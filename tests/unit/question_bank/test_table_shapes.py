"""Tables as organisers lay them out: headers, column orders, keys, merged cells, one choice per row."""

import datetime

import pytest

from question_bank.reading import read
from question_bank.values import Kind
from tests.support.questions import HEADER, codes, good_rows, key_line, make_csv, make_xlsx


def read_rows(*rows, **more):
    return read(make_xlsx({"Đề": rows}, **more), "a.xlsx")


def read_clean(*rows, **more):
    report = read_rows(*rows, **more)
    assert codes(report) == []
    return report


BANK_HEADERS = [
    "STT | Chủ đề | Mức độ | Câu hỏi | A | B | C | D | Đáp án | Nguồn",
    "STT | Chủ đề | Mức độ | Nội dung câu hỏi | Phương án A | Phương án B | Phương án C | Phương án D"
    " | Đáp án đúng | Nguồn",
    "No. | Topic | Difficulty | question | optionA | optionB | optionC | optionD | correctAnswer | source",
    "id | category | level | content | option_a | option_b | option_c | option_d | correct_answer | citation",
    "# | Chapter | Level | Question | Answer 1 | Answer 2 | Answer 3 | Answer 4 | Correct answer | Source",
    "TT | CHUYÊN ĐỀ | ĐỘ KHÓ | CÂU HỎI | Đáp án A | Đáp án B | Đáp án C | Đáp án D | ĐÁP ÁN | CĂN CỨ",
    "Câu | Chương | Mức độ nhận thức | Đề bài | a) | b) | c) | d) | Đáp án (A/B/C/D) | Tài liệu",
    "Số TT | Bài | Cấp độ | Nội dung | PA1 | PA2 | PA3 | PA4 | Key | Trích dẫn",
    "stt | chu de | muc do | cau hoi | phuong an 1 | phuong an 2 | phuong an 3 | pa 4 | dap an | nguon",
    "STT | Chủ đề | Mức độ | Câu hỏi | A | B | C | D | Trả lời | Nguồn",
]


@pytest.mark.parametrize("names", BANK_HEADERS)
def test_column_names(names):
    report = read_clean(names.split(" | "), *good_rows())
    assert key_line(report) == "1B 2C 3D 4A 5B 6C"
    first = report.questions[0]
    assert (first.topic, first.level, first.source) == ("Đại hội", "Nhận biết", "Niên biểu")
    assert [choice.text for choice in first.choices] == ["năm 1901", "năm 1801", "năm 1701", "năm 1601"]


def test_any_order_of_columns():
    order = [8, 3, 7, 6, 5, 4, 9, 0, 2, 1]
    report = read_clean(*[[row[column] for column in order] for row in [HEADER, *good_rows()]])
    assert key_line(report) == "1B 2C 3D 4A 5B 6C"
    assert report.questions[0].choices[0].text == "năm 1901"


@pytest.mark.parametrize("above", range(10))
def test_header_on_any_of_the_first_ten_rows(above):
    titles = [["BỘ CÂU HỎI"], [], ["Hội thi tìm hiểu", "", "Năm 2025"], ["(Kèm theo Kế hoạch)"]] * 3
    report = read_clean(*titles[:above], HEADER, *good_rows())
    assert key_line(report) == "1B 2C 3D 4A 5B 6C"
    assert report.questions[0].place == f"sheet “Đề”, row {above + 2}"


def test_header_on_the_eleventh_row_is_not_looked_for():
    assert codes(read_rows(*[["x"]] * 10, HEADER, *good_rows())) == ["no-header"]


def test_header_of_two_rows():
    upper = ["STT", "Câu hỏi", "Phương án", "", "", "", "Đáp án"]
    lower = ["", "", "A", "B", "C", "D", ""]
    data = [[row[0], *row[3:9]] for row in good_rows()]
    merged = [(0, 2, 0, 5, "Phương án"), (0, 0, 1, 0, "STT"), (0, 1, 1, 1, "Câu hỏi"), (0, 6, 1, 6, "Đáp án")]
    report = read_clean([""] * 7, lower, *data, merged=merged)
    assert key_line(report) == "1B 2C 3D 4A 5B 6C"
    assert len(read_clean(upper, lower, *data).questions) == 6


def test_two_to_eight_choices_in_one_table():
    header = ["Câu hỏi", *"ABCDEFGH", "Đáp án"]
    rows = [[f"Câu số {n}?", *[f"ý {n}.{c}" for c in range(n)], *[""] * (8 - n), "A"] for n in range(2, 9)]
    report = read_clean(header, *rows)
    assert [len(question.choices) for question in report.questions] == list(range(2, 9))


def test_a_short_question_among_long_ones_can_be_declared():
    rows = good_rows()
    rows[2][7], rows[2][8] = "(bỏ trống)", "A"
    report = read_clean(HEADER, *rows)
    assert len(report.questions[2].choices) == 3


def test_numbers_and_dates_as_they_were_seen():
    day = datetime.datetime(1930, 2, 3)  # noqa: DTZ001 -- a date in a cell has no zone
    rows = [["Câu hỏi", "A", "B", "C", "D", "Đáp án"], ["Khi nào?", 1930.0, day, "03/2/1930", 0.5, "B"]]
    formats = {(1, 2): {"num_format": "d-mmm-yy"}, (1, 4): {"num_format": "0%"}}
    report = read_clean(*rows, formats=formats)
    assert [choice.text for choice in report.questions[0].choices] == [
        "1930",
        "03/02/1930",
        "03/2/1930",
        "50%",
    ]


def test_a_date_that_was_a_fraction_is_pointed_out():
    day = datetime.datetime(2025, 2, 1)  # noqa: DTZ001
    rows = [["Câu hỏi", "A", "B", "Đáp án"], ["Một phần mấy?", day, "1/3", "B"]]
    report = read_rows(*rows, formats={(1, 1): {"num_format": "d-mmm"}})
    assert codes(report) == ["odd-date"]
    assert report.questions[0].choices[0].text == "01/02"
    assert report.problems[0].place == "sheet “Đề”, cell B2"


def test_merged_cells_give_their_topic_to_all_rows_beside_them():
    rows = good_rows()
    for row in rows:
        row[1] = ""
    report = read_clean(HEADER, *rows, merged=[(1, 1, 3, 1, "Phần đầu"), (4, 1, 6, 1, "Phần sau")])
    assert [question.topic for question in report.questions] == ["Phần đầu"] * 3 + ["Phần sau"] * 3


def test_titles_between_the_questions_are_topics():
    rows = [row[:1] + row[3:9] for row in good_rows()]
    header = ["STT", "Câu hỏi", "A", "B", "C", "D", "Đáp án"]
    merged = [(1, 0, 1, 6, "CÁC KỲ ĐẠI HỘI")]
    titled = [header, [""], *rows[:3], ["", "Chủ đề 2: Sơn La"], *rows[3:]]
    report = read_clean(*titled, merged=merged)
    assert [q.topic for q in report.questions] == ["CÁC KỲ ĐẠI HỘI"] * 3 + ["Chủ đề 2: Sơn La"] * 3


def test_repeated_header_blank_rows_and_numbers_in_advance_are_passed_over():
    rows = good_rows()
    report = read_clean(HEADER, *rows[:3], [], HEADER, *rows[3:], [7], [8], [9])
    assert len(report.questions) == 6


def test_a_row_that_is_no_question_is_named():
    report = read_rows(HEADER, *good_rows(), ["", "", "", "", "", "", "", "", "", "Người lập: Văn Anh"])
    assert codes(report) == ["stray-row"]
    assert "Người lập" in report.problems[0].message
    assert len(report.questions) == 6


def test_sheets_without_questions_are_passed_over():
    help_sheet = [["HƯỚNG DẪN"], ["Cột Đáp án ghi chữ cái"], ["Câu hỏi", "nội dung"]]
    data = make_xlsx(
        {"Hướng dẫn": help_sheet, "Đề 1": [HEADER, *good_rows(2)], "Đề 2": [HEADER, *good_rows(4)[2:]]}
    )
    report = read(data, "a.xlsx")
    assert codes(report) == []
    assert [question.place for question in report.questions] == [
        "sheet “Đề 1”, row 2",
        "sheet “Đề 1”, row 3",
        "sheet “Đề 2”, row 2",
        "sheet “Đề 2”, row 3",
    ]


def test_hidden_sheets_are_named_but_not_read():
    data = make_xlsx({"Đề 1": [HEADER, *good_rows()], "Nháp": [HEADER, *good_rows()]}, hidden=["Nháp"])
    report = read(data, "a.xlsx")
    assert codes(report) == ["hidden-sheet"]
    assert len(report.questions) == 6


def test_numbers_that_repeat_stay_distinguishable():
    other = [[number, "", "", f"Câu khác {number}?", "a", "b", "c", "d", "A", ""] for number in (1, 2)]
    report = read(make_xlsx({"Đề 1": [HEADER, *good_rows(2)], "Đề 2": [HEADER, *other]}), "a.xlsx")
    assert [question.number for question in report.questions] == ["1", "2", "1 (2)", "2 (2)"]


def test_labels_inside_the_cells_are_taken_off():
    header = ["Câu hỏi", "A", "B", "C", "Đáp án"]
    report = read_clean(header, ["Câu 12: Ở đâu?", "A. Huế", "B) Vinh", "c.Hà Nội", "C"])
    question = report.questions[0]
    assert (question.number, question.text) == ("12", "Ở đâu?")
    assert [choice.text for choice in question.choices] == ["Huế", "Vinh", "Hà Nội"]


STACKED = [
    ["STT", "Câu hỏi", "Phương án", "Đúng/Sai"],
    [1, "Ở đâu?", "Huế", ""],
    ["", "", "Vinh", "x"],
    ["", "", "Hà Nội", ""],
    [2, "Những năm nào?", "1930", "x"],
    ["", "", "1945", "x"],
    ["", "", "1999", ""],
]


def test_one_row_per_choice():
    report = read_clean(*STACKED)
    assert key_line(report) == "1B 2AB"
    assert [choice.text for choice in report.questions[1].choices] == ["1930", "1945", "1999"]
    merged = [(1, 1, 3, 1, "Ở đâu?"), (4, 1, 6, 1, "Những năm nào?"), (1, 0, 3, 0, 1), (4, 0, 6, 0, 2)]
    assert key_line(read_clean(*[[row[0], "", *row[2:]] if i else row for i, row in enumerate(STACKED)],
                               merged=merged)) == "1B 2AB"  # fmt: skip


@pytest.mark.parametrize(
    "cell", ["A. Huế\nB. Vinh\nC. Hà Nội", "A. Huế  B. Vinh  C. Hà Nội", "Huế\nVinh\nHà Nội"]
)
def test_all_choices_in_one_cell(cell):
    report = read_clean(["Câu hỏi", "Phương án", "Đáp án"], ["Ở đâu?", cell, "C"])
    assert [choice.text for choice in report.questions[0].choices] == ["Huế", "Vinh", "Hà Nội"]
    assert key_line(report) == "1C"


@pytest.mark.parametrize(
    "names",
    [
        "Câu hỏi | Đáp án đúng | Đáp án sai 1 | Đáp án sai 2",
        "Question|Correct Answer|Incorrect Answer 1|Wrong answer 2",
    ],
)
def test_one_column_for_the_right_answer_and_others_for_wrong_ones(names):
    header = [name.strip() for name in names.split("|")]
    report = read_rows(header, ["Ở đâu?", "Huế", "Vinh", "Hà Nội"], ["Khi nào?", "", "1930", "1945"])
    assert key_line(report) == "1A"
    assert [choice.text for choice in report.questions[0].choices] == ["Huế", "Vinh", "Hà Nội"]
    assert report.questions[0].key_from == "column"
    assert codes(report) == ["empty-choice", "no-key"]


def test_names_with_remarks_behind_them():
    header = [
        "Question - max 120 characters",
        *(f"Answer {n} - max 75 characters" for n in range(1, 5)),
        "Time limit (sec) - 5, 10 or 20",
        "Correct answer(s) - choose at least one",
    ]
    report = read_clean(
        ["Quiz template"], [], [], header, ["Ở đâu?", "Huế", "Vinh", "Hà Nội", "Sơn La", 20, "1,3"]
    )
    assert key_line(report) == "1AC"


def test_statements():
    report = read_clean(
        ["Nội dung", "Đáp án"], ["Đại hội I họp năm 1935.", "Đúng"], ["Đại hội II họp ở Huế.", "Sai"]
    )
    assert [question.kind for question in report.questions] == [Kind.TRUE_FALSE] * 2
    assert [question.correct for question in report.questions] == [(0,), (1,)]


def test_a_letter_is_no_verdict_on_a_statement():
    report = read_rows(["Nội dung", "Đáp án"], ["Đại hội I họp năm nào?", "D"])
    assert "too-few-choices" in codes(report)


def test_kinds():
    header = ["Câu hỏi", "Loại", "A", "B", "C", "Đáp án"]
    report = read_rows(
        header,
        ["Một?", "Một đáp án", "a", "b", "c", "A"],
        ["Nhiều?", "Nhiều đáp án", "a", "b", "c", "A"],
        ["Đúng không?", "Đúng/Sai", "Đúng", "Sai", "", "B"],
        ["Sai loại?", "Một đáp án", "a", "b", "c", "AB"],
        ["Hãy viết.", "Tự luận", "", "", "", ""],
        ["Hãy nối.", "Ghép đôi", "", "", "", ""],
        ["Hãy viết nữa.", "Essay", "", "", "", ""],
    )
    assert [question.kind for question in report.questions] == [Kind.SINGLE, Kind.MULTIPLE, Kind.TRUE_FALSE]
    assert codes(report) == ["kind-contradicts"]
    assert report.skipped == {"essay": 2, "matching": 1}


def test_formulas_are_text_and_nothing_is_calculated():
    rows = [["Câu hỏi", "A", "B", "Đáp án"], ["=cmd|'/c calc'!A1", "=1+1", "@SUM(A1)", "B"]]
    report = read(make_csv(rows).encode(), "a.csv")
    assert codes(report) == []
    assert report.questions[0].text == "=cmd|'/c calc'!A1"
