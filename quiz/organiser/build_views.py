"""/manage/c/<slug>/ and /rounds: a contest in figures, and how it is put together."""

from flask import render_template, request

from quiz.accounts.permissions import Permission
from quiz.core import clock
from quiz.organiser import dashboard
from quiz.organiser.building import build_page
from quiz.organiser.contest_menu import contest_map
from quiz.organiser.views import bp, contest_or_404, may
from quiz.web.guards import needs


@bp.get("/c/<slug>/")
@needs(Permission.SEE_CONTESTS)
def contest(slug: str) -> str:
    """One round in figures, what waits, what is missing, and the steps it can take."""
    page = dashboard.dashboard(contest_or_404(slug), request.args.get("round", type=int), clock.now())
    return render_template(
        "organiser/contest.html", page=page, map=contest_map(), may_edit=may(Permission.EDIT_CONTESTS)
    )


@bp.get("/c/<slug>/rounds")
@needs(Permission.SEE_CONTESTS)
def rounds(slug: str) -> str:
    """The contest's parts with their checklist, and its rounds."""
    page = build_page(contest_or_404(slug), clock.now())
    return render_template("organiser/rounds.html", page=page, may_edit=may(Permission.EDIT_CONTESTS))
