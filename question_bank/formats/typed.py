"""The text of files that people type: any encoding, any old font, as Unicode; unreadable text is refused."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from question_bank import encodings, limits, places
from question_bank.formats.lines.model import OldText
from question_bank.legacy import Script, Survey, decode
from question_bank.problems import problem
from question_bank.readability import is_unreadable
from question_bank.refusals import Refused
from question_bank.source import Source
from question_bank.values import Problem


@dataclass(frozen=True, slots=True)
class Typed:
    """Text as Unicode, with what there is to say about how it was typed."""

    text: str
    problems: tuple[Problem, ...] = ()
    old: Mapping[int, OldText] = field(default_factory=dict)  # by number from 1, in a Unicode file only


def text_of(source: Source) -> Typed | None:
    """The text of a file, whatever font or encoding it was typed in; None if it is none that people typed."""
    raw = _raw(source)
    if raw is None:
        return None
    lines = raw.split("\n")
    if max(map(len, lines)) > limits.MAX_LINE:
        return None
    survey = Survey.of(lines)
    if not survey.lines:
        return Typed(encodings.clean(raw))
    text = encodings.clean("\n".join(survey.convert(line) for line in lines))
    old: dict[int, OldText] = {}
    if survey.main is Script.UNICODE and text.count("\n") + 1 == len(lines):
        scripts = ((number, line, survey.script_of(line)) for number, line in enumerate(lines, start=1))
        old = {number: OldText(line, found) for number, line, found in scripts if found is not Script.UNICODE}
    return Typed(text, (problem("old-font", places.FILE, count=survey.lines, script=survey.named),), old)


def readable_text_of(source: Source) -> Typed:
    """The same; raises `Refused` when there is no text, or none that anybody can read."""
    text = text_of(source)
    if text is None:
        raise Refused(problem("unreadable-text", places.FILE))
    if is_unreadable(text.text):
        raise Refused(problem("broken-characters", places.FILE))
    return text


def _raw(source: Source) -> str | None:
    """The text before cleaning, which takes a sign away that is a letter in an old font."""
    decoded = source.decoded
    if decoded is not None and decoded.encoding == "utf-8":
        return source.data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    if decoded is None or decoded.encoding == "cp1258":
        return decode(source.data) or (decoded.text if decoded else None)
    return decoded.text
