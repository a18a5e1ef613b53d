"""`python -m tests.support.shapes [--reports]`: see the package's own words."""

import argparse
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from question_bank.reading import read
from quiz.core.settings import ROOT
from tests.support.shapes import packages, tables, word

SHAPES = ROOT / "tests/unit/question_bank/shapes"
FOLDERS: Mapping[str, Mapping[str, Callable[[], bytes]]] = {
    "docx": word.FILES,
    "xlsx": tables.XLSX,
    "ods": tables.ODS,
    "package": packages.PACKAGES,
    "refused": packages.REFUSED,
}


def make_files() -> None:
    """Write the binary files that are not there yet; those that are keep their bytes."""
    for folder, files in FOLDERS.items():
        (SHAPES / folder).mkdir(parents=True, exist_ok=True)
        for name, make in files.items():
            if not (SHAPES / folder / name).exists():
                (SHAPES / folder / name).write_bytes(make())


def make_reports() -> None:
    """Write what is read today beside every file."""
    for path in sorted(SHAPES.rglob("*.*")):
        if path.suffix != ".md" and not path.name.endswith(".report.json"):
            report = json.dumps(expected(path), ensure_ascii=False, indent=1)
            report_of(path).write_text(report + "\n", encoding="utf-8")


def expected(path: Path) -> dict[str, Any]:
    """The report of a file in the form of `--json`, without the words of problems."""
    report = read(path.read_bytes(), path.name).as_json()
    for problem in report["problems"]:
        del problem["message"], problem["mend"]
    return report


def report_of(path: Path) -> Path:
    """Where the expected report of a file stands."""
    return path.with_name(f"{path.name}.report.json")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reports", action="store_true", help="write the expected reports as well")
    wanted = parser.parse_args()
    make_files()
    if wanted.reports:
        make_reports()
