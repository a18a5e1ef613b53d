"""The numbers and letters that Word counts itself: "Câu 1.", "A." in a list are not in the text."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from question_bank.formats.word.names import Node, value, w, whole_number

_PLACEHOLDER = re.compile(r"%([1-9])")
_ROMANS = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"),
    (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip
_LARGEST = 10_000


@dataclass(frozen=True, slots=True)
class Label:
    """What Word writes in front of a paragraph; `properties` are the look of the label itself.

    `sequence` names the list and level of a label that counts in digits.
    """

    text: str
    sequence: str
    properties: Node


@dataclass(frozen=True, slots=True)
class _Level:
    start: int
    form: str
    text: str
    properties: Node
    restarts: bool


@dataclass(slots=True)
class Numbering:
    """The lists of a document and how far each has been counted."""

    levels: dict[str, dict[int, _Level]] = field(default_factory=dict)
    abstract_of: dict[str, str] = field(default_factory=dict)
    overrides: dict[str, dict[int, _Level]] = field(default_factory=dict)
    starts: dict[str, dict[int, int]] = field(default_factory=dict)
    _counts: dict[str, dict[int, int]] = field(default_factory=dict)
    _seen: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, root: Node) -> Numbering:
        """The lists in the root of `numbering.xml` (None if the document has none)."""
        numbering = cls()
        if root is None:
            return numbering
        for node in root.iterfind(w("abstractNum")):
            identity = node.get(w("abstractNumId")) or ""
            numbering.levels[identity] = dict(map(_level, node.iterfind(w("lvl"))))
        for node in root.iterfind(w("num")):
            identity = node.get(w("numId")) or ""
            numbering.abstract_of[identity] = value(node, "abstractNumId") or ""
            for override in node.iterfind(w("lvlOverride")):
                numbering._override(identity, override)
        return numbering

    def _override(self, identity: str, node: Node) -> None:
        depth = whole_number(node.get(w("ilvl")))
        start = value(node, "startOverride")
        if start is not None:
            self.starts.setdefault(identity, {})[depth] = whole_number(start, 1)
        level = node.find(w("lvl"))
        if level is not None:
            self.overrides.setdefault(identity, {})[depth] = _level(level)[1]

    def next(self, identity: str, depth: int) -> Label | None:
        """Count on in a list and say what stands in front of the paragraph; None if nothing does."""
        abstract = self.abstract_of.get(identity, "")
        level = self._at(identity, depth)
        if level is None:
            return None
        counts = self._counts.setdefault(abstract, {})
        if identity not in self._seen:
            self._seen.add(identity)
            for restarted in self.starts.get(identity, {}):
                counts.pop(restarted, None)
        start = self.starts.get(identity, {}).get(depth, level.start)
        counts[depth] = counts[depth] + 1 if depth in counts else start
        for deeper in [found for found in counts if found > depth]:
            below = self._at(identity, deeper)
            if below is None or below.restarts:
                del counts[deeper]
        text = _PLACEHOLDER.sub(lambda found: self._shown(identity, int(found[1]) - 1, counts), level.text)
        if level.form == "bullet":
            return Label("•", "", level.properties)
        counting = f"{identity}:{depth}" if any(map(str.isdigit, text)) else ""
        return Label(text.strip(), counting, level.properties) if text.strip() else None

    def _at(self, identity: str, depth: int) -> _Level | None:
        own = self.overrides.get(identity, {}).get(depth)
        return own or self.levels.get(self.abstract_of.get(identity, ""), {}).get(depth)

    def _shown(self, identity: str, depth: int, counts: dict[int, int]) -> str:
        level = self._at(identity, depth)
        if level is None:
            return ""
        return shown(counts.get(depth, level.start), level.form)


def _level(node: Node) -> tuple[int, _Level]:
    level = _Level(
        start=whole_number(value(node, "start"), 1),
        form=value(node, "numFmt") or "decimal",
        text=value(node, "lvlText") or "",
        properties=node.find(w("rPr")),
        restarts=value(node, "lvlRestart") != "0",
    )
    return whole_number(node.get(w("ilvl"))), level


def shown(number: int, form: str) -> str:
    """A number in one of Word's forms."""
    if form == "none" or not 0 <= number <= _LARGEST:
        return ""
    if form in ("upperLetter", "lowerLetter") and number:
        letter = chr(ord("A") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letter if form == "upperLetter" else letter.lower()
    if form in ("upperRoman", "lowerRoman"):
        return _roman(number) if form == "upperRoman" else _roman(number).lower()
    return f"{number:02}" if form == "decimalZero" else str(number)


def _roman(number: int) -> str:
    text = ""
    for worth, letters in _ROMANS:
        while number >= worth:
            text, number = text + letters, number - worth
    return text
