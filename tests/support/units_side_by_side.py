"""The product's units and the slow ones side by side: facts about units, and every board of every rule."""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from quiz.collective.service import save_facts
from quiz.collective.values import UnitFact
from quiz.contests.definition import AwardRule, CategoryRule, CollectiveDefinition, Prize
from quiz.contests.definition_collective import BoardKey
from quiz.contests.models import ContestUnit, Round
from quiz.core.caches import forget_all
from quiz.core.database import db, transaction
from quiz.core.ids import new_id
from quiz.scoring.collective import Basis, Component, Formula, Gate, Measure, Over, PrizePoints
from quiz.scoring.prizes import Exclusive
from quiz.standings.collective_reading import boards_of
from tests.support.lists import SYSTEM
from tests.support.side_by_side import Both
from tests.support.slow_boards import Rules
from tests.support.slow_units import Bar, Line, Part, PrizePlan, SlowUnits, UnitRule

UNITS = ("03646", "03688", "TO-1", "CQ-1")
# Two below the block of communes, one of them with a group of its own, and an office of another division.
_MORE = (("TO-1", "03688", "tổ", "Khối xã"), ("CQ-1", "14", "sở", "Khối cơ quan"))


class WithUnits(Both):
    """Both worlds with a larger tree, and what people enter about its units."""

    units = UNITS

    def __init__(
        self,
        rounds: dict[int, Rules],
        lists: dict[int, Rules],
        plans: Mapping[int, PrizePlan],
        list_plans: Mapping[int, PrizePlan],
    ) -> None:
        more = {week: _round_changes(plan) for week, plan in plans.items()}
        prizes = {number: _prizes(plan.prizes) for number, plan in list_plans.items()}
        super().__init__(rounds, lists, more=more, list_prizes=prizes, people=6)
        found = db.session.scalars(select(ContestUnit).where(ContestUnit.contest_id == self.id)).all()
        kinds = {unit.code: unit.kind for unit in found}
        divisions = {unit.code: unit.division or "" for unit in found}
        self.slow = SlowUnits(self.world, kinds, divisions, plans, list_plans)

    def grow(self) -> None:
        """Two more units."""
        with transaction() as session:
            for position, (code, parent, kind, division) in enumerate(_MORE, start=4):
                above = session.scalars(
                    select(ContestUnit).where(ContestUnit.contest_id == self.id, ContestUnit.code == parent)
                ).one()
                above.is_leaf, path = False, f"{above.path}{code}/"
                session.add(
                    ContestUnit(
                        contest_id=self.id, id=new_id(), parent_id=above.id, code=code, name=code, kind=kind,
                        division=division, position=position, depth=path.count("/") - 2, path=path,
                        search_key=code, is_leaf=True,
                    )
                )  # fmt: skip
                session.flush()
        forget_all()

    def deeds(self) -> dict[str, Callable[..., None]]:
        """Facts about units come in between."""
        return super().deeds() | {"people": self._people, "merit": self._merit}

    def _people(self, unit: str, category: str, people: int) -> None:
        self._save(UnitFact(unit, {category: people}))
        if category:
            self.slow.groups[unit, category] = people
        else:
            self.slow.headcounts[unit] = people

    def _merit(self, unit: str, points: Decimal) -> None:
        self._save(UnitFact(unit, merit=points, reason="Tổ chức tốt"))
        self.slow.merits[unit] = points

    def _save(self, fact: UnitFact) -> None:
        save_facts(
            self.contest, [fact], round_number=1, as_of=self.now.date(), staff_id=1, actor=SYSTEM,
            now=self.now,
        )  # fmt: skip

    def check_units(self, rules: Sequence[UnitRule]) -> None:
        """Every board of every rule against the slow one."""
        self.slow.told.clear()
        for rule in rules:
            wanted = rule.weeks if rule.of_list is None else self.world.lists[rule.of_list].weeks
            rounds = [db.session.get_one(Round, (self.id, week)) for week in wanted]
            boards = boards_of(self.contest, definition(rule), rounds, self.now)
            shown = {
                _key(board.key): [(row.unit.code, row.value, row.rank) for row in board.rows]
                for board in boards
            }
            expected = self.slow.boards(rule)
            wanted_lines = {key: [_plain(line) for line in lines] for key, lines in expected.items()}
            assert shown == wanted_lines, (rule, shown, wanted_lines)
            why = {line.code: line.why for lines in expected.values() for line in lines}
            for row in (row for board in boards for row in board.rows):
                assert row.trouble is None if not why[row.unit.code] else row.trouble in why[row.unit.code]


def _plain(line: Line) -> tuple[Any, ...]:
    return line.code, line.value, line.rank


def _key(key: BoardKey) -> tuple[str | None, Any]:
    """Division, and the size as the slow world calls it: which of the bands from the smallest."""
    if key.band is None:
        return key.division, None
    return key.division, "unknown" if key.band.low is None else (key.band.low, key.band.below)


def definition(rule: UnitRule) -> CollectiveDefinition:
    """The rule as an organiser defines it."""
    return CollectiveDefinition(
        name="Giải",
        formula=Formula.SUM,
        level=", ".join(rule.kinds),
        gates=tuple(_gate(bar) for bar in rule.bars),
        components=tuple(_component(part) for part in rule.parts),
        tie=tuple(Measure(one) for one in rule.tie),
        bands=rule.bands,
        divisions=rule.divisions,
        rounds=rule.weeks,
        over=Over(rule.over),
        of_list=rule.of_list,
    )


def _component(part: Part) -> Component:
    prizes = tuple(PrizePoints(name, points) for name, points in part.prizes)
    measure, per = Measure(part.measure), Basis(part.per)
    return Component(measure, part.weight, per, part.points, prizes, part.best, part.of_list)


def _gate(bar: Bar) -> Gate:
    if bar.what == "rate":
        return Gate(bar.below, bar.least, bar.category)
    number = int(bar.least)
    is_winners = bar.what == "winners"
    return Gate(
        bar.below, winners=number if is_winners else None, participants=None if is_winners else number
    )


def _prizes(prizes: Sequence[tuple[str, int]]) -> tuple[Prize, ...]:
    return tuple(Prize(name, count) for name, count in prizes)


def _round_changes(plan: PrizePlan) -> Mapping[str, Any]:
    codes = dict.fromkeys((*plan.own, *plan.most))
    return {
        "prizes": _prizes(plan.prizes),
        "categories": tuple(
            CategoryRule(code, None, _prizes(plan.own.get(code, ())), plan.most.get(code)) for code in codes
        ),
        "awarding": AwardRule(Exclusive(plan.exclusive), plan.only_perfect, plan.cap),
    }
