"""Aiken files and their dialects."""

import pytest

from question_bank.reading import read
from tests.support.questions import codes, key_line


def read_aiken(text):
    return read(text.encode(), "de.aiken.txt")


@pytest.mark.parametrize("answer", ["ANSWER: B", "ANSWER:B", "Answer - b", "answer: b.", "Correct answer: B"])
@pytest.mark.parametrize("form", ["{}. ", "{}) ", "{}."])
@pytest.mark.parametrize("letters", ["AB", "ab"])
def test_dialects(answer, form, letters):
    lines = ["Thủ đô?", form.format(letters[0]) + "Huế", form.format(letters[1]) + "Hà Nội", answer]
    report = read_aiken("\n".join(lines))
    assert report.format == "aiken"
    assert key_line(report) == "1B"
    assert [choice.text for choice in report.questions[0].choices] == ["Huế", "Hà Nội"]


def test_text_is_literal():
    question = read_aiken("<b>1930</b> & 2. là gì?\nA. a < b\nB. <i>x</i>\nANSWER: B\n").questions[0]
    assert question.text == "<b>1930</b> & 2. là gì?"
    assert question.choices[1].text == "<i>x</i>"


def test_a_missing_answer_does_not_merge_two_questions():
    report = read_aiken("Một?\nA. 1\nB. 2\n\nHai?\nA. 1\nB. 2\nANSWER: B\n\nBa?\nA. 3\nB. 2\nANSWER: A\n")
    assert key_line(report) == "2B 3A"
    assert codes(report) == ["no-key"]


def test_wordings_and_choices_on_several_lines():
    report = read_aiken("Một\nhay hai?\nA. một\nhoặc\nB. hai\nANSWER: B\n")
    question = report.questions[0]
    assert question.text == "Một\nhay hai?"
    assert question.choices[0].text == "một hoặc"


@pytest.mark.parametrize(
    "text,code",
    [
        ("Một?\nA. 1\nB. 2\nANSWER: C\n", "unknown-key"),
        ("Một?\nA. 1\nB. 2\nANSWER:\n", "no-key"),
        ("Một?\nA. 1\nANSWER: A\n", "too-few-choices"),
        ("Một?\nA. 1\nB. 2\nB. 3\nANSWER: A\n", "same-letter"),
        ("Một?\nA. 1\nC. 2\nANSWER: A\n", "letter-gap"),
        ("A. 1\nB. 2\nANSWER: A\n", "empty-question"),
        ("Một?\nA. 1\nB. 1\nANSWER: A\n", "same-choice-twice"),
    ],
)
def test_errors(text, code):
    report = read_aiken(text)
    assert report.questions == ()
    assert codes(report)[0] == code
