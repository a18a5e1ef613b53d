"""/manage/c/<slug>/entry: the rules of entering in words, with an example of what each of them does."""

from dataclasses import dataclass, replace

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from quiz.accounts.permissions import Permission
from quiz.contests.definition import ContestDefinition, Unique, check_definition
from quiz.contests.labels import UNIQUENESS
from quiz.contests.queries import list_units
from quiz.contests.service import apply_definition, definition_of
from quiz.core import clock
from quiz.core.errors import DomainError
from quiz.core.phones import spaced_form
from quiz.entries.examples import FAMILY, outcomes
from quiz.entries.list_queries import count_roster
from quiz.organiser.contest_views import placed
from quiz.organiser.entry_forms import EntryPolicyForm, policy_values, with_policy_values
from quiz.organiser.labels import OUTCOMES, UNIQUE_NAMES, refusal_words
from quiz.organiser.views import bp, contest_or_404
from quiz.web.filters import day
from quiz.web.guards import needs, staff_actor


@dataclass(frozen=True, slots=True)
class ExampleLine:
    """Somebody who fills in the form, and what happens."""

    name: str
    born: str
    phone: str
    note: str
    outcome: str
    words: str


@dataclass(frozen=True, slots=True)
class Example:
    """What one rule does to the family."""

    value: str
    name: str
    words: str
    lines: tuple[ExampleLine, ...]


@bp.get("/c/<slug>/entry")
@needs(Permission.EDIT_CONTESTS)
def entry_policy(slug: str) -> str:
    """The rules as a form."""
    definition = definition_of(contest_or_404(slug))
    return _page(definition, EntryPolicyForm(formdata=None, data=policy_values(definition.entry)))


@bp.post("/c/<slug>/entry")
@needs(Permission.EDIT_CONTESTS)
def save_entry_policy(slug: str) -> Response | tuple[str, int]:
    """Save the rules as definitions from files are checked and saved."""
    definition, form = definition_of(contest_or_404(slug)), EntryPolicyForm()
    if not form.check(definition.entry):
        return _page(definition, form), 422
    wanted = replace(definition, entry=with_policy_values(definition.entry, form))
    if problems := check_definition(wanted):
        return _page(definition, form, placed(form, problems)), 422
    try:
        applied = apply_definition(wanted, actor=staff_actor(), now=clock.now())
    except DomainError as error:
        return _page(definition, form, refusal_words(error)), 409
    flash(
        _("Đã lưu.") if applied.changes else _("Không có gì thay đổi."),
        "success" if applied.changes else "info",
    )
    return redirect(url_for(".entry_policy", slug=slug), code=303)


def _page(definition: ContestDefinition, form: EntryPolicyForm, extra: tuple[str, ...] = ()) -> str:
    contest = contest_or_404(definition.slug)
    names = {unit.code: unit.name for unit in list_units(contest.id)}
    return render_template(
        "organiser/entry_policy.html",
        definition=definition,
        form=form,
        extra=extra,
        examples=_examples(),
        listed=count_roster(contest.id),
        admitted=[names.get(code, code) for code in definition.entry.units],
        is_fixed=contest.snapshot_at is not None,
    )


def _examples() -> tuple[Example, ...]:
    return tuple(
        Example(rule.value, str(UNIQUE_NAMES[rule]), str(UNIQUENESS[rule]), _lines_of(rule))
        for rule in Unique
    )


def _lines_of(rule: Unique) -> tuple[ExampleLine, ...]:
    notes = (
        _("bố, đến trước"),
        _("mẹ, cùng máy"),
        _("con, cùng máy"),
        _("bố khai lại, gõ không dấu"),
        _("bố khai lại bằng số khác"),
    )
    return tuple(
        ExampleLine(
            case.name,
            day(case.birth_date),
            spaced_form(case.phone),
            note,
            outcome.value,
            str(OUTCOMES[outcome]),
        )
        for case, note, outcome in zip(FAMILY, notes, outcomes(rule), strict=True)
    )
