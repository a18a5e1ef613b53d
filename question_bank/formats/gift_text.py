"""Escapes and markup of GIFT texts."""

from __future__ import annotations

import re

from question_bank.encodings import tidy
from question_bank.formats.markup import looks_like_html, shown

_ESCAPE = re.compile(r"\\([=~#{}:\\n])")
_SYSTEM = re.compile(r"^(?:\$\w+\$|top|default for .*)$", re.IGNORECASE)


def find(text: str, sign: str, start: int = 0) -> int:
    """Where `sign` stands without a backslash in front; -1 if nowhere."""
    if "\\" not in text:
        return text.find(sign, start)
    position = start
    while position < len(text):
        if text[position] == "\\":
            position += 2
            continue
        if text.startswith(sign, position):
            return position
        position += 1
    return -1


def matching_brace(text: str, opening: int) -> int:
    """Where the brace at `opening` is closed; -1 if it is not. Formulas may have braces inside."""
    depth = 0
    position = opening
    while position < len(text):
        character = text[position]
        if character == "\\":
            position += 1
        elif character == "{":
            depth += 1
        elif character == "}":
            depth -= 1
            if not depth:
                return position
        position += 1
    return -1


def unescaped(text: str) -> str:
    r"""`\=` is `=`, `\n` is a new line; other backslashes stay (formulas have them)."""
    return _ESCAPE.sub(lambda found: "\n" if found[1] == "n" else found[1], text)


def html_or_text(text: str, markup: str) -> str:
    """A text as people see it; `markup` is what the file says of it ("html", "plain", … or nothing)."""
    plain = unescaped(_on_one_line(text))
    if markup == "html" or (markup in ("", "moodle") and looks_like_html(plain)):
        return shown(plain).text
    return tidy(plain)


def _on_one_line(text: str) -> str:
    r"""Line ends in the file are only for its readers; `\n` is a real one."""
    return re.sub(r"\s*\n\s*", " ", text)


def topic_of(category: str) -> str | None:
    """The last part of a path such as `$course$/top/Lịch sử/Đại hội VI`; a slash in a name is `//`."""
    parts = [part.replace("\x00", "/").strip() for part in category.replace("//", "\x00").split("/")]
    names = [part for part in parts if part and not _SYSTEM.match(part)]
    return tidy(names[-1]) if names else None
