"""Which classes and elements occur in templates and scripts. Pure.

Reading errs on the side of too much: a word in a class attribute counts wherever an expression may put it,
and `btn-{{ kind }}` counts as every `btn-…` whose end is written as a word somewhere.
"""

import re
from collections.abc import Iterable

from quiz.web.cutting import Usage

_CLASS = re.compile(r'\bclass="((?:[^"{]|\{(?![{%])|\{\{.*?\}\}|\{%.*?%\})*)"', re.DOTALL)
_QUOTED = re.compile(r'"([^"\n]*)"|\'([^\'\n]*)\'|`([^`]*)`')
_WORD = re.compile(r"-?[A-Za-z_][\w-]*")
_OPEN = re.compile(r"([A-Za-z][\w-]*-)\{\{")  # the class goes on with an expression
_ELEMENT = re.compile(r"<([a-z][a-z0-9]*)\b")
_ATTRIBUTE = re.compile(r"""[\s"']([a-z][a-z-]*)=""")
_COMMENT = re.compile(r"\{#.*?#\}", re.DOTALL)


def find_usage(templates: Iterable[str], scripts: Iterable[str]) -> Usage:
    """What the texts of templates and scripts can bring onto a page."""
    classes: set[str] = set()
    elements: set[str] = set()
    attributes = {"type", "hidden", "disabled", "role"}
    words: set[str] = set()  # what an expression may end a class with
    begun: set[str] = set()
    for template in templates:
        text = _COMMENT.sub("", template)
        for value in _CLASS.findall(text):
            classes.update(_WORD.findall(value))
            begun.update(_OPEN.findall(value))
        words |= _quoted_words(text)
        elements.update(_ELEMENT.findall(text))
        attributes.update(_ATTRIBUTE.findall(text))
    for script in scripts:
        quoted = _quoted_words(script)
        classes |= quoted
        elements |= quoted
        attributes |= quoted
    classes |= {beginning + word for beginning in begun for word in words}
    return Usage(frozenset(classes), frozenset(elements), frozenset(attributes))


def _quoted_words(text: str) -> set[str]:
    return {word for parts in _QUOTED.findall(text) for part in parts for word in _WORD.findall(part)}
