"""The boards: people, units, one unit."""

from datetime import datetime

from flask import Blueprint, Response, make_response, render_template, request

from quiz.contests import queries as contests
from quiz.contests.models import Contest, Round
from quiz.contests.phases import Phase
from quiz.core import clock
from quiz.core.errors import NotFound
from quiz.limits.deeds import Deed
from quiz.standings import people_page, unit_pages
from quiz.web.limiting import limited, searches

bp = Blueprint("standings", __name__, url_prefix="/c/<slug>")


@bp.get("/standings")
@limited(Deed.SEARCH, searches("q"))
def people(slug: str) -> Response:
    """People in ranking order, masked."""
    contest, round_, now = _round_or_404(slug)
    page = people_page.people_board(
        contest,
        round_,
        now=now,
        page_number=max(1, request.args.get("page", 1, type=int)),
        q=request.args.get("q", "").strip()[:40],
        division=request.args.get("division", "")[:40],
        category=request.args.get("category", "")[:40],
    )
    return make_response(render_template("standings/people.html", page=page))


@bp.get("/standings/units")
@limited(Deed.SEARCH, searches("q"))
def units(slug: str) -> Response:
    """Units of one level in the order of the collective rule."""
    contest, round_, now = _round_or_404(slug)
    page = unit_pages.unit_board(
        contest,
        round_,
        now=now,
        page_number=max(1, request.args.get("page", 1, type=int)),
        q=request.args.get("q", "").strip()[:40],
        division=request.args.get("division", "")[:40],
    )
    return make_response(render_template("standings/units.html", page=page))


@bp.get("/units/<code>")
def unit(slug: str, code: str) -> Response:
    """One unit, its figures and the units below it."""
    contest, round_, now = _round_or_404(slug)
    page = unit_pages.unit_page(contest, round_, code, now=now)
    return make_response(render_template("standings/unit.html", page=page))


def _round_or_404(slug: str) -> tuple[Contest, Round, datetime]:
    """The contest and the round that is asked for, or the one that matters now of those that have opened."""
    now = clock.now()
    contest = contests.get_public_contest(slug)
    number = request.args.get("round", type=int)
    if number is not None:
        round_ = contests.get_public_round(contest, number)
        if not round_.counts:
            raise NotFound("round")
        return contest, round_, now
    opened = [
        row for row in contests.list_counting_rounds(contest) if row.window.phase(now) is not Phase.SCHEDULED
    ]
    current = contests.current_round(contest, now)
    if current is not None and (current in opened or (current.counts and not opened)):
        return contest, current, now
    if not opened:
        raise NotFound("round")
    return contest, opened[-1], now
