"""The text of a paragraph with its emphasis: runs, links, insertions, symbols, formulas, pictures."""

from __future__ import annotations

from dataclasses import dataclass, field

from question_bank.formats.lines.model import PLAIN, Emphasis
from question_bank.formats.word.names import ALTERNATE, CHOICE, MATH, MATH_TEXT, Node, value, w
from question_bank.formats.word.pictures import Pictures
from question_bank.formats.word.styles import Styles
from question_bank.values import Image

_HIGH = str.maketrans("0123456789+-=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ")
_LOW = str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎")
# Tick marks of the Wingdings fonts.
_SYMBOLS = {
    "F0FC": "✓",
    "F0FE": "☑",
    "F0FD": "☒",
    "F0A8": "☐",
    "F06F": "☐",
    "F0A3": "☐",
    "F0E0": "→",
    "F0F0": "→",
}
_INSIDE = frozenset(
    map(w, ("hyperlink", "ins", "smartTag", "fldSimple", "moveTo", "customXml", "bdo", "dir"))
)
_CONTENT = w("sdtContent")
_SDT, _RUN, _TEXT_BOX, _PARAGRAPH = w("sdt"), w("r"), w("txbxContent"), w("p")
_TEXT, _TAB, _BREAK, _CR = w("t"), w("tab"), w("br"), w("cr")
_HYPHEN, _SYMBOL, _DRAWING, _PICTURE, _OBJECT = (
    w("noBreakHyphen"),
    w("sym"),
    w("drawing"),
    w("pict"),
    w("object"),
)


@dataclass(slots=True)
class Segments:
    """Stretches of text with one emphasis each, and what else stands in the paragraph."""

    texts: list[tuple[str, Emphasis]] = field(default_factory=list)
    images: list[Image] = field(default_factory=list)
    boxes: list[Node] = field(default_factory=list)
    has_formula: bool = False

    def add(self, text: str, emphasis: Emphasis) -> None:
        """Append text, joined to what looks the same."""
        if self.texts and self.texts[-1][1] == emphasis:
            self.texts[-1] = (self.texts[-1][0] + text, emphasis)
        else:
            self.texts.append((text, emphasis))


@dataclass(slots=True)
class RunReader:
    """Reads the runs of paragraphs."""

    styles: Styles
    pictures: Pictures

    def read(self, paragraph: Node, style: str) -> Segments:
        """Everything in a paragraph that Word shows."""
        segments = Segments()
        self._children(paragraph, style, segments, link=False)
        return segments

    def _children(self, node: Node, style: str, segments: Segments, *, link: bool) -> None:
        for child in node:
            tag = child.tag
            if tag == _RUN:
                self._run(child, style, segments, link=link)
            elif tag in _INSIDE:
                self._children(child, style, segments, link=link or tag == w("hyperlink"))
            elif tag == _SDT:
                content = child.find(_CONTENT)
                if content is not None:
                    self._children(content, style, segments, link=link)
            elif tag == MATH or (isinstance(tag, str) and tag.endswith("}oMathPara")):
                segments.has_formula = True
                segments.add("".join(text.text or "" for text in child.iter(MATH_TEXT)), PLAIN)
            elif tag == ALTERNATE:
                self._alternate(child, style, segments)

    def _alternate(self, node: Node, style: str, segments: Segments) -> None:
        """Only the first of several forms of the same content."""
        choice = node.find(CHOICE)
        if choice is not None:
            self._content(choice, style, segments, PLAIN, "")

    def _run(self, run: Node, style: str, segments: Segments, *, link: bool) -> None:
        properties = run.find(w("rPr"))
        character = (value(properties, "rStyle") or "") if properties is not None else ""
        if link or self.styles.is_link(character):
            emphasis = PLAIN
        else:
            emphasis = self.styles.emphasis(properties, character, style)
        raised = (value(properties, "vertAlign") or "") if properties is not None else ""
        self._content(run, style, segments, emphasis, raised)

    def _content(self, node: Node, style: str, segments: Segments, emphasis: Emphasis, raised: str) -> None:
        for child in node:
            tag = child.tag
            if tag == _TEXT:
                segments.add(_raised(child.text or "", raised), emphasis)
            elif tag == _TAB:
                segments.add("\t", emphasis)
            elif tag in (_BREAK, _CR):
                segments.add("\n", emphasis)
            elif tag == _HYPHEN:
                segments.add("-", emphasis)
            elif tag == _SYMBOL:
                segments.add(_SYMBOLS.get((child.get(w("char")) or "").upper(), "•"), emphasis)
            elif tag in (_DRAWING, _PICTURE, _OBJECT):
                self._drawing(child, segments)
            elif tag == ALTERNATE:
                self._alternate(child, style, segments)
            elif tag == _RUN:
                self._run(child, style, segments, link=False)

    def _drawing(self, node: Node, segments: Segments) -> None:
        segments.images += self.pictures.of(node)
        for box in node.iter(_TEXT_BOX):
            segments.boxes += box.findall(_PARAGRAPH)


def _raised(text: str, raised: str) -> str:
    """m² and H₂O keep their meaning in plain text where there is a character for it."""
    table = {"superscript": _HIGH, "subscript": _LOW}.get(raised)
    if table and text.strip() and all(ord(character) in table for character in text.strip()):
        return text.translate(table)
    return text
