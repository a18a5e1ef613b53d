"""Damaged files of every format, by seed: what they are made from, how they are damaged, what must hold."""

import random
from collections.abc import Callable
from functools import cache
from pathlib import Path

from question_bank.formats import FORMATS, find_format
from question_bank.reading import read
from question_bank.refusals import Refused
from question_bank.source import Source
from question_bank.values import MAX_CHOICES, MIN_CHOICES, Kind, Question, Report
from question_bank.writers import WRITERS
from quiz.core.settings import ROOT
from tests.support.damage import damaged, damaged_text, damaged_zip
from tests.support.damage_structure import damaged_cells, damaged_member_xml, damaged_xml
from tests.support.qti import in_qti3, item, item_2
from tests.support.questions import make_question

Damage = Callable[[bytes, random.Random], bytes]

_FILES = ROOT / "tests/unit/question_bank/files"
_SHAPES = ROOT / "tests/unit/question_bank/shapes"
_BANKS = ROOT / "demo/banks"
_LARGEST = 100_000
# These readers are ours from the first byte to the last: nothing but a refusal may come out of them.
OWN = frozenset({"json", "csv", "aiken", "gift", "text"})
_SOME = [
    make_question(
        "Số nào chẵn?", ("1", "2", "3"), (1,), number="1", topic="Số", explanation="Chia hết cho 2."
    ),
    make_question("Số nào lẻ?", ("1", "2", "3", "Tất cả"), (0, 2), number="2", level="Nhận biết"),
    make_question("2 + 2 = 4", ("Đúng", "Sai"), (0,), number="3", kind=Kind.TRUE_FALSE, source="Sách"),
]


@cache
def samples() -> dict[str, tuple[tuple[str, bytes], ...]]:
    """Sound files by format, each with its name."""
    paths = [path for folder in (_FILES, _SHAPES, _BANKS) for path in sorted(folder.rglob("*"))]
    files = [
        (path.name, path.read_bytes())
        for path in paths
        if path.is_file() and path.suffix != ".md" and not path.name.endswith(".report.json")
    ]
    files += [(f"ghi.{writer.extension}", writer.write(_SOME)) for writer in WRITERS]
    files += [
        ("cau.xml", f"<questestinterop>{item()}</questestinterop>".encode()),
        ("cau21.xml", item_2().encode()),
        ("cau3.xml", in_qti3(item_2()).encode()),
    ]
    found: dict[str, list[tuple[str, bytes]]] = {entry.name: [] for entry in FORMATS}
    for name, data in files:
        form = read(data, name).format
        if form and len(data) <= _LARGEST:
            found[form].append((name, data))
    return {form: tuple(some) for form, some in found.items()}


def damages(data: bytes) -> tuple[Damage, ...]:
    """The ways of damaging this file: its bytes, and its parts as far as it has any."""
    if data.startswith(b"PK"):
        return (damaged, damaged_zip, damaged_member_xml, damaged_member_xml)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return (damaged,)
    if text.lstrip().startswith("<"):
        return (damaged, damaged_text, damaged_xml, damaged_xml)
    return (
        (damaged, damaged_text, damaged_cells) if _is_table(text) else (damaged, damaged_text, damaged_text)
    )


def _is_table(text: str) -> bool:
    first = text.split("\n", 1)[0]
    return max(map(first.count, ",;\t")) >= 3


def damaged_file(form: str, seed: int) -> tuple[str, bytes]:
    """The damaged file of this seed: the same one whenever it is asked for."""
    dice = random.Random(f"{form} {seed}")
    name, data = dice.choice(samples()[form])
    return name, dice.choice(damages(data))(data, dice)


def faults(report: Report) -> list[str]:
    """What is wrong with a report, whatever the file was; empty if it keeps every promise."""
    found = [f"question {one.number}: {why}" for one in report.questions if (why := _unsound(one))]
    found += [f"problem {one.code} has no words" for one in report.problems if not (one.message and one.mend)]
    numbers = [question.number for question in report.questions]
    if len(set(numbers)) < len(numbers):
        found.append("two questions have one number")
    if not (report.questions or report.has_errors or report.skipped):
        found.append("nothing was read and nothing was said")
    return found


def _unsound(question: Question) -> str:
    rules = {
        "no wording": bool(question.text or question.images),
        "number of choices": MIN_CHOICES <= len(question.choices) <= MAX_CHOICES,
        "empty choice": all(choice.text for choice in question.choices),
        "no key": bool(question.correct),
        "key out of order": question.correct == tuple(sorted(set(question.correct))),
        "key of no choice": all(0 <= index < len(question.choices) for index in question.correct),
        "two keys": len(question.correct) <= 1 or question.kind is Kind.MULTIPLE,
        "no origin of the key": bool(question.key_from),
    }
    return ", ".join(name for name, holds in rules.items() if not holds)


def caught(form: str, name: str, data: bytes) -> str:
    """The exception that a reader raised and `read` turned into "corrupt-file"; empty if there was none."""
    entry = find_format(form)
    try:
        if entry is not None:
            entry.read(Source(name, data))
    except Refused:
        return ""
    except Exception as error:
        return type(error).__name__
    return ""


def path_of(name: str, folder: Path, form: str, seed: int) -> Path:
    """Where a file that found a fault is kept."""
    return folder / f"{form}-{seed}-{name}"
