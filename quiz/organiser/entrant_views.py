"""/manage/c/<slug>/entrants/<id>: one entrant, the attempts, and what can be done for the person."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from quiz.accounts.permissions import Permission
from quiz.attempts import helping
from quiz.attempts import queries as attempts
from quiz.attempts.deadlines import Scope, extend
from quiz.attempts.models import Attempt
from quiz.attempts.showing import is_running
from quiz.audit.queries import list_times
from quiz.audit.service import Action
from quiz.contests import queries as contests
from quiz.contests.models import Contest, Round
from quiz.contests.phases import RoundState
from quiz.core import clock
from quiz.core.errors import DomainError, NotFound
from quiz.entries.models import Entry
from quiz.entries.queries import get_entry
from quiz.organiser.help_forms import GiveBackForm, NeedForm, PersonTimeForm
from quiz.organiser.pages import AttemptLine
from quiz.organiser.views import bp, contest_or_404, may
from quiz.web.forms import BaseForm
from quiz.web.guards import needs, staff_actor
from quiz.web.labels import domain_message

_FINAL = {RoundState.FROZEN.value, RoundState.PUBLISHED.value}


@bp.get("/c/<slug>/entrants/<int:entry_id>")
@needs(Permission.SEE_CONTESTS)
def entrant(slug: str, entry_id: int) -> str:
    """The person, every attempt with its times, and the notes that hold in every round."""
    contest, entry = _entrant_or_404(slug, entry_id)
    return _page(contest, entry)


@bp.post("/c/<slug>/entrants/<int:entry_id>/time/<int:number>")
@needs(Permission.RUN_ROUNDS)
def extend_entrant(slug: str, entry_id: int, number: int) -> Response | tuple[str, int]:
    """More minutes for the attempt that the person is working on."""
    contest, entry = _entrant_or_404(slug, entry_id)
    form = PersonTimeForm()
    if not form.validate():
        return _page(contest, entry, _first_error(form)), 422
    try:
        extend(
            contest,
            number,
            scope=Scope.ENTRY,
            target_id=entry_id,
            minutes=form.minutes.data or 0,
            reason=form.reason.data or "",
            actor=staff_actor(),
            now=clock.now(),
        )
    except NotFound:
        raise
    except DomainError as error:
        return _page(contest, entry, domain_message(error)), error.status
    flash(_("Đã thêm %(n)s phút.", n=form.minutes.data), "success")
    return redirect(url_for(".entrant", slug=slug, entry_id=entry_id), code=303)


@bp.post("/c/<slug>/entrants/<int:entry_id>/give-back/<code>")
@needs(Permission.RUN_ROUNDS)
def give_back(slug: str, entry_id: int, code: str) -> Response | tuple[str, int]:
    """Let an attempt not count, so that the person can take it again."""
    contest, entry = _entrant_or_404(slug, entry_id)
    if code not in {attempt.code for attempt in attempts.list_attempts(contest.id, entry.id)}:
        raise NotFound("attempt")
    form = GiveBackForm()
    if not form.validate():
        return _page(contest, entry, _first_error(form)), 422
    try:
        helping.give_back(contest, code, reason=form.reason.data or "", actor=staff_actor(), now=clock.now())
    except DomainError as error:
        return _page(contest, entry, domain_message(error)), error.status
    flash(_("Đã trả lại lượt. Kết quả của người này được tính lại từ các lượt khác."), "success")
    return redirect(url_for(".entrant", slug=slug, entry_id=entry_id), code=303)


@bp.post("/c/<slug>/entrants/<int:entry_id>/need")
@needs(Permission.RUN_ROUNDS)
def note_need(slug: str, entry_id: int) -> Response | tuple[str, int]:
    """More time in every round, or no clock."""
    contest, entry = _entrant_or_404(slug, entry_id)
    form = NeedForm()
    if not form.validate():
        return _page(contest, entry, need=form), 422
    helping.note_need(
        contest,
        entry_id,
        extra_percent=form.extra_percent.data or 0,
        hides_clock=bool(form.hides_clock.data),
        reason=form.reason.data or "",
        actor=staff_actor(),
        now=clock.now(),
    )
    flash(_("Đã ghi. Từ lượt sau, mọi vòng theo nhu cầu này."), "success")
    return redirect(url_for(".entrant", slug=slug, entry_id=entry_id), code=303)


def _entrant_or_404(slug: str, entry_id: int) -> tuple[Contest, Entry]:
    contest = contest_or_404(slug)
    return contest, get_entry(contest.id, entry_id)


def _first_error(form: BaseForm) -> str:
    """The first thing that is wrong, with its field's name: small forms stand several on a page."""
    name, messages = next(iter(form.errors.items()))
    return f"{form[str(name)].label.text}: {messages[0]}"


def _page(contest: Contest, entry: Entry, refusal: str = "", need: NeedForm | None = None) -> str:
    rounds = {round_.number: round_ for round_ in contests.list_public_rounds(contest)}
    unit = next((one for one in contests.list_units(contest.id) if one.id == entry.unit_id), None)
    noted = helping.find_need(contest.id, entry.id)
    rows = attempts.list_attempts(contest.id, entry.id)
    return render_template(
        "organiser/entrant.html",
        contest=contest,
        entry=entry,
        unit=unit.name if unit else "",
        lines=[_line(row, rounds[row.round_number]) for row in reversed(rows) if row.round_number in rounds],
        noted=noted,
        returns=list_times(contest.id, Action.ENTRANT_RETURNED.value, entry.id),
        need=need or NeedForm(formdata=None, obj=noted),
        time=PersonTimeForm(formdata=None),
        refusal=refusal,
        may_run=may(Permission.RUN_ROUNDS),
        may_judge=may(Permission.JUDGE_ENTRIES),
        may_see_people=may(Permission.SEE_PERSONAL_DATA) and entry.status != "erased",
    )


def _line(row: Attempt, round_: Round) -> AttemptLine:
    running = is_running(row, round_, clock.now())
    result = attempts.find_result(row.contest_id, row.round_number, row.entry_id)
    void = "annulled" if row.annulment_id else "given_back"
    state = void if row.voided_at else "running" if running else "closed"
    return AttemptLine(
        code=row.code,
        round_name=round_.settings.name,
        round_number=row.round_number,
        number=row.number,
        state=state,
        started_at=row.started_at,
        deadline_at=row.deadline_at,
        saved_at=row.saved_at,
        revision=row.revision,
        ended_at=row.submitted_at if row.closed_at else None,
        correct=row.correct_count,
        total=row.question_count,
        duration_ms=row.duration_ms,
        is_counted=result is not None and result.attempt_id == row.id,
        may_be_given_back=state == "closed" and row.closed_at is not None and round_.state not in _FINAL,
        reason=row.void_reason or "",
    )
