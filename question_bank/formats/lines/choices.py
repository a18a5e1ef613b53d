"""The choices of one question, found by their letters.

Letters at the beginning of a line come first. Letters inside a line are only looked for where one is
missing, so that "A. Vitamin B." above "B. Vitamin C." stays one choice.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from question_bank.formats.lines.markers import (
    LETTERS,
    VIETNAMESE_LETTERS,
    Lettered,
    bare_letter,
    letter_inside,
    lettered,
)
from question_bank.formats.lines.model import Line, Piece, uniform

# A shorter line had room for the next word, so that what stands below it was put on a line of its own.
_WRAPS_AT = 40
# What can only be followed by the rest of the sentence.
_OPEN = (",", ";", ":", "-", "–", "—", "(", "“", "/")


@dataclass(frozen=True, slots=True)
class Option:
    """One choice: its letter as typed (None if it has none), its text, and whether it is ticked."""

    label: str
    letter: Piece | None
    pieces: tuple[Piece, ...]
    ticked: bool = False


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why the letters do not make a list of choices: a problem's code and what its words need."""

    code: str
    line: Line
    values: dict[str, str]


@dataclass(slots=True)
class Cut:
    """A question cut into wording and choices; `rest` stands behind the last choice and is not part of it."""

    stem: list[Piece]
    options: list[Option] = field(default_factory=list)
    rest: list[Piece] = field(default_factory=list)
    trouble: Trouble | None = None
    lettered: bool = True


@dataclass(frozen=True, slots=True)
class _Place:
    """A letter found in piece number `index`."""

    index: int
    mark: Lettered


def cut_at_letters(pieces: Sequence[Piece]) -> Cut:
    """Cut the lines of a question at its choice letters; no options if there are fewer than two."""
    finder = _Finder(list(pieces))
    finder.run()
    if len(finder.places) < 2 and finder.trouble is None:
        return Cut(list(pieces), lettered=False)
    return finder.cut()


@dataclass(slots=True)
class _Finder:
    pieces: list[Piece]
    places: list[_Place] = field(default_factory=list)
    trouble: Trouble | None = None
    alphabet: str = LETTERS

    def run(self) -> None:
        heads = [_head(piece) for piece in self.pieces]
        if any(head is not None and head.letter == "Đ" for head in heads):
            self.alphabet = VIETNAMESE_LETTERS
        for index, head in enumerate(heads):
            head = head or self._bare_head(index, heads)
            if head is not None:
                self._take(index, head)
        self._fill_columns()
        self._fill(len(self.pieces), len(self.alphabet))
        self._note_repeated()

    def _note_repeated(self) -> None:
        """A letter that was there already stands behind a wide gap in a row: `C. 1945   C. 1951`."""
        if self.trouble is not None or not any(place.mark.start > 0 for place in self.places):
            return
        last = max(self.places, key=lambda place: (place.index, place.mark.start))
        text = self.pieces[last.index].line.text
        for at, letter in enumerate(self.alphabet[: len(self.places)]):
            mark = letter_inside(text, letter, last.mark.end, wide=True)
            if mark is not None:
                self.trouble = self._trouble(last.index, mark, at)
                return

    def _fill_columns(self) -> None:
        """Choices laid out A, C above B, D: the next letters stand behind wide gaps on the same lines."""
        due = len(self.places)
        found: list[_Place] = []
        for place, letter in zip(self.places, self.alphabet[due:], strict=False):
            mark = letter_inside(self.pieces[place.index].line.text, letter, place.mark.end, wide=True)
            if mark is None:
                break
            found.append(_Place(place.index, mark))
        if due > 1 and found and len({place.index for place in self.places}) == due:
            self.places.extend(found)

    def _take(self, index: int, head: Lettered) -> None:
        due = len(self.places)
        at = self.alphabet.find(head.letter)
        if at > due:
            self._fill(index, at)
        if at == len(self.places):
            self.places.append(_Place(index, head))
        elif at == 0 and head.small != self.places[0].mark.small and not head.small:
            # Statements a, b, c of the wording stand above the choices A, B, C.
            self.places = [_Place(index, head)]
        elif self.places and self.trouble is None:
            self.trouble = self._trouble(index, head, at)

    def _trouble(self, index: int, head: Lettered, at: int) -> Trouble:
        due = len(self.places)
        line = self.pieces[index].line
        last = self.alphabet[due - 1]
        following = self.alphabet[min(due, len(self.alphabet) - 1)]
        if head.letter == last:
            return Trouble("same-letter", line, {"letter": last, "next": following})
        if at == 0:
            return Trouble("letters-restart", line, {"last": last})
        return Trouble("letter-gap", line, {"expected": following, "found": head.letter})

    def _bare_head(self, index: int, heads: Sequence[Lettered | None]) -> Lettered | None:
        """`c 1898` between "b." and "d." is choice c."""
        head = bare_letter(self.pieces[index].text) if self.pieces[index].start == 0 else None
        due = len(self.places)
        if head is None or due >= len(self.alphabet) or head.letter != self.alphabet[due]:
            return None
        following = self.alphabet[due + 1] if due + 1 < len(self.alphabet) else ""
        for later in range(index + 1, len(self.pieces)):
            found = heads[later] or bare_letter(self.pieces[later].text)
            if found:
                return head if found.letter == following else None
        return head if due >= 2 else None

    def _fill(self, before: int, until: int) -> None:
        """Look for the missing letters inside the lines from the last letter found up to line `before`."""
        index = self.places[-1].index if self.places else 0
        found: list[_Place] = []
        start = self.places[-1].mark.end if self.places else self.pieces[0].start if self.pieces else 0
        due = len(self.places)
        while index < before and due < until:
            mark = letter_inside(self.pieces[index].line.text, self.alphabet[due], start)
            if mark is None or not self._may_be(due, mark, index, bool(found)):
                index, start = index + 1, 0
                continue
            found.append(_Place(index, mark))
            start, due = mark.end, due + 1
        # A single "A." inside a wording is an abbreviation.
        if self.places or len(found) > 1 or (found and until < len(self.alphabet)):
            self.places.extend(found)

    def _may_be(self, due: int, mark: Lettered, index: int, beside: bool) -> bool:
        """`Vitamin E.` at the end of a choice, and "E. coli", are no fifth choice."""
        has_text = any(map(str.isalnum, self.pieces[index].line.text[mark.end :]))
        in_rows = beside or any(place.mark.start > 0 for place in self.places)
        return has_text and (due < 4 or in_rows)

    def cut(self) -> Cut:
        places = sorted(self.places, key=lambda place: (place.index, place.mark.start))
        first = places[0]
        stem = _between(self.pieces, 0, self.pieces[0].start, first.index, _begin(first))
        options: list[Option] = []
        rest: list[Piece] = []
        for number, place in enumerate(places):
            last = number + 1 == len(places)
            following = None if last else places[number + 1]
            end_index = following.index if following else len(self.pieces) - 1
            end = _begin(following) if following else len(self.pieces[end_index].line.text)
            body = _between(self.pieces, place.index, place.mark.end, end_index, end)
            if last:
                body, rest = _without_strays(body, glued=self.trouble is not None)
            letter = Piece(self.pieces[place.index].line, place.mark.at, place.mark.at + 1)
            options.append(Option(place.mark.letter, letter, tuple(body), place.mark.marked))
        options.sort(key=lambda option: self.alphabet.index(option.label))
        return Cut(stem, options, rest, self.trouble)


