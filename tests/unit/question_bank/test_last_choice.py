"""Lines right below the last choice: part of it, or something else that is never swallowed in silence."""

import pytest

from question_bank.reading import read
from question_bank.values import Report


def below(line: str, *, choice: str = "Vinh") -> Report:
    """A question with a line right below its last choice, and another question."""
    first = f"Câu 1. Cố đô?\nA. Huế\nB. {choice}\n{line}\nĐáp án: A\n"
    return read(f"{first}Câu 2. Thủ đô?\nA. Hà Nội\nB. Huế\nĐáp án: A\n".encode(), "q.txt")


def codes(report: Report) -> list[str]:
    return [one.code for one in report.problems]


def last_choice(report: Report) -> str:
    return report.questions[0].choices[-1].text


@pytest.mark.parametrize(
    "choice, line",
    [
        ("Vinh, nơi có", "dòng sông Lam"),
        ("Vinh,", "Nghệ An"),
        ("Thành phố Vinh, trung tâm của tỉnh Nghệ An và", "Hà Tĩnh"),
        ("Thời kỳ", "1930–1945"),
    ],
)
def test_a_wrapped_line_belongs_to_the_choice(choice, line):
    report = below(line, choice=choice)
    assert (last_choice(report), codes(report)) == (f"{choice} {line}", [])


def test_a_line_that_need_not_be_its_rest_is_named():
    report = below("Kiến thức chung")
    assert (last_choice(report), codes(report)) == ("Vinh Kiến thức chung", ["choice-goes-on"])
    assert [one.place for one in report.problems] == ["line 4"]


def test_a_question_without_its_number_is_not_part_of_the_choice():
    report = below("Thủ đô của Lào là gì?")
    assert (last_choice(report), codes(report)) == ("Vinh", ["stray-text"])


@pytest.mark.parametrize("line", ["PHẦN II. ĐỊA LÝ", "----- HẾT -----", "Trang 2/4"])
def test_headings_and_furniture_are_not_part_of_the_choice(line):
    text = f"Câu 1. Cố đô?\n*A. Huế\nB. Vinh\n{line}\nCâu 2. Thủ đô?\n*A. Hà Nội\nB. Huế\n"
    report = read(text.encode(), "q.txt")
    assert (last_choice(report), codes(report)) == ("Vinh", [])


def test_what_stands_below_the_end_belongs_to_no_choice():
    text = "Câu 1. Cố đô?\n*A. Huế\nB. Vinh\n--- HẾT ---\nCán bộ coi thi không giải thích gì thêm\n"
    report = read(text.encode(), "q.txt")
    assert (last_choice(report), codes(report)) == ("Vinh", ["stray-text"])


@pytest.mark.parametrize(
    "line",
    ["=> A", "→ A", "Phương án A", "Đáp án: “A”", "Trả lời: Đáp án A", "Đáp án A là đúng", "-> Chọn A"],
)
def test_an_answer_line_is_not_part_of_the_choice(line):
    report = read(f"Câu 1. Cố đô?\nA. Huế\nB. Vinh\n{line}\n".encode(), "q.txt")
    assert codes(report) == []
    [question] = report.questions
    assert ([choice.text for choice in question.choices], question.correct) == (["Huế", "Vinh"], (0,))
