"""Pages of boards, drawn once for everybody; what belongs to one reader is put in for that reader alone.

A page that was asked for in the last seconds costs no statement and no template. Its ETag follows from its
bytes, so that a reader who has it gets a 304.
"""

import hashlib
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field

from flask import Response, current_app, request, session

from quiz.core import clock
from quiz.standings.cache import LIFETIME, ShortCache
from quiz.web.compression import choose_encoding
from quiz.web.locale import current_language
from quiz.web.looks import current_look

_MINE, _BODY, _DOCKED = b"<!--mine-->", b"<body>", b'<body class="th-docked">'
_MOST_FIRST, _MOST_OTHERS = 100, 200


@dataclass(frozen=True, slots=True)
class KeptPage:
    """A page as everybody gets it, and whose lines stand on it, in order."""

    body: bytes
    etag: str
    people: tuple[int, ...]
    packed: dict[str, bytes] = field(default_factory=dict)


# First pages apart: whoever leafs through thousands of others must not push them out.
_first: ShortCache[KeptPage] = ShortCache(LIFETIME, _MOST_FIRST)
_others: ShortCache[KeptPage] = ShortCache(LIFETIME, _MOST_OTHERS)


def kept_page(name: Hashable, make: Callable[[], tuple[str, tuple[int, ...]]], *, is_first: bool) -> KeptPage:
    """The page under this name; `make` gives its HTML and the entrants of its lines."""

    def draw() -> KeptPage:
        html, people = make()
        body = html.encode()
        return KeptPage(body, hashlib.sha256(body).hexdigest()[:32], people)

    if not current_app.config["KEEPS_PAGES"] or session.get("_flashes"):
        return draw()  # what was just said to one reader stands on the page
    key = (name, current_language(), current_look(), request.cookies.get("bigtext") == "1")
    return (_first if is_first else _others).get(key, clock.now(), draw)


def reply_for_all(page: KeptPage, seconds: int) -> Response:
    """The page as everybody gets it; proxies may keep it so long."""
    reply = _reply(page)
    reply.headers["Cache-Control"] = f"public, max-age={seconds}"
    return reply


def reply_for_one(page: KeptPage, *, mine: str = "", me: int | None = None, mark: str = "") -> Response:
    """The page with the reader's own part in it: `mine` at the foot, `mark` on the own line; kept nowhere."""
    if not mine and me not in page.people:
        reply = _reply(page)
        # Every reader asks each time whether it is still so; a proxy keeps nothing that varies by reader.
        reply.headers["Cache-Control"] = "private, no-cache"
        reply.vary.add("Cookie")
        return reply
    body = page.body
    if me is not None and me in page.people:
        body = body.replace(f"<!--line {page.people.index(me)}-->".encode(), mark.encode())
    if mine:
        body = body.replace(_MINE, mine.encode()).replace(_BODY, _DOCKED)
    return Response(body, mimetype="text/html")


def _reply(page: KeptPage) -> Response:
    if request.if_none_match.contains_weak(page.etag):
        reply = Response(status=304)
    else:
        encoding = choose_encoding(request.accept_encodings)
        if encoding is None:
            reply = Response(page.body, mimetype="text/html")
        else:
            name, pack = encoding
            if name not in page.packed:
                page.packed[name] = pack(page.body)
            reply = Response(page.packed[name], mimetype="text/html")
            reply.headers["Content-Encoding"] = name
    reply.vary.add("Accept-Encoding")
    reply.set_etag(page.etag, weak=True)  # the same page in several encodings
    return reply
