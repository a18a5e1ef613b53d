"""/manage/help: the handbook inside the product, for everybody who is signed in."""

from flask import Response, abort, render_template, request, send_from_directory, url_for

from quiz.organiser import handbook as book
from quiz.organiser.handbook_places import HELP
from quiz.organiser.views import bp
from quiz.web import desk
from quiz.web.guards import signed_in

_LONGEST = 100


@bp.get("/help")
@signed_in
def handbook() -> str:
    """Every page of the handbook, and what was searched for."""
    words = request.args.get("q", "").strip()[:_LONGEST]
    return render_template(
        "organiser/handbook.html", pages=tuple(book.pages().values()), q=words, found=book.search(words)
    )


@bp.get("/help/<name>")
@signed_in
def handbook_page(name: str) -> str:
    """One page."""
    page = book.pages().get(name)
    if page is None:
        abort(404)
    return render_template("organiser/handbook_page.html", page=page)


@bp.get("/help/pictures/<name>")
@signed_in
def handbook_picture(name: str) -> Response:
    """A picture of a page."""
    return send_from_directory(book.PICTURES, name, mimetype="image/png")


def help_url() -> str:
    """The page of the handbook about the page that is asked for; empty where there is none."""
    target = HELP.get(request.endpoint or "")
    if not target:
        return ""
    name, _hash, anchor = target.partition("#")
    if name not in book.pages():
        return ""
    return url_for("organiser.handbook_page", name=name, _anchor=anchor or None)


desk.set_help(help_url)
