"""/manage/c/<slug>/rounds: adding, editing and removing rounds."""

from dataclasses import replace
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response
from wtforms.fields.choices import SelectChoice

from quiz.accounts.permissions import Permission
from quiz.bank.browsing import list_banks
from quiz.contests.definition import ContestDefinition, RoundDefinition, check_definition
from quiz.contests.models import Contest, Round
from quiz.contests.phases import Phase
from quiz.contests.queries import get_round
from quiz.contests.service import apply_definition, definition_of
from quiz.core import clock
from quiz.core.errors import DomainError
from quiz.organiser.labels import problem_part, problem_words, refusal_words
from quiz.organiser.round_access import sources
from quiz.organiser.round_categories import name_rows, place_in_row
from quiz.organiser.round_draft import (
    Lists,
    form_values,
    lists_of,
    matrix_problems,
    next_round,
    posted_lists,
    rearranged,
    round_from,
)
from quiz.organiser.round_editor import round_editor
from quiz.organiser.round_forms import RemoveForm, RoundForm
from quiz.organiser.views import bp, contest_or_404
from quiz.web.guards import needs, staff_actor

# Where a problem is shown whose key has another name than the page's field.
_FIELDS = {"opens_at": "opens_day", "closes_at": "closes_day", "limit": "limit", "prediction": "target"}
_FIELDS |= {"start_spread_seconds": "spread", "awarding": "exclusive"}
_FIELDS |= {"days": "hours_days", "from": "hours_from", "to": "hours_to"}
_FIELDS |= dict.fromkeys(("admits", "round", "list"), "admits_source")


@bp.post("/c/<slug>/rounds")
@needs(Permission.EDIT_CONTESTS)
def add_round(slug: str) -> Response:
    """Add a draft after the last round and go on to its page."""
    definition = definition_of(contest_or_404(slug))
    banks = list_banks()
    if not definition.rounds and not banks:
        flash(_("Chưa có ngân hàng câu hỏi nào. Nhập câu hỏi trước rồi thêm vòng."), "warning")
        return redirect(url_for(".contest", slug=slug), code=303)
    added = next_round(definition.rounds, banks[0].bank.slug if banks else "", clock.now())
    wanted = replace(definition, rounds=(*definition.rounds, added))
    apply_definition(wanted, actor=staff_actor(), now=clock.now())
    flash(_("Đã thêm %(round)s, còn là bản nháp.", round=added.name), "success")
    return redirect(url_for(".edit_round", slug=slug, number=added.number), code=303)


@bp.get("/c/<slug>/rounds/<int:number>/edit")
@needs(Permission.EDIT_CONTESTS)
def edit_round(slug: str, number: int) -> str:
    """The round as a form."""
    contest, round_, definition = _round_or_404(slug, number)
    form = _stored_form(contest, definition)
    return _page(contest, round_, form, lists_of(definition))


@bp.post("/c/<slug>/rounds/<int:number>/edit")
@needs(Permission.EDIT_CONTESTS)
def save_round(slug: str, number: int) -> Response | tuple[str, int] | str:
    """Save the round, or do what one of the small buttons of the page says without saving."""
    contest, round_, definition = _round_or_404(slug, number)
    form, lists = _form(contest, number), posted_lists(request.form)
    changed = rearranged(lists, request.form.get("do", ""), request.form.get("criterion", ""))
    if changed is not None:
        return _page(contest, round_, form, changed)
    problems = matrix_problems(lists.matrix)
    if not form.validate() or problems:
        return _page(contest, round_, form, lists, problems), 422
    wanted = _with_round(definition_of(contest), round_from(definition, form, lists, contest.settings.zone))
    found = _placed(form, wanted, number)
    if found or form.errors or any(row.form.errors for row in form.categories):
        return _page(contest, round_, form, lists, found), 422
    try:
        applied = apply_definition(wanted, actor=staff_actor(), now=clock.now())
    except DomainError as error:
        contest, round_, _stored = _round_or_404(slug, number)
        return _page(contest, round_, form, lists, refusal_words(error)), 409
    flash(
        _("Đã lưu.") if applied.changes else _("Không có gì thay đổi."),
        "success" if applied.changes else "info",
    )
    return redirect(url_for(".contest", slug=slug, round=number), code=303)


