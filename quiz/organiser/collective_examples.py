"""What a collective rule does to the contest's own units: as they stand, before that with assumed numbers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from flask_babel import gettext as _

from quiz.contests import queries as contests
from quiz.contests.collective_labels import board_name, component_in_words
from quiz.contests.definition import CollectiveDefinition
from quiz.contests.labels import TROUBLES
from quiz.contests.models import Contest, ContestUnit
from quiz.scoring.collective import Formula
from quiz.standings.collective_boards import CollectiveBoard, RoundCount, UnitFacts, collective_boards
from quiz.standings.collective_reading import boards_of, rounds_of
from quiz.standings.queries import UnitSums
from quiz.standings.unit_boards import competing
from quiz.standings.unit_slices import value_text
from quiz.web.filters import number

SHOWN = 5
_ASSUMED = (Fraction(7, 10), Fraction(1, 2), Fraction(2, 5), Fraction(3, 10), Fraction(1, 5))
_USUAL, _QUESTIONS = 100, 10  # of a unit whose headcount is not known; of a paper


@dataclass(frozen=True, slots=True)
class ExampleUnit:
    """One unit under the rule: how its value comes about, or why it has no place."""

    board: str
    rank: str
    name: str
    figures: str
    sum: str
    value: str


@dataclass(frozen=True, slots=True)
class RuleExample:
    """`is_assumed`: the units are the contest's, their numbers are made up."""

    lines: tuple[ExampleUnit, ...]
    is_assumed: bool
    competing: int


def example_of(contest: Contest, rule: CollectiveDefinition, now: datetime) -> RuleExample | None:
    """The first units of each board under a rule; None where no unit competes."""
    units = contests.list_units(contest.id)
    those = competing(units, rule)
    if not those:
        return None
    round_ = contests.current_round(contest, now)
    rounds = rounds_of(contest, rule, round_, now) if round_ is not None else []
    boards = boards_of(contest, rule, rounds, now) if rounds else []
    is_assumed = not any(row.totals.participants for board in boards for row in board.rows)
    if is_assumed:
        count = RoundCount(_assumed(those))
        lists = dict.fromkeys(rule.lists, count)
        boards = collective_boards(rule, units, [count], UnitFacts(), count, lists)
    lines = [line for board in boards for line in _lines(rule, board)]
    return RuleExample(tuple(lines), is_assumed, len(those))


def _assumed(units: Sequence[ContestUnit]) -> list[UnitSums]:
    """Numbers that anybody can work out in their head, for the first units."""
    sums = []
    for unit, share in zip(units, _ASSUMED, strict=False):
        people = int((unit.headcount or _USUAL) * share)
        sums.append(UnitSums(unit.id, people, people * 2, people * 8, people * _QUESTIONS, people // 10))
    return sums


def _lines(rule: CollectiveDefinition, board: CollectiveBoard) -> list[ExampleUnit]:
    return [
        ExampleUnit(
            board=board_name(board.key),
            rank=str(row.rank) if row.rank is not None else "–",
            name=row.unit.name,
            figures=_(
                "%(people)s người trong %(all)s, %(attempts)s lượt, %(correct)s câu đúng",
                people=number(row.totals.participants),
                all=number(row.unit.headcount) if row.unit.headcount else "?",
                attempts=number(row.totals.attempts),
                correct=number(row.totals.correct_sum),
            ),
            sum=_sum(rule, row.parts) if row.trouble is None else str(TROUBLES[row.trouble]),
            value=value_text(rule.formula, row.value),
        )
        for row in board.rows[:SHOWN]
    ]


def _sum(rule: CollectiveDefinition, parts: Sequence[Fraction]) -> str:
    """tỷ lệ dự thi … 70 + điểm của các giải … 18."""
    if rule.formula not in (Formula.SUM, Formula.RANK_POINTS) or len(parts) < 2:
        return ""
    terms = zip(rule.rule.components, parts, strict=True)
    return " + ".join(
        f"{component_in_words(component).split(' (')[0]} {_plain(part)}" for component, part in terms
    )


def _plain(value: Fraction) -> str:
    return number(int(value)) if value.denominator == 1 else number(float(value), 2)
