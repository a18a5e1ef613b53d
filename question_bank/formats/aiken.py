"""Aiken: a line with the wording, a line for each choice, a line `ANSWER: B`.

The wording stays as it stands: the format knows no numbers and no markup. Dialects write `a)` and
`Answer - b`. An answer ends a question; letters that begin again without one mean that it is missing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from question_bank import places
from question_bank.answer_keys import read_key
from question_bank.encodings import tidy
from question_bank.formats import typed
from question_bank.formats.building import Collected, Stated
from question_bank.formats.lines.markers import LETTERS, Lettered, lettered, numbered
from question_bank.source import Source
from question_bank.values import Choice, Findings

EXTENSIONS = ("aiken", "txt")

_ANSWER = re.compile(r"\s*(?:correct\s+)?answer\s*[:=–—-]\s*(.*?)\s*", re.IGNORECASE)


def sniff(source: Source) -> bool:
    """Text with ANSWER lines whose wordings are not numbered (numbered ones are typed text)."""
    text = source.text
    if text is None or source.extension == "aiken":
        return text is not None
    lines = [line for line in text.split("\n") if line.strip()]
    answers = sum(1 for line in lines if _ANSWER.fullmatch(line))
    counted = sum(1 for line in lines if numbered(line))
    return answers > 0 and counted * 2 < answers and any(lettered(line) for line in lines)


def read(source: Source) -> Findings:
    """The questions of an Aiken file."""
    text = typed.readable_text_of(source)
    found = Collected()
    blocks = list(_blocks(text.text.split("\n")))
    for count, block in enumerate(blocks, start=1):
        found.add(_stated(block, str(count)))
        source.progress(count, len(blocks))
    return found.findings(text.problems)


@dataclass(slots=True)
class _Block:
    """The lines of one question; `trouble` is what is wrong with its letters."""

    line: int
    wording: list[str] = field(default_factory=list)
    choices: list[str] = field(default_factory=list)
    answer: str | None = None
    lines: list[str] = field(default_factory=list)
    trouble: tuple[str, dict[str, str]] | None = None


def _blocks(lines: list[str]) -> Iterator[_Block]:
    block: _Block | None = None
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        if answer := _ANSWER.fullmatch(line):
            block = block or _Block(number)
            block.answer = answer[1]
            block.lines.append(line.strip())
            yield block
            block = None
            continue
        mark = lettered(line)
        if block and block.choices and _is_next_wording(lines, number, mark, len(block.choices)):
            yield block
            block = None
        block = block or _Block(number)
        block.lines.append(line.strip())
        _take(block, line, mark)
    if block:
        yield block


def _is_next_wording(lines: list[str], number: int, mark: Lettered | None, choices: int) -> bool:
    """A line behind the choices is a new wording when choice A follows before the next answer or letter."""
    if mark is not None and mark.letter in LETTERS[: choices + 1]:
        return False
    for line in lines[number : number + 40]:
        if _ANSWER.fullmatch(line):
            return False
        if found := lettered(line):
            return found.letter == "A"
    return False


def _take(block: _Block, line: str, mark: Lettered | None) -> None:
    due = LETTERS[len(block.choices)] if len(block.choices) < len(LETTERS) else ""
    if mark and mark.letter == due:
        block.choices.append(line[mark.end :])
    elif mark and block.choices and block.trouble is None:
        last = LETTERS[len(block.choices) - 1]
        code = (
            "same-letter"
            if mark.letter == last
            else "letters-restart"
            if mark.letter == "A"
            else "letter-gap"
        )
        block.trouble = (
            code,
            {"letter": last, "next": due, "last": last, "expected": due, "found": mark.letter},
        )
    elif block.choices:
        block.choices[-1] += f" {line.strip()}"
    else:
        block.wording.append(line.strip())


def _stated(block: _Block, number: str) -> Stated:
    stated = Stated(number, places.line(block.line), tidy("\n".join(block.wording)), key_from="answer line")
    stated.excerpt = "\n".join(block.lines)
    stated.choices = [Choice(tidy(text)) for text in block.choices]
    if block.trouble:
        stated.note(block.trouble[0], **block.trouble[1])
    if block.answer is None or not stated.choices:
        return stated
    verdict = read_key(
        block.answer.rstrip("."), [choice.text for choice in stated.choices], letters_only=True
    )
    stated.correct = list(verdict.correct)
    if verdict.trouble and block.answer:
        stated.note("unknown-key", key=block.answer[:80], choices=", ".join(LETTERS[: len(stated.choices)]))
    return stated
