"""Every shape and defect of shapes/README.md: one file each, its report exactly as written beside it."""

import json
import re
from pathlib import Path

import pytest

from question_bank.reading import read
from tests.support.questions import codes, key_line
from tests.support.shapes.reports import FOLDERS, NOT_YET, SHAPES, expected, report_of

_ROW = re.compile(
    r"^\| \[[^]]+\]\((?P<path>\S+)\) \| (?P<shape>.+?) \| (?P<keys>[^|]*)\| (?P<codes>[^|]*)\|$", re.M
)
ROWS = [match.groupdict() for match in _ROW.finditer((SHAPES / "README.md").read_text("utf-8"))]
PATHS = sorted(path for path in SHAPES.rglob("*.*") if path.suffix != ".md" and ".report." not in path.name)


def _marked(name: str) -> object:
    return pytest.param(name, marks=pytest.mark.xfail(reason=NOT_YET[name])) if name in NOT_YET else name


def name_of(path: Path) -> str:
    return path.relative_to(SHAPES).as_posix()


@pytest.mark.parametrize("name", [_marked(name_of(path)) for path in PATHS])
def test_report_is_exactly_as_expected(name):
    path = SHAPES / name
    assert expected(path) == json.loads(report_of(path).read_text("utf-8"))


@pytest.mark.parametrize("row", [pytest.param(row, id=row["path"]) for row in ROWS])
def test_readme_says_what_the_expected_report_says(row):
    """The keys and codes in the README were typed by a person who knew what the file means."""
    report = json.loads(report_of(SHAPES / row["path"]).read_text("utf-8"))
    letters = ("".join("ABCDEFGH"[index] for index in one["correct"]) for one in report["questions"])
    numbers = (one["number"] for one in report["questions"])
    assert " ".join(map("".join, zip(numbers, letters, strict=True))) == row["keys"].strip()
    assert " ".join(one["code"] for one in report["problems"]) == row["codes"].strip()


def test_every_file_has_a_row_and_a_report():
    names = [name_of(path) for path in PATHS]
    assert sorted(row["path"] for row in ROWS) == names
    assert sorted(name_of(path) for path in SHAPES.rglob("*.report.json")) == sorted(
        name_of(report_of(SHAPES / name)) for name in names
    )


@pytest.mark.parametrize(
    "folder,name", [(folder, name) for folder, files in FOLDERS.items() for name in files]
)
def test_what_made_a_binary_file_still_makes_one_like_it(folder, name):
    kept, made = (SHAPES / folder / name).read_bytes(), FOLDERS[folder][name]()
    first, second = read(kept, name), read(made, name)
    assert (key_line(first), codes(first)) == (key_line(second), codes(second))
    assert first.questions == second.questions


def test_reading_again_says_the_same():
    for path in PATHS:
        if path.suffix not in (".xls", ".ods"):
            assert expected(path) == expected(path), path