@bp.post("/c/<slug>/rounds/<int:number>/remove")
@needs(Permission.EDIT_CONTESTS)
def remove_round(slug: str, number: int) -> Response | tuple[str, int]:
    """Remove a draft, after a tick."""
    contest, round_, definition = _round_or_404(slug, number)
    form = _stored_form(contest, definition)
    removal = RemoveForm()
    if not removal.sure.data:
        removal.sure.errors = [_("đánh dấu ô này nếu muốn bỏ hẳn vòng nháp.")]
        return _page(contest, round_, form, lists_of(definition), removal=removal), 422
    whole = definition_of(contest)
    wanted = replace(whole, rounds=tuple(one for one in whole.rounds if one.number != number))
    try:
        apply_definition(wanted, actor=staff_actor(), now=clock.now())
    except DomainError as error:
        contest, round_, _stored = _round_or_404(slug, number)
        return _page(contest, round_, form, lists_of(definition), refusal_words(error)), 409
    flash(_("Đã bỏ %(round)s.", round=definition.name), "success")
    return redirect(url_for(".contest", slug=slug), code=303)


def _round_or_404(slug: str, number: int) -> tuple[Contest, Round, RoundDefinition]:
    """The contest, the round and its definition. Raises NotFound."""
    contest = contest_or_404(slug)
    round_ = get_round(contest, number)
    found = next((one for one in definition_of(contest).rounds if one.number == number), None)
    if found is None:
        abort(404)
    return contest, round_, found


def _with_round(definition: ContestDefinition, changed: RoundDefinition) -> ContestDefinition:
    rounds = tuple(changed if one.number == changed.number else one for one in definition.rounds)
    return replace(definition, rounds=rounds)


def _form(contest: Contest, number: int, **values: Any) -> RoundForm:
    """The form with today's banks to choose from, and the stored one even if it is gone; and qualifiers."""
    form, definition = RoundForm(**values), definition_of(contest)
    banks = {row.bank.slug: f"{row.bank.title} ({row.approved})" for row in list_banks()}
    names = {one.code: one.name for one in definition.entry.categories}
    name_rows(form.categories, names, banks)
    if form.bank.data:
        banks.setdefault(form.bank.data, form.bank.data)
    form.admits_source.choices = sources(definition, number)
    form.bank.choices = [SelectChoice(slug, title) for slug, title in banks.items()]
    return form


def _stored_form(contest: Contest, definition: RoundDefinition) -> RoundForm:
    """The form with what is stored."""
    values = form_values(definition, contest.settings.zone, contest.entry.categories)
    return _form(contest, definition.number, formdata=None, data=values)


def _placed(form: RoundForm, definition: ContestDefinition, number: int) -> tuple[str, ...]:
    """Give each problem of the definition to its field; what belongs to none is returned."""
    rest = []
    for problem in check_definition(definition):
        name, words = problem_part(problem), problem_words(problem)
        name = _FIELDS.get(name, name)
        if place_in_row(problem, words, form.categories, definition.rounds, number):
            continue
        if name in form and not form[name].errors:
            form[name].errors = [words]
        else:
            rest.append(words)
    return tuple(rest)


def _page(
    contest: Contest,
    round_: Round,
    form: RoundForm,
    lists: Lists,
    problems: tuple[str, ...] = (),
    removal: RemoveForm | None = None,
) -> str:
    now = clock.now()
    return render_template(
        "organiser/edit_round.html",
        page=round_editor(contest, round_, form, lists, now, problems),
        form=form,
        removal=removal or RemoveForm(formdata=None),
        may_remove=round_.window.phase(now) is Phase.DRAFT,
    )
