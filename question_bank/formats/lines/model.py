"""Lines of a file with their emphasis, and the pieces that wordings and choices are made of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from question_bank.formats.lines.key_tables import Entry
from question_bank.legacy import Script
from question_bank.values import Image

# Emphasis in the order in which a report names it.
ATTRIBUTES = ("bold", "underline", "colour", "highlight", "italic")


@dataclass(frozen=True, slots=True)
class Emphasis:
    """How a stretch of text stands out; an empty word means that it does not."""

    bold: str = ""
    underline: str = ""
    colour: str = ""
    highlight: str = ""
    italic: str = ""

    def value(self, attribute: str) -> str:
        """The value of one of `ATTRIBUTES`."""
        found: str = getattr(self, attribute)
        return found


PLAIN = Emphasis()


@dataclass(frozen=True, slots=True)
class Span:
    """Characters `start` to `end` of a line share one emphasis."""

    start: int
    end: int
    emphasis: Emphasis


@dataclass(frozen=True, slots=True)
class OldText:
    """What a line looked like before it was converted from an old font."""

    text: str
    script: Script


@dataclass(frozen=True, slots=True)
class Line:
    """One line or paragraph.

    `gap` says that something empty stands before it, `hard` that its end is one the author typed (a
    paragraph) and not one that a narrow page made. `sequence` names Word's automatic list the number
    came from. `heading` says that the file itself calls the line a heading, `in_column` that it stood in a
    column of keys. `old` is there where single lines of a Unicode file were converted.
    """

    place: str
    text: str
    spans: tuple[Span, ...] = ()
    gap: bool = False
    hard: bool = False
    sequence: str = ""
    heading: bool = False
    images: tuple[Image, ...] = ()
    in_column: bool = False
    old: OldText | None = None


@dataclass(frozen=True, slots=True)
class Grid:
    """A table of short cells, as it stands in the file; `entries` where its columns have names."""

    place: str
    rows: tuple[tuple[str, ...], ...]
    entries: tuple[Entry, ...] = ()


Block = Line | Grid


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters `start` to `end` of a line."""

    line: Line
    start: int
    end: int

    @property
    def text(self) -> str:
        return self.line.text[self.start : self.end]


def whole(line: Line, start: int = 0) -> Piece:
    """The line from `start` on."""
    return Piece(line, start, len(line.text))


def cut(line: Line, start: int, end: int) -> Line:
    """A part of a line as a line of its own."""
    spans = tuple(
        Span(max(span.start, start) - start, min(span.end, end) - start, span.emphasis)
        for span in line.spans
        if span.start < end and span.end > start
    )
    return replace(line, text=line.text[start:end], spans=spans)


def joined(pieces: Sequence[Piece]) -> str:
    """The text of pieces: wrapped lines run on, lines that their author ended stay lines."""
    text = ""
    for piece in pieces:
        part = " ".join(piece.text.split())
        if not part:
            continue
        if not text:
            text = part
        elif piece.start == 0 and (piece.line.hard or _is_list_item(part)):
            text += "\n" + part
        else:
            text += " " + part
    return text


def uniform(pieces: Iterable[Piece], attribute: str) -> str:
    """The value of an attribute that nearly all letters of the pieces share, or ""."""
    pieces = tuple(pieces)
    if not any(piece.line.spans for piece in pieces):
        return ""
    counts: dict[str, int] = {}
    for piece in pieces:
        for value, count in _counted(piece, attribute):
            counts[value] = counts.get(value, 0) + count
    total = sum(counts.values())
    if not total:
        return ""
    value = max(counts, key=lambda key: counts[key])
    # A slip of the mouse leaves one letter or the last full stop out.
    return value if counts[value] * 10 >= total * 9 else ""


def images_of(pieces: Iterable[Piece]) -> tuple[Image, ...]:
    """Pictures that stand in the lines of the pieces, each once."""
    return tuple({id(image): image for piece in pieces for image in piece.line.images}.values())


def _counted(piece: Piece, attribute: str) -> Iterable[tuple[str, int]]:
    """How many letters of the piece (or signs, if it has no letter) have which value."""
    counts = str.isalnum if any(map(str.isalnum, piece.text)) else _is_visible
    emphasised = 0
    for span in piece.line.spans:
        start, end = max(span.start, piece.start), min(span.end, piece.end)
        if start < end:
            count = sum(map(counts, piece.line.text[start:end]))
            emphasised += count
            yield span.emphasis.value(attribute), count
    yield "", sum(map(counts, piece.text)) - emphasised


def _is_visible(character: str) -> bool:
    return not character.isspace()


def _is_list_item(text: str) -> bool:
    rest = text.lstrip("0123456789")
    return text.startswith(("- ", "+ ", "• ", "* ")) or (rest != text and rest.startswith((". ", ") ")))
