"""A question with an error is kept as a draft, in the file's own words, under the number of its problems."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from question_bank.formats import FORMATS
from question_bank.reading import read
from question_bank.values import Draft, Report, Severity
from tests.support.fuzzing import damaged_file
from tests.support.question_files import csv_file, table

# Each file of these takes a process of its own.
_ISOLATED = {"xls", "ods"}


def faults(report: Report) -> list[str]:
    """What a report promises of drafts and does not keep."""
    numbers = [one.number for one in (*report.questions, *report.drafts)]
    found = [f"twice: {number}" for number in set(numbers) if numbers.count(number) > 1]
    found += [
        f"nothing for {one.number}: {one.code}"
        for one in report.problems
        if one.severity is Severity.ERROR and one.number is not None and one.number not in numbers
    ]
    return found + [f"long: {draft.number}" for draft in report.drafts if len(draft.excerpt) > 1000]


def only_draft(text: str, name: str) -> Draft:
    report = read(text.encode(), name)
    assert faults(report) == []
    [draft] = report.drafts
    return draft


@pytest.mark.parametrize("form", [entry.name for entry in FORMATS])
def test_every_error_of_a_damaged_file_has_its_question_or_draft(form):
    for seed in range(1000, 1010 if form in _ISOLATED else 1060):
        name, data = damaged_file(form, seed)
        assert faults(read(data, name)) == [], seed


_LINES = st.sampled_from(
    [
        "Câu 1. Thủ đô?", "Câu 1. Cố đô?", "1. Một?", "A. Huế", "B. Hà Nội", "B. Vinh", "C. Đà Nẵng",
        "*C. Vinh", "Đáp án: B", "Đáp án: G", "1-A 2-B 7-C", "PHẦN II. ĐỊA LÝ", "", "Nguồn: Sách",
        "ANSWER: B", "ANSWER: X", "{=a ~b}", "::x:: y {=a", "}",
    ]
)  # fmt: skip


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(lines=st.lists(_LINES, max_size=20))
def test_lines_in_any_order(lines):
    for form in ("text", "aiken", "gift"):
        assert faults(read("\n".join(lines).encode(), "dán", format=form)) == []


def test_two_questions_of_one_number_keep_their_problems_apart():
    """The one without a key is not taken for the one that is right."""
    text = "Câu 7. Một?\nA. Huế\nB. Vinh\nĐáp án: A\nCâu 7. Hai?\nA. Lào\nB. Thái\n"
    report = read(text.encode(), "q.txt")
    assert faults(report) == []
    assert [(one.number, one.text) for one in report.questions] == [("7", "Một?")]
    assert [(one.number, one.text) for one in report.drafts] == [("7 (2)", "Hai?")]
    assert [one.number for one in report.problems if one.code == "no-key"] == ["7 (2)"]


def test_rows_of_one_number_keep_their_problems_apart():
    report = read(csv_file(table(A3="1", I3="")), "q.csv")
    assert faults(report) == []
    assert [one.number for one in report.drafts] == ["1 (2)"]


def test_gift_without_its_closing_brace_keeps_wording_and_choices():
    draft = only_draft("::Thủ đô:: Thủ đô là? {=Hà Nội ~Huế ~Vinh\n", "q.gift")
    assert (draft.text, [choice.text for choice in draft.choices]) == (
        "Thủ đô là?", ["Hà Nội", "Huế", "Vinh"],
    )  # fmt: skip
    assert draft.excerpt.startswith("::Thủ đô:: Thủ đô là? {=Hà Nội")


def test_aiken_keeps_the_lines_as_they_stand():
    draft = only_draft("Thủ đô?\nA. Huế\nB. Hà Nội\nANSWER: E\n", "q.aiken")
    assert draft.excerpt == "Thủ đô?\nA. Huế\nB. Hà Nội\nANSWER: E"
    assert [choice.text for choice in draft.choices] == ["Huế", "Hà Nội"]


def test_moodle_without_a_right_answer():
    answers = "".join(f'<answer fraction="0"><text>{text}</text></answer>' for text in ("Huế", "Vinh"))
    text = (
        '<quiz><question type="multichoice"><questiontext><text>Thủ đô?</text></questiontext>'
        f"{answers}</question></quiz>"
    )
    draft = only_draft(text, "q.xml")
    assert (draft.text, draft.correct, len(draft.choices)) == ("Thủ đô?", (), 2)


def test_qti_whose_key_points_nowhere():
    text = (
        '<assessmentItem identifier="a" title="t"><responseDeclaration identifier="RESPONSE" '
        'cardinality="single"><correctResponse><value>Z</value></correctResponse></responseDeclaration>'
        '<itemBody><choiceInteraction responseIdentifier="RESPONSE"><prompt>Thủ đô?</prompt>'
        '<simpleChoice identifier="A">Huế</simpleChoice><simpleChoice identifier="B">Vinh</simpleChoice>'
        "</choiceInteraction></itemBody></assessmentItem>"
    )
    draft = only_draft(text, "q.xml")
    assert (draft.text, [choice.text for choice in draft.choices]) == ("Thủ đô?", ["Huế", "Vinh"])


def test_own_json_keeps_what_is_sound_of_an_entry():
    entry = {"number": "12", "kind": "single", "text": "Thủ đô?", "topic": "Địa lý", "correct": [5],
             "choices": [{"text": "Huế"}, {"text": "Hà Nội"}], "level": 3}  # fmt: skip
    frame = {"format": "tim-hieu-questions", "version": 1, "questions": [entry]}
    draft = only_draft(json.dumps(frame), "q.json")
    assert (draft.number, draft.text, draft.topic, draft.level) == ("12", "Thủ đô?", "Địa lý", None)
    assert ([choice.text for choice in draft.choices], draft.correct) == (["Huế", "Hà Nội"], ())
    assert "correct: [5]" in draft.excerpt


def test_a_long_question_is_quoted_in_part():
    draft = only_draft(f"Câu 1. {'Rất dài. ' * 400}\nA. Huế\nB. Vinh\n", "q.txt")
    assert len(draft.excerpt) == 1000
