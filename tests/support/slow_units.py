"""Rankings of units from scratch: slow, obvious, without a line of the product's rules."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Any

from tests.support.slow_boards import Row, World

Source = tuple[str, tuple[int, ...]]  # "weeks" with their numbers, or "list" with its one number
Value = Fraction | str  # a number, or in a word why there is none
_SOFT = ("no_participants", "not_named")  # count as nothing beside other things
_OF_PEOPLE = ("participants", "all_correct", "winners")


@dataclass
class Part:
    """One term of a formula."""

    measure: str
    weight: Decimal = Decimal(1)
    per: str = "unit"
    points: tuple[int, ...] = ()
    prizes: tuple[tuple[str, int], ...] = ()
    best: int | None = None
    of_list: int | None = None


@dataclass
class Bar:
    """What a unit of less than so many people must reach."""

    what: str
    least: Decimal
    below: int | None = None
    category: str = ""


@dataclass
class UnitRule:
    """Which units are ranked how. Without `kinds` those without units below them."""

    parts: tuple[Part, ...]
    bars: tuple[Bar, ...] = ()
    tie: tuple[str, ...] = ()
    over: str = "each"
    weeks: tuple[int, ...] = (1,)
    kinds: tuple[str, ...] = ()
    bands: tuple[int, ...] = ()
    divisions: bool = False
    of_list: int | None = None


@dataclass
class PrizePlan:
    """The prizes of a round or a list: name and number, the highest first."""

    prizes: tuple[tuple[str, int], ...] = ()
    own: Mapping[str, tuple[tuple[str, int], ...]] = field(default_factory=dict)
    most: Mapping[str, int] = field(default_factory=dict)
    exclusive: str = "no"
    only_perfect: bool = False
    cap: int | None = None


@dataclass
class Line:
    """One unit on a board. `why` has whatever keeps it from having a place."""

    code: str
    value: Fraction | None
    rank: int | None
    why: set[str]


@dataclass
class SlowUnits:
    """Units with what is known of them; everything else is worked out from what happened to people."""

    world: World
    kinds: dict[str, str]
    divisions: dict[str, str]
    plans: Mapping[int, PrizePlan]
    list_plans: Mapping[int, PrizePlan]
    headcounts: dict[str, int] = field(default_factory=dict)
    groups: dict[tuple[str, str], int] = field(default_factory=dict)
    merits: dict[str, Decimal] = field(default_factory=dict)
    told: dict[Any, Any] = field(default_factory=dict)  # what was worked out since the last event

    def once(self, key: Any, work: Callable[[], Any]) -> Any:
        """Worked out once for each event: to do it for each rule again takes minutes."""
        if key not in self.told:
            self.told[key] = work()
        return self.told[key]

    def below(self, code: str) -> set[str]:
        """The unit and everything below it."""
        found = {code}
        for _ in self.kinds:
            found |= {unit for unit, parent in self.world.parents.items() if parent in found}
        return found

    def rows(self, source: Source) -> list[Row]:
        """What counts of people: a line for each week, or the one of the list."""
        name, numbers = source
        if name == "weeks":
            return [row for week in numbers for row in self.world.round_rows(week)]
        least = self.world.lists[numbers[0]].min_rounds
        return [row for row in self.world.list_rows(numbers[0]) if row["rounds"] >= least]

    def won(self, source: Source) -> list[tuple[Row, str]]:
        """Who would have which prize, of weeks and lists that are over."""
        name, numbers = source
        if name == "list":
            number = numbers[0]
            rules = self.world.lists[number]
            is_over = set(rules.weeks) <= self.world.frozen
            given = self._given(self.list_plans[number], rules, self.world.list_rows(number), {})
            return [(row, prize) for row, prize, _place in given] if is_over else []
        found: list[tuple[Row, str]] = []
        held: dict[int, int] = {}
        for week in sorted(self.world.frozen):
            rows = self.world.round_rows(week)
            for row, prize, place in self._given(
                self.plans[week], self.world.rounds[week], rows, held.copy()
            ):
                held[row["who"]] = min(place, held.get(row["who"], place))
                if week in numbers:
                    found.append((row, prize))
        return found

    def _given(
        self, plan: PrizePlan, rules: Any, rows: list[Row], held: dict[int, int]
    ) -> list[tuple[Row, str, int]]:
        places = self.world.places(rules, rows)
        found = []
        for name in ("", *(category for category, prizes in plan.own.items() if prizes)):
            prizes = plan.own[name] if name else plan.prizes
            theirs = [
                row for row in rows if (row["category"] if plan.own.get(row["category"]) else "") == name
            ]
            left = [place for place, (_prize, count) in enumerate(prizes) for _ in range(count)]
            if plan.cap is not None:
                left = left[: len(theirs) * plan.cap // 100]
            room = {} if name else dict(plan.most)
            for place in sorted({places[row["who"]] for row in theirs if row["who"] in places}):
                equal = [row for row in theirs if places.get(row["who"]) == place]
                equal = [row for row in equal if left and self._may(plan, row, held, left[0], room)]
                for row in equal:
                    found.append((row, prizes[left[0]][0], left[0]))
                    if room.get(row["category"]):
                        room[row["category"]] -= 1
                del left[: len(equal)]
        return found

    def _may(self, plan: PrizePlan, row: Row, held: dict[int, int], prize: int, room: dict[str, int]) -> bool:
        if plan.only_perfect and row["correct"] < row["questions"]:
            return False
        has = held.get(row["who"])
        if has is not None and (plan.exclusive == "once" or (plan.exclusive == "highest" and has <= prize)):
            return False
        return room.get(row["category"]) != 0

    def figures(self, code: str, source: Source) -> dict[str, Any]:
        """What is counted of a unit with all below it."""
        found: dict[str, Any] = self.once(("figures", code, source), lambda: self._figures(code, source))
        return found

    def _figures(self, code: str, source: Source) -> dict[str, Any]:
        units = self.below(code)
        people_rows = self.once(("rows", source), lambda: self.rows(source))
        winners = self.once(("won", source), lambda: self.won(source))
        rows = [row for row in people_rows if row["unit"] in units]
        won = [(row, prize) for row, prize in winners if row["unit"] in units]
        people = {row["who"] for row in rows}
        return {
            "participants": len(people),
            "attempts": sum(row["attempts"] for row in rows),
            "each": sorted(
                (sum(r["correct"] for r in rows if r["who"] == who) for who in people), reverse=True
            ),
            "all_correct": len({row["who"] for row in rows if row["correct"] == row["questions"]}),
            "winners": len({row["who"] for row, _prize in won}),
            "prizes": [prize for _row, prize in won],
            "categories": {
                category: len({row["who"] for row in rows if row["category"] == category})
                for category in ("hoc-sinh", "vien-chuc")
            },
        }

    def rate(self, code: str, people: int, category: str = "") -> Value:
        """Which part of a unit's people, or of those of a category."""
        whole = self.groups.get((code, category)) if category else self.headcounts.get(code)
        if whole is None or (whole == 0 and not category):
            return "headcount_missing"
        if people > whole:
            return "over_100_percent"
        return Fraction(people, whole) if whole else Fraction(1)

    def measure(self, part: Part, code: str, source: Source) -> Value:
        """A measure before points of places and weight."""
        one = self.figures(code, source)
        people, each = one["participants"], one["each"][: part.best]
        if part.measure == "participation_rate":
            rate = self.rate(code, people)
            return rate if isinstance(rate, str) else 100 * rate
        if part.measure == "merit":
            return Fraction(self.merits[code]) if code in self.merits else "not_named"
        if part.measure == "mean_score":
            return Fraction(sum(each), part.best or people) if people else "no_participants"
        worth = dict(part.prizes)
        amounts = one | {
            "total_score": sum(each),
            "prize_points": sum(worth.get(prize, 0) for prize in one["prizes"]),
        }
        amount: int = amounts[part.measure]
        if part.per == "unit":
            return Fraction(amount)
        share = self.rate(code, people)
        if part.per == "headcount" and isinstance(share, str):
            return share
        whole = self.headcounts[code] if part.per == "headcount" else people
        if not whole:
            return "no_participants"
        return Fraction(amount, whole) * (100 if part.measure in _OF_PEOPLE else 1)

    def values(self, part: Part, codes: Sequence[str], source: Source) -> dict[str, Value]:
        """A part of all units of a board."""
        found = {code: self.measure(part, code, source) for code in codes}
        if part.points:
            found = {code: self._points(part.points, code, found) for code in codes}
        return {
            code: one if isinstance(one, str) else one * Fraction(part.weight) for code, one in found.items()
        }

    def _points(self, points: Sequence[int], code: str, values: Mapping[str, Value]) -> Value:
        mine = values[code]
        if isinstance(mine, str):
            return Fraction(0) if mine in _SOFT else mine
        better = sum(not isinstance(one, str) and one > mine for one in values.values())
        return Fraction(points[better] if mine and better < len(points) else 0)

    def boards(self, rule: UnitRule) -> dict[Any, list[Line]]:
        """All boards, by division and size."""
        leaves = set(self.kinds) - set(self.world.parents.values())
        codes = [
            code
            for code, kind in self.kinds.items()
            if (kind in rule.kinds if rule.kinds else code in leaves)
        ]
        found: dict[Any, list[str]] = {}
        for code in codes:
            division = self.divisions.get(code, "") if rule.divisions else None
            people = self.headcounts.get(code)
            size: Any = "unknown"
            if people:
                edges = (0, *sorted(rule.bands), 10**9)
                low, high = next((low, high) for low, high in pairwise(edges) if low <= people < high)
                size = (low, high if high < 10**9 else None)
            found.setdefault((division, size if rule.bands else None), []).append(code)
        return {key: self._board(rule, those) for key, those in found.items()}

    def _board(self, rule: UnitRule, codes: list[str]) -> list[Line]:
        sources = self.sources(rule, None)
        columns = []
        for part in rule.parts:
            each = [self.values(part, codes, source) for source in self.sources(rule, part.of_list)]
            columns.append({code: _mean([one[code] for one in each], len(rule.parts) == 1) for code in codes})
        lines, strength = [], {}
        for code in codes:
            own = [column[code] for column in columns]
            why = {one for one in own if isinstance(one, str)}
            value = None if why else Fraction(sum(own))  # type: ignore[arg-type]
            why = why or self._kept_out(rule, code, sources)
            strength[code] = (value, *(self._tie(rule, name, code, sources) for name in rule.tie))
            lines.append(Line(code, value, None, why))
        for line in lines:
            if not line.why:
                ranked = [strength[other.code] for other in lines if not other.why]
                line.rank = 1 + sum(other > strength[line.code] for other in ranked)
        return sorted(lines, key=lambda line: (line.rank is None, line.rank or 0, line.code))

    def sources(self, rule: UnitRule, of_list: int | None) -> list[Source]:
        """Over what something is worked out, once for each."""
        if number := of_list or rule.of_list:
            return [("list", (number,))]
        if rule.over == "mean":
            return [("weeks", (week,)) for week in rule.weeks]
        return [("weeks", rule.weeks)]

    def _tie(self, rule: UnitRule, name: str, code: str, sources: list[Source]) -> Fraction:
        worth = next((part.prizes for part in rule.parts if part.prizes), ())
        part = Part(name, prizes=worth)
        value = _mean([self.measure(part, code, source) for source in sources], False)
        return Fraction(-1) if isinstance(value, str) else value

    def _kept_out(self, rule: UnitRule, code: str, sources: list[Source]) -> set[str]:
        figures = [self.figures(code, source) for source in sources]
        people = [one["participants"] for one in figures]
        why: set[str] = set()
        for what, category in {(bar.what, bar.category) for bar in rule.bars}:
            bars = [bar for bar in rule.bars if (bar.what, bar.category) == (what, category)]
            whole = _mean([self.rate(code, one) for one in people], False)
            asks_size = any(bar.below is not None for bar in bars) or (what, category) == ("rate", "")
            if asks_size and isinstance(whole, str):
                why.add(whole)
                continue
            size = self.headcounts.get(code, 0)
            fitting = [bar for bar in bars if bar.below is None or size < bar.below]
            if not fitting:
                continue
            bar = min(fitting, key=lambda bar: bar.below or 10**9)
            if what == "winners":
                if sum(one["winners"] for one in figures) < bar.least:
                    why.add("too_few_winners")
            elif what == "participants":
                if Fraction(sum(people), len(people)) < bar.least:
                    why.add("too_few_people")
            else:
                counts = [one["categories"][category] if category else one["participants"] for one in figures]
                rate = _mean([self.rate(code, one, category) for one in counts], False)
                if isinstance(rate, str):
                    why.add(rate)
                elif rate < Fraction(bar.least):
                    why.add("below_gate")
        return why


def _mean(values: list[Value], is_alone: bool) -> Value:
    """Of rounds; what is missing counts as nothing, unless there is nothing else at all."""
    for one in values:
        if isinstance(one, str) and one not in _SOFT:
            return one
    if is_alone and all(isinstance(one, str) for one in values):
        return values[0]
    return sum((one for one in values if not isinstance(one, str)), Fraction(0)) / len(values)
