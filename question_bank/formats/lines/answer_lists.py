"""Finding lists of answers among the lines of a file; `key_tables` reads a single table or line."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from dataclasses import dataclass, field

from question_bank.formats.lines.headings import heading, is_furniture, is_references_heading
from question_bank.formats.lines.key_tables import Entry, pairs, row, rows_entries, titled_pairs
from question_bank.formats.lines.lone_cells import Stacked
from question_bank.formats.lines.markers import lettered, numbered
from question_bank.formats.lines.model import Block, Grid, Line
from question_bank.formats.lines.tails import Part, tail

# "1. A (vì …)" below a title that says that answers follow.
_LOOKED_AHEAD = 50
# Two columns of a table as they are pasted; elsewhere "1 A" may be anything.
_LONE_PAIR = re.compile(r"\s*(\d{1,5})[ \t]+([A-H])\s*")
_LEADING_LETTER = re.compile(r"[(\[]?[A-H](?![^\W_])")


def entries_at(
    blocks: Sequence[Block], index: int, follow: str, stacked: Stacked, *, zone: bool
) -> tuple[tuple[Entry, ...], int]:
    """The answers that the line at `index` lists, and how many lines they take (0 if none).

    `follow` is the choice letter that comes next; `zone` says that a title such as "ĐÁP ÁN" came before.
    """
    line = blocks[index]
    if not isinstance(line, Line):
        return (), 0
    if found := pairs(line.text):
        return tuple(Entry(number, letters, line.place) for number, letters in found), 1
    if zone and (lone := _LONE_PAIR.fullmatch(line.text)):
        return (Entry(int(lone[1]), lone[2], line.place),), 1
    if zone and (columns := stacked.at(index))[1]:
        return columns
    if two_rows := _two_rows(blocks, index, line):
        return two_rows, 2
    if entry := _answer(line, follow, zone=zone):
        return _with_text_below(blocks, index, entry) if zone else ((entry,), 1)
    return (), 0


def titled_list(blocks: Sequence[Block], index: int) -> tuple[tuple[Entry, ...], int]:
    """`ĐÁP ÁN: 1A, 2B` and the lines of pairs below it, and how many lines they take (0 if none)."""
    first = blocks[index]
    found = titled_pairs(first.text) if isinstance(first, Line) else ()
    if not found:
        return (), 0
    entries = [Entry(number, letters, first.place) for number, letters in found]
    used = 1
    while index + used < len(blocks):
        below = blocks[index + used]
        more = pairs(below.text) if isinstance(below, Line) else ()
        if not more:
            break
        entries += [Entry(number, letters, below.place) for number, letters in more]
        used += 1
    return tuple(entries), used


@dataclass(slots=True)
class Below:
    """What stands below titles such as "ĐÁP ÁN". Every line is looked at once."""

    blocks: Sequence[Block]
    follows: Sequence[str]
    stacked: Stacked
    _telling: dict[int, int] = field(default_factory=dict)

    def starts_zone(self, index: int, numbers: Set[int | None]) -> bool:
        """Whether the title at `index` is followed by answers to questions already met."""
        if (first := self.stacked.first_below(index)) is not None:
            return first in numbers
        later = self._next_telling(index + 1)
        if later >= min(index + _LOOKED_AHEAD, len(self.blocks)):
            return False
        block = self.blocks[later]
        if isinstance(block, Grid) or _lists_answers(block.text):
            return True
        if lone := _LONE_PAIR.fullmatch(block.text):
            return int(lone[1]) in numbers
        if mark := numbered(block.text):
            return mark.number in numbers and (
                self.follows[later] != "A" or _answer(block, "", zone=True) is not None
            )
        return False

    def _next_telling(self, start: int) -> int:
        """The next block from `start` on that says what follows a title."""
        index = start
        while index < len(self.blocks) and index not in self._telling and not _tells(self.blocks[index]):
            index += 1
        found = self._telling.get(index, index)
        self._telling.update(dict.fromkeys(range(start, index + 1), found))
        return found


def _tells(block: Block) -> bool:
    if isinstance(block, Grid) or _lists_answers(block.text):
        return True
    return bool(_LONE_PAIR.fullmatch(block.text) or numbered(block.text) or lettered(block.text))


def _lists_answers(text: str) -> bool:
    return bool(pairs(text) or row(text))


def _two_rows(blocks: Sequence[Block], index: int, line: Line) -> tuple[Entry, ...]:
    below = blocks[index + 1] if index + 1 < len(blocks) else None
    if not isinstance(below, Line):
        return ()
    numbers, letters = row(line.text), row(below.text)
    return rows_entries(numbers, letters, line.place) if numbers and letters else ()


def _answer(line: Line, follow: str, *, zone: bool) -> Entry | None:
    """`Câu hỏi 1. Đáp án đúng là: C. text`; below a title also "1. C. text" and "Câu 1. Chọn B. Vì …"."""
    mark = numbered(line.text)
    if mark is None:
        ending = tail(line.text)
        if ending and ending.part is Part.ANSWER and ending.number is not None:
            return Entry(ending.number, ending.rest, line.place)
        return None
    rest = line.text[mark.end :]
    ending = tail(rest)
    if ending and ending.part is Part.ANSWER and ending.rest:
        return Entry(mark.number, ending.rest, line.place)
    if not zone:
        return None
    if lettered(rest) or _LEADING_LETTER.match(rest):
        return Entry(mark.number, rest.strip(), line.place)
    return Entry(mark.number, "", line.place, rest.strip()) if follow != "A" else None


def _with_text_below(blocks: Sequence[Block], index: int, entry: Entry) -> tuple[tuple[Entry, ...], int]:
    """The lines below an answer explain it, up to the next number; one of them may be the answer."""
    letters, lines = entry.letters, [entry.explanation] if entry.explanation else []
    used = 1
    while index + used < len(blocks):
        block = blocks[index + used]
        if isinstance(block, Grid) or numbered(block.text) or pairs(block.text) or _ends_list(block):
            break
        ending = tail(block.text)
        if ending and ending.part is Part.ANSWER and not letters:
            letters = ending.rest
        elif ending and ending.part is Part.EXPLANATION:
            lines.append(ending.rest)
        else:
            lines.append(block.text.strip())
        used += 1
    return (Entry(entry.number, letters, entry.place, "\n".join(filter(None, lines))),), used


def _ends_list(line: Line) -> bool:
    """Another title, or the list of sources, ends a list of answers."""
    if is_references_heading(line.text) or is_furniture(line.text):
        return True
    return heading(line.text, stands_out=line.heading) is not None
