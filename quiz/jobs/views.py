"""/manage/jobs: how far a piece of work is."""

from flask import Blueprint, Response, jsonify, render_template
from flask_login import current_user

from quiz.core import clock
from quiz.core.errors import NotFound
from quiz.jobs import queries
from quiz.jobs.pages import JobPage, job_page
from quiz.jobs.running import registered
from quiz.web.guards import signed_in

bp = Blueprint("jobs", __name__, url_prefix="/manage/jobs")


@bp.get("/<int:job_id>")
@signed_in
def job(job_id: int) -> str:
    """How far the job is, what it is doing, and where its outcome stands."""
    return render_template("jobs/job.html", page=_page_or_404(job_id))


@bp.get("/<int:job_id>.json")
@signed_in
def job_state(job_id: int) -> Response:
    """The same for the page's script."""
    page = _page_or_404(job_id)
    return jsonify(
        {
            "state": page.state,
            "percent": page.percent,
            "words": page.words,
            "step": page.step,
            "over": page.is_over,
        }
    )


def _page_or_404(job_id: int) -> JobPage:
    """The job, if this person asked for it or has the right of its kind. Raises NotFound."""
    found = queries.get_job(job_id)
    handler = registered().get(found.kind)
    is_own = found.created_kind == "staff" and found.created_by == current_user.id
    may_see = handler is not None and handler.permission is not None and current_user.can(handler.permission)
    if not (is_own or may_see):
        raise NotFound("job")
    return job_page(found, handler, clock.now())
