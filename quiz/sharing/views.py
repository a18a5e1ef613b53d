"""Passing a contest on: its page of addresses, QR codes, the poster."""

from flask import Blueprint, Response, render_template, request

from quiz.contests import queries as contests
from quiz.contests.models import Contest, ContestUnit
from quiz.core import clock
from quiz.core.errors import NotFound
from quiz.limits.deeds import Deed
from quiz.sharing import cards, codes, showing
from quiz.sharing.poster_pages import poster_pdf
from quiz.web.headers import allow_reading
from quiz.web.limiting import always, limited
from quiz.web.locale import current_language
from quiz.web.sessions import without_session

bp = Blueprint("sharing", __name__, url_prefix="/c/<slug>")

_QR = {"svg": (codes.qr_svg, "image/svg+xml"), "png": (codes.qr_png, "image/png")}


@bp.get("/share")
def share(slug: str) -> str:
    """Addresses to copy, QR codes, the poster, the large screen, the line for one's own site."""
    contest = contests.get_public_contest(slug)
    unit = showing.unit_or_404(contest, request.args.get("unit", "")[:40])
    return render_template("sharing/share.html", page=showing.share_page(contest, unit))


@bp.get("/poster")
def poster(slug: str) -> str:
    """A sheet of A5 with the QR code, to be printed."""
    contest = contests.get_public_contest(slug)
    unit = showing.unit_or_404(contest, request.args.get("unit", "")[:40])
    return render_template("sharing/poster.html", page=showing.poster(contest, unit, clock.now()))


@bp.get("/poster.pdf")
@limited(Deed.LOOKUP, always)
def poster_file(slug: str) -> Response:
    """The same sheet as a file, for a printer's shop or a chat."""
    contest = contests.get_public_contest(slug)
    unit = showing.unit_or_404(contest, request.args.get("unit", "")[:40])
    page = showing.poster(contest, unit, clock.now())
    reply = Response(poster_pdf(contest, unit, page, current_language()), mimetype="application/pdf")
    reply.headers["Content-Disposition"] = f'attachment; filename="to-a5-{contest.slug}.pdf"'
    return reply


@bp.get("/guide")
def guide(slug: str) -> str:
    """A sheet of A4 for people who take part, with the QR code, to be printed."""
    contest = contests.get_public_contest(slug)
    unit = showing.unit_or_404(contest, request.args.get("unit", "")[:40])
    return render_template("sharing/guide.html", page=showing.poster(contest, unit, clock.now()))


@bp.get("/entrance.<kind>")
@without_session
def qr_picture(slug: str, kind: str) -> Response:
    """The QR code that leads into the contest, for a unit with the unit chosen."""
    contest = contests.get_public_contest(slug)
    unit = showing.unit_or_404(contest, request.args.get("unit", "")[:40])
    if kind not in _QR:
        raise NotFound("picture")
    draw, mimetype = _QR[kind]
    reply = Response(draw(showing.entrance_of(contest, unit)), mimetype=mimetype)
    reply.headers["Cache-Control"] = "public, max-age=3600"
    return reply


@bp.get("/card-<version>.png")
@without_session
def card(slug: str, version: str) -> Response:
    """The picture beside a link to the contest. `version` only makes the address new."""
    del version
    return _picture(contests.get_public_contest(slug), None)


@bp.get("/units/<code>/card-<version>.png")
@without_session
def unit_card(slug: str, code: str, version: str) -> Response:
    """The picture beside a link to a unit's page."""
    del version
    contest = contests.get_public_contest(slug)
    return _picture(contest, showing.unit_or_404(contest, code))


def _picture(contest: Contest, unit: ContestUnit | None) -> Response:
    now = clock.now()
    drawn = cards.card_png(contest, contests.current_round(contest, now), unit, now)
    reply = Response(drawn, mimetype="image/png")
    reply.headers["Cache-Control"] = "public, max-age=600"
    return allow_reading(reply)


@bp.app_template_global()
def card_version() -> str:
    """For the addresses of pictures in the heads of pages."""
    return cards.card_version(clock.now())
