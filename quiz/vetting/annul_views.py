"""/manage/c/<slug>/rounds/<n>/annul: attempts are annulled by a filter, after a preview, and taken back."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response
from wtforms.fields.choices import SelectChoice

from quiz.accounts.permissions import Permission
from quiz.analysis.played import played_or_404
from quiz.contests.models import Contest, Round
from quiz.contests.queries import list_units
from quiz.core import clock
from quiz.core.errors import DomainError
from quiz.vetting import annul_queries, annulling
from quiz.vetting import integrity_queries as queries
from quiz.vetting.annul_showing import objection_lines, preview_page
from quiz.vetting.integrity_forms import AnnulForm, ObjectionForm, ReasonForm
from quiz.vetting.integrity_models import IntegrityCase
from quiz.vetting.integrity_pages import AnnulPage, PreviewPage
from quiz.vetting.integrity_showing import frame_of
from quiz.vetting.integrity_views import bp
from quiz.vetting.objecting import answer
from quiz.web.guards import needs, staff_actor
from quiz.web.labels import domain_message


@bp.get("/c/<slug>/rounds/<int:number>/annul")
@needs(Permission.SEE_CONTESTS)
def annul_page(slug: str, number: int) -> str:
    """What was annulled, and the form; ?case= brings the people of a case along."""
    contest, round_ = played_or_404(slug, number)
    found = _case(contest, number)
    form = _with_choices(AnnulForm(formdata=None, data={"only_named": True}), contest, found)
    return _page(contest, round_, form, found)


@bp.post("/c/<slug>/rounds/<int:number>/annul")
@needs(Permission.PUBLISH)
def annul(slug: str, number: int) -> Response | str | tuple[str, int]:
    """Show what would change; with the second button change it."""
    contest, round_ = played_or_404(slug, number)
    found = _case(contest, number)
    form = _with_choices(AnnulForm(), contest, found)
    if not form.validate():
        return _page(contest, round_, form, found), 422
    wanted = form.wanted(tuple(found.attempts) if found else ())
    try:
        if request.form.get("step") != "apply":
            preview = preview_page(contest, number, annulling.preview(contest, number, wanted))
            return _page(contest, round_, form, found, preview=preview)
        words: dict[str, Any] = {"reason": form.reason.data or "", "notice": form.notice.data or ""}
        seen = request.form.get("seen", "")
        annulling.annul(contest, number, wanted, seen=seen, actor=staff_actor(), now=clock.now(), **words)
    except DomainError as error:
        return _page(contest, round_, form, found, refusal=domain_message(error)), error.status
    flash(_("Đã hủy những bài đó và tính lại kết quả. Có thể khôi phục cho đến khi công bố."), "success")
    return redirect(url_for(".annul_page", slug=slug, number=number), code=303)


@bp.post("/c/<slug>/rounds/<int:number>/annul/<int:annulment_id>")
@needs(Permission.PUBLISH)
def take_back(slug: str, number: int, annulment_id: int) -> Response | tuple[str, int]:
    """Let the attempts count again."""
    contest, round_ = played_or_404(slug, number)
    form = ReasonForm()
    empty = _with_choices(AnnulForm(formdata=None), contest, None)
    if not form.validate():
        return _page(contest, round_, empty, None, refusal=_("Cần ghi lý do khôi phục.")), 422
    try:
        annulling.take_back(
            contest,
            number,
            annulment_id,
            reason=form.reason.data or "",
            actor=staff_actor(),
            now=clock.now(),
        )
    except DomainError as error:
        return _page(contest, round_, empty, None, refusal=domain_message(error)), error.status
    flash(_("Đã khôi phục những bài đó và tính lại kết quả."), "success")
    return redirect(url_for(".annul_page", slug=slug, number=number), code=303)


@bp.post("/c/<slug>/rounds/<int:number>/annul/<int:annulment_id>/objections/<int:entry_id>")
@needs(Permission.PUBLISH)
def answer_objection(slug: str, number: int, annulment_id: int, entry_id: int) -> Response | tuple[str, int]:
    """Answer what an entrant said."""
    contest, round_ = played_or_404(slug, number)
    form = ObjectionForm()
    empty = _with_choices(AnnulForm(formdata=None), contest, None)
    if not form.validate():
        return _page(contest, round_, empty, None, refusal=_("Cần viết câu trả lời.")), 422
    words, actor = form.words.data or "", staff_actor()
    try:
        answer(contest, annulment_id, entry_id, words, actor=actor, now=clock.now())
    except DomainError as error:
        return _page(contest, round_, empty, None, refusal=domain_message(error)), error.status
    flash(_("Đã trả lời. Người dự thi đọc trên trang của mình."), "success")
    return redirect(url_for(".annul_page", slug=slug, number=number), code=303)


def _case(contest: Contest, number: int) -> IntegrityCase | None:
    key = request.args.get("case", "")
    return queries.find_case(contest.id, number, key) if key else None


def _with_choices(form: AnnulForm, contest: Contest, case: IntegrityCase | None) -> AnnulForm:
    people = annul_queries.list_entries(contest.id, case.people) if case else {}
    form.people.choices = [SelectChoice(entry.id, entry.name) for entry in people.values()]
    form.unit.choices = [
        SelectChoice("", _("Mọi đơn vị")),
        *(SelectChoice(unit.code, unit.name) for unit in list_units(contest.id)),
    ]
    return form


def _page(
    contest: Contest,
    round_: Round,
    form: AnnulForm,
    case: IntegrityCase | None,
    *,
    preview: PreviewPage | None = None,
    refusal: str = "",
) -> str:
    page = AnnulPage(
        frame=frame_of(contest, round_, clock.now()),
        case_key=case.key if case else "",
        preview=preview,
        events=queries.list_annulments(contest.id, round_.number),
        objections=objection_lines(contest, round_.number),
        refusal=refusal,
    )
    return render_template("vetting/integrity_annul.html", page=page, form=form)
