"""Lines as a page or a narrow file breaks them, put together to paragraphs again."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterable, Sequence

from question_bank.passages.headings import is_capitals, starts_anew

_PAGE_NUMBER = re.compile(r"(?:trang\s*)?[-–—]?\s*\d{1,4}\s*(?:[/-]\s*\d{1,4}\s*)?[-–—]?", re.IGNORECASE)
_SENTENCE_END = (".", "!", "?", ":", ";", "…", ".”", '."', "”.", ")")
# Of a page: how many lines at its top and bottom may be repeated on every page.
_EDGE = 2
_NARROW = 120
_SHORT = 0.8
_PAGE_WORD = re.compile(r"\b(?:trang|page)\b")
_DIGITS = re.compile(r"\d+")


def without_edges(pages: Sequence[Sequence[str]]) -> list[range]:
    """Which lines of each page are its text: not page numbers, nor what the edges of pages repeat."""
    seen: Counter[str] = Counter()
    for page in pages:
        seen.update({_shape(line) for line in _edges(page)})
    repeated = {shape for shape, count in seen.items() if shape and count >= 3 and 2 * count > len(pages)}
    return [_trimmed(page, repeated) for page in pages]


def _edges(page: Sequence[str]) -> list[str]:
    filled = [line for line in page if line.strip()]
    return filled[:_EDGE] + filled[-_EDGE:]


def _shape(line: str) -> str:
    """A line for comparing pages; "Trang 3" and "Trang 4" are the same, "Điều 3" and "Điều 4" are not."""
    folded = line.strip().casefold()
    return _DIGITS.sub("0", folded) if _PAGE_WORD.search(folded) else folded


def _trimmed(page: Sequence[str], repeated: set[str]) -> range:
    first, last = 0, len(page)
    for _ in range(_EDGE):
        while first < last and not page[first].strip():
            first += 1
        if first < last and _is_edge(page[first], repeated):
            first += 1
    for _ in range(_EDGE):
        while first < last and not page[last - 1].strip():
            last -= 1
        if first < last and _is_edge(page[last - 1], repeated):
            last -= 1
    return range(first, last)


def _is_edge(line: str, repeated: set[str]) -> bool:
    return _PAGE_NUMBER.fullmatch(line.strip()) is not None or _shape(line) in repeated


def paragraphs_of(lines: Iterable[str], width: int | None = None) -> list[str]:
    """Paragraphs of lines that a page broke: an empty line, a number, a short line's full stop end one.

    `width` is how long a full line is, where more than these lines are known.
    """
    stripped = [" ".join(line.split()) for line in lines]
    width = full_width(stripped) if width is None else width
    paragraphs: list[list[str]] = []
    last = ""
    for line in stripped:
        if line and last and not _ends(last, line, width):
            paragraphs[-1].append(line)
        elif line:
            paragraphs.append([line])
        last = line
    return [_joined(parts) for parts in paragraphs]


def is_narrow(lines: Sequence[str]) -> bool:
    """Whether somebody or some program broke the lines at a width: then lines are no paragraphs."""
    filled = [line.strip() for line in lines if line.strip()]
    if len(filled) < 8 or max(map(len, filled)) > _NARROW:
        return False
    width = full_width(filled)
    long = [
        (line, after)
        for line, after in itertools.pairwise(filled)
        if len(line) > _SHORT * width and not line.endswith(_SENTENCE_END)
    ]
    runs_on = sum(1 for _, after in long if after[:1].islower())
    return width > 50 and runs_on >= 3 and 4 * runs_on > len(filled) // 2


def full_width(lines: Sequence[str]) -> int:
    """How long a full line is: nearly all others are not longer."""
    lengths = sorted(len(line) for line in lines if line)
    return lengths[int(0.95 * (len(lengths) - 1))] if lengths else 0


def _ends(last: str, line: str, width: int) -> bool:
    """Whether a paragraph ends between two lines."""
    if starts_anew(line):
        return True
    if is_capitals(last) != is_capitals(line):
        return True
    is_short = len(last) < _SHORT * width
    if is_capitals(last):
        return False
    return is_short and (last.endswith(_SENTENCE_END) or not line[:1].islower())


def _joined(parts: Sequence[str]) -> str:
    return " ".join(parts)
