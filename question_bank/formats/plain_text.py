"""Typed or pasted text: "Câu 1. … A. … B. … Đáp án: C" in the many ways that people type it."""

from __future__ import annotations

import re
from dataclasses import replace

from question_bank import places
from question_bank.formats import typed
from question_bank.formats.lines.markers import lettered, numbered
from question_bank.formats.lines.model import Line
from question_bank.formats.lines.reading import read_lines
from question_bank.source import Source
from question_bank.values import Findings

EXTENSIONS = ("txt", "text", "md")

_BREAKS = re.compile(r"[\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_OTHER_BEGINNINGS = ("<", "{\\rtf", "%PDF", "{", "[{")
_LOOKED_AT = 200_000


def sniff(source: Source) -> bool:
    """Any text with numbered lines or choice letters; under its own extension any text at all."""
    text = typed.text_of(source)
    if text is None or text.text.lstrip().startswith(_OTHER_BEGINNINGS):
        return False
    if source.extension in EXTENSIONS:
        return True
    lines = _BREAKS.split(text.text[:_LOOKED_AT])
    return any(lettered(line) for line in lines) and any(numbered(line) for line in lines)


def read(source: Source) -> Findings:
    """The questions of a text file."""
    text = typed.readable_text_of(source)
    old = {places.line(number): typed_so for number, typed_so in text.old.items()}
    lines = [
        replace(line, old=old[line.place]) if line.place in old else line for line in lines_of(text.text)
    ]
    findings = read_lines(lines, source.progress)
    return replace(findings, problems=(*text.problems, *findings.problems))


def lines_of(text: str) -> list[Line]:
    """The lines that are not empty, each knowing whether an empty one stands before it."""
    lines: list[Line] = []
    gap = False
    for number, content in enumerate(_BREAKS.split(text), start=1):
        if content.strip():
            lines.append(Line(places.line(number), content, gap=gap))
        gap = not content.strip()
    return lines
