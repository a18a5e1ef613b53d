"""A contest's units with their totals and places in one round, for the desks of organisers and of units."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from quiz.contests.definition import CollectiveDefinition
from quiz.contests.models import Contest, ContestUnit, Round
from quiz.contests.visibility import Visible
from quiz.scoring.collective import Formula
from quiz.standings.collective_boards import CollectiveBoard, CollectiveRow
from quiz.standings.collective_reading import rounds_of
from quiz.standings.unit_boards import UnitTotals
from quiz.standings.unit_slices import may_rank_by, value_text
from quiz.standings.unit_standings import shown_of, unit_standings

__all__ = ["RoundUnits", "round_units", "value_text"]


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
        return may_rank_by(self.shown, self.rule)


def round_units(contest: Contest, round_: Round, now: datetime, number: int = 1) -> RoundUnits:
    """Totals rolled up the tree and ranked by the contest's collective rule of this number, from 1.

    A contest without such a rule ranks the units with none below them by participants.
    """
    found = unit_standings(contest, round_, now=now, number=number)
    rounds = rounds_of(contest, found.rule, round_, now)
    shown = shown_of(contest, round_, found.rule, now)
    return RoundUnits(found.units, found.totals, found.rule, rounds, found.boards, shown)
