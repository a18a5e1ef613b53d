"""Personal links: following one, one's own with its count, and the organisers' list."""

from flask import Blueprint, Response, redirect, render_template, url_for
from werkzeug.wrappers import Response as Reply

from quiz.accounts.permissions import Permission
from quiz.contests import queries as contests
from quiz.core import clock
from quiz.entries.referrals import read_referral, referral_code
from quiz.sharing import queries, showing
from quiz.sharing.codes import qr_svg
from quiz.sharing.views import bp
from quiz.web.entrants import entrant_id, note_invitation
from quiz.web.guards import keyring, needs

__all__ = ["bp", "desk"]  # quiz.packages registers both

desk = Blueprint("sharing_desk", __name__, url_prefix="/manage/c/<slug>")

_MOST = 200


@bp.get("/r/<code>")
def follow(slug: str, code: str) -> Reply:
    """Somebody's personal link: remembered until this browser enters, then the contest's page."""
    contest = contests.get_public_contest(slug)
    inviter = read_referral(keyring(), contest.id, code[:60])
    if inviter is not None and entrant_id(contest.id) is None:
        note_invitation(contest.id, inviter)
    return redirect(url_for("public.contest", slug=slug), code=303)


@bp.get("/invite")
def invite(slug: str) -> Reply | str:
    """One's own link, with how many took part through it."""
    contest = contests.get_public_contest(slug)
    mine = entrant_id(contest.id)
    if mine is None:
        return redirect(url_for("entries.enter", slug=slug), code=303)
    page = showing.invite_page(contest, referral_code(keyring(), contest.id, mine), mine, clock.now())
    return render_template("sharing/invite.html", page=page)


@bp.get("/r/<code>/qr.svg")
def own_qr(slug: str, code: str) -> Response:
    """The QR code of a personal link."""
    contests.get_public_contest(slug)
    address = url_for("sharing.follow", slug=slug, code=code[:60], _external=True)
    return Response(qr_svg(address), mimetype="image/svg+xml")


@desk.get("/referrals")
@needs(Permission.SEE_CONTESTS)
def referrals(slug: str) -> str:
    """Who invited most people who took part."""
    contest = contests.get_contest(slug)
    rows = queries.list_inviters(contest.id, showing.counting_numbers(contest), limit=_MOST)
    units = {unit.id: unit.name for unit in contests.list_units(contest.id)}
    return render_template("sharing/referrals.html", contest=contest, rows=rows, units=units, most=_MOST)
