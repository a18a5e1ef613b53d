"""GIFT, the text format of Moodle: `::title::wording {=right ~wrong #feedback ####explanation}`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from question_bank import limits, places
from question_bank.encodings import tidy
from question_bank.formats import gift_answers, typed
from question_bank.formats.building import Collected, Stated
from question_bank.formats.gift_text import find, html_or_text, matching_brace, topic_of, unescaped
from question_bank.formats.lines.markers import level_named
from question_bank.formats.lines.tails import Part, tail
from question_bank.problems import problem
from question_bank.refusals import Refused
from question_bank.source import Source
from question_bank.values import Findings

EXTENSIONS = ("gift", "txt")

_CATEGORY = re.compile(r"\s*\$CATEGORY:\s*(.*)", re.IGNORECASE)
_TITLE = re.compile(r"\s*::((?:[^\\:]|\\.|:(?!:))*)::")
_FORMAT = re.compile(r"\s*\[(html|moodle|plain|markdown)\]\s*", re.IGNORECASE)
_TAG = re.compile(r"\[tag:([^\]]*)\]", re.IGNORECASE)
_SIGNS = re.compile(r"(?<!\\)\{\s*(?:[=~#}]|(?:T|F|TRUE|FALSE)\s*[}#]|\n)", re.IGNORECASE)


def sniff(source: Source) -> bool:
    """Text with answers in braces."""
    text = source.text
    if text is None or text.lstrip().startswith(("<", "{\\rtf", '{"')):
        return False
    own = source.extension == "gift"
    return own or _SIGNS.search(text[: limits.MAX_TEXT * 10]) is not None


def read(source: Source) -> Findings:
    """The questions of a GIFT file."""
    text = typed.readable_text_of(source)
    reader = _Reader()
    blocks = list(_blocks(text.text))
    if len(blocks) > limits.MAX_QUESTIONS * 2:
        raise Refused(problem("too-many-questions", places.FILE, limit=limits.MAX_QUESTIONS))
    for done, block in enumerate(blocks, start=1):
        reader.take(block)
        source.progress(done, len(blocks))
    return reader.found.findings(text.problems)


@dataclass(slots=True)
class _Block:
    """The lines of one question with what stands above it; `closed` if its braces are balanced."""

    line: int
    category: str
    comments: list[str]
    lines: list[str] = field(default_factory=list)
    depth: int = 0
    answered: bool = False

    @property
    def text(self) -> str:
        return "\n".join(self.lines)


def _blocks(text: str) -> Iterator[_Block]:
    """Cut the file at blank lines outside of braces, and where a brace was forgotten."""
    category = ""
    comments: list[str] = []
    block: _Block | None = None
    blank = False
    for number, line in enumerate(text.split("\n"), start=1):
        stripped = line.strip()
        if stripped.startswith("//") and not (block and block.depth and not blank):
            if block:
                yield block
                block = None
            comments.append(stripped[2:].strip())
        elif found := _CATEGORY.match(line):
            if block:
                yield block
                block = None
            category, comments = found[1], []
        elif not stripped:
            if block and not block.depth:
                yield block
                block = None
        elif not stripped.startswith("//"):
            if block and _begins_another(block, stripped, blank=blank):
                yield block
                block = None
            if block is None:
                block, comments = _Block(number, category, comments), []
            _append(block, line)
        blank = not stripped
    if block:
        yield block


def _begins_another(block: _Block, line: str, *, blank: bool) -> bool:
    """A title inside braces means that they were not closed; behind them a second brace is a new question."""
    if line.startswith("::") or (block.depth and blank and find(line, "{") >= 0):
        return True
    return block.answered and not block.depth and find(line, "{") >= 0


def _append(block: _Block, line: str) -> None:
    block.lines.append(line)
    position = 0
    while position < len(line):
        character = line[position]
        if character == "\\":
            position += 1
        elif character == "{":
            block.depth += 1
        elif character == "}" and block.depth:
            block.depth -= 1
            block.answered = True
        position += 1


@dataclass(slots=True)
class _Reader:
    found: Collected = field(default_factory=Collected)

    def take(self, block: _Block) -> None:
        """Read one block as a question, or count it as a kind that is not supported."""
        text = block.text
        title = _TITLE.match(text)
        text = text[title.end() :] if title else text
        form = _FORMAT.match(text)
        text = text[form.end() :] if form else text
        markup = form[1].lower() if form else ""
        opening = find(text, "{")
        if opening < 0:
            self.found.skipped["description"] += 1
            return
        self.found.count += 1
        stated = Stated(str(self.found.count), places.line(block.line), "", topic=topic_of(block.category))
        stated.excerpt = block.text
        closing = matching_brace(text, opening)
        if closing < 0:
            stated.text = _wording(text[:opening], "", markup)
            self._unclosed(stated, text[opening + 1 :], block, markup)
            return
        stated.text = _wording(text[:opening], text[closing + 1 :], markup)
        self._answers(stated, text[opening + 1 : closing], text[closing + 1 :], block, markup)

    def _unclosed(self, stated: Stated, inside: str, block: _Block, markup: str) -> None:
        """Without the closing brace nobody knows where the answers end; a person can mend what is there."""
        _take_comments(stated, block.comments)
        if gift_answers.kind_of(inside) is None:
            gift_answers.read(stated, inside, markup)
        stated.problems.clear()
        stated.note("bad-syntax", why="dấu { không được đóng bằng }")
        self.found.set_aside(stated)

    def _answers(self, stated: Stated, inside: str, behind: str, block: _Block, markup: str) -> None:
        kind = gift_answers.kind_of(inside)
        if kind is not None:
            self.found.skipped[kind] += 1
            return
        if find(behind, "{") >= 0:
            stated.note("bad-syntax", why="câu có hai chỗ trả lời { }")
        _take_comments(stated, block.comments)
        gift_answers.read(stated, inside, markup)
        self.found.add(stated)


def _wording(before: str, behind: str, markup: str) -> str:
    """Answers in the middle of a sentence leave a gap there."""
    gap = "_____" if behind.strip() else ""
    return html_or_text(f"{before.rstrip()} {gap} {behind.lstrip()}" if gap else before, markup)


def _take_comments(stated: Stated, comments: list[str]) -> None:
    """`// Nguồn: …` and `// Mức độ: …` above a question are about it."""
    for comment in comments:
        found = tail(comment)
        said = tidy(unescaped(found.rest)) if found else ""
        if found and found.part is Part.SOURCE:
            stated.source = "\n".join(filter(None, (stated.source, said)))
        elif found and found.part is Part.LEVEL:
            stated.level = level_named(said) or said
        elif found and found.part is Part.TOPIC:
            stated.topic = said
        for tag in _TAG.findall(comment):
            stated.level = stated.level or level_named(tag)
