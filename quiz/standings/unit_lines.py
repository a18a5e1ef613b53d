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
from quiz.contests.visibility import Visible
from quiz.scoring.collective import Formula, Trouble, counters_of
from quiz.scoring.prediction import Counter
from quiz.standings import cache, unit_boards
from quiz.standings.collective_boards import CollectiveBoard, CollectiveRow, UnitFacts
from quiz.standings.collective_reading import boards_of, rounds_of, visible_over
from quiz.standings.pages import UnitLine
from quiz.standings.unit_boards import UnitRow, UnitTotals
from quiz.web.filters import number, percent

PLAIN_RULE = CollectiveDefinition("", Formula.PARTICIPANTS)


@dataclass(frozen=True, slots=True)
class RoundUnits:
    """The units of a contest under one collective rule: all of them, their totals, and those that compete.

    `rounds` are the rounds that the rule looks at; `rows` those of all `boards`, one after the other.
    """

    units: Sequence[ContestUnit]
    totals: dict[int, UnitTotals]
    rule: CollectiveDefinition
    rounds: Sequence[Round]
    boards: Sequence[CollectiveBoard]
    shown: Visible

    @property
    def formula(self) -> Formula:
        """What the rule's values are."""
        return self.rule.formula

    @property
    def rows(self) -> list[CollectiveRow]:
        """Everybody who competes, board by board."""
        return [row for board in self.boards for row in board.rows]

    @property
    def may_rank(self) -> bool:
        """Whether the figures that rank the units may be seen now."""
        return self.shown.board and all(self.shown.shows(one) for one in counters_of(self.rule.rule))


def round_units(contest: Contest, round_: Round, now: datetime, number: int = 1) -> RoundUnits:
    """Totals rolled up the tree and ranked by the contest's collective rule of this number, from 1.

    A contest without such a rule ranks the units with none below them by participants.
    """
    rules = contest.collective
    rule = rules[number - 1] if 0 < number <= len(rules) else PLAIN_RULE
    rounds = rounds_of(contest, rule, round_, now)
    units = contests.list_units(contest.id)
    totals = unit_boards.roll_up(units, cache.unit_sums(contest.id, round_.number, now))
    boards = boards_of(contest, rule, rounds, UnitFacts(), now)
    return RoundUnits(units, totals, rule, rounds, boards, visible_over([round_, *rounds], now))


def value_text(formula: Formula, value: Fraction | None) -> str:
    """The ranking figure as text; empty where there is none."""
    if value is None:
        return ""
    if formula is Formula.PARTICIPATION_RATE:
        return percent(float(value))
    if formula is Formula.MEAN_SCORE or value.denominator != 1:
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
