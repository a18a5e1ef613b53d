"""How units compete: formulas, gates by size, and what cannot be ranked. Pure.

Values are exact fractions, so that two units with the same share are equal and not almost equal.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from types import MappingProxyType

from quiz.scoring.ranking import competition_ranks

_RANK_POINTS = 10


class Formula(StrEnum):
    """By which number units are ranked."""

    PARTICIPATION_RATE = "participation_rate"  # participants of the unit's headcount
    PARTICIPANTS = "participants"
    ATTEMPTS = "attempts"
    MEAN_SCORE = "mean_score"  # correct answers for each participant
    TOTAL_SCORE = "total_score"  # correct answers of all participants
    ALL_CORRECT = "all_correct"  # people with every answer right
    RANK_POINTS = "rank_points"  # 10…1 points for the first ten by people, by total score and by attempts


class Trouble(StrEnum):
    """Why a unit has no rank; organisers must act on the first two."""

    HEADCOUNT_MISSING = "headcount_missing"
    OVER_100_PERCENT = "over_100_percent"
    BELOW_GATE = "below_gate"
    NO_PARTICIPANTS = "no_participants"


@dataclass(frozen=True, slots=True)
class UnitFigures:
    """What is counted for one unit, those below it included. `score_sum`: correct answers that count."""

    code: str
    headcount: int | None
    participants: int
    attempts: int
    score_sum: int
    all_correct: int


@dataclass(frozen=True, slots=True)
class Gate:
    """The least participation rate for units of less than so many people; None: of any size."""

    headcount_below: int | None
    rate: Decimal


@dataclass(frozen=True, slots=True)
class UnitStanding:
    """A unit's place. A unit in trouble has no rank, and a value only if that can be told."""

    code: str
    value: Fraction | None
    rank: int | None
    trouble: Trouble | None


def participation(figures: UnitFigures) -> Fraction | Trouble:
    """The share of the unit's people who took part, or why there is none.

    More participants than people is a mistake in the data, never a rate of 108 %.
    """
    if not figures.headcount:
        return Trouble.HEADCOUNT_MISSING
    if figures.participants > figures.headcount:
        return Trouble.OVER_100_PERCENT
    return Fraction(figures.participants, figures.headcount)


def _mean_score(figures: UnitFigures) -> Fraction | Trouble:
    if not figures.participants:
        return Trouble.NO_PARTICIPANTS
    return Fraction(figures.score_sum, figures.participants)


_FORMULAS: Mapping[Formula, Callable[[UnitFigures], Fraction | Trouble]] = MappingProxyType(
    {
        Formula.PARTICIPATION_RATE: participation,
        Formula.PARTICIPANTS: lambda figures: Fraction(figures.participants),
        Formula.ATTEMPTS: lambda figures: Fraction(figures.attempts),
        Formula.MEAN_SCORE: _mean_score,
        Formula.TOTAL_SCORE: lambda figures: Fraction(figures.score_sum),
        Formula.ALL_CORRECT: lambda figures: Fraction(figures.all_correct),
    }
)
# The three lists of the rank-points formula.
_POINT_LISTS = (Formula.PARTICIPANTS, Formula.TOTAL_SCORE, Formula.ATTEMPTS)


def unit_value(formula: Formula, figures: UnitFigures) -> Fraction | Trouble:
    """The number of one unit under a formula. Rank points depend on the others: use `rank_units`."""
    return _FORMULAS[formula](figures)


def gate_for(gates: Sequence[Gate], headcount: int) -> Gate | None:
    """The gate of the smallest size band that the unit falls into, if there is one."""
    bounded = [
        gate for gate in gates if gate.headcount_below is not None and headcount < gate.headcount_below
    ]
    if bounded:
        return min(bounded, key=lambda gate: gate.headcount_below or 0)
    return next((gate for gate in gates if gate.headcount_below is None), None)


def gate_trouble(gates: Sequence[Gate], figures: UnitFigures) -> Trouble | None:
    """Why the gates keep a unit out, or None if they let it in. Without gates all are in."""
    if not gates:
        return None
    rate = participation(figures)
    if isinstance(rate, Trouble):
        return rate
    gate = gate_for(gates, figures.headcount or 0)
    return Trouble.BELOW_GATE if gate is not None and rate < Fraction(gate.rate) else None


def rank_units(
    formula: Formula, units: Sequence[UnitFigures], gates: Sequence[Gate] = ()
) -> tuple[UnitStanding, ...]:
    """All units in the order of the board: the ranked by value, then those in trouble by code.

    Of equal values the unit with more participants comes first; with as many, they share a place (1-2-2-4).
    """
    values = _rank_points(units) if formula is Formula.RANK_POINTS else None
    ranked: list[tuple[tuple[Fraction, int], str]] = []
    troubled: list[UnitStanding] = []
    for figures in units:
        value = values[figures.code] if values is not None else unit_value(formula, figures)
        if isinstance(value, Trouble):
            troubled.append(UnitStanding(figures.code, None, None, value))
        elif trouble := gate_trouble(gates, figures):
            troubled.append(UnitStanding(figures.code, value, None, trouble))
        else:
            ranked.append(((value, figures.participants), figures.code))
    ranked.sort(key=lambda entry: (-entry[0][0], -entry[0][1], entry[1]))
    places = competition_ranks([strength for strength, _ in ranked])
    standings = [
        UnitStanding(code, value, rank, None) for ((value, _), code), rank in zip(ranked, places, strict=True)
    ]
    return (*standings, *sorted(troubled, key=lambda standing: standing.code))


def _rank_points(units: Sequence[UnitFigures]) -> dict[str, Fraction]:
    """Ten points for the first of each list down to one for the tenth, summed; nothing for a zero."""
    points = {figures.code: Fraction(0) for figures in units}
    for formula in _POINT_LISTS:
        values = {
            figures.code: value
            for figures in units
            if not isinstance(value := unit_value(formula, figures), Trouble) and value > 0
        }
        codes = sorted(values, key=lambda code: -values[code])
        for code, place in zip(codes, competition_ranks([values[code] for code in codes]), strict=True):
            points[code] += max(_RANK_POINTS + 1 - place, 0)
    return points
