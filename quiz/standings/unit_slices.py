"""The board of units and a unit's own figures as values, with nothing in them that must not be seen."""

from dataclasses import dataclass, replace
from datetime import datetime
from fractions import Fraction

from question_bank.folding import fold
from quiz.contests import labels
from quiz.contests.definition import CollectiveDefinition
from quiz.contests.definition_collective import BoardKey
from quiz.contests.models import Contest, ContestUnit
from quiz.contests.queries import get_round
from quiz.contests.visibility import Visible
from quiz.core.errors import NotFound
from quiz.scoring.collective import Formula, counters_of
from quiz.scoring.prediction import Counter
from quiz.standings.collective_boards import CollectiveBoard
from quiz.standings.scopes import Kind, Scope
from quiz.standings.unit_boards import UnitRow
from quiz.standings.unit_standings import (
    UnitStandings,
    best_of,
    held_standings,
    list_standings,
    rule_of,
    shown_of,
    unit_standings,
    with_lists,
)
from quiz.web.filters import number, percent


@dataclass(frozen=True, slots=True)
class UnitPlace:
    """One line of a board of units; what gives a prediction away is None, and `value` empty.

    `share`: how long the bar is drawn, of 1. `board`: on which of several boards, by division and size.
    """

    code: str
    name: str
    kind: str
    rank: int | None
    value: str
    share: float | None
    people: int | None
    headcount: int | None
    attempts: int | None
    trouble: str | None
    board: BoardKey | None


@dataclass(frozen=True, slots=True)
class UnitSlice:
    """Rows `offset`+1 and following of a board of units. Without `may_rank` there are none for now."""

    rows: tuple[UnitPlace, ...]
    offset: int
    total: int
    competing: int
    as_of: datetime
    may_rank: bool
    is_official: bool
    rule: CollectiveDefinition


@dataclass(frozen=True, slots=True)
class UnitFacts:
    """One unit with its place and figures; those that must not be seen are None."""

    unit: ContestUnit
    above: tuple[ContestUnit, ...]
    place: UnitPlace
    ranked: int
    mean: float | None
    all_correct: int | None
    children: tuple[UnitPlace, ...]
    child_count: int
    as_of: datetime
    may_rank: bool
    is_official: bool
    rule: CollectiveDefinition


def unit_slice(
    contest: Contest,
    scope: Scope,
    *,
    now: datetime,
    offset: int = 0,
    limit: int | None = None,
    q: str = "",
    division: str = "",
    number: int | None = None,
) -> UnitSlice:
    """The units that compete, in order, board by board; places stay those of their whole board.

    `q` searches names and codes without diacritics, `division` keeps those below a unit. `number` chooses one
    of the contest's collective rules, from 1; of a combined list one that counts on it. Raises NotFound.
    """
    all_units, shown = _standings(contest, scope, now, number)
    may_rank = may_rank_by(shown, all_units.rule)
    wanted = fold(q)
    lines = [
        (board, row)
        for board, row in (all_units.place_of.values() if may_rank else ())
        if (not wanted or wanted in row.unit.search_key or q == row.unit.code)
        and (not division or f"/{division}/" in row.unit.path)
    ]
    end = None if limit is None else offset + limit
    return UnitSlice(
        rows=tuple(_place(shown, all_units, row, board) for board, row in lines[offset:end]),
        offset=offset,
        total=len(lines),
        competing=len(all_units.place_of),
        as_of=all_units.as_of,
        may_rank=may_rank,
        is_official=shown.is_official,
        rule=all_units.rule,
    )


def unit_facts(
    contest: Contest,
    scope: Scope,
    code: str,
    *,
    now: datetime,
    offset: int = 0,
    limit: int | None = None,
    number: int = 1,
) -> UnitFacts:
    """One unit, those above it from the top, and a slice of those right below it. Raises NotFound."""
    all_units, shown = _standings(contest, scope, now, number)
    unit = all_units.by_code.get(code)
    if unit is None:
        raise NotFound("unit")
    totals = all_units.totals[unit.id]
    may_rank = may_rank_by(shown, all_units.rule)
    board, row = all_units.place_of.get(unit.id, (None, UnitRow(unit, totals, None, None, None)))
    beside = board.rows if board else ()
    mean = totals.mean_share
    return UnitFacts(
        unit=unit,
        above=_above(all_units, unit),
        place=_place(shown, all_units, row, board),
        ranked=sum(1 for other in beside if other.rank is not None and other.totals.participants),
        mean=float(mean) if mean is not None and shown.board and shown.shows(Counter.SCORE_SPREAD) else None,
        all_correct=totals.all_correct if shown.board and shown.shows(Counter.PEOPLE_ALL_CORRECT) else None,
        children=_children(shown, all_units, unit, offset, limit) if may_rank else (),
        child_count=len(all_units.below(unit.id)) if may_rank else 0,
        as_of=all_units.as_of,
        may_rank=may_rank,
        is_official=shown.is_official,
        rule=all_units.rule,
    )


