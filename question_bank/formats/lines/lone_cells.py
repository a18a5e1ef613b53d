"""Tables of answers that were pasted with each cell on a line of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from question_bank.formats.lines.key_tables import Cell, Entry, cell, is_label
from question_bank.formats.lines.model import Block, Line

# "Câu" and "Đáp án" may stand between a title and the first number.
_LABELS_IN_FRONT = 3
_LONGEST = 40

Lists = dict[int, tuple[tuple[Entry, ...], int]]


@dataclass(slots=True)
class Stacked:
    """Where such tables begin in a file; looked for once, and only if a title asks for it.

    A table that does not add up has no answers but takes its lines all the same: its first number
    is not the answer of the question above.
    """

    blocks: Sequence[Block]
    _found: Lists | None = None

    def at(self, index: int) -> tuple[tuple[Entry, ...], int]:
        """The answers of the table that begins here and how many lines it takes (0 if there is none)."""
        if self._found is None:
            self._found = _tables(self.blocks)
        return self._found.get(index, ((), 0))

    def first_below(self, index: int) -> int | None:
        """The first number of the table right below a title, if there is one."""
        for start in range(index + 1, min(index + 2 + _LABELS_IN_FRONT, len(self.blocks))):
            found = _lone(self.blocks[start])
            if self.at(start)[1] and found:
                return found.number
            if found != Cell(label=True):
                break
        return None


def _tables(blocks: Sequence[Block]) -> Lists:
    found: Lists = {}
    cells = [_lone(block) for block in blocks]
    index = 0
    while index < len(cells):
        end = index
        while end < len(cells) and cells[end] is not None:
            end += 1
        start = next((at for at in range(index, end) if not _of(cells[at]).label), end)
        if end - start > 1 and _of(cells[start]).number is not None:
            table = [(_of(cells[at]), blocks[at].place) for at in range(start, end)]
            found[start] = _entries(table), end - start
        index = end + 1
    return found


def _lone(block: Block) -> Cell | None:
    """What a line holds that is nothing but one cell; None for any other line."""
    return _cell(block.text) if isinstance(block, Line) and len(block.text) <= _LONGEST else None


@lru_cache(maxsize=1_024)
def _cell(text: str) -> Cell | None:
    found = cell(text)
    return found if not found.label or is_label(text) else None


def _of(found: Cell | None) -> Cell:
    return found or Cell()


def _entries(cells: Sequence[tuple[Cell, str]]) -> tuple[Entry, ...]:
    """Numbers and as many letters behind them, again and again; nothing if any is left over."""
    written = [entry for entry in cells if not entry[0].label]
    runs = [list(run) for _, run in groupby(written, key=lambda entry: entry[0].number is not None)]
    if len(runs) % 2:
        return ()
    found: list[Entry] = []
    for numbers, answers in zip(runs[::2], runs[1::2], strict=True):
        if len(numbers) != len(answers):
            return ()
        found += [
            Entry(number.number, answer.letters, place)
            for (number, _), (answer, place) in zip(numbers, answers, strict=True)
            if number.number is not None
        ]
    return tuple(found)
