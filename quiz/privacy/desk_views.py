"""/manage/c/<slug>/data: what people asked about their data; their data in clear, for a reason."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from quiz.accounts.permissions import Permission
from quiz.audit.actors import Actor
from quiz.contests import queries as contests
from quiz.contests.models import Contest
from quiz.core import clock
from quiz.core.errors import DomainError, NotFound
from quiz.entries.queries import get_entry
from quiz.privacy import disclosure, queries, service
from quiz.privacy.desk_pages import queue_line, request_page
from quiz.privacy.forms import AnswerForm, ReasonForm
from quiz.privacy.models import DataRequest
from quiz.privacy.showing import identity_facts
from quiz.privacy.winner_pages import has_winners
from quiz.web.guards import keyring, needs, staff_actor
from quiz.web.labels import domain_message

bp = Blueprint("privacy_desk", __name__, url_prefix="/manage/c/<slug>")
Decide = Callable[..., object]


@bp.get("/data")
@needs(Permission.SEE_CONTESTS)
def queue(slug: str) -> str:
    """What waits, the most urgent first, and what is over."""
    contest, now = contests.get_contest(slug), clock.now()
    return render_template(
        "privacy/queue.html",
        contest=contest,
        counts=queries.count_queue(contest.id, now),
        waiting=[queue_line(contest, one, now) for one in queries.list_waiting(contest.id)],
        closed=[queue_line(contest, one, now) for one in queries.list_closed(contest.id)],
        may_decide=_may_see_people(),
        rounds=[one for one in contests.list_rounds(contest) if has_winners(one)],
    )


@bp.get("/data/<int:request_id>")
@needs(Permission.SEE_PERSONAL_DATA)
def data_request(slug: str, request_id: int) -> str:
    """One request: what is asked, until when, and what doing it means."""
    contest = contests.get_contest(slug)
    return _request_page(contest, queries.get_request(contest.id, request_id), AnswerForm(formdata=None))


@bp.post("/data/<int:request_id>/answer")
@needs(Permission.SEE_PERSONAL_DATA)
def answer(slug: str, request_id: int) -> Response | tuple[str, int]:
    """Tell the person what will be done; the request still waits."""
    return _decided(slug, request_id, service.answer, _("Đã trả lời. Yêu cầu vẫn chờ làm."))


@bp.post("/data/<int:request_id>/fulfil")
@needs(Permission.SEE_PERSONAL_DATA)
def fulfil(slug: str, request_id: int) -> Response | tuple[str, int]:
    """Do what is asked."""
    decide = partial(service.fulfil, keyring=keyring())
    return _decided(slug, request_id, decide, _("Đã làm theo yêu cầu."))


@bp.post("/data/<int:request_id>/refuse")
@needs(Permission.SEE_PERSONAL_DATA)
def refuse(slug: str, request_id: int) -> Response | tuple[str, int]:
    """Do not do it, and say why."""
    return _decided(slug, request_id, service.refuse, _("Đã trả lời là không làm."))


@bp.route("/entrants/<int:entry_id>/data", methods=["GET", "POST"])
@needs(Permission.SEE_PERSONAL_DATA)
def reveal(slug: str, entry_id: int) -> str | tuple[str, int]:
    """A person's data in clear, once a reason is stated; the person sees when and why."""
    contest, form = contests.get_contest(slug), ReasonForm()
    entry = get_entry(contest.id, entry_id)
    if entry.is_erased:
        raise NotFound("entry")
    facts, status = None, 200
    if form.is_submitted():
        facts = _facts_if_allowed(contest, entry_id, form)
        status = 200 if facts is not None else 422
    left = disclosure.left_today(contest, staff_actor().id or 0, disclosure.VIEW, clock.now())
    looks = queries.list_disclosures(contest.id, entry_id)
    page = render_template(
        "privacy/reveal.html", contest=contest, entry=entry, form=form, facts=facts, left=left, looks=looks
    )
    return page if status == 200 else (page, status)


def _facts_if_allowed(
    contest: Contest, entry_id: int, form: ReasonForm
) -> tuple[tuple[str, str], ...] | None:
    """The lines to show, or None with the reason why not in the form."""
    if not form.validate():
        return None
    try:
        shown = disclosure.reveal(
            contest,
            entry_id,
            form.reason.data or "",
            actor=staff_actor(),
            now=clock.now(),
            keyring=keyring(),
        )
    except NotFound:
        raise
    except DomainError as error:
        form.reason.errors = [domain_message(error)]
        return None
    unit = next((one for one in contests.list_units(contest.id) if one.id == shown.entry.unit_id), None)
    return identity_facts(shown.identity, unit=unit.name if unit else None, is_clear=True)


def _decided(slug: str, request_id: int, decide: Decide, done: str) -> Response | tuple[str, int]:
    contest, form = contests.get_contest(slug), AnswerForm()
    asked = queries.get_request(contest.id, request_id)
    if not form.validate():
        return _request_page(contest, asked, form), 422
    actor: Actor = staff_actor()
    now: datetime = clock.now()
    try:
        decide(contest, request_id, form.words.data or "", actor=actor, now=now)
    except NotFound:
        raise
    except DomainError as error:
        form.words.errors = [domain_message(error)]
        return _request_page(contest, queries.get_request(contest.id, request_id), form), error.status
    flash(done, "success")
    return redirect(url_for(".queue", slug=slug), code=303)


def _request_page(contest: Contest, asked: DataRequest, form: AnswerForm) -> str:
    page = request_page(contest, asked, keyring(), clock.now())
    return render_template("privacy/request.html", contest=contest, page=page, form=form)


def _may_see_people() -> bool:
    return bool(current_user.can(Permission.SEE_PERSONAL_DATA))
