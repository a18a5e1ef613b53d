"""/manage/banks/<slug>/questions/<number>: one question, its wordings, and a form for the next one."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from quiz.accounts.permissions import Permission
from quiz.bank import browsing, life, queries, service
from quiz.bank.admin import bank_or_404, bp
from quiz.bank.checks import faults
from quiz.bank.errors import QuestionChanged, QuestionConflict, QuestionInvalid
from quiz.bank.forms import QuestionForm, question_form
from quiz.bank.labels import KINDS, STATES
from quiz.bank.models import Bank, BankQuestion, QuestionRevision
from quiz.bank.states import QuestionState
from quiz.core import clock
from quiz.core.errors import DomainError
from quiz.web.guards import needs, staff_actor
from quiz.web.labels import domain_message


@bp.get("/<slug>/questions/<int:number>")
@needs(Permission.SEE_BANKS)
def question(slug: str, number: int) -> str:
    """One question as it is, and a form where the person may change it."""
    bank, row, revision = _question_or_404(slug, number)
    value = queries.as_question(row, revision)
    return _question_page(bank, row, revision, question_form(value, revision.id))


@bp.post("/<slug>/questions/<int:number>")
@needs(Permission.EDIT_BANKS)
def revise(slug: str, number: int) -> Response | tuple[str, int]:
    """Save another wording as a new revision; papers that have the old one keep it."""
    bank, row, revision = _question_or_404(slug, number)
    form = QuestionForm()
    if not form.validate():
        return _question_page(bank, row, revision, form), 422
    wording = form.wording(queries.as_question(row, revision))
    if found := [domain_message(QuestionInvalid(fault.value)) for fault in faults(wording)]:
        return _question_page(bank, row, revision, form, found), 422
    try:
        made = service.revise(
            row.id, wording, seen_revision=_seen(form), submit=True, actor=staff_actor(), now=clock.now()
        )
    except (QuestionChanged, QuestionConflict) as error:
        return _question_page(bank, row, revision, form, [domain_message(error)]), error.status
    if made.id == revision.id:
        flash(_("Không có gì thay đổi."), "info")
    else:
        flash(_("Đã lưu bản %(n)s. Bài đã phát vẫn theo bản cũ.", n=made.number), "success")
    return redirect(url_for(".question", slug=slug, number=number), code=303)


@bp.post("/<slug>/questions/<int:number>/retire")
@needs(Permission.EDIT_BANKS)
def retire(slug: str, number: int) -> Response:
    """Take the question out of later draws."""
    _bank, row, _revision = _question_or_404(slug, number)
    life.retire(row.id, actor=staff_actor(), now=clock.now())
    flash(_("Câu %(number)s đã ngừng dùng. Bài đã phát không thay đổi.", number=number), "success")
    return redirect(url_for(".question", slug=slug, number=number), code=303)


@bp.post("/<slug>/questions/<int:number>/restore")
@needs(Permission.EDIT_BANKS)
def restore(slug: str, number: int) -> Response:
    """Let the question be drawn again."""
    _bank, row, _revision = _question_or_404(slug, number)
    try:
        life.restore(row.id, actor=staff_actor(), now=clock.now())
    except DomainError as error:
        flash(domain_message(error), "warning")
    else:
        flash(_("Câu %(number)s được dùng lại.", number=number), "success")
    return redirect(url_for(".question", slug=slug, number=number), code=303)


def _question_or_404(slug: str, number: int) -> tuple[Bank, BankQuestion, QuestionRevision]:
    """The question of this bank. Raises NotFound."""
    bank = bank_or_404(slug)
    row, revision = browsing.get_question(bank.id, number)
    return bank, row, revision


def _seen(form: QuestionForm) -> int:
    """The revision that the person was looking at; 0 for anything that is no number."""
    given = form.seen_revision.data or ""
    return int(given) if given.isdecimal() and len(given) < 20 else 0


def _question_page(
    bank: Bank,
    row: BankQuestion,
    revision: QuestionRevision,
    form: QuestionForm,
    problems: list[str] | None = None,
) -> str:
    if request.method == "POST":
        form.spare_rows()
    value = queries.as_question(row, revision)
    return render_template(
        "bank/question.html",
        bank=bank,
        question=row,
        revision=revision,
        value=value,
        pinned=queries.view(revision).pinned,
        state=QuestionState(row.state),
        states=STATES,
        kind_words=KINDS[value.kind],
        revisions=browsing.list_revisions(row.id),
        form=form,
        problems=problems or [],
        may_edit=current_user.can(Permission.EDIT_BANKS),
    )
