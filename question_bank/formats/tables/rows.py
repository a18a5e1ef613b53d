"""Rows to drafts, for the ways in which questions lie in a table."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from question_bank.answer_keys import is_true
from question_bank.encodings import tidy
from question_bank.folding import fold
from question_bank.formats.tables.drafts import LEFT_EMPTY, Draft, TypedKey
from question_bank.formats.tables.grid import Grid, Row, unguard
from question_bank.formats.tables.header import Header, Layout
from question_bank.formats.tables.headings import Role
from question_bank.formats.tables.kinds import kind_of
from question_bank.numbering import Numbers
from question_bank.places import column_letters
from question_bank.problems import problem
from question_bank.source import Progress
from question_bank.values import Kind, Problem

_NUMBER = re.compile(r"^\W*(?:câu(?:\s*hỏi)?|question)?\W*(\d{1,6})(?:\.0+)?\W*$", re.IGNORECASE)
_OWN_LABEL = re.compile(r"^(?:câu(?:\s*hỏi)?|question)\s*(\d{1,6})\s*[.:)\-–]\s*(?=\S)", re.IGNORECASE)
_TOPIC_TITLE = re.compile(
    r"^(?:chủ\s*đề|chuyên\s*đề|phần|chương|bài|mục)(?:\s*[:.–-]|\s+(?:[IVXLC]+|\d+|[A-Z])(?=[\s:.–-]|$))",
    re.IGNORECASE,
)
# A cell that holds all choices, each on a line or behind its letter.
_NEXT_CHOICE = re.compile(r"(?:^|\s)\(?([A-Ha-h])\s*[.):]\s*(?=\S)")
_RIGHT = frozenset({"x", "v", "*", "✓", "✔", "√", "☑"})
_STEP = 200


class RowReader:
    """Goes through the rows below a header and yields drafts; the rest goes to `problems` and `skipped`."""

    def __init__(self, grid: Grid, header: Header, numbers: Numbers, progress: Progress) -> None:
        self.grid = grid
        self.header = header
        self.numbers = numbers
        self.progress = progress
        self.problems: list[Problem] = []
        self.skipped: dict[str, int] = {}
        self._topic = ""
        self._count = 0

    def drafts(self) -> Iterator[Draft]:
        """All drafts, in the order of the file."""
        stacked = self.header.layout is Layout.STACKED
        yield from self._stacked() if stacked else self._wide()

    def _rows(self) -> Iterator[Row]:
        """Rows that may belong to a question: no blank ones, titles, numbers alone, or repeated headers."""
        rows = self.grid.rows
        numbers_only = {self.header.column(Role.NUMBER), self.header.column(Role.LETTER)}
        for index in range(self.header.start, len(rows)):
            row = rows[index]
            if index % _STEP == 0:
                self.progress(index, len(rows))
            written = [column for column, text in enumerate(row.cells) if text]
            if not written or self._repeats_header(row):
                continue
            if title := self._title(row, written):
                self._topic = title
            elif not set(written) <= numbers_only:
                yield row

    def _repeats_header(self, row: Row) -> bool:
        names = [name for name in self.header.names if name]
        return [text for text in row.cells if text] == names

    def _title(self, row: Row, written: list[int]) -> str:
        """A topic that stands over the questions below it."""
        text = tidy(row.banner or "")
        if not text and len(written) == 1 and _TOPIC_TITLE.match(row.cells[written[0]]):
            text = tidy(row.cells[written[0]])
        return text if len(text) <= 200 and not text.endswith("?") else ""

    def _wide(self) -> Iterator[Draft]:
        text_column = self.header.column(Role.TEXT)
        answers = [*self.header.choices.values(), *(column for column, _ in self.header.keys)]
        for row in self._rows():
            if not any(row.cell(column) for column in [text_column, *answers]):
                self._stray(row)
                continue
            kind = row.cell(self.header.column(Role.KIND))
            draft = self._draft(row, kind)
            self._too_long(row, draft)
            if self._skip_unsupported(kind):
                continue
            for choice in range(max(self.header.choices, default=-1) + 1):
                self._add_choice(draft, row, self.header.choices.get(choice))
            if self.header.first_is_right and draft.choices[0]:
                draft.marked, draft.marked_by = (0,), "column"
            yield draft

    def _add_choice(self, draft: Draft, row: Row, column: int | None) -> None:
        text = tidy(row.cell(column))
        if fold(text) == fold(LEFT_EMPTY) and not text.startswith("'"):
            draft.ends_early = True
            text = ""
        draft.choices.append(text)
        draft.looks.append(row.looks.get(column, frozenset()) if column is not None else frozenset())

    def _stacked(self) -> Iterator[Draft]:
        block: list[Row] = []
        column = self.header.column(Role.TEXT)
        for row in self._rows():
            # Some repeat the question beside each of its choices.
            if row.cell(column) and not (block and row.cell(column) == block[0].cell(column)):
                if block:
                    yield from self._from_block(block)
                block = [row]
            elif block:
                block.append(row)
            else:
                self._stray(row)
        if block:
            yield from self._from_block(block)

    def _from_block(self, block: list[Row]) -> Iterator[Draft]:
        """One question whose choices lie below each other, or all in one cell."""
        first = block[0]
        kind = first.cell(self.header.column(Role.KIND))
        draft = self._draft(first, kind)
        draft.excerpt = self._excerpt(block)
        column = self.header.column(Role.CHOICES)
        holding = [row for row in block if row.cell(column)]
        if self._skip_unsupported(kind):
            return
        if len(holding) == 1 and len(parts := split_choices(holding[0].cell(column))) > 1:
            draft.choices = parts
            yield draft
            return
        draft.choices = [self._text(row, column) for row in holding]
        draft.looks = [
            row.looks.get(column, frozenset()) if column is not None else frozenset() for row in holding
        ]
        draft.choice_place = self._place_below(holding or block, column)
        self._keys_of_block(draft, holding)
        yield draft

    def _place_below(self, rows: list[Row], column: int | None) -> Callable[[int], str]:
        name = self.header.name(column)
        return lambda index: self.grid.cell_place(rows[min(index, len(rows) - 1)], column, name)

    def _keys_of_block(self, draft: Draft, rows: list[Row]) -> None:
        """Either a mark beside each right choice, or one key for the whole question."""
        written = [
            (index, TypedKey(text, self._place(row, column), letters_only))
            for index, row in enumerate(rows)
            for column, letters_only in self.header.keys
            if (text := self._text(row, column))
        ]
        is_mark = marks_of([key.text for _, key in written])
        # "1" beside the first choice reads the same as a mark and as a number.
        if written and None not in is_mark:
            draft.keys = []
            draft.marked = tuple(index for (index, _), marked in zip(written, is_mark, strict=True) if marked)
            draft.key_place = written[0][1].place
        else:
            draft.keys = [key for _, key in written]

    def _draft(self, row: Row, kind: str) -> Draft:
        self._count += 1
        text_column = self.header.column(Role.TEXT)
        typed = self._inherited(row, Role.NUMBER)
        match = _NUMBER.match(typed)
        number = str(int(match[1])) if match else typed[:30] or str(self._count)
        text = tidy(row.cell(text_column))
        label = _OWN_LABEL.match(text)
        if label and (not typed or str(int(label[1])) == number):
            text, number = _OWN_LABEL.sub("", text), str(int(label[1]))
        number = self.numbers.own(number)
        key_column = self.header.keys[0][0] if self.header.keys else None
        return Draft(
            number=number,
            place=self.grid.row_place(row),
            text=unguard(text),
            text_place=self._place(row, text_column),
            choices=[],
            choice_place=lambda index: self._place(row, self._choice_column(index)),
            keys=[
                TypedKey(self._text(row, column), self._place(row, column), letters_only)
                for column, letters_only in self.header.keys
            ],
            key_place=self._place(row, key_column),
            kind=kind,
            topic=self._inherited(row, Role.TOPIC) or self._topic,
            level=self._inherited(row, Role.LEVEL),
            source=self._inherited(row, Role.SOURCE),
            explanation=self._text(row, self.header.column(Role.EXPLANATION)),
            pinned=self._text(row, self.header.column(Role.PINNED)),
            feedback={choice: self._text(row, column) for choice, column in self.header.feedback.items()},
            excerpt=self._excerpt([row]),
            problems=self._odd_dates(row, number),
        )

    def _excerpt(self, rows: list[Row]) -> str:
        """The cells of a question as they stand, each behind the name of its column."""
        return "\n".join(
            f"{self.header.name(column) or column_letters(column + 1)}: {text}"
            for row in rows
            for column, text in enumerate(row.cells)
            if text
        )

    def _odd_dates(self, row: Row, number: str) -> list[Problem]:
        used = {
            *self.header.choices.values(),
            self.header.column(Role.CHOICES),
            self.header.column(Role.TEXT),
        }
        return [
            problem("odd-date", self._place(row, column), number, text=row.cell(column))
            for column in sorted(row.odd_dates)
            if column in used
        ]

    def _choice_column(self, index: int) -> int | None:
        """The column of a choice; for a choice without one the column of the question."""
        return self.header.choices.get(index, self.header.column(Role.TEXT))

    def _text(self, row: Row, column: int | None) -> str:
        return unguard(tidy(row.cell(column)))

    def _inherited(self, row: Row, role: Role) -> str:
        return unguard(tidy(row.inherited(self.header.column(role))))

    def _place(self, row: Row, column: int | None) -> str:
        return self.grid.cell_place(row, column, self.header.name(column))

    def _too_long(self, row: Row, draft: Draft) -> None:
        """In a text file, more cells than names mean that a text has a comma and no quotes."""
        width = len(self.header.names)
        if self.grid.sheet is None and any(row.cells[width:]):
            draft.note("row-too-long", draft.place, cells=len(row.cells), columns=width)

    def _stray(self, row: Row) -> None:
        text = " · ".join(text for text in row.cells if text)[:80]
        self.problems.append(problem("stray-row", self.grid.row_place(row), text=text))

    def _skip_unsupported(self, kind: str) -> bool:
        found = kind_of(kind)
        if found is None or isinstance(found, Kind):
            return False
        self.skipped[found] = self.skipped.get(found, 0) + 1
        return True


def marks_of(texts: list[str]) -> list[bool | None]:
    """Whether each cell beside a choice marks it right; None for something else, such as a letter."""
    lowered = [text.strip().lower() for text in texts]
    # D and F are letters of choices, unless the column says D/S or T/F.
    by_initial = any(text in ("s", "t") for text in lowered)
    return [
        True if text in _RIGHT or (text == "d" and by_initial) else _is_wrong_initial(text, by_initial)
        for text in lowered
    ]


def _is_wrong_initial(text: str, by_initial: bool) -> bool | None:
    return False if text == "f" and by_initial else is_true(text)


def split_choices(text: str) -> list[str]:
    """`A. Huế  B. Vinh` or one choice per line; nothing if the cell holds only one."""
    marks = list(_NEXT_CHOICE.finditer(text))
    wanted = "ABCDEFGH"
    ordered = [mark for place, mark in enumerate(marks) if mark[1].upper() == wanted[place : place + 1]]
    if len(ordered) > 1 and ordered == marks and not text[: marks[0].start()].strip():
        ends = [mark.start() for mark in marks[1:]] + [len(text)]
        return [tidy(text[mark.end() : end]) for mark, end in zip(marks, ends, strict=True)]
    return [tidy(line) for line in text.split("\n") if line.strip()]


def count_by_kind(readers: list[RowReader]) -> Mapping[str, int]:
    """What all readers skipped, added up."""
    total: dict[str, int] = {}
    for reader in readers:
        for kind, count in reader.skipped.items():
            total[kind] = total.get(kind, 0) + count
    return total
