"""/manage: all contests, and one contest's definition."""

from flask import Blueprint, Response, render_template
from flask_login import current_user

from quiz.accounts.permissions import Permission
from quiz.contests import queries as contests
from quiz.contests.definition import write_definition
from quiz.contests.models import Contest
from quiz.contests.service import definition_of
from quiz.core import clock
from quiz.organiser import dashboard
from quiz.web.guards import needs

bp = Blueprint("organiser", __name__, url_prefix="/manage")


@bp.get("")
@needs(Permission.SEE_CONTESTS)
def home() -> str:
    """All contests with their phases, and what waits for the organisers."""
    return render_template(
        "organiser/home.html", page=dashboard.home_page(clock.now()), may_edit=may(Permission.EDIT_CONTESTS)
    )


@bp.get("/c/<slug>/definition.toml")
@needs(Permission.SEE_CONTESTS)
def definition(slug: str) -> Response:
    """The contest as a file that can be uploaded again."""
    text = write_definition(definition_of(contest_or_404(slug)))
    reply = Response(text, mimetype="application/toml")
    reply.headers["Content-Disposition"] = f'attachment; filename="{slug}.toml"'
    return reply


def contest_or_404(slug: str) -> Contest:
    """The contest. Raises NotFound."""
    return contests.get_contest(slug)


def may(permission: Permission) -> bool:
    """Whether the signed-in person has the permission, for what a page offers."""
    return bool(current_user.can(permission))
