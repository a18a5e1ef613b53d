"""/manage/c/<slug>/collective: rankings of units in words, with what they do to the contest's own units."""

from dataclasses import replace

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from quiz.accounts.permissions import Permission
from quiz.contests.collective_labels import collective_sentences
from quiz.contests.definition import CollectiveDefinition, ContestDefinition, check_definition
from quiz.contests.models import Contest
from quiz.contests.queries import list_names, list_units
from quiz.contests.service import apply_definition, definition_of
from quiz.core import clock
from quiz.core.errors import DomainError, NotFound
from quiz.organiser.collective_examples import RuleExample, example_of
from quiz.organiser.collective_forms import CollectiveForm, rule_values
from quiz.organiser.labels import problem_words, refusal_words
from quiz.organiser.views import bp, contest_or_404
from quiz.scoring.collective import Formula
from quiz.web.forms import BaseForm
from quiz.web.guards import needs, staff_actor

_MOST_RULES = 20


class RemoveForm(BaseForm):
    """Taking a ranking away."""


@bp.get("/c/<slug>/collective")
@needs(Permission.EDIT_CONTESTS)
def collective(slug: str) -> str:
    """All collective rankings in sentences, each with an example."""
    contest, now = contest_or_404(slug), clock.now()
    lists = list_names(contest)
    rules = [
        (
            number,
            rule,
            collective_sentences(rule, contest.entry.categories, lists),
            example_of(contest, rule, now),
        )
        for number, rule in enumerate(contest.collective, start=1)
    ]
    return render_template("organiser/collective.html", contest=contest, rules=rules, form=RemoveForm())


@bp.get("/c/<slug>/collective/<int:number>")
@needs(Permission.EDIT_CONTESTS)
def collective_rule(slug: str, number: int) -> str:
    """One ranking as a form; the number behind the last makes a new one."""
    contest = contest_or_404(slug)
    rule = _rule_or_none(contest, number)
    shown = rule or CollectiveDefinition(_("Giải tập thể"), Formula.PARTICIPATION_RATE)
    form = CollectiveForm(formdata=None, data=rule_values(shown))
    form.offer_lists(list_names(contest))
    return _rule_page(contest, number, form, shown)


@bp.post("/c/<slug>/collective/<int:number>")
@needs(Permission.EDIT_CONTESTS)
def save_collective_rule(slug: str, number: int) -> Response | str | tuple[str, int]:
    """Save the ranking, or with the other button only show what it would do."""
    contest, form = contest_or_404(slug), CollectiveForm()
    form.offer_lists(list_names(contest))
    _rule_or_none(contest, number)
    rule = form.rule()
    if rule is None:
        return _rule_page(contest, number, form, None), 422
    definition = definition_of(contest)
    rules = [*contest.collective[: number - 1], rule, *contest.collective[number:]]
    wanted = replace(definition, collective=tuple(rules))
    problems = [
        problem for problem in check_definition(wanted) if problem.key.startswith(f"collective[{number}]")
    ]
    if problems:
        return _rule_page(contest, number, form, None, tuple(map(problem_words, problems))), 422
    if request.form.get("step") == "preview":
        return _rule_page(contest, number, form, rule)
    if refused := _applied(wanted):
        return _rule_page(contest, number, form, None, refused), 409
    flash(_("Đã lưu giải tập thể."), "success")
    return redirect(url_for(".collective", slug=slug), code=303)


@bp.post("/c/<slug>/collective/<int:number>/remove")
@needs(Permission.EDIT_CONTESTS)
def remove_collective_rule(slug: str, number: int) -> Response:
    """Take a ranking away."""
    contest = contest_or_404(slug)
    if _rule_or_none(contest, number) is None:
        raise NotFound("rule")
    rules = (*contest.collective[: number - 1], *contest.collective[number:])
    refused = _applied(replace(definition_of(contest), collective=rules))
    if refused:
        flash(" ".join(refused), "error")
    else:
        flash(_("Đã bỏ giải tập thể."), "success")
    return redirect(url_for(".collective", slug=slug), code=303)


def _applied(definition: ContestDefinition) -> tuple[str, ...]:
    """Why the definition was not taken; nothing if it was."""
    try:
        apply_definition(definition, actor=staff_actor(), now=clock.now())
    except DomainError as error:
        return refusal_words(error)
    return ()


def _rule_or_none(contest: Contest, number: int) -> CollectiveDefinition | None:
    """The ranking; None for the next number. Raises NotFound."""
    count = len(contest.collective)
    if not 1 <= number <= min(count + 1, _MOST_RULES):
        raise NotFound("rule")
    return contest.collective[number - 1] if number <= count else None


def _rule_page(
    contest: Contest,
    number: int,
    form: CollectiveForm,
    rule: CollectiveDefinition | None,
    extra: tuple[str, ...] = (),
) -> str:
    example: RuleExample | None = example_of(contest, rule, clock.now()) if rule else None
    kinds = dict.fromkeys(unit.kind for unit in list_units(contest.id))
    return render_template(
        "organiser/collective_rule.html",
        contest=contest,
        number=number,
        is_new=number > len(contest.collective),
        form=form,
        rule=rule,
        sentences=collective_sentences(rule, contest.entry.categories, list_names(contest)) if rule else [],
        example=example,
        kinds=list(kinds),
        categories=contest.entry.categories,
        extra=extra,
    )
