"""/manage/c/<slug>/approvals: what waits for a second person, and what that person says."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from quiz.accounts.permissions import Permission
from quiz.approvals import service
from quiz.approvals.models import Approval
from quiz.approvals.queries import get_approval
from quiz.approvals.states import Kind
from quiz.awards.requests import approve_change
from quiz.contests.models import Contest
from quiz.contests.phases import RoundAction
from quiz.contests.queries import get_round
from quiz.core import clock
from quiz.core.errors import DomainError, NotFound
from quiz.jobs.service import enqueue
from quiz.organiser.key_views import AT_ONCE
from quiz.organiser.labels import refusal_words
from quiz.organiser.publication import approve_publication
from quiz.organiser.second_forms import ReasonForm
from quiz.organiser.second_pages import approval_lines, approval_page, approval_url
from quiz.organiser.steps import effects_of
from quiz.organiser.views import bp, contest_or_404, may
from quiz.standings.key_requests import approve_correction, effect_now
from quiz.standings.regrade_job import KIND
from quiz.standings.service import CannotClose
from quiz.web.guards import keyring, needs, staff_actor


@bp.get("/c/<slug>/approvals")
@needs(Permission.SEE_CONTESTS)
def approvals(slug: str) -> str:
    """Every request of the contest and what became of it."""
    contest = contest_or_404(slug)
    return render_template("organiser/approvals.html", contest=contest, lines=approval_lines(contest))


@bp.get("/c/<slug>/approvals/<int:approval_id>")
@needs(Permission.SEE_CONTESTS)
def approval(slug: str, approval_id: int) -> str:
    """One request: what it would do now, and how that differs from when it was made."""
    contest = contest_or_404(slug)
    return _page(contest, get_approval(contest.id, approval_id))


@bp.post("/c/<slug>/approvals/<int:approval_id>/approve")
@needs(Permission.PUBLISH)
def approve(slug: str, approval_id: int) -> Response | tuple[str, int]:
    """Approve and do it; where it is refused, the page comes back with the reasons."""
    contest = contest_or_404(slug)
    found = get_approval(contest.id, approval_id)
    try:
        if found.kind == Kind.KEY.value:
            return _approve_key(contest, found)
        if found.kind == Kind.AWARD.value:
            return _approve_award(contest, found)
        moved = approve_publication(
            contest, approval_id, actor=staff_actor(), now=clock.now(), keyring=keyring()
        )
    except NotFound:
        raise
    except (DomainError, CannotClose) as error:
        return _refused(slug, approval_id, error)
    flash(_("Đã duyệt và công bố kết quả %(round)s.", round=moved.settings.name), "success")
    return redirect(url_for(".contest", slug=slug, round=moved.number), code=303)


@bp.post("/c/<slug>/approvals/<int:approval_id>/decline")
@needs(Permission.PUBLISH)
def decline(slug: str, approval_id: int) -> Response | tuple[str, int]:
    """Decline for a reason."""
    contest, form = contest_or_404(slug), ReasonForm()
    if not form.validate():
        return _page(contest, get_approval(contest.id, approval_id), form), 422
    try:
        service.decline(
            contest.id, approval_id, reason=form.reason.data, actor=staff_actor(), now=clock.now()
        )
    except NotFound:
        raise
    except DomainError as error:
        return _refused(slug, approval_id, error)
    flash(_("Đã ghi: không duyệt. Người đề nghị đọc được lý do."), "success")
    return redirect(url_for(".approval", slug=slug, approval_id=approval_id), code=303)


@bp.post("/c/<slug>/approvals/<int:approval_id>/withdraw")
@needs(Permission.PUBLISH)
def withdraw(slug: str, approval_id: int) -> Response | tuple[str, int]:
    """Take one's own request back."""
    contest = contest_or_404(slug)
    try:
        service.withdraw(contest.id, approval_id, actor=staff_actor(), now=clock.now())
    except NotFound:
        raise
    except DomainError as error:
        return _refused(slug, approval_id, error)
    flash(_("Đã rút đề nghị."), "success")
    return redirect(url_for(".approval", slug=slug, approval_id=approval_id), code=303)


def _approve_key(contest: Contest, found: Approval) -> Response:
    """Correct the key at once, or beside the pages where many attempts have the question."""
    actor, now = staff_actor(), clock.now()
    revision_id = int(found.subject)
    service.refuse_approver(found, actor)
    if effect_now(contest, found).affected > AT_ONCE:
        params = {
            "contest_id": contest.id,
            "slug": contest.slug,
            "number": found.round_number,
            "revision_id": revision_id,
            "approval_id": str(found.id),
        }
        job = enqueue(KIND, params, actor=actor, now=now, subject=f"approval {contest.id}/{found.id}")
        return redirect(url_for("jobs.job", job_id=job.id), code=303)
    approve_correction(contest, found.id, actor=actor, now=now)
    flash(_("Đã duyệt, sửa đáp án và tính lại kết quả. Kết quả cũ vẫn được giữ."), "success")
    return redirect(approval_url(contest, found), code=303)


def _approve_award(contest: Contest, found: Approval) -> Response:
    approve_change(contest, found.id, actor=staff_actor(), now=clock.now())
    flash(_("Đã duyệt; danh sách giải đã lập lại."), "success")
    return redirect(approval_url(contest, found), code=303)


def _refused(slug: str, approval_id: int, error: DomainError | CannotClose) -> tuple[str, int]:
    contest = contest_or_404(slug)
    page = _page(contest, get_approval(contest.id, approval_id), refusal=refusal_words(error))
    return page, 409


def _page(
    contest: Contest, found: Approval, form: ReasonForm | None = None, refusal: tuple[str, ...] = ()
) -> str:
    effects: tuple[str, ...] = ()
    if found.kind == Kind.PUBLISH.value and found.ended_at is None:
        round_ = get_round(contest, found.round_number)
        effects = effects_of(contest, round_, RoundAction.PUBLISH, clock.now())
    return render_template(
        "organiser/approval.html",
        contest=contest,
        effects=effects,
        page=approval_page(contest, found),
        form=form or ReasonForm(formdata=None),
        refusal=refusal,
        may_decide=may(Permission.PUBLISH),
    )
