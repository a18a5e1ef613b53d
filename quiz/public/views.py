"""Home, a contest, its rules, its QR code, and the check of a receipt."""

from collections.abc import Callable

from flask import Blueprint, Response, make_response, render_template, request, session, url_for
from flask_babel import gettext as _

from quiz.attempts import queries as attempts
from quiz.attempts.receipts import tidy_receipt
from quiz.contests import queries as contests
from quiz.core import clock
from quiz.limits.deeds import Deed
from quiz.public import showing
from quiz.public.here import contest_contact
from quiz.public.noticing import contest_notices
from quiz.public.pages import LookupPage, LookupResult
from quiz.sharing.codes import qr_svg
from quiz.standings.kept_pages import kept_page, reply_for_one
from quiz.web.entrants import known_entrants
from quiz.web.limiting import limited, searches

bp = Blueprint("public", __name__)
bp.app_context_processor(lambda: {"contest_contact": contest_contact, "contest_notices": contest_notices})


@bp.get("/")
def home() -> Response:
    """Contests: open, coming, ended."""
    return _for_all(lambda: render_template("public/home.html", page=showing.home_page(clock.now())))


@bp.get("/c/<slug>")
def contest(slug: str) -> Response | str:
    """A contest: short rules, rounds, enter, share; whoever entered finds the own way in."""

    def draw() -> str:
        found = contests.get_public_contest(slug)
        return render_template("public/contest.html", page=showing.contest_page(found, clock.now()))

    return draw() if known_entrants() else _for_all(draw)


@bp.get("/c/<slug>/rules")
def rules(slug: str) -> Response:
    """Thể lệ in full, made from the settings."""

    def draw() -> str:
        found = contests.get_public_contest(slug)
        return render_template("public/rules.html", page=showing.rules_page(found))

    return _for_all(draw)


def _for_all(draw: Callable[[], str]) -> Response:
    """A page that is the same for everybody, drawn once within some seconds; it names the host in its links.

    Who is signed in sees at once what they have changed.
    """
    if session.get("_user_id"):
        return make_response(draw())
    return reply_for_one(kept_page((request.host, request.path), lambda: (draw(), ()), is_first=True))


@bp.get("/help")
def help_page() -> str:
    """Help for people who take part, whatever the contest."""
    return render_template("public/help.html", page=showing.help_page())


@bp.get("/c/<slug>/help")
def contest_help(slug: str) -> str:
    """Help for people who take part in this contest, with its hotline and times."""
    found = contests.get_public_contest(slug)
    return render_template("public/help.html", page=showing.contest_help(found, clock.now()))


@bp.get("/c/<slug>/qr.svg")
def qr(slug: str) -> Response:
    """The contest's address as a QR code."""
    found = contests.get_public_contest(slug)
    address = url_for("public.contest", slug=found.slug, _external=True)
    response = Response(qr_svg(address), mimetype="image/svg+xml")
    response.headers["Cache-Control"] = "public, max-age=3600"
    return response


@bp.get("/receipts")
@limited(Deed.LOOKUP, searches("code"))
def lookup() -> tuple[str, int] | str:
    """The check of a receipt: it exists, handed in at that time. Tells no name and no score."""
    typed = request.args.get("code", "").strip()[:40]
    if not typed:
        return render_template("public/lookup.html", page=LookupPage("", None, None))
    receipt = tidy_receipt(typed)
    if receipt is None:
        problem = _("mã biên nhận có TH và 10 chữ, số, ví dụ TH-7K4M9-2QX4C. Xem lại mã rồi nhập đủ.")
        return render_template("public/lookup.html", page=LookupPage(typed, None, problem)), 422
    found = attempts.find_by_receipt(receipt)
    if not found:
        problem = _("không có bài nào mang mã %(code)s. Xem lại từng chữ, số của mã.", code=receipt)
        return render_template("public/lookup.html", page=LookupPage(typed, None, problem)), 404
    attempt = found[0]
    of_contest = contests.get_contest_by_id(attempt.contest_id)
    round_ = contests.get_round(of_contest, attempt.round_number)
    result = LookupResult(
        contest_title=of_contest.settings.title,
        round_name=round_.settings.name,
        attempt_number=attempt.number,
        submitted_at=attempt.submitted_at or attempt.deadline_at,
        receipt=receipt,
    )
    return render_template("public/lookup.html", page=LookupPage(typed, result, None))
