"""/c/<slug>/display, the screen in a hall with the scenes it asks for again and again; /c/<slug>/embed."""

import hashlib
from typing import Any

from flask import Blueprint, Response, make_response, render_template, request, url_for

from quiz.contests import queries as contests
from quiz.core import clock
from quiz.screens import embedding, showing
from quiz.screens.options import ScreenOptions, query_of, read_options
from quiz.screens.pages import Display
from quiz.web.assets import asset
from quiz.web.headers import allow_framing
from quiz.web.locale import current_language
from quiz.web.sessions import without_session

bp = Blueprint("screens", __name__, url_prefix="/c/<slug>")

_FRESH = "public, max-age=5"  # a hundred screens in one building ask a proxy, not the database


@bp.get("/display")
@without_session
def display(slug: str) -> Response:
    """The screen. Without a script it goes on to its next scene by loading itself anew."""
    page, query = _display(slug)
    count = len(page.scenes)
    current = request.args.get("scene", 0, type=int) % count
    reply = make_response(
        render_template(
            "screens/display.html",
            page=page,
            current=current,
            version=_version(),
            scenes_url=url_for(".scenes", slug=slug, **query),
            next_url=url_for(".display", slug=slug, **query, scene=(current + 1) % count),
        )
    )
    reply.headers["Cache-Control"] = _FRESH
    return reply


@bp.get("/display/scenes")
@without_session
def scenes(slug: str) -> Response:
    """Only the scenes; 304 while nothing on them has changed."""
    page, _query = _display(slug)
    version = _version()
    mark = hashlib.sha256(repr((page.scenes, version, current_language())).encode()).hexdigest()[:32]
    reply = Response(status=304)
    if not request.if_none_match.contains_weak(mark):
        reply = make_response(render_template("screens/_scenes.html", page=page, current=0, version=version))
    # Weak: the same figures, while the words of a countdown go on.
    reply.set_etag(mark, weak=True)
    reply.headers["Cache-Control"] = _FRESH
    return reply


@bp.get("/embed")
@without_session
def embed(slug: str) -> Response:
    """The small page for a unit's own site: its place, or the first units. No cookie, no script."""
    contest = contests.get_public_contest(slug)
    page = embedding.embedded(contest, _options(), clock.now())
    reply = make_response(render_template("screens/embed.html", page=page))
    reply.headers["Cache-Control"] = "public, max-age=60"
    return allow_framing(reply)


def _display(slug: str) -> tuple[Display, dict[str, Any]]:
    contest, options = contests.get_public_contest(slug), _options()
    query: dict[str, Any] = dict(query_of(options))
    if request.args.get("lang"):
        query["lang"] = current_language()
    return showing.display(contest, options, clock.now()), query


def _options() -> ScreenOptions:
    """What the address asks for; boxes that are ticked on a form come as `show` several times."""
    return read_options(request.args.to_dict() | {"show": ",".join(request.args.getlist("show"))})


def _version() -> str:
    """Changes with the stylesheet and the script: a screen that stands for weeks loads itself anew then."""
    return asset("css/screen.css") + asset("js/display.js")
