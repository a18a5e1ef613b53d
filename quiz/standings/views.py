"""The boards: people, units, one unit, and one's own places."""

from datetime import datetime

from flask import Blueprint, Response, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from quiz.contests import queries as contests
from quiz.contests.models import Contest, Round
from quiz.contests.phases import Phase
from quiz.core import clock
from quiz.core.errors import NotFound
from quiz.limits.deeds import Deed
from quiz.standings import own_places, people_page, unit_pages
from quiz.standings.boards import Scope, round_scope
from quiz.standings.kept_pages import KeptPage, kept_page, reply_for_all, reply_for_one
from quiz.standings.own_places import PlaceNow
from quiz.standings.people_page import Asked
from quiz.web.entrants import entrant_id, known_entrants
from quiz.web.limiting import limited, searches
from quiz.web.sessions import without_session

bp = Blueprint("standings", __name__, url_prefix="/c/<slug>")


@bp.get("/standings")
@limited(Deed.SEARCH, searches("q"))
def people(slug: str) -> Response:
    """People in ranking order, masked; one's own place at the foot."""
    page = _people(slug, "standings/people.html")
    if not known_entrants():
        return reply_for_one(page)
    contest = contests.get_public_contest(slug)
    now, me = clock.now(), entrant_id(contest.id)
    scope = _scope_or_404(contest, now)
    mine = own_places.mine(contest, scope, me, now=now) if me and scope.shown.board else None
    dock = render_template("standings/_dock.html", mine=mine, name=scope.name, slug=slug) if mine else ""
    return reply_for_one(page, mine=dock, me=me, mark=render_template("standings/_me.html"))


@bp.get("/standings/rows")
@limited(Deed.SEARCH, searches("q"))
@without_session
def people_rows(slug: str) -> Response:
    """Only the lines of a page, for pages that bring themselves up to date."""
    return reply_for_all(_people(slug, "standings/people_rows.html"), seconds=5)


@bp.get("/standings/mine")
def mine(slug: str) -> AnyResponse:
    """One's own places in all rounds."""
    contest = contests.get_public_contest(slug)
    me = entrant_id(contest.id)
    if me is None:
        flash(_("Trên máy này chưa có ai vào dự thi cuộc thi này."), "warning")
        return redirect(url_for(".people", slug=slug), code=303)
    page = own_places.history(contest, me, now=clock.now())
    return make_response(render_template("standings/mine.html", page=page))


@bp.app_template_global("own_place")
def own_place(slug: str, number: int, entry_id: int) -> PlaceNow | None:
    """Somebody's place in a round, for the page of their own result."""
    round_ = contests.get_public_round(contests.get_contest(slug), number)
    return own_places.place_now(round_, entry_id, now=clock.now()) if round_.counts else None


@bp.get("/standings/units")
@limited(Deed.SEARCH, searches("q"))
def units(slug: str) -> AnyResponse:
    """Units of one level in the order of the collective rule; one's own at the foot.

    A combined list has the board of the first rule that counts on it.
    """
    if people_page.is_list(_text("round")):
        contest, now = contests.get_public_contest(slug), clock.now()
        address = unit_pages.board_of_list(contest, _scope_or_404(contest, now), now)
        return redirect(address, code=303)
    asked = unit_pages.AskedUnits(_page_number(), _text("q"), _text("division"), _rule_number())

    def draw() -> tuple[str, tuple[int, ...]]:
        contest, round_, now = _round_or_404(slug)
        page = unit_pages.unit_board(contest, round_, asked, now=now)
        return render_template("standings/units.html", page=page), ()

    page = kept_page(("units", slug, _text("round"), asked), draw, is_first=asked.is_first)
    if not known_entrants():
        return reply_for_one(page)
    contest, round_, now = _round_or_404(slug)
    me = entrant_id(contest.id)
    mine = unit_pages.own_line(contest, round_, me, now=now, rule=asked.rule) if me else None
    return reply_for_one(page, mine=render_template("standings/_unit_dock.html", mine=mine) if mine else "")


@bp.get("/units/<code>")
def unit(slug: str, code: str) -> Response:
    """One unit, its figures and the units below it."""
    number, rule = _page_number(), _rule_number()

    def draw() -> tuple[str, tuple[int, ...]]:
        contest, round_, now = _round_or_404(slug)
        page = unit_pages.unit_page(contest, round_, code, now=now, page_number=number, rule=rule)
        return render_template("standings/unit.html", page=page), ()

    return reply_for_one(kept_page(("unit", slug, _text("round"), code, rule, number), draw, is_first=False))


def _people(slug: str, template: str) -> KeptPage:
    """The page that the address asks for, drawn if it was not within the last seconds."""
    asked = Asked(_page_number(), _text("q"), _text("division"), _text("category"))

    def draw() -> tuple[str, tuple[int, ...]]:
        contest, now = contests.get_public_contest(slug), clock.now()
        page, lines = people_page.people_board(contest, _scope_or_404(contest, now), asked, now=now)
        return render_template(template, page=page), lines

    return kept_page((template, slug, _text("round"), asked), draw, is_first=asked.is_first)


def _scope_or_404(contest: Contest, now: datetime) -> Scope:
    """The round or the combined list that is asked for."""
    name = _text("round")
    if people_page.is_list(name):
        scope = people_page.find_scope(contest, name, now)
        if scope is None:
            raise NotFound("list")
        return scope
    return round_scope(_round_of(contest, now), now)


def _round_or_404(slug: str) -> tuple[Contest, Round, datetime]:
    now = clock.now()
    contest = contests.get_public_contest(slug)
    return contest, _round_of(contest, now), now


def _round_of(contest: Contest, now: datetime) -> Round:
    """The round that is asked for, or the one that matters now of those that have opened."""
    number = request.args.get("round", type=int)
    if number is not None:
        round_ = contests.get_public_round(contest, number)
        if not round_.counts:
            raise NotFound("round")
        return round_
    opened = [
        row for row in contests.list_counting_rounds(contest) if row.window.phase(now) is not Phase.SCHEDULED
    ]
    current = contests.current_round(contest, now)
    if current is not None and (current in opened or (current.counts and not opened)):
        return current
    if not opened:
        raise NotFound("round")
    return opened[-1]


def _rule_number() -> int:
    """By which of the contest's collective rules units are ranked, from 1."""
    return request.args.get("rule", 1, type=int)


def _page_number() -> int:
    return min(max(1, request.args.get("page", 1, type=int)), 1_000_000)


def _text(name: str) -> str:
    return request.args.get(name, "").strip()[:40]
