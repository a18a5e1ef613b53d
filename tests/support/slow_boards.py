"""Results, places, lists and unit sums from scratch: slow, obvious, without a line of the product's rules.

What happened is kept as plain lists; everything is worked out from them anew each time it is asked for.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

QUESTIONS = 4


@dataclass
class Person:
    """Somebody who entered. `unit` is a code."""

    id: int
    unit: str
    category: str
    registered_at: datetime
    counts: bool = True


@dataclass
class Sitting:
    """One attempt: which questions were right by the printed key, and what was predicted."""

    id: int
    person: Person
    week: int
    right: frozenset[int]
    started_at: datetime
    ended_at: datetime
    predicted: Decimal | None
    counts: bool = True


@dataclass
class Rules:
    """How a round or a list ranks. A list has `weeks`; `take` None stands for a round."""

    counts: str
    ranking: Sequence[str]
    target: str | None = None
    stated: str = "counted"
    weeks: tuple[int, ...] = ()
    take: str | None = None
    min_rounds: int = 1


Row = dict[str, Any]


@dataclass
class World:
    """Everything that happened."""

    people: list[Person]
    rounds: dict[int, Rules]
    lists: dict[int, Rules]
    parents: dict[str, str | None]
    sittings: list[Sitting] = field(default_factory=list)
    void: set[tuple[int, int]] = field(default_factory=set)
    actual: dict[int, Decimal] = field(default_factory=dict)
    frozen: set[int] = field(default_factory=set)

    def correct(self, one: Sitting) -> int:
        """Right answers with the questions that were taken out since."""
        return sum(place in one.right or (one.week, place) in self.void for place in range(1, QUESTIONS + 1))

    def of(self, person: Person, weeks: Sequence[int]) -> list[Sitting]:
        """What counts of somebody in these weeks, oldest first."""
        if not person.counts:
            return []
        found = [one for one in self.sittings if one.person is person and one.week in weeks and one.counts]
        return sorted(found, key=lambda one: one.started_at)

    def pick(self, sittings: list[Sitting], rule: str) -> Sitting:
        """The one that counts."""
        if rule == "first":
            return sittings[0]
        if rule == "last":
            return sittings[-1]
        most = max(self.correct(one) for one in sittings)
        best = [one for one in sittings if self.correct(one) == most]
        if rule == "best_then_earliest":
            return min(best, key=lambda one: one.ended_at)
        return min(best, key=lambda one: (int((one.ended_at - one.started_at).total_seconds()), one.ended_at))

    def _chosen(self, person: Person, sittings: list[Sitting], rule: str) -> Row:
        one = self.pick(sittings, rule)
        most = max(self.correct(other) for other in sittings)
        return {
            "who": person.id,
            "unit": person.unit,
            "category": person.category,
            "correct": self.correct(one),
            "questions": QUESTIONS,
            "share": Decimal(self.correct(one)) / QUESTIONS,
            "seconds": int((one.ended_at - one.started_at).total_seconds()),
            "submitted_at": one.ended_at,
            "attempts": len(sittings),
            "at_best": sum(self.correct(other) == most for other in sittings),
            "first_start": sittings[0].started_at,
            "registered_at": person.registered_at,
            "off": None,
            "above": False,
            "rounds": len({other.week for other in sittings}),
        }

    def round_rows(self, week: int) -> list[Row]:
        """Everybody's result of a week."""
        rules, rows = self.rounds[week], []
        for person in self.people:
            sittings = self.of(person, [week])
            if not sittings:
                continue
            row = self._chosen(person, sittings, rules.counts)
            told = [one.predicted for one in sittings if one.predicted is not None]
            if rules.stated == "counted":
                predicted = self.pick(sittings, rules.counts).predicted
            else:
                predicted = told[0 if rules.stated == "first" else -1] if told else None
            if week in self.actual and predicted is not None:
                row["off"] = abs(predicted - self.actual[week])
                row["above"] = predicted > self.actual[week]
            rows.append(row)
        return rows

    def list_rows(self, number: int) -> list[Row]:
        """Everybody's result in a list."""
        rules, rows = self.lists[number], []
        for person in self.people:
            if rules.take == "best":
                sittings = self.of(person, rules.weeks)
                if sittings:
                    rows.append(self._chosen(person, sittings, rules.counts))
                continue
            parts = {
                week: [r for r in self.round_rows(week) if r["who"] == person.id] for week in rules.weeks
            }
            weeks = [(week, found[0]) for week, found in parts.items() if found]
            if weeks:
                rows.append(self._sum(person, weeks, asks_off="prediction_error" in rules.ranking))
        return rows

    def _sum(self, person: Person, weeks: list[tuple[int, Row]], *, asks_off: bool) -> Row:
        rows = [row for _week, row in weeks]
        known = [row["off"] for week, row in weeks if week in self.actual]
        added = ("correct", "questions", "share", "seconds", "attempts", "at_best")
        return {
            **rows[0],
            **{name: sum(row[name] for row in rows) for name in added},
            "submitted_at": max(row["submitted_at"] for row in rows),
            "first_start": min(row["first_start"] for row in rows),
            "off": sum(known) if asks_off and known and None not in known else None,
            "above": False,
            "rounds": len(rows),
        }

    def places(self, rules: Rules, rows: list[Row], category: str | None = None) -> dict[int, int]:
        """Who has which place: one more than the number of better people. Who does not qualify has none."""
        ranked = [
            row
            for row in rows
            if ("all_correct" not in rules.ranking or row["correct"] == row["questions"])
            and row["rounds"] >= rules.min_rounds
            and (category is None or row["category"] == category)
        ]
        keys = {row["who"]: [_LESS_IS_BETTER[name](row) for name in rules.ranking] for row in ranked}
        return {who: 1 + sum(other < key for other in keys.values()) for who, key in keys.items()}

    def count(self, week: int) -> Decimal:
        """The number that is predicted, as it is now."""
        rows, target = self.round_rows(week), self.rounds[week].target
        perfect = sum(row["correct"] == QUESTIONS for row in rows)
        if target == "attempts":
            return Decimal(sum(row["attempts"] for row in rows))
        if target == "percent_all_correct":
            share = Decimal(100 * perfect) / len(rows) if rows else Decimal(0)
            return share.quantize(Decimal("0.00001"), ROUND_HALF_UP)
        return Decimal(perfect if target == "people_all_correct" else len(rows))

    def unit_sums(self, week: int) -> dict[str, tuple[int, int, int, int]]:
        """People, attempts, right answers and people with all right of each unit with all below it."""
        sums: dict[str, tuple[int, int, int, int]] = dict.fromkeys(self.parents, (0, 0, 0, 0))
        for row in self.round_rows(week):
            unit: str | None = row["unit"]
            own = (1, row["attempts"], row["correct"], int(row["correct"] == QUESTIONS))
            while unit is not None:
                sums[unit] = tuple(map(sum, zip(sums[unit], own, strict=True)))  # type: ignore[assignment]
                unit = self.parents[unit]
        return sums


_LESS_IS_BETTER: dict[str, Callable[[Row], Any]] = {
    "all_correct": lambda row: 0,  # everybody who is ranked has all right
    "score": lambda row: -row["share"],
    "correct_count": lambda row: -row["correct"],
    "prediction_error": lambda row: (row["off"] is None, row["off"] or 0),
    "prediction_not_above": lambda row: row["above"],
    "duration": lambda row: row["seconds"],
    "submitted_at": lambda row: row["submitted_at"],
    "attempts": lambda row: row["attempts"],
    "registered_at": lambda row: row["registered_at"],
    "first_start": lambda row: row["first_start"],
    "times_at_best": lambda row: -row["at_best"],
}
