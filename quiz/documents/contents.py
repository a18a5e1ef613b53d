"""Passages as a page shows them: headings in between, a table of contents, words looked for. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from question_bank.folding import fold
from quiz.documents.values import PassageView

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class HeadingLine:
    """A heading above a passage. `depth` counts from 0, `mark` is that of the first passage below it."""

    depth: int
    text: str
    mark: int


@dataclass(frozen=True, slots=True)
class ShownPassage:
    """A passage with the headings that begin at it, and its lines in pieces: (text, was it looked for)."""

    passage: PassageView
    begins: tuple[HeadingLine, ...]
    lines: tuple[tuple[tuple[str, bool], ...], ...]


def shown_passages(
    passages: Sequence[PassageView], q: str = "", before: Sequence[str] = ()
) -> tuple[ShownPassage, ...]:
    """The passages in their order; `before` are the headings that are already open above the first one."""
    words = fold(q).split()
    shown: list[ShownPassage] = []
    path: Sequence[str] = before
    for passage in passages:
        begins = tuple(
            HeadingLine(depth, text, passage.mark) for depth, text in _begun(path, passage.headings)
        )
        lines = tuple(pieces(line, words) for line in passage.text.split("\n"))
        shown.append(ShownPassage(passage, begins, lines))
        path = passage.headings
    return tuple(shown)


def table_of_contents(passages: Sequence[PassageView]) -> tuple[HeadingLine, ...]:
    """Every heading with the first passage below it."""
    return tuple(line for one in shown_passages(passages) for line in one.begins)


def pieces(line: str, words: Sequence[str]) -> tuple[tuple[str, bool], ...]:
    """The line in pieces; those that have one of the folded words are marked."""
    if not words:
        return ((line, False),)
    found: list[tuple[str, bool]] = []
    last = 0
    for match in _WORD.finditer(line):
        folded = fold(match[0])
        if folded and any(word in folded for word in words):
            found += [(line[last : match.start()], False), (match[0], True)]
            last = match.end()
    found.append((line[last:], False))
    return tuple(piece for piece in found if piece[0])


def _begun(above: Sequence[str], headings: Sequence[str]) -> list[tuple[int, str]]:
    """The headings that are not those of the passage above."""
    same = 0
    while same < min(len(above), len(headings)) and above[same] == headings[same]:
        same += 1
    return list(enumerate(headings))[same:]
