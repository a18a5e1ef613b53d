"""Plain texts as HTML and XML for other quiz programs."""

from __future__ import annotations

import html
import re
from xml.etree.ElementTree import Element, SubElement, indent, tostring

_NO_TOPIC = "$course$/top"
# Characters that XML cannot hold even escaped.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def plain(text: str) -> str:
    """The text without what XML cannot hold."""
    return _FORBIDDEN.sub("", text)


def as_html(text: str) -> str:
    """A plain text as one HTML paragraph."""
    return f"<p>{html.escape(plain(text)).replace(chr(10), '<br/>')}</p>"


def add(parent: Element, tag: str, text: str | None = None, /, **attributes: str) -> Element:
    """A new child element."""
    element = SubElement(parent, tag, attributes)
    if text is not None:
        element.text = plain(text)
    return element


def add_lines(parent: Element, tag: str, text: str, /, **attributes: str) -> Element:
    """A new child element whose lines are kept apart by `br` elements."""
    element = add(parent, tag, **attributes)
    first, *others = plain(text).split("\n")
    element.text = first
    for line in others:
        SubElement(element, "br").tail = line
    return element


def category_path(topic: str | None) -> str:
    """A topic as Moodle's path of a category: a slash in its name is two, and never stands at an end."""
    if not topic:
        return _NO_TOPIC
    name = " ".join(topic.split()).replace("/", "//")
    return f"{_NO_TOPIC}/{' ' if name.startswith('/') else ''}{name}"


def document(root: Element) -> bytes:
    """A whole XML file."""
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(root, encoding="unicode").encode() + b"\n"


def indented(root: Element) -> bytes:
    """A whole XML file whose elements hold no text beside elements, one element a line."""
    indent(root)
    return document(root)
