"""Finding the row of column names and what can be read with it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from question_bank.formats.tables.columns import Columns, sort_out
from question_bank.formats.tables.grid import Grid, Row
from question_bank.formats.tables.headings import LETTERS, Meaning, Role, expected, meaning
from question_bank.places import column_letters
from question_bank.problems import problem
from question_bank.values import MAX_CHOICES, Problem

ROWS_SEARCHED = 10
REQUIRED = (Role.TEXT, Role.CHOICE, Role.KEY)
OPTIONAL = (Role.NUMBER, Role.TOPIC, Role.LEVEL, Role.SOURCE, Role.EXPLANATION)

_A_NUMBER = re.compile(r"^\W*(?:câu(?:\s*hỏi)?|question)?\W*\d+(?:\.0+)?\W*$", re.IGNORECASE)


class Layout(StrEnum):
    """How a question lies in the table."""

    WIDE = "one row per question, one column per choice"
    STACKED = "one row per choice"
    STATEMENTS = "one row per statement that is right or wrong"


@dataclass(frozen=True, slots=True)
class Header:
    """The columns of a table. All indexes count from 0."""

    start: int  # index into Grid.rows of the first row below the header
    place: str
    names: tuple[str, ...]
    layout: Layout
    columns: Mapping[Role, int]
    keys: tuple[tuple[int, bool], ...] = ()  # column, whether it declares to hold letters
    choices: Mapping[int, int] = field(default_factory=dict)  # choice → column
    feedback: Mapping[int, int] = field(default_factory=dict)
    first_is_right: bool = False  # one column for the right answer, others for wrong ones
    problems: tuple[Problem, ...] = ()

    def column(self, role: Role) -> int | None:
        """The column of a role, or None."""
        return self.columns.get(role)

    def name(self, column: int | None) -> str | None:
        """What the column is called in the file."""
        return self.names[column] if column is not None and column < len(self.names) else None


@dataclass(frozen=True, slots=True)
class NoHeader:
    """Why a table cannot be read; `signs` counts the column names that were recognised."""

    problem: Problem
    signs: int


@dataclass(frozen=True, slots=True)
class _Candidate:
    start: int
    row: Row
    names: tuple[str, ...]
    meanings: tuple[Meaning | None, ...]

    @property
    def roles(self) -> frozenset[Role]:
        return frozenset(found.role for found in self.meanings if found)

    @property
    def choices(self) -> frozenset[int]:
        return frozenset(
            found.choice
            for found in self.meanings
            if found and found.role is Role.CHOICE and found.choice is not None
        )

    @property
    def is_complete(self) -> bool:
        has_key = bool(self.roles & {Role.KEY, Role.LETTER_KEY})
        return Role.TEXT in self.roles and (len(self.choices) > 1 or Role.CHOICES in self.roles or has_key)

    @property
    def rank(self) -> tuple[bool, bool, int]:
        return self.is_complete, len(self.choices) > 1, len(self.roles) + len(self.choices)


def find_header(grid: Grid) -> Header | NoHeader:
    """The header in the first rows of a table, or why there is none."""
    best = max(_candidates(grid), key=lambda candidate: candidate.rank, default=None)
    if best is None or len(best.roles) < 2:
        return _none_found(grid, len(best.roles) if best else 0)
    if not best.is_complete or (len(best.choices) == 1 and Role.CHOICES not in best.roles):
        missing = tuple(role for role in REQUIRED if role not in best.roles)
        if not missing:
            missing = (Role.CHOICE,)
        return NoHeader(_missing(grid, best, expected(missing)), len(best.roles))
    return _header(grid, best)


def _candidates(grid: Grid) -> list[_Candidate]:
    """Single rows first: of two equal candidates the earlier one is taken."""
    rows = grid.rows[:ROWS_SEARCHED]
    singles = [_candidate(index + 1, row, row.cells) for index, row in enumerate(rows)]
    doubles = [
        _candidate(index + 2, rows[index + 1], _laid_over(rows[index], rows[index + 1]))
        for index in range(len(rows) - 1)
    ]
    return singles + doubles


def _candidate(start: int, row: Row, names: Sequence[str]) -> _Candidate:
    return _Candidate(start, row, tuple(names), tuple(meaning(name) if name else None for name in names))


def _laid_over(upper: Row, lower: Row) -> list[str]:
    """Two rows of names: "Phương án" merged over "A", "B", "C", "D"."""
    width = max(len(upper.cells), len(lower.cells))
    return [lower.cell(column) or upper.cell(column) for column in range(width)]


def _none_found(grid: Grid, signs: int) -> NoHeader:
    first = next((row for row in grid.rows if not row.is_blank), None)
    found = _listed(first.cells) if first else "—"
    return NoHeader(problem("no-header", grid.place, found=found, expected=expected(REQUIRED)), signs)


def _missing(grid: Grid, best: _Candidate, missing: str) -> Problem:
    return problem(
        "missing-column",
        grid.row_place(best.row),
        missing=missing,
        found=_listed(best.names),
        expected=expected((*REQUIRED, *OPTIONAL)),
    )


def missing_key(header: Header) -> Problem:
    """For a table without a column for the key and without any marked choice."""
    return problem(
        "missing-column",
        header.place,
        missing=Role.KEY.value,
        found=_listed(header.names),
        expected=expected((*REQUIRED, *OPTIONAL)),
    )


def _listed(names: Sequence[str]) -> str:
    shown = [f"“{name[:40]}”" for name in names if name]
    return ", ".join(shown[:20]) or "—"


def _header(grid: Grid, best: _Candidate) -> Header:
    columns = sort_out(best.names, best.meanings)
    _settle_texts(grid, best, columns)
    first_is_right = _right_and_wrong(columns)
    layout = _layout(columns)
    if layout is Layout.STACKED and Role.CHOICES not in columns.roles:
        # "Câu hỏi | Đáp án | Đúng/Sai": the first of the two holds the choices.
        columns.roles[Role.CHOICES] = columns.keys.pop(0)[0]
    if layout is Layout.WIDE and not columns.keys and Role.CHOICES in columns.roles:
        # "A | B | C | D | Trả lời": with a column for each choice this one holds the key.
        columns.keys.append((columns.roles.pop(Role.CHOICES), False))
    return Header(
        start=best.start,
        place=grid.row_place(best.row),
        names=best.names,
        layout=layout,
        columns=columns.roles,
        keys=tuple(columns.keys),
        choices=dict(sorted(columns.choices.items())),
        feedback=columns.feedback,
        first_is_right=first_is_right,
        problems=tuple(_naming_problems(grid, best, columns)),
    )


def _right_and_wrong(columns: Columns) -> bool:
    """ "Đáp án đúng | Đáp án sai 1 | Đáp án sai 2 …": the column of the key is the first choice."""
    if not columns.wrong or columns.choices or not columns.keys:
        return False
    order = [columns.keys.pop(0)[0], *(column for _, column in sorted(columns.wrong.items()))]
    columns.choices = dict(enumerate(order[:MAX_CHOICES]))
    return True


def _settle_texts(grid: Grid, best: _Candidate, columns: Columns) -> None:
    """Of two columns for the question, one that holds only "Câu 1", "Câu 2" … is the number."""
    if len(columns.texts) > 1:
        for column in list(columns.texts):
            if _holds_numbers(grid, best.start, column) and len(columns.texts) > 1:
                columns.texts.remove(column)
                columns.roles.setdefault(Role.NUMBER, column)
    first, *others = columns.texts
    columns.roles[Role.TEXT] = first
    columns.twice += [(Role.TEXT.value, first, other) for other in others]


def _holds_numbers(grid: Grid, start: int, column: int) -> bool:
    written = [row.cell(column) for row in grid.rows[start : start + 20] if row.cell(column)]
    return bool(written) and all(_A_NUMBER.match(text) for text in written)


def _layout(columns: Columns) -> Layout:
    if len(columns.choices) > 1:
        return Layout.WIDE
    if Role.CHOICES in columns.roles or len(columns.keys) > 1:
        return Layout.STACKED
    return Layout.STATEMENTS


def _naming_problems(grid: Grid, best: _Candidate, columns: Columns) -> Iterator[Problem]:
    for role, first, second in columns.twice:
        both = (f"{column_letters(column + 1)} (“{best.names[column]}”)" for column in (first, second))
        place = grid.cell_place(best.row, second, best.names[second])
        yield problem("column-twice", place, role=role, columns=", ".join(both))
    # A, C and D without B: the name of B is misspelt, or the column was lost.
    indexes = range(max(columns.choices, default=0))
    if lost := [LETTERS[index] for index in indexes if index not in columns.choices]:
        yield _missing(grid, best, f"{Role.CHOICE.value} {', '.join(lost)}")
    for column in columns.unused:
        place = grid.cell_place(best.row, column, best.names[column])
        name = best.names[column][:80]
        yield problem("unknown-column", place, column=name, expected=expected((*OPTIONAL, Role.KIND)))
