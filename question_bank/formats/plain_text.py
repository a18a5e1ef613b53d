"""Typed or pasted text: "Câu 1. … A. … B. … Đáp án: C" in the many ways that people type it."""

from __future__ import annotations

import re

from question_bank import encodings, legacy, places
from question_bank.formats.lines.markers import lettered, numbered
from question_bank.formats.lines.model import Line
from question_bank.formats.lines.reading import read_lines
from question_bank.problems import problem
from question_bank.refusals import Refused
from question_bank.source import Source
from question_bank.values import Findings

EXTENSIONS = ("txt", "text", "md")

_BREAKS = re.compile(r"[\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_OTHER_BEGINNINGS = ("<", "{\\rtf", "%PDF", "{", "[{")
_LOOKED_AT = 200_000


def sniff(source: Source) -> bool:
    """Any text with numbered lines or choice letters; under its own extension any text at all."""
    text = text_of(source)
    if text is None or text.text.lstrip().startswith(_OTHER_BEGINNINGS):
        return False
    if source.extension in EXTENSIONS:
        return True
    lines = _BREAKS.split(text.text[:_LOOKED_AT])
    return any(lettered(line) for line in lines) and any(numbered(line) for line in lines)


def read(source: Source) -> Findings:
    """The questions of a text file."""
    text = text_of(source)
    if text is None:
        raise Refused(problem("unreadable-text", places.FILE))
    if legacy.is_unreadable(text.text):
        raise Refused(problem("broken-characters", places.FILE))
    findings = read_lines(lines_of(text.text), source.progress)
    return with_font_note(findings, text)


def text_of(source: Source) -> legacy.Repaired | None:
    """The text of a file as Unicode, whatever font or encoding it was typed in; None if it is no text."""
    decoded = source.decoded
    if decoded is not None and decoded.encoding == "utf-8":
        # The soft hyphen that cleaning takes away is a letter in an old font.
        raw: str | None = source.data.decode("utf-8-sig")
    elif decoded is None or decoded.encoding == "cp1258":
        raw = legacy.decode(source.data) or (decoded.text if decoded else None)
    else:
        raw = decoded.text
    if raw is None:
        return None
    repaired = legacy.repair(raw)
    return legacy.Repaired(encodings.clean(repaired.text), repaired.script, repaired.lines)


def with_font_note(findings: Findings, text: legacy.Repaired) -> Findings:
    """The findings, with a warning if the text had to be converted from an old font."""
    if text.script is legacy.Script.UNICODE:
        return findings
    note = problem("old-font", places.FILE, count=text.lines, script=text.script.value)
    return Findings(findings.questions, (note, *findings.problems), findings.skipped)


def lines_of(text: str) -> list[Line]:
    """The lines that are not empty, each knowing whether an empty one stands before it."""
    lines: list[Line] = []
    gap = False
    for number, typed in enumerate(_BREAKS.split(text), start=1):
        if typed.strip():
            lines.append(Line(places.line(number), typed, gap=gap))
        gap = not typed.strip()
    return lines
