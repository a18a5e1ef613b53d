"""What is measured of a unit for a collective ranking: figures, measures, components. Pure.

Values are exact fractions, so that two units with the same share are equal and not almost equal.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from types import MappingProxyType

from quiz.scoring.ranking import competition_ranks

_PERCENT = 100


class Measure(StrEnum):
    """What can be counted of a unit."""

    PARTICIPATION_RATE = "participation_rate"  # participants of the unit's headcount
    PARTICIPANTS = "participants"
    ATTEMPTS = "attempts"
    MEAN_SCORE = "mean_score"  # correct answers for each participant, or of the best so many
    TOTAL_SCORE = "total_score"  # correct answers of all participants, or of the best so many
    ALL_CORRECT = "all_correct"  # people with every answer right
    WINNERS = "winners"  # people with a prize
    PRIZE_POINTS = "prize_points"  # each prize won brings its points
    MERIT = "merit"  # what the organisers enter by hand, with a reason


class Basis(StrEnum):
    """What a measure is divided by."""

    UNIT = "unit"  # nothing: the unit as a whole
    HEADCOUNT = "headcount"
    PARTICIPANTS = "participants"


class Trouble(StrEnum):
    """Why a unit has no rank; organisers must act on the first two."""

    HEADCOUNT_MISSING = "headcount_missing"
    OVER_100_PERCENT = "over_100_percent"
    BELOW_GATE = "below_gate"
    NO_PARTICIPANTS = "no_participants"
    TOO_FEW_WINNERS = "too_few_winners"
    TOO_FEW_PEOPLE = "too_few_people"
    NOT_NAMED = "not_named"  # on the organisers' list


# In a sum, or over several rounds, these count as nothing; alone they leave a unit without a rank.
_COUNTS_AS_ZERO = frozenset({Trouble.NO_PARTICIPANTS, Trouble.NOT_NAMED})


@dataclass(frozen=True, slots=True)
class GroupFigures:
    """One category of a unit's people: who took part, and how many there are."""

    category: str
    participants: int
    headcount: int | None


@dataclass(frozen=True, slots=True)
class UnitFigures:
    """What is counted for one unit, those below it included. `score_sum`: correct answers that count.

    `prizes` are names of prizes and how often each was won, `best` the correct answers of the best people,
    falling; both only as far as a rule asks for them.
    """

    code: str
    headcount: int | None
    participants: int
    attempts: int
    score_sum: int
    all_correct: int
    winners: int = 0
    prizes: tuple[tuple[str, int], ...] = ()
    merit: Decimal | None = None
    best: tuple[int, ...] = ()
    groups: tuple[GroupFigures, ...] = ()


@dataclass(frozen=True, slots=True)
class PrizePoints:
    """What one prize of a name is worth."""

    name: str
    points: int


@dataclass(frozen=True, slots=True)
class Component:
    """One term of a formula: a measure, what it is divided by, and what it counts.

    A share of people counts with its percentage: 70 % is 70. `points` turn the measure into a list: the first
    unit gets the first number, and so on; whoever stands behind the last number or has nothing gets none.
    `best`: only so many of the unit's best people, and missing ones count as nothing. `of_list`: counted on a
    combined list, whatever rounds the rest of the formula looks at.
    """

    measure: Measure
    weight: Decimal = Decimal(1)
    per: Basis = Basis.UNIT
    points: tuple[int, ...] = ()
    prizes: tuple[PrizePoints, ...] = ()
    best: int | None = None
    of_list: int | None = None


def participation(figures: UnitFigures) -> Fraction | Trouble:
    """The share of the unit's people who took part, or why there is none.

    More participants than people is a mistake in the data, never a rate of 108 %.
    """
    if not figures.headcount:
        return Trouble.HEADCOUNT_MISSING
    if figures.participants > figures.headcount:
        return Trouble.OVER_100_PERCENT
    return Fraction(figures.participants, figures.headcount)


def _rate(figures: UnitFigures, _component: Component) -> Fraction | Trouble:
    share = participation(figures)
    return share if isinstance(share, Trouble) else share * _PERCENT


def _total_score(figures: UnitFigures, component: Component) -> Fraction | Trouble:
    best = component.best
    return Fraction(figures.score_sum if best is None else sum(figures.best[:best]))


