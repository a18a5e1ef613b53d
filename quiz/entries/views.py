"""Entering a contest: the form, and the check of what will be stored."""

from collections.abc import Sequence

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from quiz.contests import queries as contests
from quiz.contests.definition_entry import FORM_FIELDS, Way
from quiz.contests.models import Contest, ContestUnit
from quiz.contests.pages import contact_of, round_facts
from quiz.contests.phases import Phase
from quiz.core import clock
from quiz.core.errors import DomainError
from quiz.core.national_ids import card_facts
from quiz.core.phones import spaced_form
from quiz.entries import proofs, queries, service, tries
from quiz.entries.consenting import note_consent
from quiz.entries.errors import EntryInvalid, EntryRefused, IdentityTaken, ReturnRefused
from quiz.entries.forms import EntryForm, entry_form, resume_form
from quiz.entries.labels import GENDERS, birth_words, consent_words, doubt_words
from quiz.entries.pages import CheckPage, Consent, EnterPage, UnitGroup, may_be_chosen, unit_groups
from quiz.entries.person import Origin, Person
from quiz.entries.unit_pages import search_units, unit_trail
from quiz.limits.deeds import Deed
from quiz.signin import browser
from quiz.signin.browser import WayIn
from quiz.web.devices import device
from quiz.web.entrants import entrant_id, invited_by, network, remember_entrant
from quiz.web.guards import keyring
from quiz.web.labels import domain_message
from quiz.web.limiting import limited

bp = Blueprint("entries", __name__, url_prefix="/c/<slug>")

_REFUSED = {"identity_taken": 409, "too_many_returns": 429}  # every other refusal is 422


class EntryClosed(DomainError):
    """No round of the contest takes people any more, or none is announced yet."""


def _is_confirmed() -> bool:
    """The form and the check of what was typed may be sent as often as people like."""
    return request.method == "POST" and request.form.get("step") == "save"


@bp.route("/enter", methods=["GET", "POST"])
@limited(Deed.ENTER, _is_confirmed)
def enter(slug: str) -> Response | str | tuple[str, int]:
    """The form; what was typed, shown once more; then the entry itself."""
    if request.method == "GET" and is_over(slug):
        return redirect(url_for("entries.resume", slug=slug), code=303)
    contest = open_contest_or_404(slug)
    way = browser.way_in(contest)
    if way is None:
        return redirect(url_for("signin.ways", slug=slug), code=303)
    form = entry_form(contest, way)
    step = request.form.get("step", "check")
    if request.method == "GET":
        form.suggest(browser.known_of(way))
    if request.method == "GET" or step in ("edit", "find"):
        return _form_page(contest, form, way)
    units = {unit.code: unit for unit in units_to_choose(contest)}
    today = clock.now().astimezone(contest.settings.zone).date()
    if not form.check(contest, frozenset(units), today):
        return _form_page(contest, form, way), 422
    unit = units.get(form.unit.data) if "unit" in form else None
    try:
        person = tries.admitted(
            contest, _person(contest, form, unit, way), network=network(), now=clock.now(), keyring=keyring()
        )
        if step != "save":
            return _check_page(contest, form, person)
        if form.doubts and not form.id_checked.data:
            form.id_checked.errors = [_("cần xem lại rồi đánh dấu ô này, hoặc chọn Sửa lại.")]
            return _check_page(contest, form, person), 422
        entry, is_new = service.register(contest, person, now=clock.now(), keyring=keyring())
    except (EntryInvalid, EntryRefused, IdentityTaken, ReturnRefused) as error:
        form.form_errors.append(domain_message(error))
        return _form_page(contest, form, way), _REFUSED.get(error.code, 422)
    if is_new:
        note_consent(contest, entry.id, form.agreed(contest), now=clock.now())
        if way.contact is not None:
            proofs.note_proof(entry, way.contact, keyring=keyring(), now=clock.now())
    return welcome(contest, entry.id, is_new=is_new)


def open_contest_or_404(slug: str) -> Contest:
    """The contest while people may enter it. Raises NotFound and EntryClosed."""
    contest = contests.get_contest(slug)
    phases = {round_.window.phase(clock.now()) for round_ in contests.list_rounds(contest)}
    if not phases & {Phase.SCHEDULED, Phase.OPEN, Phase.RESTING, Phase.PAUSED}:
        raise EntryClosed("entry_closed")
    return contest


def is_over(slug: str) -> bool:
    """Whether all rounds that were announced are over: nobody new, but people come back. Raises NotFound."""
    rounds = contests.list_public_rounds(contests.get_contest(slug))
    return bool(rounds) and all(round_.window.phase(clock.now()).is_over for round_ in rounds)


