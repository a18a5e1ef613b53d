"""/manage/c/<slug>/unit-numbers: headcounts, targets and merit of units, typed or from a file."""

from datetime import date

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response as Reply

from question_bank.folding import fold
from quiz.accounts.permissions import Permission
from quiz.accounts.queries import names_of
from quiz.collective import queries, service
from quiz.collective.forms import DecideForm, FactsFileForm, UnitFactForm
from quiz.collective.labels import HEADCOUNT_STATES
from quiz.collective.values import CONTEST_LIST, WHOLE_CONTEST, HeadcountState, UnitFact
from quiz.contests import queries as contests
from quiz.contests.models import Contest, ContestUnit
from quiz.core import clock
from quiz.core.errors import DomainError, NotFound
from quiz.web.guards import needs, staff_actor
from quiz.web.labels import domain_message
from quiz.web.paging import asked_page, pages

bp = Blueprint("unit_numbers", __name__, url_prefix="/manage/c/<slug>/unit-numbers")

_PER_PAGE, _SHOWN = 50, 200


@bp.get("")
@needs(Permission.EDIT_CONTESTS)
def numbers(slug: str) -> str:
    """The units with their numbers, what units propose, and the form for a file."""
    return list_page(contests.get_contest(slug), _file_form(contests.get_contest(slug)))


@bp.get("/unit/<code>")
@needs(Permission.EDIT_CONTESTS)
def unit(slug: str, code: str) -> str:
    """One unit's numbers, who entered them when, and the form."""
    contest = contests.get_contest(slug)
    found = _unit_or_404(contest, code)
    number = request.args.get("round", WHOLE_CONTEST, type=int)
    target = queries.list_targets(contest.id, number).get(found.id)
    merit_list = _asked_list(contest)
    merit = queries.list_merits(contest.id, merit_list).get(found.id)
    form = UnitFactForm(
        formdata=None,
        people=found.headcount,
        as_of=_today(contest),
        target_round=number,
        people_target=target.people if target else None,
        attempts_target=target.attempts if target else None,
        merit_list=merit_list,
        merit=str(merit.points).replace(".", ",") if merit else "",
        reason=merit.reason if merit else "",
    )
    offer(contest, form)
    return _unit_page(contest, found, form)


@bp.post("/unit/<code>")
@needs(Permission.EDIT_CONTESTS)
def save_unit(slug: str, code: str) -> Reply | tuple[str, int]:
    """Save one unit's numbers."""
    contest = contests.get_contest(slug)
    found, form = _unit_or_404(contest, code), UnitFactForm()
    offer(contest, form)
    fact = form.fact(code)
    if fact is None:
        return _unit_page(contest, found, form), 422
    as_of = form.as_of.data or _today(contest)
    try:
        saved = save(contest, (fact,), str(form.target_round.data), as_of.isoformat(), form.merit_list.data)
    except DomainError as error:
        form.as_of.errors = [domain_message(error)]
        return _unit_page(contest, found, form), 422
    told(saved)
    shown = {"round": form.target_round.data, "merit": form.merit_list.data or None}
    return redirect(url_for(".unit", slug=slug, code=code, **shown), code=303)


@bp.post("/proposals/<int:headcount_id>")
@needs(Permission.EDIT_CONTESTS)
def decide(slug: str, headcount_id: int) -> Reply | tuple[str, int]:
    """Take a unit's own headcount, or not."""
    contest, form = contests.get_contest(slug), DecideForm()
    if not form.validate():
        return list_page(contest, _file_form(contest)), 422
    service.decide_headcount(
        contest,
        headcount_id,
        approve=form.decision.data == "approve",
        staff_id=current_user.id,
        actor=staff_actor(),
        now=clock.now(),
    )
    flash(_("Đã ghi quyết định."), "success")
    return redirect(url_for(".numbers", slug=slug), code=303)


def save(
    contest: Contest, facts: tuple[UnitFact, ...], number: str, as_of: str, merit_list: str
) -> service.Saved:
    """Save facts of a form or a file in the name of who is signed in."""
    return service.save_facts(
        contest,
        facts,
        round_number=int(number),
        as_of=date.fromisoformat(as_of),
        staff_id=current_user.id,
        actor=staff_actor(),
        now=clock.now(),
        merit_list=merit_list,
    )


