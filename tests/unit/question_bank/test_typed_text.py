"""Typed text: one small file per way of typing questions, and per defect that was met."""

from pathlib import Path

import pytest

from question_bank.reading import read
from question_bank.values import Kind
from tests.support.questions import codes, key_line

FILES = Path(__file__).parent / "files" / "typed"


def read_file(name):
    return read((FILES / name).read_bytes(), name)


def read_text(text, name="de.txt"):
    return read(text.encode(), name)


@pytest.mark.parametrize(
    "name,keys,problems",
    [
        # Numbers and letters
        ("mau-cau-cham.txt", "1B 2A", []),
        ("mau-cau-hoi-hai-cham.txt", "1B 2B", []),
        ("mau-cau-ngoac.txt", "1B 2C", []),
        ("mau-so-cham.txt", "1B 2D", []),
        ("mau-so-ngoac-va-gach.txt", "1B 2A", []),
        ("mau-question.txt", "1B 2B", []),
        ("mau-mot-dong.txt", "1B 2A 3C", []),
        ("mau-xuong-dong.txt", "1B 2A", []),
        ("mau-2-den-8.txt", "1B 2H 3E", []),
        ("mau-hai-cot.txt", "1C 2B 3A", []),
        ("mau-so-hai-cap.txt", "1.1A 1.2B 2.1A", []),
        ("mau-nhieu-phan.txt", "1A 2B 2.1A 2.2B", []),
        ("mau-dap-an-theo-phan.txt", "1A 2B 2.1B 2.2A", []),
        ("khong-danh-so.txt", "1B 2B", []),
        ("khong-chu-cai.txt", "1B 2B", ["unlettered-choices"] * 2),
        ("khac-tu-luan.txt", "1B", []),
        # Keys
        ("mau-danh-dau-sao.txt", "1B 2A 3B 4B", []),
        ("mau-danh-dau-x.txt", "1B 2A 3B 4AB", []),
        ("mau-nhieu-dap-an.txt", "1BD 2AC 3ABC", []),
        ("mau-dung-sai.txt", "1A 2B 3A", []),
        ("bang-1-gach-A.txt", "1A 2B 3C", []),
        ("bang-1-cham-A.txt", "1A 2B 3C", []),
        ("bang-1A-thuong.txt", "1A 2B 3C", []),
        ("bang-hai-hang.txt", "1A 2B 3C", []),
        ("bang-cau-hoi-dap-an-dung-la.txt", "1A 2B", ["stray-text"]),
        ("bang-loi-giai.txt", "1A 2B", []),
        ("bang-co-gach-dung.txt", "1A 2B 3A", []),
        ("giai-thich-nguon.txt", "1A 2B", []),
        # Defects
        ("loi-chu-lap-lai.txt", "2B", ["same-letter"]),
        ("loi-thieu-dau-cach.txt", "1B 2A", []),
        ("loi-mau-nuoc.txt", "1B 2A", ["unlettered-choices", "watermark", "watermark"]),
        ("loi-ghi-chu-bien-tap.txt", "1B", ["editing-note"]),
        ("loi-chu-tach-roi.txt", "1A", ["broken-word"]),
        ("loi-dinh-hai-cau.txt", "3B", ["number-gap", "letters-restart"]),
        ("loi-hai-dap-an.txt", "3A", ["two-keys", "two-keys"]),
        ("loi-phan-van.txt", "", ["two-keys"] * 2),
        ("loi-khong-dap-an.txt", "4B", ["no-key", "unknown-key", "too-few-choices"]),
        ("loi-bang-khong-ro-phan.txt", "", ["key-part-unclear"] * 2),
        ("loi-pdf-hong.txt", "", ["broken-characters"]),
    ],
)
def test_keys_and_problems(name, keys, problems):
    report = read_file(name)
    assert key_line(report) == keys
    assert codes(report) == problems


def test_every_file_is_in_the_table():
    parameters = test_keys_and_problems.pytestmark[0].args[1]
    assert {row[0] for row in parameters} == {path.name for path in FILES.iterdir()}


