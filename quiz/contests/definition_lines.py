"""On which line each key of a TOML text stands. Pure.

The standard parser gives values without positions, and an organiser needs the line. This walks over a text
which that parser has accepted already, so it need not judge anything, only know where things end.
"""

import re
import tomllib
from collections.abc import Mapping

Path = tuple[str | int, ...]

_BLANK = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_KEY = re.compile(r"""[A-Za-z0-9_-]+|"(?:[^"\\]|\\.)*"|'[^']*'""")
_DOT = re.compile(r"[ \t]*\.[ \t]*")
# Longest quotes first; a text in three quotes may end in four or five.
_STRING = re.compile(
    r'"""(?:[^\\]|\\.)*?"{3,5}' r"|'''.*?'{3,5}" r'|"(?:[^"\\]|\\.)*"' r"|'[^']*'",
    re.DOTALL,
)
_BARE = re.compile(r"[^,\]}#\r\n]+")


def key_lines(text: str) -> Mapping[Path, int]:
    """The line of every key, table and list item, by path: ("rounds", 0, "attempts", "limit") → 31.

    `text` must be valid TOML.
    """
    walk = _Walk(text)
    walk.document()
    return walk.lines


def line_of(lines: Mapping[Path, int], path: Path) -> int:
    """The line of a path, or of the closest thing around it that stands in the text; 1 at worst."""
    while path and path not in lines:
        path = path[:-1]
    return lines.get(path, 1)


class _Walk:
    """One pass over the text, from place to place."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.place = 0
        self.counted_to = 0
        self.line = 1
        self.lines: dict[Path, int] = {}
        self.list_sizes: dict[Path, int] = {}

    def document(self) -> None:
        """Headers and pairs, to the end."""
        table: Path = ()
        while self.skip_blank() < len(self.text):
            if self.text[self.place] == "[":
                table = self.header()
            else:
                self.pair(table)

    def header(self) -> Path:
        """[a.b] or [[a.b]]: the path of the table that follows."""
        is_list = self.text.startswith("[[", self.place)
        self.place += 2 if is_list else 1
        self.skip_blank()
        path: Path = ()
        keys = self.keys()
        for key in keys[:-1]:
            path = self.inside((*path, key))
        path = (*path, keys[-1])
        if is_list:
            self.list_sizes[path] = self.list_sizes.get(path, 0) + 1
            self.note(path)
        path = self.inside(path)
        self.note(path)
        self.skip_blank()
        self.place += 2 if is_list else 1
        return path

    def inside(self, path: Path) -> Path:
        """The path itself, or its newest item where it is a list of tables."""
        size = self.list_sizes.get(path)
        return path if size is None else (*path, size - 1)

    def pair(self, table: Path) -> None:
        """key = value"""
        path = table
        for key in self.keys():
            path = (*path, key)
            self.note(path)
        self.skip_blank()
        self.place += 1  # =
        self.value(path)

    def value(self, path: Path) -> None:
        """A text, list, inline table or anything that is written bare."""
        self.skip_blank()
        opening = self.text[self.place]
        if opening == "[":
            self.items(path)
        elif opening == "{":
            self.inline_table(path)
        elif opening in "\"'":
            self.take(_STRING)
        else:
            self.take(_BARE)

    def items(self, path: Path) -> None:
        """[ value, value ]"""
        self.place += 1
        index = 0
        while self.text[self.skip_blank()] != "]":
            self.note((*path, index))
            self.value((*path, index))
            index += 1
            self.skip_comma()
        self.place += 1

    def inline_table(self, path: Path) -> None:
        """{ key = value, key = value }"""
        self.place += 1
        while self.text[self.skip_blank()] != "}":
            self.pair(path)
            self.skip_comma()
        self.place += 1

    def keys(self) -> list[str]:
        """a.b."c d" """
        keys = [_plain(self.take(_KEY))]
        while dot := _DOT.match(self.text, self.place):
            self.place = dot.end()
            keys.append(_plain(self.take(_KEY)))
        return keys

    def note(self, path: Path) -> None:
        """Remember the present line for a path; the first time counts."""
        self.line += self.text.count("\n", self.counted_to, self.place)
        self.counted_to = self.place
        self.lines.setdefault(path, self.line)

    def take(self, pattern: re.Pattern[str]) -> str:
        """What the pattern finds here; the place moves behind it."""
        match = pattern.match(self.text, self.place)
        if match is None:
            raise ValueError(f"not TOML at character {self.place}")
        self.place = match.end()
        return match[0]

    def skip_blank(self) -> int:
        """Move over spaces, line ends and comments; the new place."""
        match = _BLANK.match(self.text, self.place)
        if match is not None:
            self.place = match.end()
        return self.place

    def skip_comma(self) -> None:
        """Move over a comma, if one follows."""
        if self.text.startswith(",", self.skip_blank()):
            self.place += 1


def _plain(key: str) -> str:
    """A key without its quotes."""
    if key.startswith('"'):
        return str(tomllib.loads(f"key = {key}")["key"])
    return key.strip("'")
