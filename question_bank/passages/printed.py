"""Lines as they are printed on pages, put together to paragraphs by their look and the space between them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from statistics import median

from question_bank.passages.joining import full_width, paragraphs_of, without_edges
from question_bank.passages.values import Paragraph

_BOLD = 600
# Letters this much larger than those of the text make a heading; so many sizes are told apart.
_LARGER = 1.12
_SIZES = 4
_HEADING_MOST = 200
# Lines this much further apart than usual have an empty line between them.
_APART = 1.3


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """A line with the size and weight of its letters and where it stands; higher on the page is larger."""

    text: str
    size: float
    weight: int
    top: float
    bottom: float

    def reading(self, text: str) -> PrintedLine:
        """The same line, read in another script."""
        return replace(self, text=text)


@dataclass(frozen=True, slots=True)
class _Look:
    size: float
    is_bold: bool


def paragraphs_of_pages(pages: Sequence[Sequence[PrintedLine]]) -> list[Paragraph]:
    """The paragraphs of all pages; one that goes over a page's end is one."""
    kept = without_edges([[line.text for line in page] for page in pages])
    parts = [[page[index] for index in lines] for page, lines in zip(pages, kept, strict=True)]
    usual = _usual_step(parts)
    body = _body_size(parts)
    width = full_width([line.text for part in parts for line in part])
    marked = [marked for part in parts for marked in _with_gaps(part, usual, body)]
    levels = _levels({look.size for look, _ in marked}, body)
    paragraphs: list[Paragraph] = []
    for look, group in groupby(marked, key=lambda one: one[0]):
        lines = [text for _, text in group]
        level = levels.get(look.size)
        for text in paragraphs_of(lines, width) if level is None else _between_gaps(lines):
            is_heading = len(text) <= _HEADING_MOST
            paragraphs.append(Paragraph(text, level if is_heading else None, is_bold=look.is_bold))
    return paragraphs


def _with_gaps(lines: Sequence[PrintedLine], usual: float, body: float) -> Iterable[tuple[_Look, str]]:
    """Each line with its look; an empty one where there is more space above a line than usual."""
    before: PrintedLine | None = None
    for line in lines:
        look = _Look(line.size if line.size >= _LARGER * body else body, line.weight >= _BOLD)
        step = usual * max(1.0, look.size / body) if body else usual
        if before is not None and step and before.top - line.top > _APART * step:
            yield look, ""
        yield look, line.text
        before = line


def _between_gaps(lines: Sequence[str]) -> list[str]:
    """Lines in large letters go on until there is space: a heading has no full stop to end it."""
    groups = groupby(lines, key=lambda line: bool(line.strip()))
    return [" ".join(" ".join(group).split()) for is_text, group in groups if is_text]


def _usual_step(pages: Sequence[Sequence[PrintedLine]]) -> float:
    """From one line to the next, as most lines of the text stand."""
    steps = [
        first.top - second.top
        for page in pages
        for first, second in pairwise(page)
        if first.top > second.top and first.size == second.size
    ]
    return median(steps) if steps else 0.0


def _body_size(pages: Sequence[Sequence[PrintedLine]]) -> float:
    sizes: Counter[float] = Counter()
    for page in pages:
        for line in page:
            sizes[line.size] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def _levels(sizes: set[float], body: float) -> dict[float, int]:
    """Headings by the size of their letters, the largest first."""
    larger = sorted((size for size in sizes if size >= _LARGER * body), reverse=True)[:_SIZES]
    return {size: level for level, size in enumerate(larger, start=1)}
