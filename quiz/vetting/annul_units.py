"""What unit boards lose and gain when results change. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from quiz.contests.definition import CollectiveDefinition
from quiz.scoring.collective import Formula
from quiz.standings.queries import UnitSums
from quiz.standings.unit_boards import UnitRow, board, competing, roll_up

_SUMMED = ("attempts", "correct_count", "question_count")


@dataclass(frozen=True, slots=True)
class UnitMove:
    """A unit before and after; it is in the list because its figure or its place changes."""

    before: UnitRow
    after: UnitRow


def unit_moves(
    units: Sequence[Any],
    sums: Sequence[UnitSums],
    changed: Iterable[tuple[Mapping[str, Any], Mapping[str, Any] | None]],
    rule: CollectiveDefinition | None,
) -> list[UnitMove]:
    """The competing units whose figures or places change, in the order they have now.

    `units` are the contest's, `changed` the results of people before and after, as columns.
    """
    how = (rule.formula, rule.gates, rule.components) if rule else (Formula.PARTICIPANTS, (), ())
    those = competing(units, rule)
    before = board(those, roll_up(units, sums), *how)
    after = {row.unit.id: row for row in board(those, roll_up(units, lessened(sums, changed)), *how)}
    return [
        UnitMove(row, after[row.unit.id])
        for row in before
        if (row.rank, row.totals) != (after[row.unit.id].rank, after[row.unit.id].totals)
    ]


def lessened(
    sums: Sequence[UnitSums], changed: Iterable[tuple[Mapping[str, Any], Mapping[str, Any] | None]]
) -> list[UnitSums]:
    """The sums after these results have changed."""
    now = {row.unit_id: row for row in sums}
    for old, fresh in changed:
        unit_id = old["unit_id"]
        if unit_id in now:
            now[unit_id] = _without(now[unit_id], old, fresh)
    return list(now.values())


def _without(sums: UnitSums, old: Mapping[str, Any], fresh: Mapping[str, Any] | None) -> UnitSums:
    attempts, correct, questions = ((fresh or {}).get(name, 0) - old[name] for name in _SUMMED)
    return UnitSums(
        sums.unit_id,
        sums.participants - (fresh is None),
        sums.attempts + attempts,
        sums.correct_sum + correct,
        sums.question_sum + questions,
        sums.all_correct + _all_right(fresh) - _all_right(old),
    )


def _all_right(row: Mapping[str, Any] | None) -> bool:
    return row is not None and row["correct_count"] == row["question_count"]
