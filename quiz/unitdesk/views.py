"""The unit's own page."""

from flask import Blueprint, render_template, request
from flask_login import current_user

from quiz.accounts.permissions import Permission
from quiz.core import clock
from quiz.unitdesk.pages import NoContest
from quiz.unitdesk.showing import unit_desk
from quiz.web.guards import needs

bp = Blueprint("unitdesk", __name__)


@bp.get("/unit")
@needs(Permission.SEE_OWN_UNIT)
def home() -> str:
    """The account's unit, or with ?unit= one below it, in one round of one contest."""
    page = unit_desk(
        current_user,
        request.args.get("contest"),
        request.args.get("round", type=int),
        request.args.get("unit"),
        clock.now(),
    )
    if isinstance(page, NoContest):
        return render_template("unitdesk/no_contest.html", page=page)
    return render_template("unitdesk/home.html", page=page)
