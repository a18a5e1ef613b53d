"""Names of the elements of WordprocessingML and the values of their attributes."""

from __future__ import annotations

from typing import Any

from docx.oxml.ns import nsmap

# Elements of lxml, for which there are no types.
Node = Any

_W = nsmap["w"]
_MATH = "http://schemas.openxmlformats.org/officeDocument/2006/math"
_COMPATIBILITY = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_VML = "urn:schemas-microsoft-com:vml"


def w(name: str) -> str:
    """The full name of an element or attribute of WordprocessingML."""
    return f"{{{_W}}}{name}"


VAL = w("val")
MATH = f"{{{_MATH}}}oMath"
MATH_TEXT = f"{{{_MATH}}}t"
ALTERNATE = f"{{{_COMPATIBILITY}}}AlternateContent"
CHOICE = f"{{{_COMPATIBILITY}}}Choice"
BLIP = f"{{{nsmap['a']}}}blip"
EMBED = f"{{{_OFFICE}}}embed"
IMAGE_DATA = f"{{{_VML}}}imagedata"
IMAGE_ID = f"{{{_OFFICE}}}id"
DESCRIPTION = f"{{{nsmap['wp']}}}docPr"

_OFF = ("0", "false", "off", "none")


def value(node: Node, name: str) -> str | None:
    """The `val` of a child element; None if there is no such child."""
    child = node.find(w(name)) if node is not None else None
    return None if child is None else (child.get(VAL) or "")


def switch(node: Node, name: str) -> bool | None:
    """An on/off child: on when it is there, unless it says otherwise; None if it is not there."""
    found = value(node, name)
    return None if found is None else found not in _OFF


def whole_number(text: str | None, default: int = 0) -> int:
    """A whole number from an attribute; `default` for anything else."""
    try:
        return int(text) if text else default
    except ValueError:
        return default
