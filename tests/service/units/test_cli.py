"""`flask units import`."""

from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask

from quiz.core.settings import ROOT
from quiz.units import queries

FILE = ROOT / "demo" / "units-son-la.csv"


def run(app: Flask, *words: object) -> Result:
    return app.test_cli_runner().invoke(args=["units", "import", *map(str, words)])


def count(slug: str = "son-la") -> int:
    tree = queries.find_tree(slug)
    return len(queries.list_units(tree)) if tree else 0


def test_a_tree_comes_in_and_again_without_a_change(app: Flask) -> None:
    first = run(app, FILE, "--tree", "son-la", "--name", "Sơn La")
    assert first.exit_code == 0
    assert "115 added" in first.output
    assert "Units: 115/115" in first.output
    assert "115 unchanged" in run(app, FILE, "--tree", "son-la").output
    assert (count(), queries.get_tree("son-la").name) == (115, "Sơn La")


def test_a_wrong_file_is_named_by_line_and_column(app: Flask, tmp_path: Path) -> None:
    run(app, FILE, "--tree", "son-la")
    wrong = tmp_path / "wrong.csv"
    wrong.write_text("code,parent_code,name,kind,headcount\n14,,Tỉnh,tỉnh,nhiều\n", encoding="utf-8")
    done = run(app, wrong, "--tree", "son-la")
    assert done.exit_code == 1
    assert "dòng 2, cột “headcount”" in done.output
    assert "nothing was saved" in done.output
    assert count() == 115


def test_units_that_are_gone_are_listed_before_they_are_removed(app: Flask, tmp_path: Path) -> None:
    run(app, FILE, "--tree", "son-la")
    lines = FILE.read_text(encoding="utf-8").splitlines()
    less = tmp_path / "less.csv"
    less.write_text("\n".join(lines[:-1]) + "\n", encoding="utf-8")
    refused = run(app, less, "--tree", "son-la")
    assert refused.exit_code == 1
    assert lines[-1].split(",")[0] in refused.output
    assert "--remove-missing" in refused.output
    assert count() == 115
    assert run(app, less, "--tree", "son-la", "--remove-missing").exit_code == 0
    assert count() == 114


@pytest.mark.parametrize("words", [(FILE,), ("missing.csv", "--tree", "x")])
def test_what_is_missing_is_said(app: Flask, words: tuple[object, ...]) -> None:
    assert run(app, *words).exit_code == 2


def test_a_tree_needs_a_plain_name(app: Flask) -> None:
    done = run(app, FILE, "--tree", "Sơn La")
    assert done.exit_code == 1
    assert "chữ thường không dấu" in done.output
    assert count("Sơn La") == 0
