"""What stands behind a line, and how the line itself looks: hints for telling questions from other text."""

from __future__ import annotations

from collections.abc import Sequence

from question_bank.formats.lines.markers import Numbered, letter_inside, lettered
from question_bank.formats.lines.model import Block, Grid, Line, uniform, whole


def follows(blocks: Sequence[Block], marks: Sequence[Numbered | None]) -> list[str]:
    """For each block the first choice letter behind it; "?" where another "Câu …" comes first."""
    found = [""] * len(blocks)
    coming = ""
    for index in range(len(blocks) - 1, -1, -1):
        found[index] = coming
        block, mark = blocks[index], marks[index]
        if isinstance(block, Grid):
            continue
        if mark and mark.strong:
            coming = "?"
        elif letter := lettered(block.text):
            coming = letter.letter
    return found


def has_inline_choices(text: str, start: int) -> bool:
    """Whether choices A and B both stand on this line."""
    first = letter_inside(text, "A", start)
    return first is not None and letter_inside(text, "B", first.end) is not None


def stands_out(line: Line) -> bool:
    """Whether a line looks like a title."""
    pieces = [whole(line)]
    return line.heading or bool(uniform(pieces, "bold")) or bool(uniform(pieces, "underline"))
