"""Whose entries a proven contact leads to: the way back that needs no second entry."""

from collections.abc import Sequence

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from quiz.contests import queries as contests
from quiz.contests.definition_entry import Unique, Way
from quiz.contests.models import Contest
from quiz.contests.pages import contact_of
from quiz.core import clock
from quiz.core.errors import NotFound
from quiz.core.names import mask_name
from quiz.entries import proofs
from quiz.entries.models import Entry
from quiz.entries.pages import OwnEntry, WhoPage
from quiz.entries.views import bp, is_over, welcome
from quiz.limits.deeds import Deed
from quiz.signin import browser
from quiz.signin.browser import WayIn
from quiz.web.guards import keyring
from quiz.web.limiting import limited

# Under these rules a contact or account has one entry, if nobody could enter without proving it.
_ONE_EACH = {Unique.PHONE, Unique.ACCOUNT}


@bp.route("/enter/who", methods=["GET", "POST"])
@limited(Deed.RESUME)
def who(slug: str) -> Response | str:
    """The entries under what was proven, to go on with one of them; without any, the form."""
    contest = contests.get_public_contest(slug)
    way = browser.way_in(contest)
    if way is None or not way.is_proven:
        return redirect(url_for("signin.ways", slug=slug), code=303)
    own = proofs.list_own(contest, way.contact, way.account.id if way.account else None, keyring())
    if request.method == "POST":
        return _go_on(contest, way, own, request.form.get("entry", ""))
    if not own:
        return _to_form(slug)
    if len(own) == 1 and contest.entry.unique in _ONE_EACH and Way.FORM not in contest.entry.ways:
        return _back(contest, own[0], way)
    return render_template("entries/who.html", page=_who_page(contest, way, own))


def _go_on(contest: Contest, way: WayIn, own: Sequence[Entry], chosen: str) -> Response:
    for entry in own:
        if str(entry.id) == chosen:
            return _back(contest, entry, way)
    raise NotFound("entry")


def _back(contest: Contest, entry: Entry, way: WayIn) -> Response:
    if way.contact is not None:
        proofs.note_proof(entry, way.contact, keyring=keyring(), now=clock.now())
    return welcome(contest, entry.id)


def _to_form(slug: str) -> Response:
    if is_over(slug):
        flash(_("Chưa có đăng ký nào ở đây, và cuộc thi đã hết hạn đăng ký."), "warning")
        return redirect(url_for("public.contest", slug=slug), code=303)
    return redirect(url_for("entries.enter", slug=slug), code=303)


def _who_page(contest: Contest, way: WayIn, own: Sequence[Entry]) -> WhoPage:
    may_add = contest.entry.unique is not Unique.ACCOUNT and not is_over(contest.slug)
    return WhoPage(
        slug=contest.slug,
        short_title=contest.settings.display_title,
        contact=contact_of(contest),
        proven=way.shown,
        entries=tuple(OwnEntry(str(entry.id), mask_name(entry.name), entry.registered_at) for entry in own),
        new_url=url_for("entries.enter", slug=contest.slug) if may_add else "",
    )
