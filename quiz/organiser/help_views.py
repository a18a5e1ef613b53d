"""/manage/c/<slug>/rounds/<n>/help: more time and announcements for people who are working now."""

from collections.abc import Sequence

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response
from wtforms.fields.choices import SelectChoice

from quiz.accounts.permissions import Permission
from quiz.accounts.queries import names_of
from quiz.attempts import helping
from quiz.attempts.deadlines import Scope, extend, list_extensions
from quiz.attempts.models import Extension
from quiz.attempts.queries import count_running
from quiz.contests import queries as contests
from quiz.contests.models import Contest, ContestUnit, Round
from quiz.core import clock
from quiz.core.errors import DomainError
from quiz.entries.queries import find_entry
from quiz.organiser.help_forms import TimeForm, WordsForm
from quiz.organiser.pages import ActLine
from quiz.organiser.views import bp, contest_or_404
from quiz.web.guards import needs, staff_actor
from quiz.web.labels import domain_message

_EVERYBODY = ""


@bp.get("/c/<slug>/rounds/<int:number>/help")
@needs(Permission.RUN_ROUNDS)
def help_page(slug: str, number: int) -> str:
    """Who is working now, what can be done for them, and what was done."""
    contest = contest_or_404(slug)
    return _page(contest, contests.get_round(contest, number), TimeForm(formdata=None), _words_form(None))


@bp.post("/c/<slug>/rounds/<int:number>/help/time")
@needs(Permission.RUN_ROUNDS)
def add_time(slug: str, number: int) -> Response | tuple[str, int]:
    """Move the deadlines of running attempts."""
    contest = contest_or_404(slug)
    round_, units = contests.get_round(contest, number), contests.list_units(contest.id)
    form = _with_units(TimeForm(), units)
    if not form.validate():
        return _page(contest, round_, form, _words_form(None)), 422
    unit = next((one for one in units if one.code == form.unit.data), None)
    try:
        act = extend(
            contest,
            number,
            scope=Scope.UNIT if unit else Scope.ROUND,
            target_id=unit.id if unit else None,
            minutes=form.minutes.data or 0,
            reason=form.reason.data or "",
            actor=staff_actor(),
            now=clock.now(),
        )
    except DomainError as error:
        return _page(contest, round_, form, _words_form(None), domain_message(error)), error.status
    flash(ngettext("Đã thêm giờ cho %(num)s người.", "Đã thêm giờ cho %(num)s người.", act.moved), "success")
    return redirect(url_for(".help_page", slug=slug, number=number), code=303)


@bp.post("/c/<slug>/rounds/<int:number>/help/words")
@needs(Permission.RUN_ROUNDS)
def announce(slug: str, number: int) -> Response | tuple[str, int]:
    """Show words on the page of everybody who is working."""
    contest = contest_or_404(slug)
    round_, form = contests.get_round(contest, number), WordsForm()
    if not form.validate():
        return _page(contest, round_, TimeForm(formdata=None), form), 422
    helping.announce(contest, number, form.words.data or "", actor=staff_actor(), now=clock.now())
    flash(_("Đã thông báo. Người đang làm bài thấy trong vòng nửa phút."), "success")
    return redirect(url_for(".help_page", slug=slug, number=number), code=303)


@bp.post("/c/<slug>/rounds/<int:number>/help/words/end")
@needs(Permission.RUN_ROUNDS)
def end_announcement(slug: str, number: int) -> Response:
    """Take the announcement back."""
    contest = contest_or_404(slug)
    contests.get_round(contest, number)
    helping.end_announcement(contest, number, actor=staff_actor(), now=clock.now())
    flash(_("Đã gỡ thông báo."), "success")
    return redirect(url_for(".help_page", slug=slug, number=number), code=303)


def _words_form(data: None) -> WordsForm:
    return WordsForm(formdata=data)


def _with_units(form: TimeForm, units: Sequence[ContestUnit]) -> TimeForm:
    form.unit.choices = [
        SelectChoice(_EVERYBODY, _("Mọi người đang làm bài")),
        *(SelectChoice(unit.code, unit.name) for unit in units),
    ]
    return form


def _page(contest: Contest, round_: Round, time: TimeForm, words: WordsForm, refusal: str = "") -> str:
    announced = helping.list_announcements(contest.id, round_.number)
    units = contests.list_units(contest.id)
    return render_template(
        "organiser/help.html",
        contest=contest,
        round=round_,
        running=count_running(contest.id, clock.now(), round_.number),
        time=_with_units(time, units),
        words=words,
        refusal=refusal,
        current=next((one for one in announced if one.ended_at is None), None),
        acts=_acts(contest, round_, {unit.id: unit.name for unit in units}),
    )


def _acts(contest: Contest, round_: Round, units: dict[int, str]) -> list[ActLine]:
    """Time added and words said, the newest first."""
    times = list_extensions(contest.id, round_.number)
    said = helping.list_announcements(contest.id, round_.number)
    staff = names_of([one.staff_id or 0 for one in times] + [one.staff_id or 0 for one in said])
    lines = [
        ActLine(one.given_at, _time_words(contest, one, units), staff.get(one.staff_id or 0, ""), one.reason)
        for one in times
    ]
    for one in said:
        words = _("Thông báo: %(words)s", words=one.words)
        lines.append(ActLine(one.published_at, words, staff.get(one.staff_id or 0, ""), ""))
    return sorted(lines, key=lambda line: line.at, reverse=True)


def _time_words(contest: Contest, act: Extension, units: dict[int, str]) -> str:
    people = ngettext("%(num)s người", "%(num)s người", act.moved)
    if act.kind == "pause":
        minutes, seconds = divmod(act.seconds, 60)
        return _("Bù %(m)s phút %(s)s giây tạm dừng cho %(people)s", m=minutes, s=seconds, people=people)
    minutes = act.seconds // 60
    if act.scope == Scope.UNIT.value:
        unit = units.get(act.target_id or 0, "")
        return _("Thêm %(m)s phút cho %(people)s của %(unit)s", m=minutes, people=people, unit=unit)
    if act.scope == Scope.ENTRY.value:
        entry = find_entry(contest.id, act.target_id or 0)
        return _("Thêm %(m)s phút cho %(name)s", m=minutes, name=entry.name if entry else "")
    return _("Thêm %(m)s phút cho mọi người đang làm (%(people)s)", m=minutes, people=people)
