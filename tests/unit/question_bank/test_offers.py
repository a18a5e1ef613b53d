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

LETTERED = ["A. Tháng 2/1930", "B. Tháng 10/1930", "C. Tháng 3/1935", "D. Tháng 2/1951"]


def of(report: Report, number: str) -> tuple[Draft | Question, list[Problem]]:
    given = {one.number: one for one in (*report.questions, *report.drafts)}[number]
    return given, [one for one in report.problems if one.number == number]


@pytest.mark.parametrize("key, labels", [("A", ["Đổi thành D"]), ("C", LETTERED), ("A, B", LETTERED)])
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


@pytest.mark.parametrize(
    "choice, code, mended",
    [
        ("Bao cấ p", "join-words", "Bao cấp"),
        ("Bao cấp vndoc.com", "drop-site", "Bao cấp"),
        ("Bao cấp (cần xem lại)", "drop-note", "Bao cấp"),
    ],
)
def test_words_that_a_warning_is_about_are_mended(choice: str, code: str, mended: str) -> None:
    report = read(f"Câu 1. Đổi mới là gì?\nA. Cải tạo\nB. {choice}\nĐáp án: A\n".encode(), "q.txt")
    [offer] = offers(*of(report, "1"))
    assert (offer.code, offer.question.choices[1].text) == (code, mended)
    assert (offer.question.correct, offer.question.key_from) == ((0,), "answer line")


def test_a_choice_marked_as_well_leaves_the_letter_in_doubt() -> None:
    text = TEXT.format(key="A").replace("B. Tháng 10/1930", "*B. Tháng 10/1930")
    made = offers(*of(read(text.encode(), "bank.txt"), "1"))
    assert [one.code for one in made] == ["key-A", "key-B", "key-C", "key-D"]


def draft(**changes: object) -> Draft:
    values = {"text": "Thủ đô?", "choices": (Choice("Huế"), Choice("Hà Nội")), "correct": ()}
    return Draft(number="1", place="line 1", excerpt="", **(values | changes))


@pytest.mark.parametrize(
    "given, code",
    [
        ({}, "no-key"),
        ({"correct": (2,)}, "unknown-key"),
        ({"correct": (-1,)}, "unknown-key"),
        ({"correct": (0,), "text": " \u00a0"}, "empty-question"),
        ({"correct": (0,), "choices": (Choice("Huế"),)}, "too-few-choices"),
        ({"correct": (0,), "choices": (Choice("Huế"), Choice(" Huế "))}, "same-choice-twice"),
        ({"correct": (0,), "choices": (Choice("Huế"), Choice(" "))}, "empty-choice"),
        ({"correct": (0,), "choices": tuple(Choice(str(one)) for one in range(9))}, "too-many-choices"),
    ],
)
def test_what_a_person_typed_has_to_pass_the_checks_of_a_file(given: dict[str, object], code: str) -> None:
    settled = settle(draft(), **given)
    assert settled.question is None
    assert code in [one.code for one in settled.problems]


def test_a_mended_question_says_that_its_key_came_by_hand() -> None:
    weighed = draft(choices=(Choice("Huế", weight=0.5), Choice("Hà Nội", weight=1.0)), correct=(0,))
    made = settle(weighed, correct=(1,), topic="Địa lý", source="Sách", explanation="Vì thế.").question
    assert made is not None
    assert (made.key_from, made.topic, made.source, made.explanation) == (
        "hand", "Địa lý", "Sách", "Vì thế.",
    )  # fmt: skip
    assert [choice.weight for choice in made.choices] == [None, None]


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
