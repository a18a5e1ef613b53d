"""A contest's units with their totals and places in one round, and their lines as pages show them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from flask import url_for

from quiz.contests import labels
from quiz.contests import queries as contests
from quiz.contests.definition import CollectiveDefinition
from quiz.contests.models import Contest, ContestUnit, Round
from quiz.contests.visibility import Visible, visible
from quiz.scoring.collective import Formula, Trouble
from quiz.scoring.prediction import Counter
from quiz.standings import cache, unit_boards
from quiz.standings.pages import UnitLine
from quiz.standings.unit_boards import UnitRow, UnitTotals
from quiz.web.filters import number, percent

_SHOWS: dict[Formula, Counter] = {
    Formula.PARTICIPATION_RATE: Counter.PARTICIPATION_RATE,
    Formula.PARTICIPANTS: Counter.PARTICIPANTS,
    Formula.ATTEMPTS: Counter.ATTEMPTS,
    Formula.MEAN_SCORE: Counter.SCORE_SPREAD,
    Formula.TOTAL_SCORE: Counter.SCORE_SPREAD,
    Formula.ALL_CORRECT: Counter.PEOPLE_ALL_CORRECT,
    Formula.RANK_POINTS: Counter.PARTICIPANTS,
}


@dataclass(frozen=True, slots=True)
class RoundUnits:
    """The units of a contest in one round: all of them, their totals, and the board of those that compete."""

    units: Sequence[ContestUnit]
    totals: dict[int, UnitTotals]
    rule: CollectiveDefinition | None
    formula: Formula
    rows: list[UnitRow]
    shown: Visible

    @property
    def may_rank(self) -> bool:
        """Whether the figure that ranks the units may be seen now."""
        return self.shown.board and self.shown.shows(_SHOWS[self.formula])


def round_units(contest: Contest, round_: Round, now: datetime) -> RoundUnits:
    """Totals rolled up the tree and ranked by the contest's first collective rule."""
    definition = round_.settings
    target = definition.prediction.target if definition.prediction else None
    shown = visible(round_.window.phase(now), target, definition.publish)
    units = contests.list_units(contest.id)
    totals = unit_boards.roll_up(units, cache.unit_sums(contest.id, round_.number, now))
    rule = contest.collective[0] if contest.collective else None
    formula = rule.formula if rule else Formula.PARTICIPANTS
    competing = unit_boards.competing(units, rule)
    rows = unit_boards.board(competing, totals, formula, rule.gates if rule else ())
    return RoundUnits(units, totals, rule, formula, rows, shown)


def value_text(formula: Formula, value: Fraction | None) -> str:
    """The ranking figure as text; empty where there is none."""
    if value is None:
        return ""
    if formula is Formula.PARTICIPATION_RATE:
        return percent(float(value))
    if formula is Formula.MEAN_SCORE:
        return number(float(value), 2)
    return number(int(value))


def unit_line(
    contest: Contest, round_: Round, of_round: RoundUnits, row: UnitRow, best: Fraction | None
) -> UnitLine:
    """One line; `best` is the first unit's value, to which the bar is drawn where the value is no share."""
    shown, totals = of_round.shown, row.totals
    may_rank = of_round.may_rank
    return UnitLine(
        code=row.unit.code,
        name=row.unit.name,
        rank=row.rank if may_rank and totals.participants else None,
        value=value_text(of_round.formula, row.value) if may_rank else "",
        share=_share(of_round.formula, row.value, best) if may_rank else None,
        people=totals.participants if shown.shows(Counter.PARTICIPANTS) else None,
        headcount=row.unit.headcount,
        attempts=totals.attempts if shown.shows(Counter.ATTEMPTS) else None,
        trouble=_trouble(row.trouble) if may_rank else None,
        url=url_for("standings.unit", slug=contest.slug, code=row.unit.code, round=round_.number),
    )


def _share(formula: Formula, value: Fraction | None, best: Fraction | None) -> float | None:
    if value is None:
        return None
    if formula is Formula.PARTICIPATION_RATE:
        return float(value)
    return float(value / best) if best else None


def _trouble(trouble: Trouble | None) -> str | None:
    return str(labels.TROUBLES[trouble]) if trouble is not None else None
