"""One decision about an entry: undone, or its appeal answered; an entry that is disqualified by itself."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from quiz.accounts.permissions import Permission
from quiz.contests.models import Contest
from quiz.contests.queries import get_contest, list_rounds
from quiz.core import clock
from quiz.core.errors import DomainError
from quiz.entries.models import Entry
from quiz.entries.queries import get_entry
from quiz.vetting import duplicate_queries as queries
from quiz.vetting.appealing import answer
from quiz.vetting.duplicate_forms import AnswerForm, DisqualifyForm, UndoForm
from quiz.vetting.duplicate_pages import losses_of, ruling_lines
from quiz.vetting.duplicate_views import bp
from quiz.vetting.models import Ruling
from quiz.vetting.ruling import Category, disqualify, undo, why_final
from quiz.web.guards import needs, staff_actor
from quiz.web.labels import domain_message


@bp.get("/manage/c/<slug>/vetting/rulings/<int:ruling_id>")
@needs(Permission.SEE_CONTESTS)
def ruling(slug: str, ruling_id: int) -> str:
    """What was decided, why, the appeal, and what can still be done."""
    contest = get_contest(slug)
    return _ruling_page(contest, queries.get_ruling(contest.id, ruling_id))


@bp.post("/manage/c/<slug>/vetting/rulings/<int:ruling_id>/undo")
@needs(Permission.JUDGE_ENTRIES)
def undo_ruling(slug: str, ruling_id: int) -> Response | tuple[str, int]:
    """Take the decision back."""
    contest = get_contest(slug)
    found, form = queries.get_ruling(contest.id, ruling_id), UndoForm(prefix="undo")
    if not form.validate():
        return _ruling_page(contest, found, undo_form=form), 422
    try:
        undo(contest, ruling_id, reason=form.reason.data or "", actor=staff_actor(), now=clock.now())
    except DomainError as error:
        return _ruling_page(contest, found, undo_form=form, refusal=domain_message(error)), error.status
    flash(_("Đã hoàn tác. Kết quả và thứ hạng được tính lại."), "success")
    return redirect(url_for(".ruling", slug=slug, ruling_id=ruling_id), code=303)


@bp.post("/manage/c/<slug>/vetting/rulings/<int:ruling_id>/answer")
@needs(Permission.JUDGE_ENTRIES)
def answer_appeal(slug: str, ruling_id: int) -> Response | tuple[str, int]:
    """Tell the entrant what the appeal came to."""
    contest = get_contest(slug)
    found, form = queries.get_ruling(contest.id, ruling_id), AnswerForm(prefix="answer")
    if not form.validate():
        return _ruling_page(contest, found, answer_form=form), 422
    try:
        answer(contest, ruling_id, form.words.data or "", actor=staff_actor(), now=clock.now())
    except DomainError as error:
        return _ruling_page(contest, found, answer_form=form, refusal=domain_message(error)), error.status
    flash(_("Đã trả lời. Người dự thi đọc được trên trang kết quả của mình."), "success")
    return redirect(url_for(".ruling", slug=slug, ruling_id=ruling_id), code=303)


@bp.get("/manage/c/<slug>/entrants/<int:entry_id>/disqualify")
@needs(Permission.JUDGE_ENTRIES)
def disqualify_page(slug: str, entry_id: int) -> str:
    """What disqualifying this entry would do, and the form."""
    contest = get_contest(slug)
    return _disqualify_page(contest, get_entry(contest.id, entry_id), DisqualifyForm(formdata=None))


@bp.post("/manage/c/<slug>/entrants/<int:entry_id>/disqualify")
@needs(Permission.JUDGE_ENTRIES)
def disqualify_entry(slug: str, entry_id: int) -> Response | tuple[str, int]:
    """Set the entry aside."""
    contest = get_contest(slug)
    entry, form = get_entry(contest.id, entry_id), DisqualifyForm()
    if not form.validate():
        return _disqualify_page(contest, entry, form), 422
    try:
        done = disqualify(
            contest,
            entry_id,
            category=Category(form.category.data),
            reason=form.reason.data or "",
            actor=staff_actor(),
            now=clock.now(),
        )
    except DomainError as error:
        return _disqualify_page(contest, entry, form, domain_message(error)), error.status
    flash(_("Đã loại. Hoàn tác được ở đây, đến khi công bố."), "success")
    return redirect(url_for(".ruling", slug=slug, ruling_id=done.id), code=303)


def _disqualify_page(contest: Contest, entry: Entry, form: DisqualifyForm, refusal: str = "") -> str:
    return render_template(
        "vetting/disqualify.html",
        contest=contest,
        entry=entry,
        losses=losses_of(contest, [entry]),
        form=form,
        refusal=refusal,
    )


def _ruling_page(
    contest: Contest,
    found: Ruling,
    *,
    undo_form: UndoForm | None = None,
    answer_form: AnswerForm | None = None,
    refusal: str = "",
) -> str:
    final = why_final(contest, found)
    names = {one.number: one.settings.name for one in list_rounds(contest)}
    return render_template(
        "vetting/ruling.html",
        contest=contest,
        found=found,
        line=ruling_lines(contest.id, [found])[0],
        rounds=[names[number] for number in found.rounds if number in names],
        moved=len(found.moved),
        why_final=domain_message(DomainError(final)) if final else "",
        undo_form=undo_form or UndoForm(formdata=None, prefix="undo"),
        answer_form=answer_form or AnswerForm(formdata=None, prefix="answer"),
        refusal=refusal,
        may_judge=bool(current_user.can(Permission.JUDGE_ENTRIES)),
    )
