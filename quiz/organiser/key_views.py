"""/manage/c/<slug>/rounds/<n>/key/<revision>: a key is corrected after attempts exist."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response
from wtforms.fields.choices import SelectChoice

from quiz.accounts.permissions import Permission
from quiz.approvals.queries import find_waiting
from quiz.approvals.states import Kind
from quiz.audit.actors import Actor
from quiz.bank.queries import revisions
from quiz.bank.values import RevisionView
from quiz.contests.models import Contest, Round, stored_correction
from quiz.contests.queries import get_round
from quiz.contests.two_persons import correcting_takes_two
from quiz.core import clock
from quiz.core.errors import DomainError
from quiz.jobs.service import enqueue
from quiz.organiser.key_forms import KeyForm
from quiz.organiser.second_pages import approval_url, second_person
from quiz.organiser.views import bp, contest_or_404
from quiz.standings.effects import Effect, preview
from quiz.standings.key_requests import ask_correction
from quiz.standings.regrade_job import KIND
from quiz.standings.regrading import correct_key, list_key_changes
from quiz.web.guards import needs, staff_actor
from quiz.web.labels import domain_message

AT_ONCE = 5_000  # attempts; more are worked on beside the pages


@bp.get("/c/<slug>/rounds/<int:number>/key/<int:revision_id>")
@needs(Permission.PUBLISH)
def key_page(slug: str, number: int, revision_id: int) -> str:
    """The question with its key, and the form."""
    contest, round_, view = _question_or_404(slug, number, revision_id)
    return _page(contest, round_, view, _with_choices(KeyForm(formdata=None), view))


@bp.post("/c/<slug>/rounds/<int:number>/key/<int:revision_id>")
@needs(Permission.PUBLISH)
def correct(slug: str, number: int, revision_id: int) -> Response | str | tuple[str, int]:
    """Show what would change; with the second button change it."""
    contest, round_, view = _question_or_404(slug, number, revision_id)
    form = _with_choices(KeyForm(), view)
    if not form.validate():
        return _page(contest, round_, view, form), 422
    try:
        effect = preview(contest, number, revision_id, form.correction(view))
        if request.form.get("step") != "apply":
            return _page(contest, round_, view, form, effect)
        return _apply(contest, round_, view, form, effect)
    except DomainError as error:
        return _page(contest, round_, view, form, refusal=domain_message(error)), error.status


def _apply(contest: Contest, round_: Round, view: RevisionView, form: KeyForm, effect: Effect) -> Response:
    actor: Actor = staff_actor()
    words: dict[str, Any] = {"reason": form.reason.data or "", "notice": form.notice.data or ""}
    slug, number = contest.slug, round_.number
    if correcting_takes_two(contest, round_, clock.now()):
        asked = ask_correction(
            contest, number, view.id, form.correction(view), actor=actor, now=clock.now(), **words
        )
        flash(_("Đã gửi đề nghị sửa đáp án. Chờ một người khác duyệt; chưa có gì thay đổi."), "success")
        return redirect(approval_url(contest, asked), code=303)
    if effect.affected > AT_ONCE:
        params = {
            "contest_id": contest.id,
            "slug": slug,
            "number": number,
            "revision_id": view.id,
            "correction": stored_correction(form.correction(view)),
            **words,
        }
        job = enqueue(KIND, params, actor=actor, now=clock.now(), subject=f"{contest.id}/{number}/{view.id}")
        return redirect(url_for("jobs.job", job_id=job.id), code=303)
    correct_key(contest, number, view.id, form.correction(view), actor=actor, now=clock.now(), **words)
    flash(_("Đã sửa đáp án và tính lại kết quả. Kết quả cũ vẫn được giữ."), "success")
    return redirect(url_for(".key_page", slug=slug, number=number, revision_id=view.id), code=303)


def _question_or_404(slug: str, number: int, revision_id: int) -> tuple[Contest, Round, RevisionView]:
    contest = contest_or_404(slug)
    return contest, get_round(contest, number), revisions([revision_id])[revision_id]


def _with_choices(form: KeyForm, view: RevisionView) -> KeyForm:
    form.picked.choices = [
        SelectChoice(place, f"{'ABCDEFGH'[place]}. {text}") for place, text in enumerate(view.choices)
    ]
    return form


def _page(
    contest: Contest,
    round_: Round,
    view: RevisionView,
    form: KeyForm,
    effect: Effect | None = None,
    refusal: str = "",
) -> str:
    current = round_.corrections.get(view.id)
    takes_two = correcting_takes_two(contest, round_, clock.now())
    waiting = find_waiting(contest.id, round_.number, Kind.KEY, str(view.id))
    right = frozenset[int]().union(*current.accepted) if current else frozenset(view.correct)
    return render_template(
        "organiser/key.html",
        contest=contest,
        round=round_,
        view=view,
        right=right,
        is_void=current is not None and current.is_void,
        form=form,
        effect=effect,
        refusal=refusal,
        second=second_person(contest, takes_two, waiting=waiting),
        changes=[one for one in list_key_changes(contest.id, round_.number) if one.revision_id == view.id],
    )
