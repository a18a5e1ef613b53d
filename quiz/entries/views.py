"""Entering a contest: the form, the check of what will be stored, coming back."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from quiz.contests import queries as contests
from quiz.contests.models import Contest, ContestUnit
from quiz.contests.pages import contact_of, round_facts
from quiz.contests.phases import Phase
from quiz.core import clock
from quiz.core.errors import DomainError
from quiz.core.phones import spaced_form
from quiz.entries import queries, service
from quiz.entries.errors import EntryInvalid, EntryRefused, IdentityTaken, ReturnRefused
from quiz.entries.forms import EntryForm, ResumeForm, entry_form
from quiz.entries.pages import CheckPage, Consent, EnterPage, may_be_chosen, unit_groups
from quiz.web.entrants import entrant_id, network, remember_entrant
from quiz.web.guards import keyring
from quiz.web.labels import domain_message

bp = Blueprint("entries", __name__, url_prefix="/c/<slug>")


class EntryClosed(DomainError):
    """No round of the contest takes people any more, or none is announced yet."""


@bp.route("/enter", methods=["GET", "POST"])
def enter(slug: str) -> Response | str | tuple[str, int]:
    """The form; what was typed, shown once more; then the entry itself."""
    contest = open_contest_or_404(slug)
    form = entry_form(contest)
    step = request.form.get("step", "check")
    if request.method == "GET" or step == "edit":
        return _form_page(contest, form)
    units = {unit.code: unit for unit in contests.list_units(contest.id) if may_be_chosen(unit)}
    today = clock.now().astimezone(contest.settings.zone).date()
    if not form.check(contest, frozenset(units), today):
        return _form_page(contest, form), 422
    unit = units.get(form.unit.data) if "unit" in form else None
    if step != "save":
        return _check_page(contest, form, unit)
    try:
        entry, is_new = service.register(contest, _person(form, unit), now=clock.now(), keyring=keyring())
    except (EntryInvalid, EntryRefused, IdentityTaken) as error:
        form.form_errors.append(domain_message(error))
        return _form_page(contest, form), 409 if isinstance(error, IdentityTaken) else 422
    return _welcome(contest, entry.id, is_new=is_new)


@bp.post("/resume")
def resume(slug: str) -> Response | tuple[str, int]:
    """Come back by phone and birth date: the same entry, and the same running paper."""
    contest = open_contest_or_404(slug)
    form = ResumeForm(prefix="resume")
    if not form.check(clock.now().astimezone(contest.settings.zone).date()):
        return _form_page(contest, entry_form(contest), form), 422
    assert form.phone_number is not None
    assert form.birth_date is not None
    try:
        entry = service.come_back(
            contest,
            phone=form.phone_number,
            birth_date=form.birth_date,
            name=None,
            network=network(),
            now=clock.now(),
            keyring=keyring(),
        )
    except ReturnRefused as error:
        form.form_errors.append(domain_message(error))
        return _form_page(
            contest, entry_form(contest), form
        ), 429 if error.code == "too_many_returns" else 422
    return _welcome(contest, entry.id)


def open_contest_or_404(slug: str) -> Contest:
    """The contest while people may enter it. Raises NotFound and EntryClosed."""
    contest = contests.get_contest(slug)
    phases = {round_.window.phase(clock.now()) for round_ in contests.list_rounds(contest)}
    if not phases & {Phase.SCHEDULED, Phase.OPEN, Phase.PAUSED}:
        raise EntryClosed("entry_closed")
    return contest


def _welcome(contest: Contest, entry_id: int, *, is_new: bool = False) -> Response:
    """Let the browser act for the entry. A browser that did not yet is another device, which is logged."""
    if not is_new and entrant_id(contest.id) != entry_id:
        service.note_return(contest, entry_id, now=clock.now())
    remember_entrant(contest.id, entry_id)
    round_ = contests.current_round(contest, clock.now())
    if round_ is None:
        flash(_("Đã ghi nhận đăng ký."), "success")
        return redirect(url_for("public.contest", slug=contest.slug), code=303)
    return redirect(url_for("attempts.ready", slug=contest.slug, number=round_.number), code=303)


def _person(form: EntryForm, unit: ContestUnit | None) -> service.Person:
    return service.Person(
        name=form.name.data or "",
        birth_date=form.birth_date,
        phone=form.phone_number,
        national_id=form.national_id_number,
        unit_id=unit.id if unit else None,
        may_publish=bool(form.may_publish.data),
    )


def _form_page(contest: Contest, form: EntryForm, resume_form: ResumeForm | None = None) -> str:
    now, settings, policy = clock.now(), contest.settings, contest.entry
    round_ = contests.current_round(contest, now)
    known = entrant_id(contest.id)
    entry = queries.find_entry(contest.id, known) if known else None
    page = EnterPage(
        slug=contest.slug,
        title=settings.title,
        short_title=settings.display_title,
        contact=contact_of(contest),
        round=round_facts(round_, now) if round_ else None,
        min_age=policy.lowest_age,
        unit_groups=unit_groups(contests.list_units(contest.id)) if policy.asks("unit") else (),
        unit_outside="" if policy.requires("unit") else _("Không thuộc đơn vị nào"),
        optional=frozenset(
            name for name in ("birth_date", "phone", "national_id", "unit") if not policy.requires(name)
        ),
        consent=Consent(
            version=policy.consent_version,
            months=policy.retention_months,
            text=policy.consent,
        ),
        known=entry.name if entry else None,
        known_url=(
            url_for("attempts.ready", slug=contest.slug, number=round_.number) if entry and round_ else None
        ),
        is_resuming=resume_form is not None,
    )
    shown = resume_form or ResumeForm(prefix="resume", formdata=None)
    return render_template("entries/enter.html", page=page, form=form, resume=shown)


def _check_page(contest: Contest, form: EntryForm, unit: ContestUnit | None) -> str:
    parents = {row.id: row for row in contests.list_units(contest.id)}
    parent = parents.get(unit.parent_id) if unit and unit.parent_id else None
    page = CheckPage(
        slug=contest.slug,
        title=contest.settings.title,
        short_title=contest.settings.display_title,
        contact=contact_of(contest),
        name=form.name.data or "",
        birth_date=form.birth_date,
        phone=spaced_form(form.phone_number) if form.phone_number else None,
        national_id=form.national_id_number,
        unit=unit.name if unit else None,
        unit_trail=parent.name if parent else "",
        may_publish=bool(form.may_publish.data),
    )
    return render_template("entries/check.html", page=page, form=form)
