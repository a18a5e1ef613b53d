"""The handbook (docs/organiser) as pages of the desk: read once, kept in memory, searched by its words."""

import re
import struct
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from html import escape
from pathlib import Path
from urllib.parse import unquote

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token

from question_bank.folding import fold
from quiz.core.settings import ROOT

PAGES, PICTURES = ROOT / "docs" / "organiser", ROOT / "docs" / "img"
START = "start"  # the name of README.md
_FOREIGN = re.compile(r"^(?:https?:|mailto:)")
_TAGS = {
    *("a", "blockquote", "br", "code", "div", "em", "h2", "h3", "h4", "hr", "img", "li", "ol", "p", "pre"),
    *("strong", "table", "tbody", "td", "th", "thead", "tr", "ul"),
}
_ATTRIBUTES = {
    "a": {"href"},
    "div": {"class", "tabindex", "role", "aria-label"},
    "img": {"src", "alt", "width", "height", "loading"},
    "ol": {"start"},
    "table": {"class"},
    **{tag: {"id"} for tag in ("h2", "h3", "h4")},
}
_MOST_FOUND = 30


@dataclass(frozen=True, slots=True)
class Part:
    """What stands under one heading; above the first one `anchor` is empty. `blocks`: its text in pieces."""

    heading: str
    anchor: str
    level: int
    blocks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HandbookPage:
    """One page: `html` is clean and without the title; its links lead to the pages beside it."""

    name: str
    title: str
    html: str
    parts: tuple[Part, ...]
    names: tuple[str, ...]  # the pages to which it leads


@dataclass(frozen=True, slots=True)
class Found:
    """A part in which every word that was asked for stands."""

    name: str
    title: str
    heading: str
    anchor: str
    text: str


@cache
def pages() -> Mapping[str, HandbookPage]:
    """Every page by its name, in the order in which the first one leads to them; empty without the files."""
    files = {_name(path.stem): path for path in sorted(PAGES.glob("*.md"))}
    read = {
        name: read_page(name, path.read_text(encoding="utf-8"), frozenset(files))
        for name, path in files.items()
    }
    order = dict.fromkeys((START, *read[START].names, *read)) if START in read else read
    return {name: read[name] for name in order}


def search(words: str) -> list[Found]:
    """Parts with every word (or the beginning of one), whatever case and diacritics; the best first."""
    phrase = fold(words)
    wanted = phrase.split()
    if not wanted:
        return []
    found: list[tuple[int, Found]] = []
    for page in pages().values():
        for part in page.parts:
            heading, whole = f" {fold(part.heading)}", _folded((page.title, part))
            if _hits(whole, wanted) == len(wanted):
                worth = 10 * (f" {phrase}" in heading) + 5 * (f" {phrase}" in whole) + _hits(heading, wanted)
                best = max(part.blocks, key=lambda block: _hits(f" {fold(block)}", wanted), default="")
                found.append((worth, Found(page.name, page.title, part.heading, part.anchor, best)))
    found.sort(key=lambda one: -one[0])
    return [one for _worth, one in found[:_MOST_FOUND]]


def read_page(name: str, text: str, names: frozenset[str]) -> HandbookPage:
    """One page from its Markdown. `names`: the pages to which a link may lead; others become plain words."""
    reader = MarkdownIt("js-default")
    tokens = reader.parse(text)
    title = tokens[1].content if tokens and tokens[0].tag == "h1" else name
    tokens = tokens[3:] if tokens and tokens[0].tag == "h1" else tokens
    parts = tuple(_parts(tokens))
    _frame_tables(tokens, title)
    led = [_point(token, names) for inline in tokens for token in inline.children or ()]
    html = reader.renderer.render(tokens, reader.options, {})
    return HandbookPage(
        name=name,
        title=title,
        html=nh3.clean(html, tags=_TAGS, attributes=_ATTRIBUTES, link_rel=None),
        parts=parts,
        names=tuple(dict.fromkeys(one for one in led if one)),
    )


@cache
def _folded(titled: tuple[str, Part]) -> str:
    """All words of a part of a page as they are searched."""
    title, part = titled
    return " " + " ".join(fold(text) for text in (title, part.heading, *part.blocks))


def _hits(folded: str, wanted: list[str]) -> int:
    """How many of the words stand in the text, whole or as the beginning of one."""
    return sum(f" {word}" in folded for word in wanted)


def _name(stem: str) -> str:
    return START if stem == "README" else stem


def _parts(tokens: list[Token]) -> Iterator[Part]:
    """The page cut at its headings, which get their anchors on the way."""
    heading, anchor, level, blocks = "", "", 2, list[str]()
    seen: Counter[str] = Counter()
    for place, token in enumerate(tokens):
        if token.type == "heading_open":
            yield Part(heading, anchor, level, tuple(blocks))
            heading, level, blocks = _plain(tokens[place + 1]), int(token.tag[1]), []
            anchor = _anchor(heading, seen)
            token.attrSet("id", anchor)
        elif token.type in ("inline", "fence") and tokens[place - 1].type != "heading_open":
            blocks.append(_plain(token))
    yield Part(heading, anchor, level, tuple(blocks))


def _plain(token: Token) -> str:
    """The words of a piece of text, without its marks."""
    if token.children is None:
        return token.content
    return "".join(" " if child.type == "softbreak" else child.content for child in token.children)


def _anchor(heading: str, seen: Counter[str]) -> str:
    """The heading without diacritics, as part of an address; numbered where it stands there before."""
    anchor = _part_of_address(heading)
    seen[anchor] += 1
    return anchor if seen[anchor] == 1 else f"{anchor}-{seen[anchor] - 1}"


def _part_of_address(text: str) -> str:
    return fold(text).replace(" ", "-")


def _frame_tables(tokens: list[Token], title: str) -> None:
    """Tables in a frame that scrolls by itself on a narrow screen, named after the heading above."""
    name = title
    for place, token in enumerate(tokens):
        if token.type == "heading_open":
            name = _plain(tokens[place + 1])
        elif token.type in ("table_open", "table_close"):
            token.type = "html_block"
            opening = f'<div class="table-responsive" tabindex="0" role="region" aria-label="{escape(name)}">'
            is_open = token.nesting == 1
            token.content = f'{opening}<table class="table">\n' if is_open else "</table></div>\n"


def _point(token: Token, names: frozenset[str]) -> str:
    """Turn a link or a picture towards its page; the page's name, empty for everything else."""
    if token.type == "image":
        _show(token)
    if token.type != "link_open":
        return ""
    target, _hash, anchor = str(token.attrGet("href")).partition("#")
    if not target or _FOREIGN.match(target):
        return ""
    name = _name(target.removesuffix(".md"))
    if name not in names:
        token.attrs.pop("href")
        return ""
    token.attrSet("href", f"{name}#{_part_of_address(unquote(anchor))}" if anchor else name)
    return name


def _show(token: Token) -> None:
    """The address and the size of a picture, so that the page does not jump when it comes."""
    path = PICTURES / Path(str(token.attrGet("src"))).name
    token.attrSet("src", f"pictures/{path.name}")
    token.attrSet("loading", "lazy")
    if path.exists():
        width, height = struct.unpack(">II", path.read_bytes()[16:24])
        token.attrSet("width", str(width))
        token.attrSet("height", str(height))
