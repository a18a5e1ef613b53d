"""All units of a contest under one collective rule, with totals and places: made once for many readers."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from fractions import Fraction
from functools import partial

from quiz.collective.queries import merit_points
from quiz.contests import queries as contests
from quiz.contests.definition import CollectiveDefinition
from quiz.contests.definition_collective import BoardKey
from quiz.contests.models import Contest, ContestUnit, Round
from quiz.contests.visibility import Visible
from quiz.core.errors import NotFound
from quiz.scoring.collective import Formula, Over
from quiz.standings import cache, held_boards, unit_boards
from quiz.standings.cache import LIFETIME, RenewedCache
from quiz.standings.collective_boards import (
    CollectiveBoard,
    CollectiveRow,
    RoundCount,
    UnitFacts,
    collective_boards,
)
from quiz.standings.collective_reading import boards_of, rounds_of, visible_over
from quiz.standings.list_counts import count_list
from quiz.standings.queries import UnitSums
from quiz.standings.scopes import list_scope
from quiz.standings.unit_boards import FROM_TOTALS, UnitRow, UnitTotals

PLAIN_RULE = CollectiveDefinition("", Formula.PARTICIPANTS)
_LARGE = 2_000  # people or units that cannot be summed for each reader
_MOST_KEPT = 64


@dataclass(frozen=True, slots=True)
class UnitStandings:
    """The units, their totals rolled up the tree, and the boards of those that compete."""

    units: Sequence[ContestUnit]
    totals: dict[int, UnitTotals]
    rule: CollectiveDefinition
    boards: Sequence[CollectiveBoard]
    as_of: datetime
    by_id: dict[int, ContestUnit]
    by_code: dict[str, ContestUnit]
    place_of: dict[int, tuple[CollectiveBoard, CollectiveRow]]
    best: dict[BoardKey, Fraction | None]
    _below: dict[int, list[UnitRow]] = field(default_factory=dict)

    @property
    def is_large(self) -> bool:
        """Whether it takes long to make."""
        people = sum(totals.participants for totals in self.totals.values())
        return len(self.units) > _LARGE or people > _LARGE

    def below(self, unit_id: int) -> list[UnitRow]:
        """The units right below one, in order where their totals alone tell it, else as in the tree."""
        kept = self._below.get(unit_id)
        if kept is None:
            children = [unit for unit in self.units if unit.parent_id == unit_id]
            if self.rule.formula in FROM_TOTALS:
                kept = unit_boards.board(children, self.totals, self.rule.formula)
            else:
                kept = [UnitRow(child, self.totals[child.id], None, None, None) for child in children]
            self._below[unit_id] = kept
        return kept

    def competing_above(self, unit_id: int) -> int | None:
        """The unit, or the nearest one above it that competes."""
        above: int | None = unit_id
        while above is not None and above not in self.place_of:
            unit = self.by_id.get(above)
            above = unit.parent_id if unit is not None else None
        return above


_kept: RenewedCache[UnitStandings] = RenewedCache(LIFETIME, lambda value: value.is_large, _MOST_KEPT)


def best_of(rows: Sequence[UnitRow]) -> Fraction | None:
    """The first value, to which bars are drawn where values are no shares."""
    return max((row.value for row in rows if row.value is not None), default=None)


def rule_of(contest: Contest, number: int) -> CollectiveDefinition:
    """The contest's collective rule of this number from 1; without it units are ranked by participants."""
    rules = contest.collective
    return rules[number - 1] if 0 < number <= len(rules) else PLAIN_RULE


def shown_of(contest: Contest, round_: Round, rule: CollectiveDefinition, now: datetime) -> Visible:
    """What a board of units may show: nothing that a round or a combined list hides that it looks at."""
    return with_lists(visible_over([round_, *rounds_of(contest, rule, round_, now)], now), contest, rule, now)


def with_lists(shown: Visible, contest: Contest, rule: CollectiveDefinition, now: datetime) -> Visible:
    """The same without what the combined lists hide that the rule looks at."""
    rounds = contests.list_counting_rounds(contest) if rule.lists else ()
    for number in rule.lists:
        of_list = list_scope(contests.get_list(contest, number), rounds, now).shown
        shown = replace(
            shown,
            board=shown.board and of_list.board,
            hidden=shown.hidden | of_list.hidden,
            is_official=shown.is_official and of_list.is_official,
            is_held=shown.is_held or of_list.is_held,
        )
    return shown


