"""Damaged texts and documents: their readers give questions with a key, or say what is wrong."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from question_bank.formats import find_format
from question_bank.reading import read
from question_bank.refusals import Refused
from question_bank.source import Source
from question_bank.values import MAX_CHOICES, MIN_CHOICES
from question_bank.writers import find_writer
from tests.support.damage import variants
from tests.support.qti import item, item_2
from tests.support.questions import make_question

BANKS = Path(__file__).parents[3] / "demo" / "banks"
TYPED = sorted((Path(__file__).parent / "files" / "typed").glob("*.txt"))
SOME = [make_question(number="1"), make_question("Số lẻ?", ("1", "2", "3"), (0, 2), number="2")]

TEXTS = {
    "gift": ((BANKS / "lang-son.gift.txt").read_bytes(), 150),
    "aiken": ((BANKS / "mixed.aiken.txt").read_bytes(), 150),
    "moodle": (find_writer("moodle").write(SOME), 150),
    "qti12": (f"<questestinterop>{item()}</questestinterop>".encode(), 150),
    "qti2": (item_2().encode(), 150),
}
ZIPPED = {
    "de.docx": ((BANKS / "lich-su-dai-hoi.docx").read_bytes(), 60),
    "goi.zip": (find_writer("qti").write(SOME), 60),
}


def assert_sound(questions):
    """What every imported question must have."""
    for question in questions:
        assert question.text or question.images
        assert MIN_CHOICES <= len(question.choices) <= MAX_CHOICES
        assert all(choice.text for choice in question.choices)
        assert question.correct == tuple(sorted(set(question.correct)))
        assert question.correct
        assert 0 <= min(question.correct) <= max(question.correct) < len(question.choices)
        assert question.key_from


def read_directly(name, data):
    """Without the net of `reading.read`, which turns every exception into a problem."""
    try:
        findings = find_format(name).read(Source("a", data))
    except Refused:
        return
    assert_sound(findings.questions)


@pytest.mark.parametrize("name", TEXTS)
def test_readers_of_texts_never_raise(name):
    data, count = TEXTS[name]
    for damaged in variants(data, count):
        read_directly(name, damaged)


@pytest.mark.parametrize("path", TYPED, ids=lambda path: path.stem)
def test_the_grammar_never_raises(path):
    for damaged in variants(path.read_bytes(), 20):
        read_directly("text", damaged)


@pytest.mark.parametrize("name", ZIPPED)
def test_zipped_files_give_a_report(name):
    data, count = ZIPPED[name]
    for damaged in variants(data, count):
        report = read(damaged, name)
        assert report.questions or report.has_errors or report.skipped
        assert_sound(report.questions)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(text=st.text(max_size=300))
@example(text="Câu 1. ")
@example(text="A. B. C. D.")
@example(text="1-A")
@example(text="\u0301Câu 1.\u0301 A.\u0301")
def test_any_text_at_all(text):
    for name in ("text", "gift", "aiken"):
        read_directly(name, text.encode("utf-8", "surrogatepass"))


def test_a_lost_line_never_loses_a_question_in_silence():
    """Each question that the whole file has is there, or some error says that something is wrong."""
    lines = TYPED[[path.name for path in TYPED].index("mau-cau-cham.txt")].read_bytes().split(b"\n")
    for index in range(len(lines)):
        report = read(b"\n".join(lines[:index] + lines[index + 1 :]), "de.txt")
        assert len(report.questions) == 2 or report.has_errors, (index, report.problems)