def _head(piece: Piece) -> Lettered | None:
    return lettered(piece.line.text) if piece.start == 0 else None


def _begin(place: _Place) -> int:
    """Where the choice begins, with a tick or bracket in front of its letter."""
    return place.mark.start


def _between(pieces: Sequence[Piece], first: int, start: int, last: int, end: int) -> list[Piece]:
    """The text from `start` in piece `first` to `end` in piece `last`."""
    found: list[Piece] = []
    for index in range(first, last + 1):
        piece = pieces[index]
        begin = start if index == first else piece.start
        stop = end if index == last else piece.end
        # A line may hold nothing but a picture.
        if begin < stop or (piece.line.images and stop == len(piece.line.text)):
            found.append(Piece(piece.line, begin, stop))
    return found


def _without_strays(body: list[Piece], *, glued: bool) -> tuple[list[Piece], list[Piece]]:
    """A line below an empty one, a title, or a new sentence that asks is not part of the last choice.

    Where two questions are `glued` together their report is about that, and every line stays.
    """
    for index, piece in enumerate(body):
        asks = not glued and index > 0 and _asks(piece, body[index - 1])
        if index and (piece.line.gap or _is_title(piece, body[0]) or asks):
            return body[:index], body[index:]
    return body, []


def goes_on_oddly(option: Option) -> Piece | None:
    """A line taken for the rest of a choice although there was room above it and it begins a sentence."""
    for before, piece in pairwise(option.pieces):
        if _begins_anew(piece, before) and len(before.line.text.rstrip()) < _WRAPS_AT:
            return piece
    return None


def _asks(piece: Piece, before: Piece) -> bool:
    """`Thủ đô của Lào là gì?` below "D. Vinh": another question whose number was forgotten."""
    return _begins_anew(piece, before) and piece.text.rstrip().endswith("?") and "?" not in before.text


def _begins_anew(piece: Piece, before: Piece) -> bool:
    text = piece.text.strip()
    return piece.line is not before.line and text[:1].isupper() and not before.text.rstrip().endswith(_OPEN)


def _is_title(piece: Piece, choice: Piece) -> bool:
    if piece.text.isupper() and " " in piece.text.strip() and not choice.text.isupper():
        return True
    return piece.line.hard and bool(uniform((piece,), "bold")) and not uniform((choice,), "bold")
