"""Units ranked inside one level, with everything below a unit counted for it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from quiz.contests.definition import CollectiveDefinition
from quiz.contests.models import ContestUnit
from quiz.scoring.collective import (
    Component,
    Formula,
    Gate,
    Rule,
    Trouble,
    UnitFigures,
    components_of,
    rank_by_rule,
)
from quiz.standings.queries import UnitSums

# Formulas that need nothing but the totals of the units.
FROM_TOTALS = frozenset(Formula) - {Formula.SUM, Formula.WINNERS, Formula.MERIT}


@dataclass(frozen=True, slots=True)
class UnitTotals:
    """What a unit and all units below it brought together. People and attempts are two numbers."""

    participants: int = 0
    attempts: int = 0
    correct_sum: int = 0
    question_sum: int = 0
    all_correct: int = 0

    def plus(self, other: "UnitTotals") -> "UnitTotals":
        """Both together."""
        return UnitTotals(
            self.participants + other.participants,
            self.attempts + other.attempts,
            self.correct_sum + other.correct_sum,
            self.question_sum + other.question_sum,
            self.all_correct + other.all_correct,
        )

    @property
    def mean_share(self) -> Fraction | None:
        """Correct answers as a share of all questions of the attempts that count, None without any."""
        return Fraction(self.correct_sum, self.question_sum) if self.question_sum else None


@dataclass(frozen=True, slots=True)
class UnitRow:
    """One line of a unit board. `rank` is None for a unit in trouble, and `value` where it cannot be told."""

    unit: ContestUnit
    totals: UnitTotals
    value: Fraction | None
    rank: int | None
    trouble: Trouble | None


def roll_up(units: Sequence[ContestUnit], sums: Sequence[UnitSums]) -> dict[int, UnitTotals]:
    """Totals by unit id, each unit's own entrants and those of all units below it counted once."""
    totals = {unit.id: UnitTotals() for unit in units}
    parent_of = {unit.id: unit.parent_id for unit in units}
    for row in sums:
        own = UnitTotals(row.participants, row.attempts, row.correct_sum, row.question_sum, row.all_correct)
        unit_id = row.unit_id
        while unit_id is not None and unit_id in totals:
            totals[unit_id] = totals[unit_id].plus(own)
            unit_id = parent_of[unit_id]
    return totals


def board(
    units: Sequence[ContestUnit],
    totals: Mapping[int, UnitTotals],
    formula: Formula,
    gates: Sequence[Gate] = (),
    components: tuple[Component, ...] = (),
) -> list[UnitRow]:
    """The given units (of one level, so that none competes with its parent) in the order of the formula.

    Only what the totals hold is known here: prizes and merit count as nothing.
    """
    by_code = {unit.code: unit for unit in units}
    figures = [
        UnitFigures(
            code=unit.code,
            headcount=unit.headcount,
            participants=totals[unit.id].participants,
            attempts=totals[unit.id].attempts,
            score_sum=totals[unit.id].correct_sum,
            all_correct=totals[unit.id].all_correct,
        )
        for unit in units
    ]
    return [
        UnitRow(
            by_code[standing.code],
            totals[by_code[standing.code].id],
            standing.value,
            standing.rank,
            standing.trouble,
        )
        for standing in rank_by_rule(Rule(components_of(formula, components), tuple(gates)), [figures])
    ]


def competing(units: Sequence[ContestUnit], definition: CollectiveDefinition | None) -> list[ContestUnit]:
    """The units that a collective ranking compares; without one, those with none below them."""
    if definition is None:
        return [unit for unit in units if unit.is_leaf]
    return [unit for unit in units if definition.includes(unit.kind, is_leaf=unit.is_leaf)]