def offer(contest: Contest, form: FactsFileForm | UnitFactForm) -> None:
    """Let the form choose among the contest's rounds and lists of merit."""
    form.target_round.choices = rounds(contest)
    form.merit_list.choices = [(name, list_words(name)) for name in service.merit_lists(contest)]


def list_words(name: str) -> str:
    """A list of merit for people."""
    return name or str(_("chung của cuộc thi"))


def told(saved: service.Saved) -> None:
    """Say what was saved."""
    flash(
        _(
            "Đã lưu: %(headcounts)s tổng số người, %(targets)s chỉ tiêu, %(merits)s điểm thành tích.",
            headcounts=saved.headcounts,
            targets=saved.targets,
            merits=saved.merits,
        ),
        "success",
    )


def categories(contest: Contest) -> dict[str, str]:
    """Code and name of the categories whose headcounts a collective rule asks for."""
    names = {category.code: category.name for category in contest.entry.categories}
    wanted = dict.fromkeys(code for rule in contest.collective for code in rule.categories)
    return {code: names.get(code, code) for code in wanted}


def rounds(contest: Contest) -> list[tuple[int, str]]:
    """What targets can be for: the whole contest and its rounds."""
    rounds = [
        (round_.number, round_.settings.name) for round_ in contests.list_rounds(contest) if round_.counts
    ]
    return [(WHOLE_CONTEST, _("cả cuộc thi")), *rounds]


def _file_form(contest: Contest) -> FactsFileForm:
    form = FactsFileForm(formdata=None, as_of=_today(contest), merit_list=_asked_list(contest))
    offer(contest, form)
    return form


def _asked_list(contest: Contest) -> str:
    """The list of merit that the address asks for; the contest's own if there is none of the name."""
    name = request.args.get("merit", CONTEST_LIST)
    return name if name in service.merit_lists(contest) else CONTEST_LIST


def _today(contest: Contest) -> date:
    return clock.now().astimezone(contest.settings.zone).date()


def _unit_or_404(contest: Contest, code: str) -> ContestUnit:
    found = contests.find_unit(contest.id, code)
    if found is None:
        raise NotFound("unit")
    return found


def list_page(contest: Contest, form: FactsFileForm) -> str:
    """The units, a page of them, with the form for a file as it stands."""
    q = request.args.get("q", "").strip()[:80]
    number = request.args.get("round", WHOLE_CONTEST, type=int)
    units = contests.list_units(contest.id)
    wanted = fold(q)
    found = [unit for unit in units if not wanted or wanted in unit.search_key or q == unit.code]
    count = max(1, -(-len(found) // _PER_PAGE))
    page = min(asked_page(), count)
    proposed = queries.list_proposed(contest.id)
    return render_template(
        "collective/numbers.html",
        contest=contest,
        units=found[(page - 1) * _PER_PAGE : page * _PER_PAGE],
        total=len(units),
        missing=sum(1 for unit in units if unit.headcount is None),
        targets=queries.list_targets(contest.id, number),
        merits=queries.list_merits(contest.id, _asked_list(contest)),
        merit_list=_asked_list(contest),
        merit_lists=form.merit_list.choices,
        proposed=proposed,
        by_id={unit.id: unit for unit in units},
        names=names_of(one.staff_id for one in proposed if one.staff_id is not None),
        rounds=rounds(contest),
        number=number,
        form=form,
        q=q,
        pages=pages(page, count, slug=contest.slug, q=q, round=number or "", merit=_asked_list(contest)),
    )


def _unit_page(contest: Contest, found: ContestUnit, form: UnitFactForm) -> str:
    history = queries.list_history(contest.id, found.id)
    people = {one for row in history for one in (row.staff_id, row.decided_by) if one is not None}
    return render_template(
        "collective/unit.html",
        contest=contest,
        unit=found,
        form=form,
        history=history,
        names=names_of(people),
        states={row.id: HEADCOUNT_STATES[HeadcountState(row.state)] for row in history},
        categories=categories(contest),
    )
