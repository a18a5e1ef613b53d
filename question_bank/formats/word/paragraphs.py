"""A paragraph as Word shows it, and the lines that it makes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from question_bank import encodings, legacy
from question_bank.formats.lines.markers import lettered, numbered
from question_bank.formats.lines.model import PLAIN, Emphasis, Line, OldText, Span
from question_bank.values import Image

# Some lists count "A", "1", "Câu 1" without anything behind.
_BARE = re.compile(r"(?:câu\s*(?:hỏi\s*)?)?(?:\d{1,5}|[A-Ha-h])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Text in stretches of one look; `label` is the automatic number in front.

    `outline` is the depth of a heading, from 1, and 0 for a title.
    """

    place: str
    texts: tuple[tuple[str, Emphasis], ...]
    label: str = ""
    label_look: Emphasis = PLAIN
    sequence: str = ""
    heading: bool = False
    outline: int | None = None
    images: tuple[Image, ...] = ()

    @property
    def text(self) -> str:
        """The text without its label."""
        return "".join(text for text, _ in self.texts)

    @property
    def is_empty(self) -> bool:
        """Whether nobody sees anything."""
        return not self.text.strip() and not self.images


def lines_of(paragraph: Paragraph, survey: legacy.Survey, *, gap: bool) -> list[Line]:
    """The lines of a paragraph (it has several where its author pressed Shift+Enter)."""
    found = survey.script_of(paragraph.text)
    typed = [(encodings.clean(legacy.convert(text, found)), look) for text, look in paragraph.texts]
    label = _needed_label(paragraph.label, "".join(text for text, _ in typed))
    if label:
        typed.insert(0, (f"{label} ", paragraph.label_look))
    lines: list[Line] = []
    converted = found is not legacy.Script.UNICODE and survey.main is legacy.Script.UNICODE
    originals = paragraph.text.split("\n")
    for place, pieces in enumerate(_split(typed)):
        text = "".join(piece for piece, _ in pieces)
        first = not lines
        if text.strip() or (first and paragraph.images):
            lines.append(Line(
                paragraph.place, text, tuple(_spans(pieces)), gap=gap and first, hard=True,
                sequence=paragraph.sequence if label and first else "", heading=paragraph.heading,
                images=paragraph.images if first else (),
                old=OldText(originals[place], found) if converted and place < len(originals) else None,
            ))  # fmt: skip
    return lines


def _needed_label(label: str, text: str) -> str:
    """People also type the number or letter that Word already writes; then it counts once."""
    if _BARE.fullmatch(label):
        label += "."
    mark = numbered(text)
    if (mark and mark.strong) or (lettered(label) and lettered(text)):
        return ""
    return label


def _split(typed: Iterable[tuple[str, Emphasis]]) -> Iterable[list[tuple[str, Emphasis]]]:
    line: list[tuple[str, Emphasis]] = []
    for text, look in typed:
        first, *others = text.split("\n")
        line.append((first, look))
        for other in others:
            yield line
            line = [(other, look)]
    yield line


def _spans(pieces: Iterable[tuple[str, Emphasis]]) -> Iterable[Span]:
    start = 0
    for text, look in pieces:
        if look is not PLAIN and look != PLAIN and text:
            yield Span(start, start + len(text), look)
        start += len(text)
