"""/manage/c/<slug>/lists: combined lists over several rounds, added, edited and removed."""

from dataclasses import replace

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from quiz.accounts.permissions import Permission
from quiz.contests.definition import ContestDefinition, ListDefinition, check_definition
from quiz.contests.labels import TAKES
from quiz.contests.pages import criteria_words
from quiz.contests.service import apply_definition, definition_of
from quiz.core import clock
from quiz.core.errors import DomainError
from quiz.organiser.labels import problem_part, problem_words, refusal_words
from quiz.organiser.list_forms import ListForm, RemoveListForm, list_form, list_from, list_values
from quiz.organiser.round_draft import posted_lists, rearranged
from quiz.organiser.round_editor import criterion_line
from quiz.organiser.views import bp, contest_or_404
from quiz.scoring.ranking import Criterion
from quiz.web.guards import needs, staff_actor

_OF_LISTS = tuple(one for one in Criterion if one is not Criterion.PREDICTION_NOT_ABOVE)


@bp.get("/c/<slug>/lists")
@needs(Permission.EDIT_CONTESTS)
def combined_lists(slug: str) -> str:
    """All lists in words."""
    definition = definition_of(contest_or_404(slug))
    names = {one.number: one.name for one in definition.rounds}
    lines = [
        (one, [names[number] for number in one.rounds], TAKES[one.take], criteria_words(one.ranking))
        for one in definition.lists
    ]
    can_add = any(not one.practice for one in definition.rounds)
    return render_template("organiser/lists.html", definition=definition, lines=lines, can_add=can_add)


@bp.get("/c/<slug>/lists/new")
@needs(Permission.EDIT_CONTESTS)
def new_list(slug: str) -> str:
    """The form of a list that takes in every round."""
    definition = definition_of(contest_or_404(slug))
    base = _next(definition)
    form = list_form(definition.rounds, formdata=None, data=list_values(base))
    return _page(definition, base, form, base.ranking)


@bp.get("/c/<slug>/lists/<int:number>")
@needs(Permission.EDIT_CONTESTS)
def edit_list(slug: str, number: int) -> str:
    """A list as a form."""
    definition = definition_of(contest_or_404(slug))
    base = _list_or_404(definition, number)
    form = list_form(definition.rounds, formdata=None, data=list_values(base))
    return _page(definition, base, form, base.ranking)


@bp.post("/c/<slug>/lists/<int:number>")
@needs(Permission.EDIT_CONTESTS)
def save_list(slug: str, number: int) -> Response | str | tuple[str, int]:
    """Save the list, or do what one of the small buttons says without saving."""
    definition = definition_of(contest_or_404(slug))
    following = _next(definition)
    base = following if number == following.number else _list_or_404(definition, number)
    form, order = list_form(definition.rounds), posted_lists(request.form)
    changed = rearranged(order, request.form.get("do", ""), request.form.get("criterion", ""))
    if changed is not None:
        return _page(definition, base, form, changed.ranking)
    if not form.validate():
        return _page(definition, base, form, order.ranking), 422
    wanted = _with(definition, list_from(base, form, order.ranking))
    found = _placed(form, wanted)
    if found or form.errors:
        return _page(definition, base, form, order.ranking, found), 422
    if refused := _refused(wanted):
        return _page(definition_of(contest_or_404(slug)), base, form, order.ranking, refused), 409
    flash(_("Đã lưu bảng chung."), "success")
    return redirect(url_for(".combined_lists", slug=slug), code=303)


@bp.post("/c/<slug>/lists/<int:number>/remove")
@needs(Permission.EDIT_CONTESTS)
def remove_list(slug: str, number: int) -> Response | tuple[str, int]:
    """Remove a list, after a tick."""
    definition = definition_of(contest_or_404(slug))
    base = _list_or_404(definition, number)
    form = list_form(definition.rounds, formdata=None, data=list_values(base))
    removal = RemoveListForm()
    if not removal.sure.data:
        removal.sure.errors = [_("đánh dấu ô này nếu muốn bỏ hẳn bảng chung.")]
        return _page(definition, base, form, base.ranking, removal=removal), 422
    left = tuple(one for one in definition.lists if one.number != number)
    if refused := _refused(replace(definition, lists=left)):
        return _page(definition, base, form, base.ranking, refused), 409
    flash(_("Đã bỏ bảng chung."), "success")
    return redirect(url_for(".combined_lists", slug=slug), code=303)


def _list_or_404(definition: ContestDefinition, number: int) -> ListDefinition:
    found = next((one for one in definition.lists if one.number == number), None)
    if found is None:
        abort(404)
    return found


def _next(definition: ContestDefinition) -> ListDefinition:
    """A list over every round, with the number behind the last."""
    number = 1 + max((one.number for one in definition.lists), default=0)
    rounds = tuple(one.number for one in definition.rounds if not one.practice)
    return ListDefinition(number, str(_("Bảng chung cuộc")), rounds)


def _with(definition: ContestDefinition, changed: ListDefinition) -> ContestDefinition:
    others = [one for one in definition.lists if one.number != changed.number]
    return replace(definition, lists=tuple(sorted([*others, changed], key=lambda one: one.number)))


def _placed(form: ListForm, wanted: ContestDefinition) -> tuple[str, ...]:
    """Give each problem of the lists to its field; what belongs to none is returned."""
    rest = []
    for problem in check_definition(wanted):
        if not problem.key.startswith("lists["):
            continue
        name, words = problem_part(problem), problem_words(problem)
        if name in form and not form[name].errors:
            form[name].errors = [words]
        else:
            rest.append(words)
    return tuple(rest)


def _refused(wanted: ContestDefinition) -> tuple[str, ...]:
    try:
        apply_definition(wanted, actor=staff_actor(), now=clock.now())
    except DomainError as error:
        return refusal_words(error)
    return ()


def _page(
    definition: ContestDefinition,
    base: ListDefinition,
    form: ListForm,
    ranking: tuple[Criterion, ...],
    problems: tuple[str, ...] = (),
    removal: RemoveListForm | None = None,
) -> str:
    return render_template(
        "organiser/edit_list.html",
        definition=definition,
        number=base.number,
        is_new=all(one.number != base.number for one in definition.lists),
        form=form,
        ranking=[criterion_line(one) for one in ranking],
        more_criteria=[criterion_line(one) for one in _OF_LISTS if one not in ranking],
        problems=problems,
        removal=removal or RemoveListForm(formdata=None),
    )
