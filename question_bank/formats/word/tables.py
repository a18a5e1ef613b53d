"""Tables in a document: answers, questions in columns, or only a frame for the layout."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from question_bank.formats.lines.key_tables import Entry, grid_entries
from question_bank.formats.lines.markers import LETTERS, lettered, numbered
from question_bank.formats.lines.model import Block, Grid, Line, Span
from question_bank.formats.tables.headings import Meaning, Role, meaning

Cell = tuple[Block, ...]
Rows = Sequence[Sequence[Cell]]

_HEADER_ROWS = 3
_ALONE = re.compile(r"\s*\(?([A-Ha-h]|\d{1,5})\s*[.):]?\s*")
_PREFIXES = {
    Role.KEY: "Đáp án: ",
    Role.LETTER_KEY: "Đáp án: ",
    Role.SOURCE: "Nguồn: ",
    Role.EXPLANATION: "Giải thích: ",
    Role.LEVEL: "Mức độ: ",
    Role.TOPIC: "Chủ đề: ",
}


@dataclass(frozen=True, slots=True)
class _Header:
    row: int
    columns: tuple[Meaning | None, ...]

    def has(self, role: Role) -> bool:
        return bool(self.places(role))

    def places(self, *roles: Role) -> list[int]:
        """The columns that have one of these roles."""
        return [index for index, found in enumerate(self.columns) if found and found.role in roles]


def blocks_of(rows: Rows, place: str) -> list[Block]:
    """What a table says, as lines and tables of answers that the grammar understands."""
    texts = tuple(tuple(_text(cell) for cell in row) for row in rows)
    if grid_entries(texts, place):
        return [Grid(place, texts)]
    header = _header(texts)
    if header is None:
        return list(_layout(rows))
    if header.has(Role.TEXT):
        return list(_questions(rows, header))
    return _answers(rows, texts, header, place) or list(_layout(rows))


def _answers(rows: Rows, texts: Sequence[Sequence[str]], header: _Header, place: str) -> list[Block]:
    """Numbers and keys; what other columns explain or cite is kept where each row has one answer."""
    kept = header.places(Role.NUMBER, Role.KEY, Role.LETTER_KEY)
    answers = tuple(
        tuple(row[index] for index in kept if index < len(row)) for row in texts[header.row + 1 :]
    )
    entries = grid_entries(answers, place)
    if not entries:
        return []
    found: list[Entry] = []
    for row, cells in zip(rows[header.row + 1 :], answers, strict=True):
        for entry in grid_entries([cells], place):
            explanation = _below(row, header.places(Role.EXPLANATION))
            found.append(
                replace(entry, explanation=explanation, source=_below(row, header.places(Role.SOURCE)))
            )
    return [Grid(place, answers, tuple(found) if len(kept) == 2 and len(found) == len(entries) else ())]


def _below(row: Sequence[Cell], columns: Sequence[int]) -> str:
    """What stands in these cells, a line for each paragraph."""
    cells = [row[index] for index in columns if index < len(row)]
    lines = (block.text.strip() for cell in cells for block in cell if isinstance(block, Line))
    return "\n".join(filter(None, lines))


def _text(cell: Cell) -> str:
    return " ".join(block.text.strip() for block in cell if isinstance(block, Line)).strip()


def _header(texts: Sequence[Sequence[str]]) -> _Header | None:
    """A row of column names among the first ones: a question or number, and an answer or choices."""
    for row, cells in enumerate(texts[:_HEADER_ROWS]):
        columns = tuple(meaning(text) if text else None for text in cells)
        header = _Header(row, columns)
        choices = sum(1 for found in columns if found and found.role is Role.CHOICE)
        answered = header.has(Role.KEY) or header.has(Role.LETTER_KEY)
        if (header.has(Role.TEXT) and (answered or choices > 1)) or (header.has(Role.NUMBER) and answered):
            return header if len(texts) > row + 1 else None
    return None


def _questions(rows: Rows, header: _Header) -> Iterable[Block]:
    """One question in each row, written out the way people type questions."""
    count = 0
    for row in rows[header.row + 1 :]:
        filled = [cell for cell in row if cell]
        if len(filled) < 2:
            yield from (block for cell in filled for block in cell)
            continue
        count = _number(row, header) or count + 1
        written = [
            line
            for cell, found in zip(row, header.columns, strict=False)
            for line in _written(cell, found, count)
        ]
        # The wording comes first wherever its column stands.
        yield from (line for _, line in sorted(written, key=lambda entry: entry[0]))


def _number(row: Sequence[Cell], header: _Header) -> int | None:
    for cell, found in zip(row, header.columns, strict=False):
        if found and found.role is Role.NUMBER:
            digits = re.search(r"\d{1,5}", _text(cell))
            return int(digits[0]) if digits else None
    return None


def _written(cell: Cell, found: Meaning | None, number: int) -> Iterable[tuple[int, Block]]:
    """The lines of a cell with the label that they have in running text, and their order."""
    if not cell or found is None:
        return
    order, prefix = 3, _PREFIXES.get(found.role, "")
    if found.role is Role.TEXT:
        order, prefix = 0, f"Câu {number}. "
    elif found.role is Role.CHOICE and found.choice is not None:
        order, prefix = 1, f"{LETTERS[found.choice]}. "
    elif found.role is Role.CHOICES:
        order = 1
    elif not prefix:
        return
    for index, block in enumerate(cell):
        if isinstance(block, Line) and found.role in (Role.KEY, Role.LETTER_KEY):
            block = replace(block, in_column=True)
        if isinstance(block, Grid) or index or not prefix or _has_label(block.text, found.role):
            yield order, block
        else:
            yield order, prefixed(block, prefix)


def _has_label(text: str, role: Role) -> bool:
    mark = numbered(text)
    return (role is Role.TEXT and mark is not None and mark.strong) or (
        role is Role.CHOICE and lettered(text) is not None
    )


def prefixed(line: Line, prefix: str) -> Line:
    """The line with a plain text in front."""
    spans = tuple(
        Span(span.start + len(prefix), span.end + len(prefix), span.emphasis) for span in line.spans
    )
    return replace(line, text=prefix + line.text, spans=spans)


def _layout(rows: Rows) -> Iterable[Block]:
    """Cell by cell; a number or letter alone in a cell belongs to the next one."""
    for row in _in_reading_order(rows):
        label: Line | None = None
        for cell in row:
            first = cell[0] if cell else None
            if isinstance(first, Line) and len(cell) == 1 and _ALONE.fullmatch(first.text) and label is None:
                label = first
                continue
            if label is not None and isinstance(first, Line):
                yield _labelled(label, first)
                yield from cell[1:]
                label = None
            else:
                yield from cell
        if label is not None:
            yield label


def _labelled(label: Line, line: Line) -> Line:
    """`B` in one cell and its text in the next; both may be emphasised."""
    mark = label.text.strip().strip("().: ")
    spans = tuple(replace(span, start=0, end=len(mark)) for span in label.spans[:1])
    joined = prefixed(line, f"{mark}. ")
    return replace(joined, spans=(*spans, *joined.spans), gap=label.gap)


def _in_reading_order(rows: Rows) -> Rows:
    """Choices laid out A, C above B, D are read column by column."""
    across = [_letter(cell) for row in rows for cell in row]
    width = max((len(row) for row in rows), default=0)
    columns = [[row[index] for row in rows if index < len(row)] for index in range(width)]
    down = [_letter(cell) for column in columns for cell in column]
    if all(down) and down == sorted(down) and across != sorted(across):
        return columns
    return rows


def _letter(cell: Cell) -> str:
    first = cell[0] if cell else None
    mark = lettered(first.text) if isinstance(first, Line) else None
    return mark.letter if mark else ""
