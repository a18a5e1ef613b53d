"""What a reader understood of broken questions, and mends that never guess."""

import pytest

from question_bank.offers import offers, settle
from question_bank.reading import read
from question_bank.values import Choice, Draft, Problem, Question, Report
from tests.support.question_files import csv_file, table

TEXT = """Câu 1. Đảng ra đời vào tháng nào?
A. Tháng 2/1930
B. Tháng 10/1930
C. Tháng 3/1935
C. Tháng 2/1951
Đáp án: {key}

Câu 2. Đại hội VI họp vào tháng nào?
A. Tháng 12/1986 (sửa lại 23/6)
B. Tháng 12/1976
Đáp án: A
"""


def of(report: Report, number: str) -> tuple[Draft | Question, list[Problem]]:
    given = {one.number: one for one in (*report.questions, *report.drafts)}[number]
    return given, [one for one in report.problems if one.number == number]


@pytest.mark.parametrize("key, labels", [("A", ["Đổi thành D"]), ("C", ["A", "B", "C", "D"])])
def test_the_second_of_two_equal_letters_becomes_the_next_one(key: str, labels: list[str]) -> None:
    """A key that names the doubled letter is in doubt: then a person chooses it."""
    report = read(TEXT.format(key=key).encode(), "bank.txt")
    made = offers(*of(report, "1"))
    assert [one.label for one in made] == labels
    assert [choice.text for choice in made[0].question.choices][2:] == ["Tháng 3/1935", "Tháng 2/1951"]
    assert made[0].question.correct == (0,)


def test_an_editing_note_is_dropped() -> None:
    [offer] = offers(*of(read(TEXT.format(key="A").encode(), "bank.txt"), "2"))
    assert (offer.code, offer.label) == ("drop-note", "Bỏ ghi chú")
    assert offer.question.choices[0].text == "Tháng 12/1986"


def test_a_missing_key_has_an_offer_for_each_choice() -> None:
    report = read(csv_file(table(I3="")), "q.csv")
    draft, problems = of(report, "2")
    assert isinstance(draft, Draft)
    assert (draft.text, draft.topic) == ("Đường lối của Đại hội VI là gì?", "Đại hội VI")
    assert "B: Bao cấp" in draft.excerpt.split("\n")
    assert [one.code for one in offers(draft, problems)] == ["key-A", "key-B", "key-C", "key-D"]


def test_an_empty_choice_is_for_a_person_to_fill() -> None:
    report = read(csv_file(table(F4="")), "q.csv")
    draft, problems = of(report, "3")
    assert isinstance(draft, Draft)
    assert (offers(draft, problems), draft.correct) == ((), (0,))
    assert settle(draft).question is None
    mended = settle(draft, choices=[replace_empty(choice) for choice in draft.choices])
    assert mended.question is not None
    assert mended.question.choices[1].text == "Huế"


def replace_empty(choice: Choice) -> Choice:
    return choice if choice.text else Choice("Huế")
