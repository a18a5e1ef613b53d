"""/manage/c/<slug>/rounds/<n>/items: how the questions of a round performed."""

from flask import Blueprint, Response, redirect, render_template, url_for
from flask_login import current_user
from werkzeug.wrappers import Response as AnyResponse

from quiz.accounts.permissions import Permission
from quiz.analysis import queries
from quiz.analysis.played import played_or_404
from quiz.analysis.service import request_round
from quiz.analysis.sheets import FORMATS
from quiz.analysis.showing import item_line, item_page, items_page
from quiz.core import clock
from quiz.core.errors import DomainError, NotFound
from quiz.limits.deeds import Deed
from quiz.web.guards import needs, staff_actor
from quiz.web.limiting import always, limited

bp = Blueprint("analysis", __name__, url_prefix="/manage")


@bp.get("/c/<slug>/rounds/<int:number>/items")
@needs(Permission.SEE_CONTESTS)
def items(slug: str, number: int) -> str:
    """A round's questions with their figures, sorted by any column."""
    contest, round_ = played_or_404(slug, number)
    return render_template("analysis/items.html", page=items_page(contest, round_, clock.now()))


@bp.post("/c/<slug>/rounds/<int:number>/items")
@needs(Permission.RUN_ROUNDS)
def compute(slug: str, number: int) -> AnyResponse:
    """Have the figures computed, and go on to the page that shows how far that is."""
    contest, _round = played_or_404(slug, number)
    job = request_round(contest, number, actor=staff_actor(), now=clock.now())
    return redirect(url_for("jobs.job", job_id=job.id), code=303)


@bp.get("/c/<slug>/rounds/<int:number>/items/<int:revision_id>")
@needs(Permission.SEE_CONTESTS)
def item(slug: str, number: int, revision_id: int) -> str:
    """One question: who picked what, and how that changes from weak entrants to strong ones."""
    contest, round_ = played_or_404(slug, number)
    rows = queries.list_items(contest.id, number)
    row = next((one for one in rows if one.figures.revision_id == revision_id), None)
    if row is None:
        raise NotFound("item")
    may_correct = bool(current_user.can(Permission.PUBLISH))
    correct = (slug, number) if may_correct else None
    return render_template("analysis/item.html", page=item_page(contest, round_, row), correct=correct)


@bp.get("/c/<slug>/rounds/<int:number>/items.<extension>")
@limited(Deed.EXPORT, always)
@needs(Permission.SEE_CONTESTS)
def export(slug: str, number: int, extension: str) -> Response:
    """The figures as a workbook or as CSV, once the round is over."""
    contest, round_ = played_or_404(slug, number)
    write = FORMATS.get(extension)
    if write is None:
        raise NotFound("format")
    if not round_.window.phase(clock.now()).is_over:
        raise DomainError("statistics_while_running")
    rows = queries.list_items(contest.id, number)
    data, media_type = write(rows, [item_line(contest, row) for row in rows])
    reply = Response(data, mimetype=media_type)
    name = f"{slug}-{number}-thong-ke-cau-hoi.{extension}"
    reply.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return reply
