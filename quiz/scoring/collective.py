"""How units compete: formulas of components, gates, boards, and what cannot be ranked. Pure."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from types import MappingProxyType
from typing import TypeVar

from quiz.scoring.prediction import Counter
from quiz.scoring.ranking import competition_ranks
from quiz.scoring.unit_gates import Gate, gate_for, gate_trouble
from quiz.scoring.unit_values import (
    Basis,
    Component,
    GroupFigures,
    Measure,
    PrizePoints,
    Trouble,
    UnitFigures,
    component_values,
    mean_over,
    participation,
)

__all__ = [
    "TEN_TO_ONE",
    "Basis",
    "Component",
    "Formula",
    "Gate",
    "GroupFigures",
    "Measure",
    "Over",
    "PrizePoints",
    "Rule",
    "Trouble",
    "UnitFigures",
    "UnitStanding",
    "components_of",
    "counters_of",
    "gate_for",
    "gate_trouble",
    "nested_units",
    "participation",
    "rank_boards",
    "rank_by_rule",
    "rank_units",
    "unit_value",
]

K = TypeVar("K", bound=Hashable)
Lists = Mapping[int, Sequence[UnitFigures]]
_NO_LISTS: Lists = MappingProxyType({})


class Formula(StrEnum):
    """By which number units are ranked."""

    PARTICIPATION_RATE = "participation_rate"  # participants of the unit's headcount
    PARTICIPANTS = "participants"
    ATTEMPTS = "attempts"
    MEAN_SCORE = "mean_score"  # correct answers for each participant
    TOTAL_SCORE = "total_score"  # correct answers of all participants
    ALL_CORRECT = "all_correct"  # people with every answer right
    RANK_POINTS = "rank_points"  # 10…1 points for the first ten by people, by total score and by attempts
    WINNERS = "winners"  # people with a prize
    MERIT = "merit"  # the organisers' own list, with reasons
    SUM = "sum"  # components of its own


class Over(StrEnum):
    """Which rounds a collective ranking looks at, and how."""

    EACH = "each"  # one ranking for each round
    ALL = "all"  # all rounds as one: people count once, attempts and scores add up
    MEAN = "mean"  # the mean of what each round gives


TEN_TO_ONE = tuple(range(10, 0, -1))
_COMPONENTS: Mapping[Formula, tuple[Component, ...]] = MappingProxyType(
    {
        # A lone rate is a share of one, as boards and gates write it.
        Formula.PARTICIPATION_RATE: (Component(Measure.PARTICIPATION_RATE, Decimal("0.01")),),
        Formula.PARTICIPANTS: (Component(Measure.PARTICIPANTS),),
        Formula.ATTEMPTS: (Component(Measure.ATTEMPTS),),
        Formula.MEAN_SCORE: (Component(Measure.MEAN_SCORE),),
        Formula.TOTAL_SCORE: (Component(Measure.TOTAL_SCORE),),
        Formula.ALL_CORRECT: (Component(Measure.ALL_CORRECT),),
        Formula.RANK_POINTS: (
            Component(Measure.PARTICIPANTS, points=TEN_TO_ONE),
            Component(Measure.TOTAL_SCORE, points=TEN_TO_ONE),
            Component(Measure.ATTEMPTS, points=TEN_TO_ONE),
        ),
        Formula.WINNERS: (Component(Measure.WINNERS),),
        Formula.MERIT: (Component(Measure.MERIT),),
    }
)
_COUNTERS: Mapping[Measure, Counter] = MappingProxyType(
    {
        Measure.PARTICIPATION_RATE: Counter.PARTICIPATION_RATE,
        Measure.PARTICIPANTS: Counter.PARTICIPANTS,
        Measure.ATTEMPTS: Counter.ATTEMPTS,
        Measure.MEAN_SCORE: Counter.SCORE_SPREAD,
        Measure.TOTAL_SCORE: Counter.SCORE_SPREAD,
        Measure.ALL_CORRECT: Counter.PEOPLE_ALL_CORRECT,
        Measure.WINNERS: Counter.BOARD_DEPTH,
        Measure.PRIZE_POINTS: Counter.BOARD_DEPTH,
    }
)


@dataclass(frozen=True, slots=True)
class Rule:
    """What ranks units: the sum of the components, then `tie`, among those whom the gates let in."""

    components: tuple[Component, ...]
    gates: tuple[Gate, ...] = ()
    tie: tuple[Measure, ...] = (Measure.PARTICIPANTS,)


@dataclass(frozen=True, slots=True)
class UnitStanding:
    """A unit's place. A unit in trouble has no rank, and a value only if that can be told.

    `parts` are the components of the value, in the order of the rule.
    """

    code: str
    value: Fraction | None
    rank: int | None
    trouble: Trouble | None
    parts: tuple[Fraction, ...] = ()


def components_of(formula: Formula, own: tuple[Component, ...] = ()) -> tuple[Component, ...]:
    """The terms of a formula; those of a sum are its own."""
    return own if formula is Formula.SUM else _COMPONENTS[formula]


def counters_of(rule: Rule) -> frozenset[Counter]:
    """Which public figures could be read or inferred from a board by this rule and its gates."""
    measures = {component.measure for component in rule.components}
    found = {_COUNTERS[measure] for measure in measures if measure in _COUNTERS}
    if any(component.per is Basis.PARTICIPANTS for component in rule.components):
        found.add(Counter.PARTICIPANTS)
    if any(component.per is Basis.HEADCOUNT for component in rule.components):
        found.add(Counter.PARTICIPATION_RATE)
    if any(gate.rate is not None or gate.participants is not None for gate in rule.gates):
        found.add(Counter.PARTICIPATION_RATE)
    return frozenset(found)


def unit_value(formula: Formula, figures: UnitFigures) -> Fraction | Trouble:
    """The number of one unit under a formula. Points of a list depend on the others: use `rank_units`."""
    (component,) = _COMPONENTS[formula]
    return component_values(component, [figures])[figures.code]


def rank_units(
    formula: Formula, units: Sequence[UnitFigures], gates: Sequence[Gate] = ()
) -> tuple[UnitStanding, ...]:
    """All units of one board by a formula in one round; see `rank_by_rule`."""
    return rank_by_rule(Rule(components_of(formula), tuple(gates)), [units])


def rank_boards(
    rule: Rule,
    rounds: Sequence[Sequence[UnitFigures]],
    board_of: Mapping[str, K],
    lists: Lists = _NO_LISTS,
) -> dict[K, tuple[UnitStanding, ...]]:
    """Each board (division, size band) ranked by itself, in the order in which they are first met."""

    def only(units: Sequence[UnitFigures], board: K) -> list[UnitFigures]:
        return [figures for figures in units if board_of[figures.code] == board]

    boards: dict[K, None] = dict.fromkeys(board_of[figures.code] for figures in rounds[0])
    return {
        board: rank_by_rule(
            rule,
            [only(units, board) for units in rounds],
            {number: only(units, board) for number, units in lists.items()},
        )
        for board in boards
    }


def rank_by_rule(
    rule: Rule, rounds: Sequence[Sequence[UnitFigures]], lists: Lists = _NO_LISTS
) -> tuple[UnitStanding, ...]:
    """All units in the order of the board: the ranked by value, then those in trouble by code.

    The same units stand in every round; the value is the mean over the rounds, but for components of combined
    lists: `lists` are the figures of these by their numbers. Of equal values the tie measures decide, by
    default more participants; equal in all, units share a place (1-2-2-4).
    """
    by_code = {units[0].code: units for units in zip(*rounds, strict=True)}
    parts = _parts(rule, rounds, lists)
    ranked: list[tuple[tuple[Fraction, ...], UnitStanding]] = []
    troubled: list[UnitStanding] = []
    for code, figures in by_code.items():
        own = parts[code]
        if isinstance(own, Trouble):
            troubled.append(UnitStanding(code, None, None, own))
            continue
        value = own[0] if len(own) == 1 else sum(own, Fraction(0))
        if trouble := gate_trouble(rule.gates, *figures):
            troubled.append(UnitStanding(code, value, None, trouble, own))
        else:
            strength = (value, *_tie_values(rule, figures))
            ranked.append((strength, UnitStanding(code, value, None, None, own)))
    ranked.sort(key=lambda entry: entry[1].code)
    ranked.sort(key=lambda entry: entry[0], reverse=True)  # keeps the order by code among equals
    places = competition_ranks([strength for strength, _ in ranked])
    standings = [
        UnitStanding(standing.code, standing.value, place, None, standing.parts)
        for (_, standing), place in zip(ranked, places, strict=True)
    ]
    return (*standings, *sorted(troubled, key=lambda standing: standing.code))


def _parts(
    rule: Rule, rounds: Sequence[Sequence[UnitFigures]], lists: Lists
) -> dict[str, tuple[Fraction, ...] | Trouble]:
    """The components of every unit, each the mean over the rounds, or why one cannot be told."""
    is_alone = len(rule.components) == 1
    columns = []
    for component in rule.components:
        counted = rounds if component.of_list is None else [lists[component.of_list]]
        of_rounds = [component_values(component, units) for units in counted]
        columns.append(
            {
                code: mean_over([values[code] for values in of_rounds], is_alone=is_alone)
                for code in of_rounds[0]
            }
        )
    found: dict[str, tuple[Fraction, ...] | Trouble] = {}
    for figures in rounds[0]:
        values = [column[figures.code] for column in columns]
        trouble = next((value for value in values if isinstance(value, Trouble)), None)
        told = tuple(value for value in values if not isinstance(value, Trouble))
        found[figures.code] = told if trouble is None else trouble
    return found


def _tie_values(rule: Rule, rounds: Sequence[UnitFigures]) -> tuple[Fraction, ...]:
    """What decides between equals; what cannot be told stands behind everything.

    Points of prizes are those of the rule's own component.
    """
    worth = next((component.prizes for component in rule.components if component.prizes), ())
    deciding = [
        Component(measure, prizes=worth if measure is Measure.PRIZE_POINTS else ()) for measure in rule.tie
    ]
    values = [
        mean_over(
            [component_values(component, [figures])[figures.code] for figures in rounds], is_alone=False
        )
        for component in deciding
    ]
    return tuple(Fraction(-1) if isinstance(value, Trouble) else value for value in values)


def nested_units(paths: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Pairs of units of one board of which the first stands below the second: such a board is unfair.

    `paths` lists, by code, the codes from the root, each between slashes.
    """
    return tuple(
        (code, above)
        for code, path in paths.items()
        for above in path.strip("/").split("/")[:-1]
        if above in paths
    )
