"""The files of the corpus, and the report that each has to give."""

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from question_bank.reading import read
from question_bank.values import Question
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

# Not read as they should be yet. The tests are strict: whoever mends a reader takes the name away here.
# Their reports are written by hand.
NOT_YET: dict[str, str] = {}


def make_files() -> None:
    """Write the binary files that are not there yet; those that are keep their bytes."""
    for folder, files in FOLDERS.items():
        (SHAPES / folder).mkdir(parents=True, exist_ok=True)
        for name, make in files.items():
            if not (SHAPES / folder / name).exists():
                (SHAPES / folder / name).write_bytes(make())


def make_reports() -> None:
    """Write what is read today beside every file that is read as it should be."""
    for path in sorted(SHAPES.rglob("*.*")):
        if path.relative_to(SHAPES).as_posix() in NOT_YET:
            continue
        if path.suffix != ".md" and not path.name.endswith(".report.json"):
            report = json.dumps(expected(path), ensure_ascii=False, indent=1)
            report_of(path).write_text(report + "\n", encoding="utf-8")


def expected(path: Path) -> dict[str, Any]:
    """The report of a file as `--json` has it, without the words of problems; and what that form leaves out.

    `more` holds what else was kept of a question: choices that stay in place, their feedback and weights,
    pictures, and what only our own JSON carries.
    """
    report = read(path.read_bytes(), path.name)
    told = report.as_json()
    for problem in told["problems"]:
        del problem["message"], problem["mend"]
    for one, question in zip(told["questions"], report.questions, strict=True):
        if more := _more(question):
            one["more"] = more
    return told


def _more(question: Question) -> dict[str, Any]:
    choices = question.choices
    found: dict[str, Any] = {
        "pinned": [index for index, choice in enumerate(choices) if choice.pinned],
        "feedback": {str(n): choice.feedback for n, choice in enumerate(choices) if choice.feedback},
        "weights": [c.weight for c in choices] if any(c.weight is not None for c in choices) else None,
        "pictures": [[image.choice, image.media_type, image.alt] for image in question.images],
        "tags": list(question.tags),
        "citation": asdict(question.citation) if question.citation else None,
        "translations": [[one.language, one.text, *one.choices] for one in question.translations],
    }
    return {name: value for name, value in found.items() if value}


def report_of(path: Path) -> Path:
    """Where the expected report of a file stands."""
    return path.with_name(f"{path.name}.report.json")