def _mean_score(figures: UnitFigures, component: Component) -> Fraction | Trouble:
    if not figures.participants:
        return Trouble.NO_PARTICIPANTS
    if component.best is None:
        return Fraction(figures.score_sum, figures.participants)
    return Fraction(sum(figures.best[: component.best]), component.best)


def _prize_points(figures: UnitFigures, component: Component) -> Fraction | Trouble:
    worth = {prize.name.casefold(): prize.points for prize in component.prizes}
    return Fraction(sum(worth.get(name.casefold(), 0) * count for name, count in figures.prizes))


def _merit(figures: UnitFigures, _component: Component) -> Fraction | Trouble:
    return Trouble.NOT_NAMED if figures.merit is None else Fraction(figures.merit)


_MEASURES: Mapping[Measure, Callable[[UnitFigures, Component], Fraction | Trouble]] = MappingProxyType(
    {
        Measure.PARTICIPATION_RATE: _rate,
        Measure.PARTICIPANTS: lambda figures, _: Fraction(figures.participants),
        Measure.ATTEMPTS: lambda figures, _: Fraction(figures.attempts),
        Measure.MEAN_SCORE: _mean_score,
        Measure.TOTAL_SCORE: _total_score,
        Measure.ALL_CORRECT: lambda figures, _: Fraction(figures.all_correct),
        Measure.WINNERS: lambda figures, _: Fraction(figures.winners),
        Measure.PRIZE_POINTS: _prize_points,
        Measure.MERIT: _merit,
    }
)
PEOPLE = frozenset({Measure.PARTICIPANTS, Measure.ALL_CORRECT, Measure.WINNERS})
DIVISIBLE = PEOPLE | {Measure.ATTEMPTS, Measure.TOTAL_SCORE, Measure.PRIZE_POINTS}


def measured(component: Component, figures: UnitFigures) -> Fraction | Trouble:
    """The measure of one unit before points and weight."""
    amount = _MEASURES[component.measure](figures, component)
    if isinstance(amount, Trouble) or component.per is Basis.UNIT:
        return amount
    if component.per is Basis.HEADCOUNT and isinstance(share := participation(figures), Trouble):
        return share
    people = figures.headcount if component.per is Basis.HEADCOUNT else figures.participants
    if not people:
        return Trouble.NO_PARTICIPANTS
    return amount / people * (_PERCENT if component.measure in PEOPLE else 1)


def list_points(
    values: Mapping[str, Fraction | Trouble], points: Sequence[int]
) -> dict[str, Fraction | Trouble]:
    """The points of a list by its values; equal values share a place and its points, a zero gets none."""
    found: dict[str, Fraction | Trouble] = {
        code: value if isinstance(value, Trouble) and value not in _COUNTS_AS_ZERO else Fraction(0)
        for code, value in values.items()
    }
    counted = {code: value for code, value in values.items() if not isinstance(value, Trouble) and value > 0}
    codes = sorted(counted, key=lambda code: -counted[code])
    places = competition_ranks([counted[code] for code in codes])
    for code, place in zip(codes, places, strict=True):
        if place <= len(points):
            found[code] = Fraction(points[place - 1])
    return found


def component_values(component: Component, units: Sequence[UnitFigures]) -> dict[str, Fraction | Trouble]:
    """One component of all units of a board in one round, weighted."""
    values = {figures.code: measured(component, figures) for figures in units}
    if component.points:
        values = list_points(values, component.points)
    if component.weight == 1:
        return values
    weight = Fraction(component.weight)
    return {code: value if isinstance(value, Trouble) else value * weight for code, value in values.items()}


def mean_over(values: Sequence[Fraction | Trouble], *, is_alone: bool) -> Fraction | Trouble:
    """The mean over rounds. What cannot be told in one round cannot be told over all.

    A round without participants counts as nothing, unless there is nothing in any round and nothing else.
    """
    if len(values) == 1 and not isinstance(values[0], Trouble):
        return values[0]
    hard = [value for value in values if isinstance(value, Trouble) and value not in _COUNTS_AS_ZERO]
    if hard:
        return hard[0]
    told = [value for value in values if not isinstance(value, Trouble)]
    soft = [value for value in values if isinstance(value, Trouble)]
    if is_alone and not told:
        return soft[0] if soft else Trouble.NO_PARTICIPANTS
    return sum(told, Fraction(0)) / max(len(values), 1)
