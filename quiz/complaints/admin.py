"""/manage/c/<slug>/complaints: the queue, and answering."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from quiz.accounts.permissions import Permission
from quiz.complaints import queries
from quiz.complaints.forms import AnswerForm
from quiz.complaints.models import Complaint
from quiz.complaints.pages import complaint_line
from quiz.complaints.service import answer
from quiz.complaints.verdicts import Verdict
from quiz.contests.models import Contest
from quiz.contests.queries import get_contest
from quiz.core import clock
from quiz.core.errors import DomainError, NotFound
from quiz.entries.queries import get_entry
from quiz.web.guards import needs, staff_actor
from quiz.web.labels import domain_message

bp = Blueprint("complaints_desk", __name__, url_prefix="/manage/c/<slug>/complaints")


@bp.get("")
@needs(Permission.SEE_CONTESTS)
def queue(slug: str) -> str:
    """What waits, the most urgent first, and what was answered."""
    contest, now = get_contest(slug), clock.now()
    return render_template(
        "complaints/queue.html",
        contest=contest,
        waiting=[complaint_line(contest, one, now) for one in queries.list_waiting(contest.id)],
        answered=[complaint_line(contest, one, now) for one in queries.list_answered(contest.id)],
        may_judge=current_user.can(Permission.JUDGE_ENTRIES),
    )


@bp.get("/<int:number>")
@needs(Permission.JUDGE_ENTRIES)
def complaint(slug: str, number: int) -> str:
    """One complaint in the entrant's words, and the form of the answer."""
    contest = get_contest(slug)
    return _page(contest, queries.get_complaint(contest.id, number), AnswerForm(formdata=None))


@bp.post("/<int:number>")
@needs(Permission.JUDGE_ENTRIES)
def answer_complaint(slug: str, number: int) -> Response | tuple[str, int]:
    """Answer in writing; what is answered stays answered."""
    contest, form = get_contest(slug), AnswerForm()
    found = queries.get_complaint(contest.id, number)
    if not form.validate():
        return _page(contest, found, form), 422
    try:
        answer(
            contest,
            number,
            Verdict(form.verdict.data),
            form.words.data or "",
            actor=staff_actor(),
            now=clock.now(),
        )
    except NotFound:
        raise
    except DomainError as error:
        return _page(contest, queries.get_complaint(contest.id, number), form, domain_message(error)), 409
    flash(_("Đã trả lời khiếu nại số %(n)s.", n=number), "success")
    return redirect(url_for(".queue", slug=slug), code=303)


def _page(contest: Contest, found: Complaint, form: AnswerForm, refusal: str = "") -> str:
    return render_template(
        "complaints/complaint.html",
        contest=contest,
        line=complaint_line(contest, found, clock.now()),
        entry=get_entry(contest.id, found.entry_id),
        form=form,
        refusal=refusal,
    )
