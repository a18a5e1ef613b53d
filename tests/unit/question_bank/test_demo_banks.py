"""All of the demo's question files: none is left out by the tests, none has a problem."""

import re
from pathlib import Path

import pytest

from question_bank.reading import read

BANKS = Path(__file__).parents[3] / "demo" / "banks"
README = (BANKS / "README.md").read_text("utf-8")
# Wordings in another language lie beside the file that they translate.
FILES = sorted(path.name for path in BANKS.iterdir() if path.suffix != ".md" and ".en." not in path.name)
COUNTS = {name: int(count) for name, count in re.findall(r"^\| `([^`]+)` \| (\d+) \|", README, re.MULTILINE)}


def test_every_file_is_described():
    assert set(COUNTS) <= set(FILES)
    assert [name for name in FILES if f"`{name}`" not in README] == []


@pytest.mark.parametrize("name", FILES)
def test_read_completely(name):
    report = read((BANKS / name).read_bytes(), name)
    assert (report.problems, report.duplicates, dict(report.skipped)) == ((), (), {})
    assert len(report.questions) == COUNTS.get(name, len(report.questions)) > 0
    assert [question.number for question in report.questions] == [
        str(number) for number in range(1, len(report.questions) + 1)
    ]
    for question in report.questions:
        assert all([question.text, question.key_from, question.correct])
        assert len(question.choices) == 4
        assert len(question.correct) == 1


def test_all_questions_of_the_described_files():
    assert sum(COUNTS.values()) == 169
    texts = [
        question.text for name in FILES for question in read((BANKS / name).read_bytes(), name).questions
    ]
    assert len(set(texts)) == len(texts)