def unit_standings(contest: Contest, round_: Round, *, now: datetime, number: int = 1) -> UnitStandings:
    """The units in one round, ranked by the contest's collective rule of this number."""
    state = (round_.state, round_.actual_number, str(round_.corrections_data))
    of_units = (contest.snapshot_at, contest.units_at)
    key: Hashable = (contest.id, contest.version, of_units, round_.number, state, number)
    return _kept.renewed(key, now, partial(_make, contest.id, round_.number, number, now))


def rule_on(contest: Contest, list_number: int, number: int | None) -> tuple[CollectiveDefinition, int]:
    """The contest's collective rule of this number, or the first one, that counts on a combined list.

    Where there is none the list's units are ranked by participants. Raises NotFound for another rule.
    """
    mine = {place: rule for place, rule in enumerate(contest.collective, 1) if rule.of_list == list_number}
    if number is not None and number not in mine:
        raise NotFound("rule")
    found = number or min(mine, default=0)
    return mine.get(found, replace(PLAIN_RULE, of_list=list_number)), found


def list_standings(
    contest: Contest, list_number: int, *, now: datetime, number: int | None = None
) -> UnitStandings:
    """The units on a combined list, ranked by a rule that counts on it. Raises NotFound."""
    rule, place = rule_on(contest, list_number, number)
    of_units = (contest.snapshot_at, contest.units_at)
    key: Hashable = (contest.id, contest.version, of_units, "list", list_number, place)
    return _kept.renewed(key, now, partial(_make_list, contest.id, list_number, rule, now))


def held_standings(
    contest: Contest, round_: Round, since: datetime, *, now: datetime, number: int = 1
) -> UnitStandings | None:
    """The same as it was at `since`; None for a rule that looks at more than sums of this one round."""
    rule = rule_of(contest, number)
    if rule.over is not Over.EACH or rule.lists or rule.most_best or rule.categories or rule.needs_winners:
        return None
    key: Hashable = (contest.id, contest.version, contest.snapshot_at, contest.units_at, round_.number, since)
    sums = held_boards.unit_sums(round_, since, now)
    return _kept.get((key, number), now, lambda: _put_together(contest, rule, RoundCount(sums), since))


def _put_together(
    contest: Contest, rule: CollectiveDefinition, count: RoundCount, as_of: datetime
) -> UnitStandings:
    units = contests.list_units(contest.id)
    facts = UnitFacts(merits=merit_points(contest.id, rule.merit_list) if rule.needs_merit else {})
    boards = collective_boards(rule, units, [count], facts, count)
    return _standings_of(units, count.sums, rule, boards, as_of)


def _make(contest_id: int, round_number: int, number: int, now: datetime) -> UnitStandings:
    contest = contests.get_contest_by_id(contest_id)
    round_ = contests.get_round(contest, round_number)
    rule = rule_of(contest, number)
    units = contests.list_units(contest_id)
    boards = boards_of(contest, rule, rounds_of(contest, rule, round_, now), now)
    return _standings_of(units, cache.unit_sums(contest_id, round_number, now), rule, boards, now)


def _make_list(contest_id: int, list_number: int, rule: CollectiveDefinition, now: datetime) -> UnitStandings:
    contest = contests.get_contest_by_id(contest_id)
    list_ = contests.get_list(contest, list_number)
    numbers = list_.settings.rounds
    rounds = [one for one in contests.list_counting_rounds(contest) if one.number in numbers]
    boards = boards_of(contest, rule, rounds, now)
    sums = count_list(list_, PLAIN_RULE).sums
    return _standings_of(contests.list_units(contest_id), sums, rule, boards, now)


def _standings_of(
    units: Sequence[ContestUnit],
    sums: Sequence[UnitSums],
    rule: CollectiveDefinition,
    boards: Sequence[CollectiveBoard],
    as_of: datetime,
) -> UnitStandings:
    return UnitStandings(
        units=units,
        totals=unit_boards.roll_up(units, sums),
        rule=rule,
        boards=boards,
        as_of=as_of,
        by_id={unit.id: unit for unit in units},
        by_code={unit.code: unit for unit in units},
        place_of={row.unit.id: (board, row) for board in boards for row in board.rows},
        best={board.key: best_of(board.rows) for board in boards},
    )