def unit_place(
    contest: Contest, scope: Scope, unit_id: int, *, now: datetime, number: int = 1
) -> UnitPlace | None:
    """The line of the unit or of the nearest one above it that competes; None without one."""
    all_units, shown = _standings(contest, scope, now, number)
    found = all_units.competing_above(unit_id)
    if found is None:
        return None
    board, row = all_units.place_of[found]
    return _place(shown, all_units, row, board)


def may_rank_by(shown: Visible, rule: CollectiveDefinition) -> bool:
    """Whether the figures that rank the units may be seen now."""
    return shown.board and all(shown.shows(one) for one in counters_of(rule.rule))


def _standings(
    contest: Contest, scope: Scope, now: datetime, number: int | None
) -> tuple[UnitStandings, Visible]:
    if scope.kind is Kind.LIST:
        # A board that stands still is not shown at all: the sums would tell how its rounds go on.
        found = list_standings(contest, scope.number, now=now, number=number)
        return found, with_lists(scope.shown, contest, found.rule, now)
    number = number or 1
    round_ = get_round(contest, scope.number)
    shown = shown_of(contest, round_, rule_of(contest, number), now)
    if scope.held_since is not None:
        held = held_standings(contest, round_, scope.held_since, now=now, number=number)
        if held is not None:
            return held, shown
    if shown.is_held:
        # Sums over several rounds and the best people of units would tell how a round goes on.
        shown = replace(shown, board=False, hidden=frozenset(Counter))
    return unit_standings(contest, round_, now=now, number=number), shown


def _children(
    shown: Visible, all_units: UnitStandings, unit: ContestUnit, offset: int, limit: int | None
) -> tuple[UnitPlace, ...]:
    below = all_units.below(unit.id)
    best = best_of(below)
    end = None if limit is None else offset + limit
    return tuple(_place(shown, all_units, row, None, best) for row in below[offset:end])


def value_text(formula: Formula, value: Fraction | None) -> str:
    """The ranking figure as text; empty where there is none."""
    if value is None:
        return ""
    if formula is Formula.PARTICIPATION_RATE:
        return percent(float(value))
    if formula is Formula.MEAN_SCORE or value.denominator != 1:
        return number(float(value), 2)
    return number(int(value))


def _place(
    shown: Visible,
    all_units: UnitStandings,
    row: UnitRow,
    board: CollectiveBoard | None,
    best: Fraction | None = None,
) -> UnitPlace:
    totals, formula = row.totals, all_units.rule.formula
    may_rank = may_rank_by(shown, all_units.rule)
    if board is not None:
        best = all_units.best[board.key]
    return UnitPlace(
        code=row.unit.code,
        name=row.unit.name,
        kind=row.unit.kind,
        rank=row.rank if may_rank and totals.participants else None,
        value=value_text(formula, row.value) if may_rank else "",
        share=_share(formula, row.value, best) if may_rank else None,
        people=totals.participants if shown.shows(Counter.PARTICIPANTS) else None,
        headcount=row.unit.headcount,
        attempts=totals.attempts if shown.shows(Counter.ATTEMPTS) else None,
        trouble=str(labels.TROUBLES[row.trouble]) if row.trouble is not None and may_rank else None,
        board=board.key if board is not None else None,
    )


def _share(formula: Formula, value: Fraction | None, best: Fraction | None) -> float | None:
    if value is None:
        return None
    if formula is Formula.PARTICIPATION_RATE:
        return float(value)
    return float(value / best) if best else None


def _above(all_units: UnitStandings, unit: ContestUnit) -> tuple[ContestUnit, ...]:
    chain: list[ContestUnit] = []
    parent = all_units.by_id.get(unit.parent_id) if unit.parent_id is not None else None
    while parent is not None:
        chain.append(parent)
        parent = all_units.by_id.get(parent.parent_id) if parent.parent_id is not None else None
    return tuple(reversed(chain))
