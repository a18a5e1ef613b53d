"""How far a unit has come: its targets, its place in the round before, and the ways to its other pages."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from quiz.collective import queries as facts
from quiz.collective.values import WHOLE_CONTEST
from quiz.contests.models import Contest, ContestUnit, Round
from quiz.contests.queries import list_counting_rounds
from quiz.scoring.prediction import Counter
from quiz.standings.collective_queries import list_sums
from quiz.standings.collective_reading import visible_over
from quiz.standings.unit_boards import UnitTotals, roll_up
from quiz.standings.unit_lines import RoundUnits, round_units
from quiz.unitdesk.choosing import Place
from quiz.unitdesk.pages import TargetLine


def target_lines(
    contest: Contest, round_: Round, unit: ContestUnit, of_round: RoundUnits, now: datetime
) -> tuple[TargetLine, ...]:
    """The targets of the round, then those of the whole contest."""
    lines: list[TargetLine] = []
    of_this = facts.list_targets(contest.id, round_.number).get(unit.id)
    if of_this is not None:
        shown = visible_over([round_], now)
        name = round_.settings.name
        lines += _lines(of_this.people, of_this.attempts, of_round.totals[unit.id], shown.shows, name)
    of_all = facts.list_targets(contest.id, WHOLE_CONTEST).get(unit.id)
    if of_all is not None:
        rounds = list_counting_rounds(contest)
        sums = list_sums(contest.id, [one.number for one in rounds])
        totals = roll_up(of_round.units, sums)[unit.id]
        shown = visible_over(rounds, now)
        lines += _lines(of_all.people, of_all.attempts, totals, shown.shows, _("cả cuộc thi"))
    return tuple(lines)


def _lines(
    people: int | None, attempts: int | None, totals: UnitTotals, shows: Callable[[Counter], bool], name: str
) -> list[TargetLine]:
    found = []
    for target, reached, counter, label in (
        (people, totals.participants, Counter.PARTICIPANTS, _("Người dự thi, %(what)s", what=name)),
        (attempts, totals.attempts, Counter.ATTEMPTS, _("Lượt thi, %(what)s", what=name)),
    ):
        if target:
            may_tell = shows(counter)
            found.append(
                TargetLine(
                    label, target, reached if may_tell else None, reached / target if may_tell else None
                )
            )
    return found


def previous_rank(place: Place, now: datetime, rule: int) -> str:
    """Where the unit stood in the round before, by a rule; empty where nobody may know or it had no place."""
    before = place.previous
    if before is None:
        return ""
    of_round = round_units(place.contest, before, now, rule)
    row = next((row for row in of_round.rows if row.unit.id == place.unit.id), None)
    if not of_round.may_rank or of_round.shown.is_held:
        return ""
    if row is None or row.rank is None or not row.totals.participants:
        return ""
    return str(_("%(round)s hạng %(rank)s", round=before.settings.name, rank=row.rank))


def page_links(place: Place) -> dict[str, str]:
    """Addresses of the unit's other pages and files."""
    where: dict[str, Any] = {"contest": place.contest.slug, "unit": place.code}
    number = place.round_.number if place.round_ else None
    return {
        "xlsx": url_for("unitdesk.figures", ending="xlsx", round=number, **where),
        "csv": url_for("unitdesk.figures", ending="csv", round=number, **where),
        "report": url_for("unitdesk.report", **where),
        "absent": url_for("unitdesk.absent", round=number, **where),
        "headcount": url_for("unitdesk.headcount", contest=place.contest.slug),
    }
