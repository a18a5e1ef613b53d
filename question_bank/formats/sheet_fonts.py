"""Cells typed in fonts from before Unicode, converted; sheets that nobody can read, refused."""

from __future__ import annotations

from dataclasses import replace

from question_bank import places
from question_bank.formats.sheets import Cell, Sheet
from question_bank.legacy import Script, Survey
from question_bank.problems import problem
from question_bank.readability import is_unreadable
from question_bank.refusals import Refused
from question_bank.values import Problem

# Texts looked at before deciding whether each of them has to be.
_SURVEYED = 2_000
# Fewer old cells in a sheet that is Unicode otherwise may be something else, such as a formula.
_ENOUGH = 5


def modernised(sheets: list[Sheet]) -> tuple[list[Sheet], list[Problem]]:
    """The sheets in Unicode and what was done; raises `Refused` for characters without meaning."""
    texts = [text for sheet in sheets for text in _texts(sheet)]
    sample = texts[:: len(texts) // _SURVEYED + 1]
    if is_unreadable("\n".join(sample)):
        raise Refused(problem("broken-characters", places.FILE))
    first = Survey.of(sample)
    survey = Survey.of(texts) if first.lines else first
    if survey.main is Script.UNICODE and survey.lines < _ENOUGH:
        return sheets, []
    note = problem("old-font", places.FILE, count=survey.lines, script=survey.named)
    return [_converted(sheet, survey) for sheet in sheets], [note]


def _texts(sheet: Sheet) -> list[str]:
    return [cell.value for cells in sheet.rows.values() for cell in cells if isinstance(cell.value, str)]


def _converted(sheet: Sheet, survey: Survey) -> Sheet:
    rows = {number: [_cell(cell, survey) for cell in cells] for number, cells in sheet.rows.items()}
    return replace(sheet, rows=rows)


def _cell(cell: Cell, survey: Survey) -> Cell:
    """Converted line by line: a cell may hold several."""
    if not isinstance(cell.value, str) or cell.value.isascii():
        return cell
    lines = cell.value.split("\n")
    if all(survey.script_of(line) is Script.UNICODE for line in lines):
        return cell
    return replace(cell, value="\n".join(survey.convert(line) for line in lines))
