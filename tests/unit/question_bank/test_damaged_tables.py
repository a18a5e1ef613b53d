"""Damaged files never raise: they give questions, problems, or a refusal."""

from pathlib import Path

import pytest

from question_bank.formats.lossless import NAME
from question_bank.reading import read
from question_bank.values import MAX_CHOICES, MIN_CHOICES, Kind, Report
from question_bank.writers import find_writer
from tests.support.damage import variants

ROOT = Path(__file__).parents[3]
FILES = {
    "xlsx": (ROOT / "demo/banks/lich-su-dai-hoi.xlsx", 40),
    "csv": (ROOT / "demo/banks/van-ban-son-la.csv", 150),
    # A process of its own for each.
    "xls": (Path(__file__).parent / "files/table.xls", 12),
    "ods": (Path(__file__).parent / "files/table.ods", 12),
}


def assert_sound(report: Report) -> None:
    """Whatever was read is a question with a key; whatever was not is explained."""
    assert report.questions or report.has_errors or report.skipped
    for question in report.questions:
        assert question.text or question.images
        assert MIN_CHOICES <= len(question.choices) <= MAX_CHOICES
        assert question.correct
        assert max(question.correct) < len(question.choices)
        assert len(question.correct) == 1 or question.kind is Kind.MULTIPLE
    for problem in report.problems:
        assert problem.message
        assert problem.mend
    numbers = [question.number for question in report.questions]
    assert len(set(numbers)) == len(numbers)


@pytest.mark.parametrize("name", FILES)
def test_damaged(name):
    path, count = FILES[name]
    for data in variants(path.read_bytes(), count):
        assert_sound(read(data, f"a.{name}"))


def test_damaged_json():
    path, count = FILES["csv"]
    written = find_writer("json").write(read(path.read_bytes(), "a.csv").questions)
    assert NAME.encode() in written
    for data in variants(written, count):
        assert_sound(read(data, "a.json"))


def test_old_excel_and_open_document_files_are_read():
    for name in ("xls", "ods"):
        report = read(FILES[name][0].read_bytes(), f"a.{name}")
        assert report.problems == ()
        assert [question.correct for question in report.questions] == [(0,), (0,), (0, 2)]
        assert [choice.text for choice in report.questions[0].choices][:2] == ["10/02/2025", "09/7/2025"]
        assert [choice.text for choice in report.questions[1].choices] == ["1908", "1918", "1930", "1945"]
        assert {question.topic for question in report.questions} == {"Sơn La"}
        assert report.questions[2].place == "sheet “Câu hỏi”, row 6"
