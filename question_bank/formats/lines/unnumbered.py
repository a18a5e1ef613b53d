"""Files whose questions have no numbers: a wording, its choices, perhaps an answer, then the next wording."""

from __future__ import annotations

from collections.abc import Sequence

from question_bank.formats.lines import headings
from question_bank.formats.lines.markers import letter_inside, lettered
from question_bank.formats.lines.model import Block, Line, whole
from question_bank.formats.lines.starts import Draft, Outline
from question_bank.formats.lines.tails import tail


def outline_without_numbers(blocks: Sequence[Block]) -> Outline:
    """Cut a file at the wordings above each choice A."""
    found = Outline()
    reader = _Reader(found)
    for block in blocks:
        if isinstance(block, Line) and not headings.is_furniture(block.text):
            reader.take(block)
    found.strays.extend(reader.waiting)
    return found


class _Reader:
    def __init__(self, found: Outline) -> None:
        self.found = found
        self.waiting: list[Line] = []
        self.current: Draft | None = None
        self.letters = 0
        self.ended = False
        self.topic: str | None = None

    def take(self, line: Line) -> None:
        mark, ending = lettered(line.text), tail(line.text)
        if _begins_choices(line) and self._may_begin():
            self._start(line)
        elif self.current is not None and (mark or ending) and not self.waiting:
            self.letters += 1 if mark else 0
            self.ended = self.ended or ending is not None
            self.current.pieces.append(whole(line))
        elif self.current is not None and self.letters < 2:
            self.current.pieces.append(whole(line))
        elif self._is_new_wording(line):
            self._wait(line)
        elif self.current is not None:
            self.current.pieces.append(whole(line))

    def _may_begin(self) -> bool:
        return bool(self.waiting) and (self.current is None or self.letters >= 2)

    def _is_new_wording(self, line: Line) -> bool:
        """Behind the choices a new wording begins: below a gap or an answer, or as a paragraph of its own."""
        return self.current is None or bool(self.waiting) or line.gap or self.ended or line.hard

    def _wait(self, line: Line) -> None:
        if found := headings.heading(line.text, stands_out=line.heading):
            self.topic = found.topic
            return
        if line.gap and self.current is None:
            # What stands above a gap and no choices is a title.
            self.found.strays.extend(self.waiting)
            self.waiting = []
        self.waiting.append(line)

    def _start(self, line: Line) -> None:
        wording = self._wording()
        number = len(self.found.drafts) + 1
        self.current = Draft(
            number,
            wording[0].place,
            False,
            0,
            "",
            self.topic,
            None,
            [whole(part) for part in (*wording, line)],
        )
        self.found.drafts.append(self.current)
        self.waiting, self.ended = [], False
        self.letters = 2 if letter_inside(line.text, "B", 0) else 1

    def _wording(self) -> list[Line]:
        """The waiting lines below the last gap are the wording, those above it belong to nothing."""
        begin = max((index for index, line in enumerate(self.waiting) if line.gap), default=0)
        self.found.strays.extend(self.waiting[:begin])
        return self.waiting[begin:]


def _begins_choices(line: Line) -> bool:
    mark = lettered(line.text)
    if mark is not None:
        return mark.letter == "A"
    first = letter_inside(line.text, "A", 0)
    return first is not None and letter_inside(line.text, "B", first.end) is not None
