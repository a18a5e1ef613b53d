"""What happened to a question: wordings side by side, comments, steps; and a look at it as entrants do."""

import secrets

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.exceptions import Forbidden
from werkzeug.wrappers import Response

from quiz.accounts.permissions import Permission
from quiz.bank import browsing, life, queries
from quiz.bank.admin import bp
from quiz.bank.changes import changes
from quiz.bank.labels import CHANGED_PARTS, NOTES, STATES
from quiz.bank.models import QuestionRevision
from quiz.bank.question_forms import NoteForm
from quiz.bank.question_pages import QuestionPage, may, trial_of
from quiz.bank.question_views import question_or_404
from quiz.bank.review_forms import number_of
from quiz.bank.workflow import Step
from quiz.core import clock
from quiz.core.errors import DomainError, Invalid, NotFound
from quiz.web.guards import needs, staff_actor
from quiz.web.labels import domain_message

_MOST_SEED = 2**31


@bp.get("/<slug>/questions/<int:number>/history")
@needs(Permission.SEE_BANKS)
def history(slug: str, number: int) -> str:
    """Every wording with what it changed of the one before; or any two that are asked for."""
    page = question_or_404(slug, number)
    return _history_page(page, NoteForm(formdata=None))


@bp.post("/<slug>/questions/<int:number>/steps")
@needs(Permission.SEE_BANKS)
def take_step(slug: str, number: int) -> Response | tuple[str, int]:
    """Submit, approve, send back, retire, restore or comment: what the button says."""
    page, form = question_or_404(slug, number), NoteForm()
    try:
        told = _take(page, form)
    except DomainError as error:
        form.text.errors = [domain_message(error)]
        return _history_page(page, form), error.status
    flash(told, "success")
    back = ".history" if request.form.get("back") == "history" else ".question"
    return redirect(url_for(back, slug=slug, number=number, **page.kept), code=303)


@bp.get("/<slug>/questions/<int:number>/trial")
@needs(Permission.SEE_BANKS)
def trial(slug: str, number: int) -> str:
    """The question as an entrant sees it: shuffled, without its key."""
    page = question_or_404(slug, number)
    seed = number_of(request.args.get("seed")) or 1
    shown, _order = trial_of(page.view, len(page.value.choices), seed % _MOST_SEED)
    again = secrets.randbelow(_MOST_SEED - 2) + 2
    return render_template("bank/trial.html", page=page, trial=shown, again=again)


def _take(page: QuestionPage, form: NoteForm) -> str:
    """Do it; the words for it. Raises as `life` does, Forbidden without the right, Invalid for no step."""
    try:
        step = Step(form.step.data or "")
    except ValueError as error:
        raise Invalid("review_step") from error
    if not may(step):
        raise Forbidden
    number, text, seen = page.question.id, form.text.data or "", form.seen
    actor, now = staff_actor(), clock.now()
    if step is Step.SUBMIT:
        life.submit(number, actor=actor, now=now)
    elif step is Step.APPROVE:
        life.approve(number, seen_revision=seen, text=text, actor=actor, now=now)
    elif step is Step.RETURN:
        life.send_back(number, text, seen_revision=seen, actor=actor, now=now)
    elif step is Step.RETIRE:
        life.retire(number, actor=actor, now=now)
    elif step is Step.RESTORE:
        life.restore(number, actor=actor, now=now)
    else:
        life.comment(number, text, actor=actor, now=now)
    return _told(step, page.number)


def _told(step: Step, number: int) -> str:
    words = {
        Step.SUBMIT: _("Đã gửi duyệt câu %(number)s."),
        Step.APPROVE: _("Đã duyệt câu %(number)s."),
        Step.RETURN: _("Đã trả lại câu %(number)s cho người soạn."),
        Step.RETIRE: _("Câu %(number)s đã ngừng dùng. Bài đã phát không thay đổi."),
        Step.RESTORE: _("Câu %(number)s được dùng lại."),
        Step.COMMENT: _("Đã ghi lời góp ý ở câu %(number)s."),
    }
    return str(words[step] % {"number": number})


def _history_page(page: QuestionPage, form: NoteForm) -> str:
    revisions = list(browsing.list_revisions(page.question.id))
    by_number = {one.number: one for one in revisions}
    newer = by_number.get(number_of(request.args.get("b"))) or revisions[0]
    asked = number_of(request.args.get("a"))
    older = by_number.get(asked) or by_number.get(newer.number - 1)
    if asked and older is None:
        raise NotFound("revision")
    return render_template(
        "bank/history.html",
        page=page,
        form=form,
        revisions=revisions,
        older=older,
        newer=newer,
        changes=_between(page, older, newer) if older else (),
        notes=NOTES,
        parts=CHANGED_PARTS,
        states=STATES,
    )


def _between(page: QuestionPage, older: QuestionRevision, newer: QuestionRevision) -> object:
    return changes(queries.as_question(page.question, older), queries.as_question(page.question, newer))
