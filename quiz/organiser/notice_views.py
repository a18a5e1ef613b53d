"""/manage/c/<slug>/notices: words to everybody on the contest's pages."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from quiz.accounts.permissions import Permission
from quiz.contests.models import Contest, Notice
from quiz.contests.notice_service import change_notice as change
from quiz.contests.notice_service import end_notice as end
from quiz.contests.notice_service import post_notice as post
from quiz.contests.queries import list_notices
from quiz.core import clock
from quiz.core.errors import DomainError, NotFound
from quiz.organiser.notice_forms import LEVELS, NoticeForm, notice_values
from quiz.organiser.views import bp, contest_or_404
from quiz.web.guards import needs, staff_actor
from quiz.web.labels import domain_message


@bp.get("/c/<slug>/notices")
@needs(Permission.EDIT_CONTESTS)
def notices(slug: str) -> str:
    """A new notice, or one to change, and all that there were."""
    contest = contest_or_404(slug)
    chosen = _chosen(contest, request.args.get("notice", type=int))
    data = notice_values(chosen, contest.settings.zone) if chosen else {}
    return _page(contest, NoticeForm(formdata=None, data=data), chosen)


@bp.post("/c/<slug>/notices")
@needs(Permission.EDIT_CONTESTS)
def post_notice(slug: str) -> Response | tuple[str, int]:
    """Put a notice on the contest's pages."""
    return _save(contest_or_404(slug), None)


@bp.post("/c/<slug>/notices/<int:notice_id>")
@needs(Permission.EDIT_CONTESTS)
def change_notice(slug: str, notice_id: int) -> Response | tuple[str, int]:
    """Change what a notice says, or how long."""
    contest = contest_or_404(slug)
    return _save(contest, _chosen(contest, notice_id))


@bp.post("/c/<slug>/notices/<int:notice_id>/end")
@needs(Permission.EDIT_CONTESTS)
def end_notice(slug: str, notice_id: int) -> Response:
    """Take a notice away."""
    end(contest_or_404(slug), notice_id, actor=staff_actor(), now=clock.now())
    flash(_("Đã gỡ thông báo."), "success")
    return redirect(url_for(".notices", slug=slug), code=303)


def _save(contest: Contest, chosen: Notice | None) -> Response | tuple[str, int]:
    form, now, actor = NoticeForm(), clock.now(), staff_actor()
    text = form.text(contest.settings.zone, now) if form.validate() else None
    if text is None:
        return _page(contest, form, chosen), 422
    try:
        if chosen is None:
            post(contest, text, actor=actor, now=now)
        else:
            change(contest, chosen.id, text, actor=actor, now=now)
    except DomainError as error:
        return _page(contest, form, chosen, domain_message(error)), 409
    flash(_("Đã lưu thông báo. Mọi trang của cuộc thi hiện trong vòng 10 giây."), "success")
    return redirect(url_for(".notices", slug=contest.slug), code=303)


def _chosen(contest: Contest, notice_id: int | None) -> Notice | None:
    """The notice that is to be changed. Raises NotFound."""
    if notice_id is None:
        return None
    found = next((one for one in list_notices(contest.id) if one.id == notice_id), None)
    if found is None:
        raise NotFound("notice")
    return found


def _page(contest: Contest, form: NoticeForm, chosen: Notice | None, refusal: str = "") -> str:
    return render_template(
        "organiser/notices.html",
        contest=contest,
        form=form,
        chosen=chosen,
        refusal=refusal,
        notices=list_notices(contest.id),
        levels=LEVELS,
        now=clock.now(),
    )
