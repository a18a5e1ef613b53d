"""Paragraphs to passages: under their headings, not longer than a phone shows comfortably."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from question_bank.limits import MAX_PASSAGE
from question_bank.passages.headings import Heading, heading_of, is_capitals, is_item
from question_bank.passages.values import Paragraph, Passage

# A passage that has this much is full, unless a list goes on, little is left, or all of it is not much more.
_ENOUGH, _LITTLE, _COMFORTABLE = 500, 200, 950
_HEADING_MOST = 300
_TITLE_RANK, _BOLD_RANK = 10, 40
_SENTENCE_END = re.compile(r"(?<=[.!?;…:])\s+")


@dataclass(frozen=True, slots=True)
class Split:
    """The title of a text, where its first heading stands above all others, and its passages."""

    title: str
    passages: tuple[Passage, ...]

    @property
    def has_headings(self) -> bool:
        """Whether any passage stands under a heading."""
        return any(passage.headings for passage in self.passages)


def split(paragraphs: Sequence[Paragraph]) -> Split:
    """The passages of a text. Nothing is lost: every word is in a passage, in a heading, or in the title."""
    filled = [paragraph for paragraph in paragraphs if paragraph.text.strip()]
    sections = list(_sections(filled))
    title = _take_title(sections)
    passages: list[Passage] = []
    open_: list[Heading] = []
    for index, section in enumerate(sections):
        heading = section.heading
        if heading is not None:
            while open_ and open_[-1].rank >= heading.rank:
                open_.pop()
            open_.append(heading)
        path = tuple(one.text for one in open_)
        texts = list(_pieces(section.lines))
        if not texts and heading is not None and not _has_inner(sections, index):
            # A heading with nothing below it is text of its own.
            texts, path = _cut(heading.text), path[:-1]
        mark = len(passages)
        passages += [Passage(mark + place, path, text) for place, text in enumerate(texts, start=1)]
    return Split(title, tuple(passages))


@dataclass(slots=True)
class _Section:
    heading: Heading | None
    lines: list[str] = field(default_factory=list)


def _sections(paragraphs: Sequence[Paragraph]) -> Iterator[_Section]:
    """Headings with the lines below them; headings over several lines are put together."""
    current = _Section(None)
    for index, paragraph in enumerate(paragraphs):
        following = paragraphs[index + 1] if index + 1 < len(paragraphs) else None
        heading = heading_of(paragraph, following)
        lines = [" ".join(line.split()) for line in paragraph.text.split("\n") if line.strip()]
        if heading is None:
            if current.heading is not None and not current.lines and _completes(current.heading, paragraph):
                current.heading = _together(current.heading, " ".join(lines))
            else:
                current.lines += lines
            continue
        if current.heading is not None and not current.lines and _goes_on(current.heading, heading):
            current.heading = _together(current.heading, heading.text)
            continue
        if current.heading is not None or current.lines:
            yield current
        current = _Section(heading, lines if heading.starts_text else [])
    if current.heading is not None or current.lines:
        yield current


def _goes_on(above: Heading, below: Heading) -> bool:
    """ "CHƯƠNG I" and its name on the next line; a title in capitals over several lines."""
    if len(above.text) + len(below.text) > _HEADING_MOST:
        return False
    if above.is_label:
        return below.rank in (_TITLE_RANK, _BOLD_RANK)
    return above.rank == below.rank == _TITLE_RANK and is_capitals(above.text) and is_capitals(below.text)


def _completes(label: Heading, paragraph: Paragraph) -> bool:
    """Whether a plain short line is the name of the part whose label stands alone above it."""
    text = paragraph.text.strip()
    return (
        label.is_label and len(text) <= 120 and not text.endswith((".", ";", ":", ",")) and not is_item(text)
    )


def _together(heading: Heading, text: str) -> Heading:
    joint = ". " if heading.is_label else " "
    return Heading(heading.rank, f"{heading.text}{joint}{text}")


def _take_title(sections: list[_Section]) -> str:
    """The first heading, if no other is as far out as it; it is then no part of any path."""
    first = sections[0] if sections else None
    if first is None or first.heading is None or first.heading.rank > _TITLE_RANK:
        return ""
    others = [one.heading.rank for one in sections[1:] if one.heading is not None]
    if not others and not first.lines:
        return ""
    if any(rank <= first.heading.rank for rank in others):
        return ""
    title = first.heading.text
    first.heading = None
    if not first.lines:
        sections.pop(0)
    return title


def _has_inner(sections: Sequence[_Section], index: int) -> bool:
    """Whether the next section stands below this one's heading."""
    heading = sections[index].heading
    after = sections[index + 1].heading if index + 1 < len(sections) else None
    return heading is not None and after is not None and after.rank > heading.rank


def _pieces(lines: Sequence[str]) -> Iterator[str]:
    """The lines of a section put together to passages; a short section is one, and so is a short rest."""
    parts = [part for line in lines for part in _cut(line)]
    groups: list[list[str]] = []
    size = 0
    rest = sum(len(part) + 1 for part in parts)
    for part in parts:
        fits = groups and size + len(part) + 1 <= MAX_PASSAGE
        goes_on = size < _ENOUGH or size + rest <= _COMFORTABLE or rest <= _LITTLE or is_item(part)
        if fits and goes_on:
            groups[-1].append(part)
            size += len(part) + 1
        else:
            groups.append([part])
            size = len(part) + 1
        rest -= len(part) + 1
    return ("\n".join(group) for group in groups)


def _cut(line: str) -> list[str]:
    """A paragraph that is longer than a passage, in parts of like length, at the ends of sentences."""
    if len(line) <= MAX_PASSAGE:
        return [line]
    wanted = len(line) / -(-len(line) // (MAX_PASSAGE - 200))
    parts: list[str] = []
    for sentence in _SENTENCE_END.split(line):
        for piece in _by_words(sentence):
            fits = parts and len(parts[-1]) + len(piece) < MAX_PASSAGE
            if fits and len(parts[-1]) < wanted * 0.9:
                parts[-1] += f" {piece}"
            else:
                parts.append(piece)
    return parts


def _by_words(sentence: str) -> list[str]:
    """A sentence, or what is called one, cut between words; a word without end is cut anywhere."""
    most = MAX_PASSAGE - 1
    pieces = [""]
    for word in sentence.split():
        for start in range(0, len(word), most):
            chunk = word[start : start + most]
            if pieces[-1] and len(pieces[-1]) + len(chunk) + 1 > most:
                pieces.append(chunk)
            else:
                pieces[-1] = f"{pieces[-1]} {chunk}".strip()
    return pieces
