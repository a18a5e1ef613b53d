"""Answers listed apart from the questions: tables, rows of numbers above rows of letters, "1-A 2-B"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from question_bank.folding import fold

_LETTER = r"[A-HĐa-hđ](?![^\W\d_])"
_LETTERS = rf"{_LETTER}(?:\s?[,+&/]\s?{_LETTER})*|[A-H]{{2,8}}(?![^\W_])"
_NUMBER = r"(?:câu\s*(?:hỏi\s*)?|question\s*)?\[?(?P<number>\d{1,5})\]?"
_PAIR = re.compile(
    rf"\s*{_NUMBER}\s*(?:[-–—.:)=/→>]+\s*|\s)?[(\[]?(?P<letters>{_LETTERS})[)\]]?[.;,|]*(?=\s|$|\d)",
    re.IGNORECASE,
)
_LONE_NUMBER = re.compile(rf"{_NUMBER}\s*[.:)]?", re.IGNORECASE)
_LONE_LETTERS = re.compile(rf"[(\[]?(?:{_LETTERS})[)\]]?\.?", re.IGNORECASE)
_LABELS = frozenset(
    [
        "cau",
        "cau",
        "so",
        "cau",
        "hoi",
        "stt",
        "so",
        "thu",
        "tu",
        "dap",
        "an",
        "da",
        "key",
        "answer",
        "answers",
        "question",
        "no",
        "ma",
        "de",
        "phuong",
        "an",
        "dung",
        "dap",
        "an",
        "dung",
    ]
) | {"cau hoi", "cau so", "dap an", "dap an dung", "phuong an dung", "so thu tu", "tra loi", "chon", "d a"}


@dataclass(frozen=True, slots=True)
class Entry:
    """What a list of answers says about one question; `explanation` is what stands behind the letter."""

    number: int
    letters: str
    place: str
    explanation: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """What one cell or word of a list of answers can be."""

    number: int | None = None
    letters: str = ""
    label: bool = False


def pairs(text: str) -> tuple[tuple[int, str], ...]:
    """`1-A 2-B`, "1.A; 2.C", "Câu 5: D": all pairs when the line has nothing else, otherwise none."""
    text = text.replace("|", " ")
    found: list[tuple[int, str]] = []
    position, end = 0, len(text.rstrip())
    while position < end:
        match = _PAIR.match(text, position)
        if match is None:
            return ()
        found.append((int(match["number"]), match["letters"]))
        position = match.end()
    # "1 A" alone may be anything; "1-A" alone and "1 A 2 B" are answers.
    if len(found) == 1 and re.fullmatch(r"\s*\d+\s+[a-hđ]\s*", text, re.IGNORECASE):
        return ()
    return tuple(found)


_TITLED = re.compile(
    r"\s*(?:bảng\s+|phần\s+)?(?:đáp\s*án|answers?(?:\s*keys?)?|keys?)(?P<title>[^:\d]{0,40}(?:\d{1,3}[^:\d]{0,20})?)"
    r"\s*:\s*(?P<list>\S.*)$",
    re.IGNORECASE,
)


def titled_pairs(text: str) -> tuple[tuple[int, str], ...]:
    """`ĐÁP ÁN: 1A, 2B`: the pairs behind a title, two at least, with rising numbers."""
    match = _TITLED.match(text)
    found = pairs(match["list"]) if match else ()
    numbers = [number for number, _ in found]
    return found if len(found) > 1 and numbers == sorted(set(numbers)) else ()


def is_label(text: str) -> bool:
    """Whether a cell is the name of a row or column: "Câu", "Đáp án"."""
    return fold(text.strip(" :")) in _LABELS


def row(text: str) -> tuple[Cell, ...] | None:
    """The words of a line "Câu 1 2 3" or "Đáp án A B C" as cells, or None if it is another line."""
    words = text.replace("|", " ").replace(";", " ").split()
    while words and fold(words[0].rstrip(":")) in _LABELS:
        words = words[1:]
    if len(words) < 2 or cell(words[0]).label:
        return None
    cells = tuple(cell(word) for word in words)
    same = all(entry.number is not None for entry in cells) or all(entry.letters for entry in cells)
    return cells if same else None


def rows_entries(numbers: Sequence[Cell], letters: Sequence[Cell], place: str) -> tuple[Entry, ...]:
    """The answers of a row of numbers above a row of letters."""
    if len(numbers) != len(letters) or any(entry.number is None for entry in numbers):
        return ()
    if not all(entry.letters for entry in letters):
        return ()
    return tuple(
        Entry(number.number, letter.letters, place)
        for number, letter in zip(numbers, letters, strict=True)
        if number.number is not None
    )


def cell(text: str) -> Cell:
    """What a cell of a list of answers holds; an empty cell has neither number nor letters nor label."""
    bare = " ".join(text.split())
    if not bare:
        return Cell()
    if match := _LONE_NUMBER.fullmatch(bare):
        return Cell(number=int(match["number"]))
    if _LONE_LETTERS.fullmatch(bare):
        return Cell(letters=bare.strip("()[]. "))
    return Cell(label=True)


def grid_entries(rows: Sequence[Sequence[str]], place: str) -> tuple[Entry, ...]:
    """The answers in a table, however it is laid out; empty if the table is not one of answers."""
    texts = [[text for text in line if text.strip()] for line in rows]
    listed = [pairs(text) for line in texts for text in line]
    if listed and all(listed):
        return tuple(Entry(number, letters, place) for line in listed for number, letters in line)
    cells = [tuple(cell(text) for text in line) for line in rows]
    if not _only_answers(rows, cells):
        return ()
    return _by_rows(cells, place) or _by_neighbours(cells, place)


def _only_answers(rows: Sequence[Sequence[str]], cells: Sequence[Sequence[Cell]]) -> bool:
    """Whether every cell is a number, letters or a title such as "Đáp án"."""
    letters = sum(1 for line in cells for entry in line if entry.letters)
    titles = [text for line, found in zip(rows, cells, strict=True)
              for text, entry in zip(line, found, strict=True) if entry.label]  # fmt: skip
    return letters >= 1 and all(fold(text) in _LABELS or _is_title(text) for text in titles)


def _is_title(text: str) -> bool:
    return len(text) <= 60 and fold(text).startswith(("bang dap an", "dap an", "phan ", "de ", "ma de"))


def _by_rows(cells: Sequence[Sequence[Cell]], place: str) -> tuple[Entry, ...]:
    """Every row of letters answers the row of numbers above it."""
    found: list[Entry] = []
    above: Sequence[Cell] | None = None
    for line in cells:
        numbers = [entry for entry in line if entry.number is not None]
        letters = [entry for entry in line if entry.letters]
        if numbers and letters:
            return ()
        if numbers:
            if above is not None:
                return ()
            above = line
        elif letters:
            if above is None or len(above) != len(line):
                return ()
            found.extend(_columns(above, line, place))
            above = None
    return tuple(found) if above is None else ()


def _columns(numbers: Sequence[Cell], letters: Sequence[Cell], place: str) -> list[Entry]:
    return [
        Entry(number.number, letter.letters, place)
        for number, letter in zip(numbers, letters, strict=True)
        if number.number is not None and letter.letters
    ]


def _by_neighbours(cells: Sequence[Sequence[Cell]], place: str) -> tuple[Entry, ...]:
    """Every number is answered by the cell to its right."""
    found: list[Entry] = []
    for line in cells:
        filled = [entry for entry in line if entry.number is not None or entry.letters]
        for number, letter in zip(filled[::2], filled[1::2], strict=False):
            if number.number is None or not letter.letters:
                return ()
            found.append(Entry(number.number, letter.letters, place))
    return tuple(found)
