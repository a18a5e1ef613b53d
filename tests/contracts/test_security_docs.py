"""docs/security.md is true as far as a program can see: its tests exist, its figures are its tables'."""

import re
from collections import Counter

import pytest

from quiz.core.settings import ROOT

_TEXT = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
_ROWS = re.findall(r"^\| (\d+(?:\.\d+){2}) \| ([12]) \| (test|note|not met) \| (.+) \|$", _TEXT, re.MULTILINE)
_ATTACKS = re.findall(r"^\| (A\d\d) \| .+? \| (.+) \|$", _TEXT, re.MULTILINE)
_TESTS = sorted(set(re.findall(r"(?<![\w/])tests/[\w/]+\.py(?:::\w+)?", _TEXT)))


@pytest.mark.parametrize("name", _TESTS)
def test_the_tests_that_it_names_exist(name: str) -> None:
    path, _, function = name.partition("::")
    assert (ROOT / path).exists()
    assert not function or f"def {function}(" in (ROOT / path).read_text(encoding="utf-8")


def test_every_attack_has_its_line() -> None:
    assert [number for number, _ in _ATTACKS] == [f"A{number:02}" for number in range(1, 31)]
    assert not [number for number, how in _ATTACKS if "tests/" not in how and not how.startswith("not met")]


def test_the_figures_are_those_of_the_tables() -> None:
    found = Counter((level, how) for _, level, how, _ in _ROWS)
    one = re.search(r"Of 63 at level 1, (\d+) have tests, (\d+) a note, (\d+) is not met", _TEXT)
    two = re.search(r"Of 142 at level 2, (\d+) have tests, (\d+) a note, (\d+) are not met", _TEXT)
    for level, figures in (("1", one), ("2", two)):
        assert figures is not None
        assert [int(one) for one in figures.groups()] == [
            found[level, how] for how in ("test", "note", "not met")
        ]
    assert len({number for number, *_ in _ROWS}) == len(_ROWS) == 205
    outside = _TEXT.split("### What does not apply")[1]
    assert len(set(re.findall(r"\b\d+\.\d+\.\d+\b", outside))) == 48


def test_what_is_not_met_has_an_owner_and_what_is_tested_names_its_tests() -> None:
    for number, _level, how, where in _ROWS:
        assert how != "test" or "tests/" in where, number
        assert how != "not met" or where.endswith(("Maintainers", "Operator")), number
