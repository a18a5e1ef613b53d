"""HTML of other quiz programs as plain text: what a reader would see, without anything that could run."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

from question_bank.encodings import clean, tidy

_BLOCKS = frozenset(re.findall(r"\w+", "p div tr table ul ol h1 h2 h3 h4 h5 h6 blockquote pre hr"))
_SILENT = frozenset(("script", "style", "head", "title", "template", "iframe", "object", "noscript"))
_HIGH = str.maketrans("0123456789+-=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ")
_LOW = str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎")
_TAG = re.compile(
    r"</?(?:p|br|b|i|u|em|strong|span|div|font|sub|sup|img|ul|ol|li|table|tr|td|th|h[1-6]|a|script|style|pre|code)"
    r"(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_ENTITY = re.compile(r"&(?:nbsp|amp|lt|gt|quot|#\d{1,6}|#x[0-9a-f]{1,5});", re.IGNORECASE)
# A private sign for the beginning or end of a block; it cannot come from the file.
_EDGE = "\ue0ff"
_BOUNDARY = re.compile(rf"[\s{_EDGE}]*[\n{_EDGE}][\s{_EDGE}]*")


@dataclass(frozen=True, slots=True)
class Picture:
    """An `img` element."""

    src: str
    alt: str


@dataclass(frozen=True, slots=True)
class Shown:
    """What a reader sees: text, and pictures in the order in which they stand."""

    text: str
    pictures: tuple[Picture, ...] = ()


def looks_like_html(text: str) -> bool:
    """Whether a text of which nothing is said has HTML tags or entities in it."""
    return _TAG.search(text) is not None or _ENTITY.search(text) is not None


def shown(markup: str) -> Shown:
    """The text and the pictures of a piece of HTML."""
    parser = _Reader()
    try:
        parser.feed(markup)
        parser.close()
    except (AssertionError, ValueError):
        # The parser of the standard library gives up on a few malformed declarations.
        return Shown(tidy(html.unescape(re.sub(r"<[^<>]*>", " ", markup))))
    return Shown(_lined("".join(parser.out)), tuple(parser.pictures))


def _lined(text: str) -> str:
    """Blocks begin one new line however many of them meet; an empty line is asked for by `<br><br>`."""
    return tidy(_BOUNDARY.sub(lambda found: "\n" * min(max(found[0].count("\n"), 1), 2), clean(text)))


@dataclass
class _Reader(HTMLParser):
    out: list[str] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    silent: int = 0
    raised: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "object":
            self._object(dict(attrs))
        if tag in _SILENT:
            self.silent += 1
        elif tag == "br":
            self.out.append("\n")
        elif tag in _BLOCKS:
            self.out.append(_EDGE)
        elif tag == "li":
            self.out.append(f"{_EDGE}- ")
        elif tag in ("td", "th"):
            self.out.append(" ")
        elif tag in ("sup", "sub"):
            self.raised.append(tag)
        elif tag == "img":
            values = dict(attrs)
            self.pictures.append(Picture(values.get("src") or "", values.get("alt") or ""))

    def _object(self, values: dict[str, str | None]) -> None:
        """Old QTI shows pictures as objects."""
        if (values.get("type") or "").startswith("image/"):
            self.pictures.append(Picture(values.get("data") or "", values.get("alt") or ""))

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self.silent = max(0, self.silent - 1)
        elif tag in _BLOCKS:
            self.out.append(_EDGE)
        elif tag in ("sup", "sub") and self.raised:
            self.raised.pop()

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag in _SILENT or tag in ("sup", "sub"):
            self.handle_endtag(tag)

    def handle_data(self, data: str) -> None:
        if self.silent:
            return
        table = {"sup": _HIGH, "sub": _LOW}.get(self.raised[-1]) if self.raised else None
        fits = table and all(ord(character) in table for character in data.strip())
        # Line ends inside HTML are blanks; only elements begin lines.
        text = data.replace("\n", " ").replace(_EDGE, "")
        self.out.append(text.translate(table) if table and fits else text)
