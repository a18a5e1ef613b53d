"""The boards of a collective rule from figures: everything below a unit counts for it. Pure.

One round, several as one, or the mean of several; one board, or one for each division and size.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from types import MappingProxyType

from quiz.contests.definition import CollectiveDefinition
from quiz.contests.definition_collective import BoardKey
from quiz.contests.models import ContestUnit
from quiz.scoring.collective import GroupFigures, UnitFigures, UnitStanding, rank_boards
from quiz.standings.collective_counts import GroupSum, Winner
from quiz.standings.queries import UnitSums
from quiz.standings.unit_boards import UnitRow, UnitTotals, competing, roll_up


@dataclass(frozen=True, slots=True)
class RoundCount:
    """What was counted in one round, or in several as one, by the units that people chose."""

    sums: Sequence[UnitSums]
    winners: Sequence[Winner] = ()
    best: Sequence[tuple[int | None, int]] = ()
    groups: Sequence[GroupSum] = ()


@dataclass(frozen=True, slots=True)
class UnitFacts:
    """What people entered about units: merit by unit id, headcounts of categories by unit id and category."""

    merits: Mapping[int, Decimal] = field(default_factory=dict)
    group_headcounts: Mapping[tuple[int, str], int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CollectiveRow(UnitRow):
    """One line of a collective board. `parts` are the components of the value, `winners` people."""

    parts: tuple[Fraction, ...] = ()
    winners: int = 0


@dataclass(frozen=True, slots=True)
class CollectiveBoard:
    """The units of one division and size in order."""

    key: BoardKey
    rows: tuple[CollectiveRow, ...]


def collective_boards(
    rule: CollectiveDefinition,
    units: Sequence[ContestUnit],
    counts: Sequence[RoundCount],
    facts: UnitFacts,
    whole: RoundCount,
    lists: Mapping[int, RoundCount] = MappingProxyType({}),
) -> list[CollectiveBoard]:
    """The boards in the order of the tree's units. `counts`: one, or one for each round of a mean.

    `lists` are counts of combined lists, for components of these. `whole` is what the rows show as totals:
    all rounds as one, so that nobody is counted twice.
    """
    those = competing(units, rule)
    if not those or not counts:
        return []
    rolled = [_rolled(units, count, rule) for count in counts]
    shown = rolled[0] if len(counts) == 1 else _rolled(units, whole, rule)
    rounds = [[_figures(unit, one, facts, rule) for unit in those] for one in rolled]
    of_lists = {
        number: [_figures(unit, one, facts, rule) for unit in those]
        for number, one in ((number, _rolled(units, count, rule)) for number, count in lists.items())
    }
    keys = {unit.code: rule.board_of(unit.division, unit.headcount) for unit in those}
    by_code = {unit.code: unit for unit in those}
    return [
        CollectiveBoard(key, tuple(_row(by_code[standing.code], standing, shown) for standing in standings))
        for key, standings in rank_boards(rule.rule, rounds, keys, of_lists).items()
    ]


@dataclass(frozen=True, slots=True)
class _Rolled:
    """One count, by unit id, with everything below."""

    totals: Mapping[int, UnitTotals]
    winners: Mapping[int, frozenset[int]]
    prizes: Mapping[int, Mapping[str, int]]
    best: Mapping[int, tuple[int, ...]]
    groups: Mapping[tuple[int, str], int]


def _rolled(units: Sequence[ContestUnit], count: RoundCount, rule: CollectiveDefinition) -> _Rolled:
    above = _chains(units)
    winners: dict[int, set[int]] = {}
    prizes: dict[int, dict[str, int]] = {}
    for winner in count.winners:
        for unit_id in above.get(winner.unit_id, ()):
            winners.setdefault(unit_id, set()).add(winner.entry_id)
            won = prizes.setdefault(unit_id, {})
            won[winner.prize] = won.get(winner.prize, 0) + 1
    best: dict[int, list[int]] = {}
    for own_id, score in count.best:
        for unit_id in above.get(own_id, ()):
            best.setdefault(unit_id, []).append(score)
    groups: dict[tuple[int, str], int] = {}
    for group in count.groups:
        for unit_id in above.get(group.unit_id, ()):
            key = (unit_id, group.category)
            groups[key] = groups.get(key, 0) + group.participants
    return _Rolled(
        totals=roll_up(units, count.sums),
        winners={unit_id: frozenset(people) for unit_id, people in winners.items()},
        prizes=prizes,
        best={key: tuple(sorted(found, reverse=True)[: rule.most_best]) for key, found in best.items()},
        groups=groups,
    )


def _chains(units: Sequence[ContestUnit]) -> dict[int | None, tuple[int, ...]]:
    """A unit and all units above it, by the unit's id."""
    parents = {unit.id: unit.parent_id for unit in units}
    chains: dict[int | None, tuple[int, ...]] = {}
    for unit in units:
        chain: list[int] = []
        above: int | None = unit.id
        while above is not None and above in parents:
            chain.append(above)
            above = parents[above]
        chains[unit.id] = tuple(chain)
    return chains


def _figures(unit: ContestUnit, one: _Rolled, facts: UnitFacts, rule: CollectiveDefinition) -> UnitFigures:
    totals = one.totals[unit.id]
    return UnitFigures(
        code=unit.code,
        headcount=unit.headcount,
        participants=totals.participants,
        attempts=totals.attempts,
        score_sum=totals.correct_sum,
        all_correct=totals.all_correct,
        winners=len(one.winners.get(unit.id, ())),
        prizes=tuple(sorted(one.prizes.get(unit.id, {}).items())),
        merit=facts.merits.get(unit.id),
        best=one.best.get(unit.id, ()),
        groups=tuple(
            GroupFigures(
                category,
                one.groups.get((unit.id, category), 0),
                facts.group_headcounts.get((unit.id, category)),
            )
            for category in rule.categories
        ),
    )


def _row(unit: ContestUnit, standing: UnitStanding, one: _Rolled) -> CollectiveRow:
    return CollectiveRow(
        unit,
        one.totals[unit.id],
        standing.value,
        standing.rank,
        standing.trouble,
        standing.parts,
        len(one.winners.get(unit.id, ())),
    )