def welcome(contest: Contest, entry_id: int, *, is_new: bool = False) -> Response:
    """Let the browser act for the entry. A browser that did not yet is another device, which is logged."""
    if not is_new and entrant_id(contest.id) != entry_id:
        service.note_return(contest, entry_id, now=clock.now())
    remember_entrant(contest.id, entry_id)
    browser.spend_proof()
    round_ = contests.current_round(contest, clock.now()) if is_new else None
    if round_ is None:
        return redirect(url_for("attempts.mine", slug=contest.slug), code=303)
    return redirect(url_for("attempts.ready", slug=contest.slug, number=round_.number), code=303)


def units_to_choose(contest: Contest) -> list[ContestUnit]:
    """The units that people can belong to and that the contest admits."""
    admits = contest.entry.admits_unit
    return [unit for unit in contests.list_units(contest.id) if may_be_chosen(unit) and admits(unit.path)]


def _person(contest: Contest, form: EntryForm, unit: ContestUnit | None, way: WayIn) -> Person:
    return Person(
        name=form.name.data or "",
        birth_date=form.birth_date,
        phone=form.phone_number,
        national_id=form.national_id_number,
        unit_id=unit.id if unit else None,
        may_publish=form.agrees_to_publication(),
        representative=form.representative,
        category=(form.category.data or None) if "category" in form else None,
        roster_code=form.roster_code.data if "roster_code" in form else None,
        extras=form.extras,
        account_id=way.account.id if way.account else None,
        origin=Origin(device(), network()),
        referred_by=invited_by(contest.id),
    )


def _form_page(contest: Contest, form: EntryForm, way: WayIn) -> str:
    now, settings, policy = clock.now(), contest.settings, contest.entry
    round_ = contests.current_round(contest, now)
    known = entrant_id(contest.id)
    entry = queries.find_entry(contest.id, known) if known else None
    choices = unit_groups(contests.list_units(contest.id), policy) if "unit" in form else ()
    search = search_units(choices, request.form.get("unit_q", "")[:80])
    if "unit" in form:
        form.unit.data = search.only or form.unit.data or _unit_of_address(choices)
    page = EnterPage(
        slug=contest.slug,
        title=settings.title,
        short_title=settings.display_title,
        contact=contact_of(contest),
        round=round_facts(round_, now) if round_ else None,
        min_age=policy.lowest_age,
        unit_groups=search.groups,
        unit_typed=search.typed,
        unit_found=search.found,
        unit_outside="" if policy.requires("unit") else _("Không thuộc đơn vị nào"),
        optional=frozenset(name for name in FORM_FIELDS if not policy.requires(name)),
        consent=Consent(
            version=policy.consent_version,
            text=consent_words(contest),
        ),
        known=entry.name if entry else None,
        known_url=(
            url_for("attempts.ready", slug=contest.slug, number=round_.number) if entry and round_ else None
        ),
        proven=way.shown,
        account_url=url_for("signin.account") if way.account else "",
        ways_url="" if policy.ways == (Way.FORM,) else url_for("signin.ways", slug=contest.slug),
    )
    resume = resume_form(contest, is_empty=True)
    return render_template("entries/enter.html", page=page, form=form, resume=resume)


def _unit_of_address(choices: Sequence[UnitGroup]) -> str | None:
    """The unit that the poster on its wall names: chosen already when the form is opened by its QR code."""
    asked = request.args.get("unit", "") if request.method == "GET" else ""
    return asked if any(unit.code == asked for group in choices for unit in group.units) else None


def _check_page(contest: Contest, form: EntryForm, person: Person) -> str:
    units = contests.list_units(contest.id)
    unit = next((one for one in units if one.id == person.unit_id), None)
    page = CheckPage(
        slug=contest.slug,
        title=contest.settings.title,
        short_title=contest.settings.display_title,
        contact=contact_of(contest),
        name=person.name,
        birth=birth_words(contest, form.birth_date),
        phone=spaced_form(form.phone_number) if form.phone_number else None,
        national_id=form.national_id_number,
        unit=unit.name if unit else None,
        unit_trail=unit_trail(units, unit),
        may_publish=form.agrees_to_publication(),
        extra=_extra_lines(contest, form),
        doubts=_doubt_lines(form),
    )
    return render_template("entries/check.html", page=page, form=form)


def _extra_lines(contest: Contest, form: EntryForm) -> tuple[tuple[str, str], ...]:
    """Label and value of the further fields that are filled in, as they will be stored."""
    extras = form.extras
    category = form.category.data if "category" in form else None
    values = {
        "gender": str(GENDERS[extras.gender]) if extras.gender else None,
        "email": extras.email,
        "workplace": extras.workplace,
        "address": extras.address,
        "category": contest.entry.category_name(category) or None,
    }
    lines = [(str(form[name].label.text), value) for name, value in values.items() if value]
    if form.representative is not None:
        who = form.representative
        lines.append((_("Người đại diện"), f"{who.name}, {spaced_form(who.phone)}"))
    return tuple(lines)


def _doubt_lines(form: EntryForm) -> tuple[str, ...]:
    facts = card_facts(form.national_id_number or "")
    return tuple(doubt_words(doubt, facts) for doubt in form.doubts) if facts else ()
