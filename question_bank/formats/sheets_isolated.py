"""Sheets read in a process of their own: xls, ods, and xlsx files with broken styles."""

from __future__ import annotations

import datetime
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from question_bank import limits, places
from question_bank.formats.cell_text import Value
from question_bank.formats.sheets import Cell, Sheet
from question_bank.problems import problem
from question_bank.refusals import Refused

_WORKER = Path(__file__).with_name("sheets_worker.py")


def load(data: bytes) -> list[Sheet]:
    """All sheets; raises `Refused` when the file is damaged, locked, or takes too much memory or time."""
    bounds = (limits.SHEET_MEMORY_BYTES, limits.MAX_SHEET_ROWS, limits.MAX_COLUMNS, limits.MAX_SHEETS)
    try:
        done = subprocess.run(  # noqa: S603 -- our own program, numbers as arguments
            [sys.executable, "-I", str(_WORKER), *map(str, bounds)],
            input=data,
            capture_output=True,
            timeout=limits.SHEET_SECONDS,
            check=True,
        )
        answer = json.loads(done.stdout)
    except (subprocess.SubprocessError, OSError, ValueError) as error:
        raise Refused(problem("corrupt-file", places.FILE)) from error
    if "trouble" in answer:
        raise Refused(problem(str(answer["trouble"]), places.FILE))
    return [_sheet(found) for found in answer["sheets"]]


def _sheet(found: dict[str, Any]) -> Sheet:
    rows = {
        number: [Cell(_value(value)) for value in values]
        for number, values in enumerate(found["rows"], start=1)
        if any(value != "" for value in values)
    }
    merged = tuple((first[0] + 1, first[1] + 1, last[0] + 1, last[1] + 1) for first, last in found["merged"])
    return Sheet(str(found["name"]), rows, merged, bool(found["visible"]))


def _value(value: Any) -> Value:
    if not isinstance(value, dict):
        plain: Value = value
        return plain
    if value["type"] == "duration":
        return datetime.timedelta(seconds=float(value["seconds"]))
    if value["type"] == "time":
        return datetime.time.fromisoformat(value["iso"])
    if value["type"] == "date":
        return datetime.date.fromisoformat(value["iso"])
    return datetime.datetime.fromisoformat(value["iso"])
