"""Finding lists of answers among the lines of a file; `key_tables` reads a single table or line."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from functools import lru_cache

from question_bank.formats.lines.headings import heading, is_furniture, is_references_heading
from question_bank.formats.lines.key_tables import Entry, pairs, row, rows_entries
from question_bank.formats.lines.markers import lettered, numbered
from question_bank.formats.lines.model import Block, Grid, Line
from question_bank.formats.lines.tails import Part, tail

# "1. A (vì …)" below a title that says that answers follow.
_LOOKED_AHEAD = 50
# Two columns of a table as they are pasted; elsewhere "1 A" may be anything.
_LONE_PAIR = re.compile(r"\s*(\d{1,5})[ \t]+([A-H])\s*")
_LEADING_LETTER = re.compile(r"[(\[]?[A-H](?![^\W_])")


def entries_at(
    blocks: Sequence[Block], index: int, follow: str, *, zone: bool
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
    if two_rows := _two_rows(blocks, index, line):
        return two_rows, 2
    if entry := _answer(line, follow, zone=zone):
        return _with_text_below(blocks, index, entry) if zone else ((entry,), 1)
    return (), 0


def starts_zone(
    blocks: Sequence[Block], index: int, numbers: Set[int | None], follows: Sequence[str]
) -> bool:
    """Whether a title such as "ĐÁP ÁN" at `index` is followed by answers to questions already met."""
    for later in range(index + 1, min(index + _LOOKED_AHEAD, len(blocks))):
        block = blocks[later]
        if isinstance(block, Grid) or _lists_answers(block.text):
            return True
        if lone := _LONE_PAIR.fullmatch(block.text):
            return int(lone[1]) in numbers
        if mark := numbered(block.text):
            return mark.number in numbers and (
                follows[later] != "A" or _answer(block, "", zone=True) is not None
            )
        if lettered(block.text):
            return False
    return False


@lru_cache(maxsize=2 * _LOOKED_AHEAD)
def _lists_answers(text: str) -> bool:
    """Remembered, because titles below each other all look at the same lines."""
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
