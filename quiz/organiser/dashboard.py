"""The list of contests and the dashboard of one, put together from figures and from what waits."""

from collections.abc import Sequence
from datetime import datetime

from flask import current_app, url_for
from flask_babel import gettext as _
from flask_login import current_user

from quiz.accounts.permissions import Permission
from quiz.contests import queries as contests
from quiz.contests.models import Contest, Round
from quiz.contests.pages import round_facts
from quiz.contests.phases import Phase, RoundAction, RoundState, possible_actions
from quiz.core.errors import NotFound
from quiz.entries.queries import count_entries
from quiz.organiser import figures
from quiz.organiser.checklist import checks_of
from quiz.organiser.health import health_lines
from quiz.organiser.history import history_of
from quiz.organiser.labels import STEP_ICONS, STEPS
from quiz.organiser.pages import Charts, ContestLine, Dashboard, Home, RoundLine, StepLink, Todo, UnitLine
from quiz.organiser.second_pages import approval_todos
from quiz.organiser.waiting import people_todos, todos_of

_BEFORE = (Phase.DRAFT, Phase.SCHEDULED)
_MATTERS = (
    Phase.OPEN,
    Phase.PAUSED,
    Phase.RESTING,
    Phase.CLOSED,
    Phase.FROZEN,
    Phase.SCHEDULED,
    Phase.DRAFT,
    Phase.PUBLISHED,
)


def home_page(now: datetime) -> Home:
    """All contests, the newest first, each with what waits."""
    return Home(
        contests=tuple(_contest_line(contest, now) for contest in contests.list_contests()),
        banks_url=_url_if_there("bank.banks", Permission.SEE_BANKS),
        trees_url=_url_if_there("units.trees", Permission.SEE_UNITS),
    )


def _url_if_there(endpoint: str, permission: Permission) -> str:
    is_there = endpoint in current_app.view_functions and current_user.can(permission)
    return url_for(endpoint) if is_there else ""


def _contest_line(contest: Contest, now: datetime) -> ContestLine:
    rounds = contests.list_rounds(contest)
    current = chosen_round(rounds, None, now)
    return ContestLine(
        slug=contest.slug,
        title=contest.settings.title,
        phase=current.window.phase(now).value if current else Phase.DRAFT.value,
        rounds=round_lines(contest, rounds, None, now),
        entries=count_entries(contest.id),
        todos=_todos(contest, rounds, now),
    )


def chosen_round(rounds: Sequence[Round], asked: int | None, now: datetime) -> Round | None:
    """The round that is asked for, or the one that matters most now. Raises NotFound for a wrong number."""
    if asked is not None:
        found = next((round_ for round_ in rounds if round_.number == asked), None)
        if found is None:
            raise NotFound("round")
        return found
    return min(
        rounds, key=lambda round_: (_MATTERS.index(round_.window.phase(now)), round_.number), default=None
    )


def _todos(contest: Contest, rounds: Sequence[Round], now: datetime) -> tuple[Todo, ...]:
    of_rounds = (todo for round_ in rounds for todo in todos_of(contest, round_, now))
    return (*approval_todos(contest), *people_todos(contest, now), *of_rounds)


def round_lines(
    contest: Contest, rounds: Sequence[Round], chosen: Round | None, now: datetime
) -> tuple[RoundLine, ...]:
    """The rounds in their order, with their pages."""
    return tuple(
        RoundLine(
            facts=round_facts(round_, now),
            url=url_for("organiser.contest", slug=contest.slug, round=round_.number),
            edit_url=url_for("organiser.edit_round", slug=contest.slug, number=round_.number),
            is_chosen=round_ is chosen,
        )
        for round_ in rounds
    )


def dashboard(contest: Contest, asked: int | None, now: datetime) -> Dashboard:
    """The contest's page, for the round that is asked for or matters most. Raises NotFound."""
    rounds = contests.list_rounds(contest)
    chosen = chosen_round(rounds, asked, now)
    phase = chosen.window.phase(now) if chosen else Phase.DRAFT
    days = figures.days_of(contest, chosen, now) if chosen else None
    has_units = chosen is not None and phase not in _BEFORE and contest.snapshot_at is not None
    units, unit_count, formula = (
        figures.first_units(contest, chosen, now) if chosen and has_units else ((), 0, "")
    )
    return Dashboard(
        slug=contest.slug,
        title=contest.settings.title,
        short_title=contest.settings.display_title,
        as_of=now,
        rounds=round_lines(contest, rounds, chosen, now),
        facts=round_facts(chosen, now) if chosen else None,
        tiles=figures.tiles_of(contest, chosen, days, now) if chosen and days else (),
        charts=figures.charts_of(contest, days, now) if days else Charts(),
        health=health_lines(now),
        units=units,
        unit_count=unit_count,
        unit_formula=formula,
        todos=_todos(contest, rounds, now) + _wrong_units(units),
        checks=tuple(checks_of(contest, chosen, now)) if chosen and phase in _BEFORE else (),
        steps=tuple(step_link(contest, chosen, action) for action in actions_of(chosen, now))
        if chosen
        else (),
        public_urls=_public_urls(contest, chosen, phase),
        history=history_of(contest, chosen, now) if chosen else (),
    )


def _wrong_units(units: Sequence[UnitLine]) -> tuple[Todo, ...]:
    wrong = [unit for unit in units if unit.trouble]
    if not wrong or "units.trees" not in current_app.view_functions:
        return ()
    title = _("%(n)s đơn vị vượt tổng số người", n=len(wrong))
    return (Todo("people", title, wrong[0].name, url_for("units.trees"), _("Xem")),)


def actions_of(round_: Round, now: datetime) -> tuple[RoundAction, ...]:
    """The steps to offer. A scheduled round may also be opened before its time."""
    offered = possible_actions(round_.window, now)
    if round_.window.phase(now) is Phase.SCHEDULED:
        offered = (RoundAction.OPEN, *offered)
    # What the clock has closed is closed for good: only the next step is worth a button.
    if round_.window.phase(now) is Phase.CLOSED and round_.window.state is RoundState.READY:
        offered = tuple(action for action in offered if action is not RoundAction.CLOSE)
    return tuple(action for action in offered if may_take(action))


def may_take(action: RoundAction) -> bool:
    """Whether the person may take the step: publishing is a right of its own."""
    right = Permission.PUBLISH if action is RoundAction.PUBLISH else Permission.RUN_ROUNDS
    return bool(current_user.can(right))


def step_link(contest: Contest, round_: Round, action: RoundAction) -> StepLink:
    """A step as a button that leads to its confirmation."""
    url = url_for("organiser.step", slug=contest.slug, number=round_.number, action=action.value)
    is_early = action is RoundAction.OPEN and round_.state == RoundState.READY.value
    label = _("Mở ngay") if is_early else str(STEPS[action])
    return StepLink(label, url, STEP_ICONS[action], action is RoundAction.PUBLISH)


def _public_urls(contest: Contest, round_: Round | None, phase: Phase) -> dict[str, str]:
    """Public pages that show the round, by what they are."""
    if round_ is None or phase is Phase.DRAFT:
        return {}
    found = {"contest": url_for("public.contest", slug=contest.slug)}
    if phase is not Phase.SCHEDULED:
        found["units"] = url_for("standings.units", slug=contest.slug, round=round_.number)
        found["people"] = url_for("standings.people", slug=contest.slug, round=round_.number)
    return found
