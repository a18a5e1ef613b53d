"""`flask bank …` as scripts use it: exit codes, JSON on standard output, files written and read again."""

import json
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask

from quiz.bank import queries
from quiz.core.settings import ROOT
from tests.support.question_files import csv_file, table, xlsx_file
from tests.support.word import with_member

BANKS = ROOT / "demo" / "banks"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Files: good, bad (a key is missing), nothing in it, and one that is not what it says."""
    (tmp_path / "good.csv").write_bytes(csv_file())
    (tmp_path / "bad.xlsx").write_bytes(xlsx_file(table(I3="")))
    (tmp_path / "empty.csv").write_bytes(b"")
    (tmp_path / "fake.xlsx").write_bytes(b"%PDF-1.7")
    return tmp_path


def run(app: Flask, *words: object) -> Result:
    return app.test_cli_runner().invoke(args=["bank", *map(str, words)])


def stored(slug: str) -> int:
    bank = queries.find_bank(slug)
    return len(queries.list_stored(bank.id)) if bank else 0


@pytest.mark.parametrize(
    "file, code", [("good.csv", 0), ("bad.xlsx", 1), ("empty.csv", 2), ("fake.xlsx", 2), ("missing.csv", 2)]
)
def test_exit_codes_of_reading_and_importing(app: Flask, folder: Path, file: str, code: int) -> None:
    assert run(app, "read", folder / file).exit_code == code
    assert run(app, "read", folder / file, "--json").exit_code == code
    assert run(app, "import", folder / file, "--bank", "b").exit_code == code
    assert stored("b") == (3 if code == 0 else 0)


def test_the_report_has_the_documented_form(app: Flask, folder: Path) -> None:
    report = json.loads(run(app, "read", folder / "bad.xlsx", "--json").stdout)
    assert list(report) == ["file", "format", "questions", "problems", "skipped", "duplicates"]
    assert (report["file"], report["format"]) == ("bad.xlsx", "xlsx")
    assert set(report["questions"][0]) == {
        *("number", "place", "kind", "text", "choices", "correct", "key_from", "topic", "level"),
        *("source", "explanation", "images"),
    }
    [problem] = report["problems"]
    assert set(problem) == {"severity", "code", "place", "number", "message", "mend"}
    assert (problem["severity"], problem["code"], problem["number"]) == ("error", "no-key", "2")


def test_nothing_but_the_report_is_on_standard_output(app: Flask, tmp_path: Path) -> None:
    styles = (
        b'<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><cellStyleXfs/>'
        b'<cellStyles><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
    )
    strange = with_member(xlsx_file(), "xl/styles.xml", lambda _: styles)
    (tmp_path / "strange.xlsx").write_bytes(strange)
    done = run(app, "read", tmp_path / "strange.xlsx", "--json")
    assert "out of range" in done.stderr
    assert len(json.loads(done.stdout)["questions"]) == 3


def test_importing_tells_the_same_report_and_what_became_of_it(app: Flask, folder: Path) -> None:
    read = json.loads(run(app, "read", folder / "good.csv", "--json").stdout)
    done = json.loads(run(app, "import", folder / "good.csv", "--bank", "b", "--json").stdout)
    assert done.pop("bank") == {"new": ["1", "2", "3"], "known": [], "slug": "b", "saved": 3, "near": []}
    assert done == read
    again = json.loads(run(app, "import", folder / "good.csv", "--bank", "b", "--json").stdout)
    assert again["bank"]["saved"] == 0
    assert again["bank"]["known"] == [{"number": str(n), "bank_number": n} for n in (1, 2, 3)]


def test_the_good_ones_alone(app: Flask, folder: Path) -> None:
    done = run(app, "import", folder / "bad.xlsx", "--bank", "b", "--accept-partial")
    assert done.exit_code == 1
    assert stored("b") == 2
    assert "cell" not in done.output, "people read places in their own words"
    assert "ô I3" in done.output


def test_insisting_on_a_format(app: Flask, folder: Path) -> None:
    assert run(app, "read", folder / "good.csv", "--format", "csv").exit_code == 0
    wrong = run(app, "read", folder / "good.csv", "--format", "xlsx", "--json")
    assert wrong.exit_code == 2
    assert json.loads(wrong.stdout)["problems"][0]["code"] == "not-what-it-says"


@pytest.mark.parametrize("extension", ["xlsx", "csv", "json"])
def test_what_is_exported_can_be_imported(app: Flask, tmp_path: Path, extension: str) -> None:
    run(app, "import", BANKS / "lich-su-dai-hoi.xlsx", "--bank", "a")
    file = tmp_path / f"out.{extension}"
    assert run(app, "export", "a", file).exit_code == 0
    assert run(app, "import", file, "--bank", "b").exit_code == 0
    banks = [queries.list_stored(queries.get_bank(slug).id) for slug in ("a", "b")]
    assert [one.fingerprint for one in banks[0]] == [one.fingerprint for one in banks[1]]
    sources = [[one.question.source for one in bank] for bank in banks]
    assert sources[0] == sources[1]


def test_export_says_what_it_cannot_do(app: Flask, folder: Path) -> None:
    run(app, "import", folder / "good.csv", "--bank", "a")
    assert "no bank" in run(app, "export", "nothing", folder / "out.xlsx").output
    assert "known extension" in run(app, "export", "a", folder / "out.pdf").output
    assert run(app, "export", "a", folder / "out.data", "--format", "csv").exit_code == 0


def test_wrong_names_of_banks(app: Flask, folder: Path) -> None:
    done = run(app, "import", folder / "good.csv", "--bank", "Lịch sử")
    assert done.exit_code == 2
    assert "chữ thường không dấu" in done.output


@pytest.mark.parametrize("command", ["read", "import", "export"])
def test_every_command_has_an_example(app: Flask, command: str) -> None:
    assert "Example: flask bank" in run(app, command, "--help").output
