"""XML trees of quiz programs with plain names: no namespaces, QTI 3's names written as QTI 2's."""

from __future__ import annotations

import html
import re
from xml.etree.ElementTree import Element, tostring

_ROOT = re.compile(r"<(?![?!])(?:[\w.-]+:)?([\w.-]+)")
_HEAD = 20_000


def root_name(text: str) -> str:
    """The plain name of the first element of an XML text, without parsing it; empty if there is none."""
    match = _ROOT.search(text[:_HEAD]) if text.lstrip().startswith("<") else None
    return plain(match[1]) if match else ""


def plain(name: str) -> str:
    """`{ns}choiceInteraction`, `qti-choice-interaction` → `choiceInteraction`."""
    local = name.rsplit("}", 1)[-1]
    if not local.startswith("qti-"):
        return local
    return _camel(local[4:])


def _camel(name: str) -> str:
    first, *others = name.split("-")
    return first + "".join(other[:1].upper() + other[1:] for other in others)


def normalise(root: Element) -> Element:
    """The tree itself with plain names of elements, and of attributes where they are QTI 3's."""
    for element in root.iter():
        is_new = element.tag.rsplit("}", 1)[-1].startswith("qti-")
        element.tag = plain(element.tag)
        for name in list(element.attrib):
            local = name.rsplit("}", 1)[-1]
            renamed = _camel(local) if is_new and not local.startswith("data-") else local
            if renamed != name:
                element.attrib[renamed] = element.attrib.pop(name)
    return root


def child(element: Element | None, *path: str) -> Element | None:
    """The first element along a path of names; None if any of them is missing."""
    for name in path:
        element = element.find(name) if element is not None else None
    return element


def text_at(element: Element | None, *path: str) -> str:
    """All text inside the element at a path, stripped; empty if it is missing."""
    found = child(element, *path)
    return "".join(found.itertext()).strip() if found is not None else ""


def inner_html(element: Element, *without: str) -> str:
    """What stands inside an element, as HTML, leaving out elements of some names."""
    pruned = _pruned(element, frozenset(without))
    parts = (tostring(part, encoding="unicode", method="html") for part in pruned)
    return html.escape(pruned.text or "", quote=False) + "".join(parts)


def _pruned(element: Element, names: frozenset[str]) -> Element:
    """A copy without the elements of some names, which keeps the text behind them."""
    copy = Element(element.tag, element.attrib)
    copy.text, copy.tail = element.text, element.tail
    for part in element:
        if part.tag not in names:
            copy.append(_pruned(part, names))
        elif len(copy):
            copy[-1].tail = (copy[-1].tail or "") + (part.tail or "")
        else:
            copy.text = (copy.text or "") + (part.tail or "")
    return copy
