"""/api/v1/…: public JSON that reads only, the same for everybody, open to pages of other sites."""

import hashlib
import json
from typing import Any

from flask import Response, jsonify, render_template, request, url_for
from flask_smorest import Blueprint

from quiz.api import schemas, showing
from quiz.api.describing import describe, description
from quiz.contests import queries as contests
from quiz.core import clock
from quiz.limits.deeds import Deed
from quiz.web.headers import allow_reading
from quiz.web.limiting import always, limited
from quiz.web.sessions import without_session

bp = Blueprint("api", __name__, url_prefix="/api/v1", description="Contests, rounds, boards and units.")

_PROBLEM = "application/problem+json"
_FRESH = "public, max-age=10"


@bp.route("/contests")
@limited(Deed.API, always)
@without_session
@bp.arguments(schemas.PageQuery, location="query")
@bp.response(200, schemas.ContestsReply)
@bp.alt_response(422, schema=schemas.Problem, content_type=_PROBLEM)
def list_contests(query: dict[str, Any]) -> showing.Reply:
    """List the public contests, the newest first."""
    return showing.contest_list(query, clock.now(), _following)


@bp.route("/contests/<slug>")
@limited(Deed.API, always)
@without_session
@bp.response(200, schemas.ContestReply)
@bp.alt_response(404, schema=schemas.Problem, content_type=_PROBLEM)
def show_contest(slug: str) -> showing.Reply:
    """Show a contest with its rounds."""
    return showing.contest_reply(contests.get_public_contest(slug), clock.now())


@bp.route("/contests/<slug>/rounds/<int:number>")
@limited(Deed.API, always)
@without_session
@bp.response(200, schemas.RoundReply)
@bp.alt_response(404, schema=schemas.Problem, content_type=_PROBLEM)
def show_round(slug: str, number: int) -> showing.Reply:
    """Show a round with the figures that may be known."""
    contest = contests.get_public_contest(slug)
    return showing.round_reply(contest, contests.get_public_round(contest, number), clock.now())


@bp.route("/contests/<slug>/rounds/<int:number>/people")
@limited(Deed.API, always)
@without_session
@bp.arguments(schemas.PeopleQuery, location="query")
@bp.response(200, schemas.PeopleReply)
@bp.alt_response(404, schema=schemas.Problem, content_type=_PROBLEM)
@bp.alt_response(422, schema=schemas.Problem, content_type=_PROBLEM)
def list_people(query: dict[str, Any], slug: str, number: int) -> showing.Reply:
    """List the board of people, names masked."""
    contest = contests.get_public_contest(slug)
    round_ = contests.get_public_round(contest, number)
    now = clock.now()
    return showing.people_reply(contest, showing.scope_of(round_, now), query, now, _following)


@bp.route("/contests/<slug>/lists/<int:number>/people")
@limited(Deed.API, always)
@without_session
@bp.arguments(schemas.PeopleQuery, location="query")
@bp.response(200, schemas.PeopleReply)
@bp.alt_response(404, schema=schemas.Problem, content_type=_PROBLEM)
@bp.alt_response(422, schema=schemas.Problem, content_type=_PROBLEM)
def list_combined(query: dict[str, Any], slug: str, number: int) -> showing.Reply:
    """List the board of people over several rounds."""
    contest, now = contests.get_public_contest(slug), clock.now()
    scope = showing.list_scope_of(contest, number, now)
    return showing.people_reply(contest, scope, query, now, _following)


@bp.route("/contests/<slug>/rounds/<int:number>/units")
@limited(Deed.API, always)
@without_session
@bp.arguments(schemas.UnitsQuery, location="query")
@bp.response(200, schemas.UnitsReply)
@bp.alt_response(404, schema=schemas.Problem, content_type=_PROBLEM)
@bp.alt_response(422, schema=schemas.Problem, content_type=_PROBLEM)
def list_units(query: dict[str, Any], slug: str, number: int) -> showing.Reply:
    """List the board of the units that compete."""
    contest, now = contests.get_public_contest(slug), clock.now()
    scope = showing.scope_of(contests.get_public_round(contest, number), now)
    return showing.units_reply(contest, scope, query, now, _following)


@bp.route("/contests/<slug>/lists/<int:number>/units")
@limited(Deed.API, always)
@without_session
@bp.arguments(schemas.UnitsQuery, location="query")
@bp.response(200, schemas.UnitsReply)
@bp.alt_response(404, schema=schemas.Problem, content_type=_PROBLEM)
@bp.alt_response(422, schema=schemas.Problem, content_type=_PROBLEM)
def list_combined_units(query: dict[str, Any], slug: str, number: int) -> showing.Reply:
    """List the board of units over several rounds, by a ranking that counts on the combined list."""
    contest, now = contests.get_public_contest(slug), clock.now()
    scope = showing.list_scope_of(contest, number, now)
    return showing.units_reply(contest, scope, query, now, _following)


@bp.route("/contests/<slug>/rounds/<int:number>/units/<code>")
@limited(Deed.API, always)
@without_session
@bp.response(200, schemas.UnitReply)
@bp.alt_response(404, schema=schemas.Problem, content_type=_PROBLEM)
def show_unit(slug: str, number: int, code: str) -> showing.Reply:
    """Show one unit with the units below it summed up."""
    contest = contests.get_public_contest(slug)
    return showing.unit_reply(contest, contests.get_public_round(contest, number), code, clock.now())


@bp.get("/openapi.json")
@without_session
def openapi() -> Response:
    """The description of all this, OpenAPI 3.1, for programs that write programs."""
    return jsonify(description())


@bp.get("/")
@without_session
def human() -> str:
    """The same for people, with examples."""
    return render_template("api/human.html", document=description())


def _following(page: int) -> str:
    """The address of another page of the list that is asked for."""
    query = request.args.to_dict() | {"page": str(page)}
    return url_for(request.endpoint or "", **(request.view_args or {}), **query, _external=True)


@bp.after_request
def let_others_read(response: Response) -> Response:
    """For pages of all sites, without cookies; 304 while nothing but the time of counting has changed."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Access-Control-Expose-Headers"] = "ETag, Retry-After"
    if request.method == "OPTIONS":
        response.headers["Access-Control-Allow-Methods"] = "GET, HEAD, OPTIONS"
        response.headers["Access-Control-Allow-Headers"] = "If-None-Match"
        response.headers["Access-Control-Max-Age"] = "86400"
    if response.status_code == 200 and request.method in ("GET", "HEAD"):
        response.headers["Cache-Control"] = _FRESH
        response.set_etag(_mark(response), weak=True)
        response.make_conditional(request)
    return allow_reading(response)


def _mark(response: Response) -> str:
    body = response.get_data()
    if response.is_json:
        said = json.loads(body)
        said.pop("as_of", None)
        body = json.dumps(said, sort_keys=True).encode()
    return hashlib.sha256(body).hexdigest()[:32]


bp.record_once(describe)
