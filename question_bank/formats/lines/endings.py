"""Separating the lines of a question into its body (wording and choices) and its ending."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from question_bank.formats.lines.headings import topic_named
from question_bank.formats.lines.markers import letter_inside, lettered, level_named
from question_bank.formats.lines.model import Line, Piece, whole
from question_bank.formats.lines.tails import Part, Tail, is_key_like, tail


@dataclass(frozen=True, slots=True)
class Answer:
    """What an answer line says, and where. An unsure one may be ordinary text."""

    text: str
    place: str
    sure: bool
    key_from: str = "answer line"


@dataclass(slots=True)
class Ending:
    """What stands behind the choices. `merged` is a line where another question seems to begin."""

    answers: list[Answer] = field(default_factory=list)
    explanation: list[str] = field(default_factory=list)
    source: list[str] = field(default_factory=list)
    level: str | None = None
    topic: str | None = None
    strays: list[Line] = field(default_factory=list)
    merged: Line | None = None


def split(pieces: Sequence[Piece]) -> tuple[list[Piece], Ending]:
    """The body of a question, and its ending understood."""
    ending = Ending()
    first = _first_choice(pieces)
    body: list[Piece] = []
    letters = 0
    for index, piece in enumerate(pieces):
        found = tail(piece.text) if index else None
        letters += 1 if index >= first and (lettered(piece.text) or index == first) else 0
        if found is None:
            body.append(piece)
        elif index < first and first < len(pieces):
            # Above the choices only what cannot be part of the wording is taken out of it.
            if not _take_early(ending, found, piece.line):
                body.append(piece)
        elif _ends_body(found):
            _Reader(ending).read(pieces[index:])
            break
        else:
            body.append(piece)
    return body, ending


def _first_choice(pieces: Sequence[Piece]) -> int:
    """The index of the line with choice A; the number of lines if no line has it."""
    for index, piece in enumerate(pieces):
        mark = lettered(piece.text)
        if index and mark and mark.letter == "A":
            return index
        inside = letter_inside(piece.line.text, "A", piece.start)
        if inside and letter_inside(piece.line.text, "B", inside.end):
            return index
    return len(pieces)


def _ends_body(found: Tail) -> bool:
    """`Trả lời: …` that does not look like a key is text."""
    return found.part is not Part.ANSWER or found.sure or is_key_like(found.rest)


def _take_early(ending: Ending, found: Tail, line: Line) -> bool:
    if found.part is Part.LEVEL:
        ending.level = level_named(found.rest) or found.rest or None
    elif found.part is Part.TOPIC:
        ending.topic = topic_named(found.rest)
    elif found.part is Part.ANSWER and is_key_like(found.rest):
        ending.answers.append(Answer(found.rest, line.place, found.sure, _key_from(line)))
    else:
        return False
    return True


@dataclass(slots=True)
class _Reader:
    """Goes through the lines behind the choices; a line without a label goes on with the part before."""

    ending: Ending
    part: Part | None = None
    letters: int = 0

    def read(self, pieces: Sequence[Piece]) -> None:
        for piece in pieces:
            text = piece.text.strip()
            found = tail(text)
            if found is not None and _ends_body(found):
                self._begin(found, piece.line)
            elif text:
                self._go_on(text, piece)

    def _begin(self, found: Tail, line: Line) -> None:
        if found.part is Part.ANSWER:
            self._answer(found, line)
        elif found.part is Part.LEVEL:
            self.ending.level = level_named(found.rest) or found.rest or None
        elif found.part is Part.TOPIC:
            self.ending.topic = topic_named(found.rest)
        else:
            self.part = found.part
            self._add(found.rest, line)

    def _add(self, text: str, line: Line) -> None:
        """`Lời giải: Chọn C` holds an answer."""
        inner = tail(text) if self.part is Part.EXPLANATION else None
        if inner and inner.part is Part.ANSWER and is_key_like(inner.rest):
            self._answer(inner, line)
        elif text:
            (self.ending.source if self.part is Part.SOURCE else self.ending.explanation).append(text)

    def _answer(self, found: Tail, line: Line) -> None:
        if self.letters >= 2 and self.ending.answers:
            self.ending.merged = self.ending.merged or line
        self.part = Part.ANSWER
        if found.rest:
            self.ending.answers.append(Answer(found.rest, line.place, found.sure, _key_from(line)))

    def _go_on(self, text: str, piece: Piece) -> None:
        mark = lettered(text)
        self.letters += 1 if mark else 0
        if mark and mark.letter == "A" and self.part is not Part.EXPLANATION and self.ending.answers:
            self.ending.merged = self.ending.merged or piece.line
        elif self.part is Part.ANSWER and not self.ending.answers:
            self.ending.answers.append(
                Answer(text, piece.line.place, is_key_like(text), _key_from(piece.line))
            )
        elif piece.line.gap and self.part is not Part.EXPLANATION:
            self.ending.strays.append(piece.line)
        elif self.part is Part.SOURCE:
            self.ending.source.append(text)
        else:
            self.part = Part.EXPLANATION
            self.ending.explanation.append(text)


def strays_into(ending: Ending, pieces: Sequence[Piece]) -> None:
    """Lines that fell off the last choice come first among the strays."""
    ending.strays[:0] = [whole(piece.line).line for piece in pieces]


def _key_from(line: Line) -> str:
    return "column" if line.in_column else "answer line"
