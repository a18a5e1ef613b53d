"""/c/<slug>/documents: what entrants may study, and the passages that questions lead to."""

import hashlib

from flask import Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from quiz.contests import queries as contests
from quiz.core import clock
from quiz.limits.deeds import Deed
from quiz.public.document_pages import (
    StudyPlace,
    document_of,
    listed_documents,
    passage_page,
    study_page,
    study_place,
)
from quiz.public.views import bp
from quiz.web.limiting import limited, searches
from quiz.web.paging import asked_page


@bp.get("/c/<slug>/documents")
def documents(slug: str) -> Response:
    """The contest's documents, or when they can be read again."""
    contest = contests.get_public_contest(slug)
    place = study_place(contest, clock.now())
    listed = listed_documents(contest)
    return _kept(render_template("public/documents.html", place=place, documents=listed))


@bp.get("/c/<slug>/documents/<document>")
@limited(Deed.SEARCH, searches("q"))
def document(slug: str, document: str) -> AnyResponse:
    """One document to read: contents, numbered passages, a search."""
    contest = contests.get_public_contest(slug)
    found, place = document_of(contest, document), study_place(contest, clock.now())
    if not place.is_open:
        return _later(place)
    page = study_page(place, found, request.args.get("q", "").strip()[:80], asked_page())
    return _kept(render_template("public/document.html", page=page))


@bp.get("/c/<slug>/documents/<document>/<int:mark>")
def passage(slug: str, document: str, mark: int) -> AnyResponse:
    """One passage, also one that a newer edition left out."""
    contest = contests.get_public_contest(slug)
    found, place = document_of(contest, document), study_place(contest, clock.now())
    if not place.is_open:
        return _later(place)
    return _kept(render_template("public/passage.html", page=passage_page(place, found, mark)))


def _later(place: StudyPlace) -> AnyResponse:
    """The list says when documents can be read again."""
    return redirect(url_for(".documents", slug=place.slug), code=303)


def _kept(html: str) -> Response:
    """The browser keeps the page and asks whether it is still the same: documents may be hidden any time."""
    response = Response(html, mimetype="text/html")
    response.headers["Cache-Control"] = "private, no-cache"
    response.vary.add("Cookie")
    response.vary.add("Accept-Language")
    response.set_etag(hashlib.sha256(html.encode()).hexdigest()[:32], weak=True)
    response.make_conditional(request)
    return response
