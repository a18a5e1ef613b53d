"""Emphasis of a run as Word shows it: its own, then its style's, its paragraph's, the document's."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from question_bank.formats.lines.model import PLAIN, Emphasis
from question_bank.formats.word.names import Node, switch, value, w

_DEEPEST = 12
_PLAIN_COLOURS = frozenset({"", "auto", "text1", "dark1", "tx1", "dk1"})
_PLAIN_FILLS = frozenset({"", "none", "auto", "white", "FFFFFF"})
# Darker than this in all three channels is black to the eye.
_DARK = 0x48
# Word's level of body text.
_NO_OUTLINE = 9
_HEADING_NAME = re.compile(r"(?:heading|đề mục|tiêu đề)\s*([1-9])\b")
_TITLES = frozenset({"title", "tiêu đề"})
_LINK_STYLES = frozenset({"hyperlink", "followedhyperlink", "internetlink"})


@dataclass(frozen=True, slots=True)
class _Look:
    """What one layer says; None where it says nothing."""

    bold: bool | None = None
    italic: bool | None = None
    underline: str | None = None
    colour: str | None = None
    highlight: str | None = None

    def over(self, below: _Look) -> _Look:
        """This layer on top of another."""
        return _Look(
            below.bold if self.bold is None else self.bold,
            below.italic if self.italic is None else self.italic,
            below.underline if self.underline is None else self.underline,
            below.colour if self.colour is None else self.colour,
            below.highlight if self.highlight is None else self.highlight,
        )


_NOTHING = _Look()


@dataclass(slots=True)
class Styles:
    """The styles of a document, looked up by id."""

    nodes: dict[str, Node] = field(default_factory=dict)
    default_paragraph: str = ""
    defaults: _Look = _NOTHING
    _looks: dict[str, _Look] = field(default_factory=dict)
    _numbered: dict[str, Node] = field(default_factory=dict)
    _shown: dict[tuple[str, str], _Look] = field(default_factory=dict)

    @classmethod
    def of(cls, root: Node) -> Styles:
        """The styles in the root of `styles.xml` (None if the document has none)."""
        styles = cls()
        if root is None:
            return styles
        for node in root.iterfind(w("style")):
            identity = node.get(w("styleId")) or ""
            styles.nodes[identity] = node
            if node.get(w("type")) == "paragraph" and node.get(w("default")) in ("1", "true"):
                styles.default_paragraph = identity
        styles.defaults = _look(root.find(f"{w('docDefaults')}/{w('rPrDefault')}/{w('rPr')}"))
        return styles

    def numbering_of(self, style: str) -> Node:
        """The `numPr` of a paragraph style or of those it is based on; None if none has one."""
        if style not in self._numbered:
            nodes = (
                node.find(f"{w('pPr')}/{w('numPr')}") for node in self._chain(style or self.default_paragraph)
            )
            self._numbered[style] = next((node for node in nodes if node is not None), None)
        return self._numbered[style]

    def is_heading(self, style: str) -> bool:
        """Whether a paragraph style is a heading or title."""
        for node in self._chain(style):
            name = (value(node, "name") or "").lower()
            if name.startswith(("heading", "title", "đề mục", "tiêu đề")):
                return True
        return False

    def outline_of(self, style: str, paragraph: Node) -> int | None:
        """How deep a heading is, from 1, and 0 for a title; None for other paragraphs."""
        own = value(paragraph, "outlineLvl") if paragraph is not None else None
        for level in (own, *(value(node.find(w("pPr")), "outlineLvl") for node in self._chain(style))):
            if level is not None and level.isdecimal() and int(level) < _NO_OUTLINE:
                return int(level) + 1
        for node in self._chain(style):
            name = (value(node, "name") or "").lower()
            if found := _HEADING_NAME.match(name):
                return int(found[1])
            if name in _TITLES:
                return 0
        return None

    def is_link(self, style: str) -> bool:
        """Whether a character style only shows that something is a link."""
        return style.replace(" ", "").lower() in _LINK_STYLES

    def emphasis(self, run: Node, character: str, paragraph: str) -> Emphasis:
        """How a run with these properties and styles looks."""
        key = (character, paragraph or self.default_paragraph)
        if key not in self._shown:
            self._shown[key] = self._styled(*key)
        return _emphasis(_look(run).over(self._shown[key]) if run is not None else self._shown[key])

    def label_emphasis(self, level: Node, mark: Node, paragraph: str) -> Emphasis:
        """How an automatic number looks: by its list, then by the paragraph mark, then by the style."""
        around = self._styled("", paragraph or self.default_paragraph)
        return _emphasis(_look(level).over(_look(mark)).over(around))

    def _styled(self, character: str, paragraph: str) -> _Look:
        own, around = self._style_look(character), self._style_look(paragraph)
        look = own.over(around).over(self.defaults)
        # Bold inside bold is shown as not bold: Word calls these properties toggles.
        both_bold, both_italic = own.bold and around.bold, own.italic and around.italic
        return _Look(
            False if both_bold else look.bold, False if both_italic else look.italic,
            look.underline, look.colour, look.highlight,
        )  # fmt: skip

    def _style_look(self, style: str) -> _Look:
        if style not in self._looks:
            look = _NOTHING
            for node in self._chain(style):
                look = look.over(_look(node.find(w("rPr"))))
            self._looks[style] = look
        return self._looks[style]

    def _chain(self, style: str) -> list[Node]:
        """A style and those it is based on; circles are cut."""
        found: list[Node] = []
        while style in self.nodes and len(found) < _DEEPEST:
            found.append(self.nodes[style])
            style = value(self.nodes[style], "basedOn") or ""
        return found


def _look(properties: Node) -> _Look:
    if properties is None or not len(properties):
        return _NOTHING
    return _Look(
        switch(properties, "b"), switch(properties, "i"), _underline(properties), _colour(properties),
        _highlight(properties),
    )  # fmt: skip


def _underline(properties: Node) -> str | None:
    found = value(properties, "u")
    return None if found is None else ("" if found in ("none", "") else "on")


def _colour(properties: Node) -> str | None:
    node = properties.find(w("color"))
    if node is None:
        return None
    theme, hexadecimal = node.get(w("themeColor")) or "", (node.get(w("val")) or "").upper()
    if theme:
        return "" if theme in _PLAIN_COLOURS else theme
    return "" if hexadecimal.lower() in _PLAIN_COLOURS or _is_dark(hexadecimal) else hexadecimal


def _is_dark(hexadecimal: str) -> bool:
    try:
        return all(int(hexadecimal[start : start + 2], 16) < _DARK for start in (0, 2, 4))
    except ValueError:
        return True


def _highlight(properties: Node) -> str | None:
    marked = value(properties, "highlight")
    if marked is not None:
        return "" if marked in _PLAIN_FILLS else marked
    shading = properties.find(w("shd"))
    if shading is None:
        return None
    fill = shading.get(w("fill")) or ""
    return "" if fill in _PLAIN_FILLS or fill.upper() in _PLAIN_FILLS else fill.upper()


def _emphasis(look: _Look) -> Emphasis:
    found = Emphasis(
        bold="on" if look.bold else "",
        underline=look.underline or "",
        colour=look.colour or "",
        highlight=look.highlight or "",
        italic="on" if look.italic else "",
    )
    return PLAIN if found == PLAIN else found
