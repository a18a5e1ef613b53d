"""What pages say to people: words of the catalogue in marks, and everything else, which has to be data."""

import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

from babel.support import NullTranslations
from sqlalchemy import select
from sqlalchemy.orm import Session

from quiz.core.database import Base
from quiz.core.names import mask_child_name, mask_name

OPEN, SHUT = "⟦", "⟧"
_PLACE = re.compile(r"%\(\w+\)[sd]")
_MARKED = re.compile(f"{OPEN}[^{OPEN}{SHUT}]*{SHUT}")
_PIECE = re.compile(r"[–—·•,():;.!?\"“”/|…\n\r\t↑↓→‹›«»=+\[\]{}<>≥≤×%]+|\s[-]\s")
_ADDRESS = re.compile(r"(?:https?://|\blocalhost\b)\S*|\bTH-[0-9A-Z]{5}-[0-9A-Z]{5}\b")
_WORD = re.compile(r"[^\W\d_]+(?:[-_'][^\W\d_]+)*")
_READ_ALOUD = {"alt", "title", "placeholder", "aria-label", "label", "summary"}
_NOT_WORDS = {"script", "style", "textarea", "code", "pre", "kbd"}
_VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
_CODES = {"slug", "username", "code", "division", "short_name"}
_INLINE = {"mark", "ins", "del"}  # they part a text that is one
_LONG = 4  # a stretch of so many words is recognised within a longer text


class Marking(NullTranslations):
    """Every message as it is, in marks; what is filled in stands outside of them."""

    def _marked(self, text: str) -> str:
        return OPEN + _PLACE.sub(lambda place: SHUT + place[0] + OPEN, text) + SHUT if text else text

    def ugettext(self, text: str) -> str:
        """The message in marks."""
        return self._marked(text)

    def ungettext(self, one: str, many: str, n: int) -> str:
        """The form for a number, in marks."""
        return self._marked(one if n == 1 else many)

    def upgettext(self, context: str, text: str) -> str:
        """The message of a context, in marks."""
        return self._marked(text)

    def unpgettext(self, context: str, one: str, many: str, n: int) -> str:
        """The form for a number, in marks."""
        return self.ungettext(one, many, n)


class _Page(HTMLParser):
    """Text and spoken attributes of a page in its own language."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self._open: list[tuple[str, bool]] = []  # tag, and whether its words are for people in this language

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Spoken attributes, buttons' words."""
        given = {name: value or "" for name, value in attrs}
        own = tag not in _NOT_WORDS and given.get("lang", "vi") == "vi" and self._reads()
        if own:
            self.texts += [given[name] for name in _READ_ALOUD & given.keys()]
            if tag == "input" and given.get("type") in ("submit", "button"):
                self.texts.append(given.get("value", ""))
            if tag == "meta" and given.get("name") == "description":
                self.texts.append(given.get("content", ""))
        if tag not in _INLINE:
            self.texts.append("")
        if tag not in _VOID:
            self._open.append((tag, own))

    def handle_endtag(self, tag: str) -> None:
        """Leave the element, and what was left open in it."""
        if tag not in _INLINE:
            self.texts.append("")
        for place in range(len(self._open) - 1, -1, -1):
            if self._open[place][0] == tag:
                del self._open[place:]
                break

    def handle_data(self, data: str) -> None:
        """What stands on the page."""
        if self._reads():
            self.texts.append(self.texts.pop() + data if self.texts else data)

    def _reads(self) -> bool:
        return self._open[-1][1] if self._open else True


def unmarked(page: str) -> Iterator[str]:
    """Every piece of a page's words that no catalogue knows."""
    reader = _Page()
    reader.feed(page)
    for text in reader.texts:
        pieces = _PIECE.split(_ADDRESS.sub("\n", _MARKED.sub("\n", text)))
        if text.rstrip().endswith("…") and len(pieces) > 2:
            del pieces[-2:]  # where an excerpt was cut
        for piece in pieces:
            words = key(piece)
            if len(words) > 1:
                yield words


def key(text: str) -> str:
    """The words of a text, without capitals, digits and signs."""
    return " ".join(_WORD.findall(text.casefold()))


class Written:
    """What people have written into the database, so that their words can be told from ours."""

    def __init__(self, session: Session) -> None:
        self._pieces: set[str] = set()
        texts: list[str] = []
        for table in Base.metadata.sorted_tables:
            for row in session.execute(select(table)).mappings():
                for name, value in row.items():
                    self._take(texts, value, is_code=name in _CODES)
                    if name == "name" and isinstance(value, str):
                        self.add(mask_name(value), mask_child_name(value))
        self._all = "\n".join(texts)

    def _take(self, texts: list[str], value: Any, *, is_code: bool = False) -> None:
        if isinstance(value, dict):
            value = list(value.values())
        if isinstance(value, (list, tuple)):
            for one in value:
                self._take(texts, one)
        elif isinstance(value, str):
            if value[:1] in "[{" and value[-1:] in "]}" and _is_json(value):
                self._take(texts, json.loads(value))
            elif is_code or " " in value or "/" in value or "." in value or not value.isascii():
                texts.append(key(value))
                self._pieces |= {key(piece) for piece in _PIECE.split(value)} | {key(value)}

    def has(self, piece: str) -> bool:
        """Whether the piece is somebody's words: a whole piece of a text, or a long stretch of one."""
        if piece in self._pieces:
            return True
        return piece.count(" ") + 1 >= _LONG and piece in self._all

    def add(self, *texts: str) -> None:
        """Words that came from elsewhere: settings, names that are masked."""
        for text in texts:
            self._pieces |= {key(piece) for piece in _PIECE.split(text)} | {key(text)}


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except ValueError:
        return False
    return True
