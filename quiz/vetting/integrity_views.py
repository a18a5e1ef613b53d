"""/manage/c/<slug>/rounds/<n>/integrity: papers that deserve a look before results are published."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from quiz.accounts.permissions import Permission
from quiz.analysis.played import played_or_404
from quiz.contests.models import Contest, Round
from quiz.core import clock
from quiz.vetting.integrity_case_pages import case_page
from quiz.vetting.integrity_forms import ReasonForm
from quiz.vetting.integrity_service import request_review, set_aside
from quiz.vetting.integrity_showing import list_page
from quiz.web.guards import needs, staff_actor

bp = Blueprint("integrity", __name__, url_prefix="/manage")


@bp.get("/c/<slug>/rounds/<int:number>/integrity")
@needs(Permission.SEE_CONTESTS)
def cases(slug: str, number: int) -> str:
    """The cases of a round, those with two kinds of evidence first."""
    contest, round_ = played_or_404(slug, number)
    return render_template("vetting/integrity.html", page=list_page(contest, round_, clock.now()))


@bp.post("/c/<slug>/rounds/<int:number>/integrity")
@needs(Permission.RUN_ROUNDS)
def look(slug: str, number: int) -> Response:
    """Have the round looked at, and go on to the page that shows how far that is."""
    contest, _round = played_or_404(slug, number)
    job = request_review(contest, number, actor=staff_actor(), now=clock.now())
    return redirect(url_for("jobs.job", job_id=job.id), code=303)


@bp.get("/c/<slug>/rounds/<int:number>/integrity/<key>")
@needs(Permission.SEE_CONTESTS)
def case(slug: str, number: int, key: str) -> str:
    """One case, side by side."""
    contest, round_ = played_or_404(slug, number)
    return _case(contest, round_, key, ReasonForm(formdata=None))


@bp.post("/c/<slug>/rounds/<int:number>/integrity/<key>")
@needs(Permission.RUN_ROUNDS)
def aside(slug: str, number: int, key: str) -> Response | tuple[str, int]:
    """Set the case aside."""
    contest, round_ = played_or_404(slug, number)
    form = ReasonForm()
    if not form.validate():
        return _case(contest, round_, key, form), 422
    set_aside(contest, number, key, reason=form.reason.data or "", actor=staff_actor(), now=clock.now())
    flash(_("Đã bỏ qua trường hợp này. Lý do được lưu trong nhật ký."), "success")
    return redirect(url_for(".cases", slug=slug, number=number), code=303)


def _case(contest: Contest, round_: Round, key: str, form: ReasonForm) -> str:
    page = case_page(contest, round_, key, clock.now())
    return render_template("vetting/integrity_case.html", page=page, form=form)
