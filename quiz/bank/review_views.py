"""/manage/banks/review: the questions that wait, one at a time or as a list, for the second person."""

from collections.abc import Mapping

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user
from werkzeug.wrappers import Response

from quiz.accounts.permissions import Permission
from quiz.bank import browsing, life, reviewing
from quiz.bank.admin import bank_or_404, bp
from quiz.bank.errors import CommentInvalid, QuestionChanged, StepRefused
from quiz.bank.labels import CHANGED_PARTS, KINDS, NOTES, STATES
from quiz.bank.languages import language_name
from quiz.bank.review_forms import ChosenForm, ReviewForm, number_of
from quiz.bank.review_pages import QueueFilter, review_page
from quiz.bank.reviewing import Queue, Waiting
from quiz.bank.workflow import Step
from quiz.core import clock
from quiz.core.errors import DomainError, Invalid
from quiz.web import desk
from quiz.web.guards import needs, staff_actor
from quiz.web.labels import domain_message
from quiz.web.paging import asked_page, pages

_MAY = Permission.REVIEW_QUESTIONS


@bp.get("/review")
@needs(_MAY)
def review() -> str:
    """One question that waits, with all that its reviewer needs; or all of them as a list."""
    if request.args.get("view") == "list":
        return _list_page()
    queue = _queue()
    waiting = reviewing.find_waiting(queue, number_of(request.args.get("at")))
    return _page(queue, waiting, ReviewForm(formdata=None))


@bp.post("/review/<slug>/<int:number>")
@needs(_MAY)
def judge(slug: str, number: int) -> Response | tuple[str, int]:
    """Approve the wording that was seen, send it back, or say something; then the next question."""
    bank, form = bank_or_404(slug), ReviewForm()
    question, revision = browsing.get_question(bank.id, number)
    try:
        told = _take(form, question.id)
    except (CommentInvalid, QuestionChanged) as error:
        # The question still waits: the page comes back with what was typed.
        form.text.errors = [domain_message(error)] if isinstance(error, CommentInvalid) else ()
        problem = domain_message(error) if isinstance(error, QuestionChanged) else ""
        queue = _queue()
        return _page(queue, reviewing.find_waiting(queue, revision.id), form, problem), error.status
    except StepRefused as error:
        flash(domain_message(error), "warning")
    else:
        flash(told % {"number": number}, "success")
    # A question that was handled waits no longer: the queue goes on with the one after it.
    return redirect(_url(at=revision.id), code=303)


@bp.post("/review/approve")
@needs(_MAY)
def approve_chosen() -> Response | str:
    """Approve the questions that were ticked: first what will happen is named, then it is done."""
    form = ChosenForm()
    chosen = reviewing.list_chosen(Queue(reviewer_id=current_user.id), form.revisions)
    if not chosen:
        flash(_("Chưa chọn câu nào, hoặc các câu đã chọn không còn chờ duyệt."), "warning")
        return redirect(_url(view="list"), code=303)
    if not form.is_confirmed.data:
        return render_template("bank/review_confirm.html", chosen=chosen, filter=_filter(_queue()))
    outcome = life.approve_many(
        [(one.question.id, one.revision.id) for one in chosen], actor=staff_actor(), now=clock.now()
    )
    _tell(chosen, outcome, len(set(form.revisions)) - len(chosen))
    return redirect(_url(view="list"), code=303)


def count_for_reviewer() -> int:
    """How many questions wait for the signed-in person, for the menu."""
    return reviewing.count_waiting(Queue(reviewer_id=current_user.id))


desk.add_count("bank.review", count_for_reviewer)


def _take(form: ReviewForm, question_id: int) -> str:
    """Do what the button says; the words for it. Raises what `life` raises, Invalid for another step."""
    actor, now, text = staff_actor(), clock.now(), form.text.data or ""
    if form.step.data == Step.APPROVE:
        life.approve(question_id, seen_revision=form.seen, text=text, actor=actor, now=now)
        return str(_("Đã duyệt câu %(number)s."))
    if form.step.data == Step.RETURN:
        life.send_back(question_id, text, seen_revision=form.seen, actor=actor, now=now)
        return str(_("Đã trả lại câu %(number)s cho người soạn."))
    if form.step.data == Step.COMMENT:
        life.comment(question_id, text, actor=actor, now=now)
        return str(_("Đã ghi lời góp ý ở câu %(number)s."))
    raise Invalid("review_step")


def _tell(chosen: list[Waiting], outcome: Mapping[int, DomainError | None], missing: int) -> None:
    """Flash how many were approved, and why the others were not."""
    done = sum(refused is None for refused in outcome.values())
    if done:
        flash(ngettext("Đã duyệt %(num)s câu.", "Đã duyệt %(num)s câu.", done), "success")
    numbers = {one.question.id: one.question.number for one in chosen}
    for question_id, refused in outcome.items():
        if refused is not None:
            why = domain_message(refused)
            flash(_("Câu %(number)s chưa duyệt: %(why)s", number=numbers[question_id], why=why), "warning")
    if missing:
        flash(
            ngettext(
                "%(num)s câu đã chọn vừa có người sửa hoặc duyệt, không duyệt lại.",
                "%(num)s câu đã chọn vừa có người sửa hoặc duyệt, không duyệt lại.",
                missing,
            ),
            "warning",
        )


def _queue() -> Queue:
    """The queue that the address asks for. What the person may not approve is shown where asked for."""
    author = request.args.get("author", "")
    own = request.args.get("own") == "y"
    return Queue(
        bank=request.args.get("bank", "")[:40],
        topic=request.args.get("topic", "")[:300],
        author=number_of(author) if author else None,
        reviewer_id=None if own else current_user.id,
    )


def _url(**values: object) -> str:
    """The queue's address with its filters kept."""
    kept = {name: request.args[name] for name in ("bank", "topic", "author", "own") if request.args.get(name)}
    return url_for("bank.review", **(kept | values))  # type: ignore[arg-type]  # Flask's own parameters


def _filter(queue: Queue) -> QueueFilter:
    everybody = reviewing.count_waiting(Queue(author=current_user.id))
    allowed = reviewing.count_waiting(Queue(author=current_user.id, reviewer_id=current_user.id))
    return QueueFilter(queue, reviewing.queue_choices(queue), everybody - allowed, _url)


def _page(queue: Queue, waiting: Waiting | None, form: ReviewForm, problem: str = "") -> str:
    page = review_page(waiting, queue, current_user.id) if waiting else None
    if page:
        form.seen_revision.data = str(page.waiting.revision.id)
    return render_template(
        "bank/review.html",
        page=page,
        form=form,
        problem=problem,
        filter=_filter(queue),
        notes=NOTES,
        parts=CHANGED_PARTS,
        kinds=KINDS,
        states=STATES,
        language_name=language_name,
    )


def _list_page() -> str:
    queue = _queue()
    total = reviewing.count_waiting(queue)
    count = max(1, -(-total // reviewing.PER_PAGE))
    number = min(asked_page(), count)
    kept = {name: request.args.get(name, "") for name in ("bank", "topic", "author", "own")}
    return render_template(
        "bank/review_list.html",
        lines=reviewing.list_waiting(queue, number),
        total=total,
        filter=_filter(queue),
        pages=pages(number, count, view="list", **kept),
    )