def test_wrapped_lines_are_joined():
    question = read_file("mau-xuong-dong.txt").questions[0]
    assert question.text == "Trong các nhận định sau về Đại hội, nhận định nào đúng?"
    assert [choice.text for choice in question.choices] == [
        "Đại hội lần thứ 1. gồm các đại biểu trong nước",
        "Họp năm 1930. và kéo dài 5 ngày",
        "Không rõ",
        "Cả ba",
    ]


def test_choices_in_two_columns():
    report = read_file("mau-hai-cot.txt")
    assert [choice.text for choice in report.questions[0].choices] == ["Huế", "Đà Nẵng", "Hà Nội", "Vinh"]
    assert report.questions[2].text == "Tỉnh nào giáp Trung Quốc?"


def test_letters_inside_choices_stay_there():
    question = read_file("mau-mot-dong.txt").questions[2]
    assert [choice.text for choice in question.choices] == [
        "Vitamin A.",
        "Vitamin B.",
        "Vitamin C.",
        "Vitamin D.",
    ]


def test_all_that_stands_around_a_question_is_kept():
    first, second = read_file("giai-thich-nguon.txt").questions
    assert (first.topic, first.level) == ("Các kỳ đại hội", "Nhận biết")
    assert first.explanation == "Hội nghị hợp nhất họp\ntừ ngày 6/1 đến ngày 7/2/1930."
    assert first.source == "Văn kiện Đảng toàn tập, tập 2"
    assert second.text == "Chủ tịch Hồ Chí Minh đọc Tuyên ngôn Độc lập năm nào?"
    assert second.explanation == "Ngày 2/9/1945, tại Quảng trường Ba Đình."
    assert (second.source, second.level) == ("Hồ Chí Minh toàn tập, tập 4", "Thông hiểu")


def test_topics_are_the_headings():
    report = read_file("mau-nhieu-phan.txt")
    assert [question.topic for question in report.questions] == ["LỊCH SỬ", "LỊCH SỬ", "ĐỊA LÝ", "ĐỊA LÝ"]


def test_what_is_not_supported_is_counted():
    assert read_file("khac-tu-luan.txt").skipped == {"statements": 1, "essay": 2}


def test_kinds():
    assert {question.kind for question in read_file("mau-dung-sai.txt").questions} == {Kind.TRUE_FALSE}
    assert {question.kind for question in read_file("mau-nhieu-dap-an.txt").questions} == {Kind.MULTIPLE}


def test_places_are_lines_and_problems_are_vietnamese():
    problem = read_file("loi-chu-lap-lai.txt").problems[0]
    assert (problem.place, problem.number) == ("line 5", "1")
    assert problem.message == "Câu 1: hai phương án cùng mang chữ C."
    assert problem.mend == "Đổi chữ C thứ hai thành D."


@pytest.mark.parametrize(
    "line,key",
    [
        ("Đáp án: C", "C"),
        ("ĐÁP ÁN : C", "C"),
        ("ĐA: C", "C"),
        ("Đ/A: c", "C"),
        ("Đáp án đúng là: C. ba", "C"),
        ("Đáp án đúng: C", "C"),
        ("Đáp án C", "C"),
        ("=> Chọn C", "C"),
        ("Chọn đáp án C.", "C"),
        ("Trả lời: C", "C"),
        ("Answer: C", "C"),
        ("ANSWER - c", "C"),
        ("Key: C", "C"),
        ("(Đáp án: C)", "C"),
        ("Phương án đúng: C", "C"),
        ("Đáp án: 3", "C"),
        ("Đáp án: hai", "B"),
        ("Đáp án: A, C", "AC"),
        ("Đáp án: A và C", "AC"),
        ("Đáp án: AC", "AC"),
        ("Đáp án: C vì đây là câu cuối", "C"),
        ("Đáp án câu 1: C", "C"),
        ("1-C", "C"),
        ("1. C", "C"),
        ("Câu 1: C", "C"),
        ("Câu 1. Đáp án đúng là: C. ba", "C"),
    ],
)
def test_answer_lines(line, key):
    report = read_text(f"Câu 1. Số nào?\nA. một\nB. hai\nC. ba\n{line}\n")
    assert key_line(report) == f"1{key}", report.problems


@pytest.mark.parametrize(
    "line,code",
    [
        ("Đáp án: E", "unknown-key"),
        ("Đáp án: B. ba", "two-keys"),
        ("Đáp án: A\nĐáp án: B", "two-keys"),
        ("Đáp án: không rõ", "unknown-key"),
        ("Trả lời: các em tự làm", "no-key"),
        ("1-A 1-B", "two-keys"),
        ("", "no-key"),
    ],
)
def test_never_guesses(line, code):
    report = read_text(f"Câu 1. Số nào?\nA. một\nB. hai\nC. ba\n{line}\n")
    assert report.questions == ()
    assert code in codes(report)


def test_a_number_that_is_also_a_choice_is_not_guessed():
    report = read_text("Câu 1. Bao nhiêu?\nA. 2\nB. 3\nC. 1\nĐáp án: 2\n")
    assert codes(report) == ["ambiguous-key"]


def test_questions_glued_on_one_line_are_two():
    report = read_text(
        "Câu 1: Một? A. 1 B. 2 Đáp án: A\nCâu 2: Hai? A. 1 B. 2 Câu 3: Ba? A. 3 B. 4\n1A 2B 3A"
    )
    assert key_line(report) == "1A 2B 3A"
    assert report.questions[1].choices[1].text == "2"


def test_choices_without_a_question_are_not_lost():
    report = read_text("A. Huế\nB. Hà Nội\nCâu 2. Thủ đô?\nA. Huế\nB. Hà Nội\nĐáp án: B\n")
    assert key_line(report) == "2B"
    assert codes(report) == ["letters-without-question"]


def test_statements_above_the_choices_belong_to_the_wording():
    report = read_text(
        "Câu 1. Cho các ý:\n1. Một\n2. Hai\na. Ba\nb. Bốn\nÝ nào đúng?\nA. 1 và a\nB. 2 và b\nĐáp án: B\n"
    )
    assert key_line(report) == "1B"
    assert report.questions[0].text == "Cho các ý:\n1. Một\n2. Hai a. Ba b. Bốn Ý nào đúng?"


def test_an_answer_for_no_question_is_named():
    report = read_text("Câu 1. Một?\nA. 1\nB. 2\n1-A 2-B\n")
    assert key_line(report) == "1A"
    assert codes(report) == ["key-without-question"]


def test_sources_listed_at_the_end_belong_to_their_questions():
    report = read_text("Câu 1. Một?\nA. 1\nB. 2\n1-A\n\nNGUỒN THAM KHẢO\n[1] Sách số học\n")
    assert report.questions[0].source == "Sách số học"
    assert codes(report) == []


def test_a_bibliography_is_not_given_to_questions():
    report = read_text("Câu 1. Một?\nA. 1\nB. 2\n1-A\n\nTÀI LIỆU THAM KHẢO\n[1] Sách\n[2] Báo\n")
    assert report.questions[0].source is None
    assert codes(report) == ["references-unused"]


def test_numbers_that_jump_or_repeat_are_named():
    report = read_text(
        "".join(
            f"Câu {n}. Câu hỏi {t}?\nA. {t}\nB. khác\nĐáp án: A\n" for n, t in ((2, "m"), (2, "h"), (4, "b"))
        )
    )
    assert [question.number for question in report.questions] == ["2", "2 (2)", "4"]
    assert codes(report) == ["number-twice", "number-gap"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le"])
def test_encodings(encoding):
    text = (FILES / "mau-cau-cham.txt").read_text("utf-8")
    assert key_line(read(text.encode(encoding), "de.txt")) == "1B 2A"


def test_pasted_text_needs_no_extension():
    assert read_text((FILES / "mau-cau-cham.txt").read_text("utf-8"), "dán vào").format == "text"


@pytest.mark.parametrize(
    "rows",
    ["A. 1930   B. 1935\nC. 1945   C. 1951", "A. 1930   B. 1935   C. 1945   C. 1951"],
)
def test_a_letter_that_stands_twice_in_a_row_of_choices_is_said(rows: str):
    report = read(f"Câu 1. Năm nào?\n{rows}\nĐáp án: A\n".encode(), "hang.txt")
    assert not report.questions
    assert [problem.code for problem in report.problems if problem.number == "1"] == ["same-letter"]
