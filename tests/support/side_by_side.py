"""A contest and the slow world side by side: each event happens in both, then everything is compared."""

import itertools
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from sqlalchemy import select

from quiz.attempts.models import Attempt, ListResult, Result
from quiz.contests.definition import (
    AttemptRule,
    Category,
    EntryFields,
    EntryPolicy,
    ListDefinition,
    PredictionRule,
    Presence,
    Prize,
    Take,
)
from quiz.contests.models import Contest
from quiz.contests.queries import get_contest_by_id, list_units
from quiz.core.database import db, transaction
from quiz.entries.models import Entry
from quiz.scoring.marking import Correction
from quiz.scoring.prediction import Stated, Target
from quiz.scoring.ranking import Counts, Criterion
from quiz.standings.counting_again import count_again, preview
from quiz.standings.queries import list_unit_sums
from quiz.standings.recounting import recount
from quiz.standings.regrading import correct_key
from quiz.standings.unit_boards import roll_up
from quiz.vetting import annulling
from quiz.vetting.annul_filter import AnnulFilter
from quiz.vetting.ruling import Category as Why
from quiz.vetting.ruling import disqualify, undo
from tests.support.factories import NOW, make_contest, make_entry, round_definition, unit_id
from tests.support.lists import PAPER, SYSTEM, add_lists, finish, play
from tests.support.slow_boards import Person, Row, Rules, Sitting, World

WEEKS = (1, 2, 3)
UNITS = ("03646", "03688")
CATEGORIES = ("hoc-sinh", "vien-chuc")
More = Mapping[int, Mapping[str, Any]]
ListPrizes = Mapping[int, Sequence[Prize]]
_slug = itertools.count(1)
_COMPARED = (
    *("unit", "category", "correct", "questions", "seconds", "submitted_at", "attempts"),
    *("at_best", "first_start", "registered_at", "off"),
)


def _contest(
    rounds: dict[int, Rules], lists: dict[int, Rules], more: More, list_prizes: ListPrizes
) -> Contest:
    policy = EntryPolicy(
        fields=EntryFields(unit=Presence.REQUIRED, category=Presence.REQUIRED),
        categories=tuple(Category(code, code) for code in CATEGORIES),
    )
    definitions = [
        round_definition(
            week,
            paper=PAPER,
            attempts=AttemptRule(None, counts=Counts(rules.counts)),
            ranking=tuple(Criterion(one) for one in rules.ranking),
            prediction=_prediction(rules),
            **more.get(week, {}),
        )
        for week, rules in rounds.items()
    ]
    contest = make_contest(f"cuoc-thi-{next(_slug)}", *definitions, policy=policy)
    combined = [
        ListDefinition(
            number,
            f"Bảng {number}",
            rules.weeks,
            Take(rules.take or ""),
            Counts(rules.counts),
            tuple(Criterion(one) for one in rules.ranking),
            rules.min_rounds,
            prizes=tuple(list_prizes.get(number, ())),
        )
        for number, rules in lists.items()
    ]
    add_lists(contest.id, *combined)
    return contest


def _prediction(rules: Rules) -> PredictionRule | None:
    if rules.target is None:
        return None
    target = Target(rules.target)
    return PredictionRule(target, 5 if target.is_percentage else 0, Stated(rules.stated))


class Both:
    """The product and the slow world side by side; each event happens in both.

    `more` is what rounds have besides their rules, `list_prizes` the prizes of lists.
    """

    units: Sequence[str] = UNITS

    def __init__(
        self,
        rounds: dict[int, Rules],
        lists: dict[int, Rules],
        *,
        more: More = MappingProxyType({}),
        list_prizes: ListPrizes = MappingProxyType({}),
        people: int = 4,
    ) -> None:
        self.contest = _contest(rounds, lists, more, list_prizes)
        self.id, self.now = self.contest.id, NOW
        self.grow()
        units = {unit.id: unit for unit in list_units(self.id)}
        parents = {
            unit.code: units[unit.parent_id].code if unit.parent_id else None for unit in units.values()
        }
        self.codes = {unit.id: unit.code for unit in units.values()}
        self.world = World([self._person(number) for number in range(people)], rounds, lists, parents)
        self.annulments: list[tuple[int, int, Sitting]] = []
        self.rulings: dict[int, int] = {}

    def grow(self) -> None:
        """Whatever else the contest should have before anybody enters."""

    def _person(self, number: int) -> Person:
        unit, category = self.units[number % len(self.units)], CATEGORIES[number // 2 % 2]
        entry = make_entry(self.contest, number, unit_id=unit_id(self.contest, unit), category=category)
        with transaction() as session:
            row = session.get_one(Entry, (self.id, entry.id))
            row.registered_at = NOW - timedelta(minutes=number // 2)
        return Person(entry.id, unit, category, NOW - timedelta(minutes=number // 2))

    def take(self, event: tuple[Any, ...]) -> None:
        """Let it happen, a little later than the one before."""
        self.now += timedelta(minutes=2)
        self.deeds()[event[0]](*event[1:])
        db.session.rollback()
        self.contest = get_contest_by_id(self.id)

    def deeds(self) -> dict[str, Callable[..., None]]:
        """What can happen, by the first word of an event."""
        return {
            "sit": self._sit,
            "annul": self._annul,
            "take back": self._take_back,
            "set aside": self._set_aside,
            "bring back": self._bring_back,
            "change unit": self._change_unit,
            "correct": self._correct,
            "freeze": self._freeze,
            "count again": self._count_again,
        }

    def _sit(self, who: int, week: int, right: int, seconds: int, guess: int) -> None:
        person = self.world.people[who]
        if not person.counts or week in self.world.frozen:
            return
        predicts = self.world.rounds[week].target is not None
        made = play(
            self.contest, person.id, week, right, seconds=seconds, at=self.now,
            prediction=str(guess) if predicts else None,
        )  # fmt: skip
        self.world.sittings.append(
            Sitting(
                made.id, person, week, frozenset(range(1, right + 1)), self.now,
                self.now + timedelta(seconds=seconds), Decimal(guess) if predicts else None,
            )
        )  # fmt: skip

    def _annul(self, week: int) -> None:
        found = [s for s in self.world.sittings if s.week == week and s.counts and s.person.counts]
        if not found:
            return
        wanted = AnnulFilter(attempts=(found[0].id,))
        seen = annulling.fingerprint(annulling.preview(self.contest, week, wanted).attempts)
        event = annulling.annul(
            self.contest, week, wanted, seen=seen, reason="x", notice="x", actor=SYSTEM, now=self.now
        )
        found[0].counts = False
        self.annulments.append((week, event.id, found[0]))

    def _take_back(self, _week: int) -> None:
        if self.annulments:
            week, event_id, sitting = self.annulments.pop()
            annulling.take_back(self.contest, week, event_id, reason="x", actor=SYSTEM, now=self.now)
            sitting.counts = True

    def _set_aside(self, who: int) -> None:
        person = self.world.people[who]
        if person.counts:
            ruling = disqualify(
                self.contest, person.id, category=Why.OTHER, reason="x", actor=SYSTEM, now=self.now
            )
            self.rulings[who], person.counts = ruling.id, False

    def _bring_back(self, _who: int) -> None:
        if self.rulings:
            who, ruling_id = self.rulings.popitem()
            undo(self.contest, ruling_id, reason="x", actor=SYSTEM, now=self.now)
            self.world.people[who].counts = True

    def _change_unit(self, who: int) -> None:
        person = self.world.people[who]
        person.unit = self.units[(self.units.index(person.unit) + 1) % len(self.units)]
        with transaction() as session:
            entry = session.get_one(Entry, (self.id, person.id), populate_existing=True)
            entry.unit_id = unit_id(self.contest, person.unit)
            recount(session, self.contest, WEEKS, [entry])

    def _correct(self, week: int, place: int) -> None:
        of_week = [one for one in self.world.sittings if one.week == week]
        if not of_week or (week, place) in self.world.void:
            return
        attempt = db.session.get_one(Attempt, (self.id, of_week[0].id))
        revision = attempt.paper[place - 1][0]
        correct_key(
            self.contest, week, revision, Correction((), is_void=True), reason="x", notice="x",
            actor=SYSTEM, now=self.now,
        )  # fmt: skip
        self.world.void.add((week, place))

    def _freeze(self, week: int) -> None:
        if week in self.world.frozen:
            return
        finish(self.id, week, at=self.now)
        self.world.frozen.add(week)
        if self.world.rounds[week].target:
            self.world.actual[week] = self.world.count(week)

    def _count_again(self, week: int) -> None:
        if week in self.world.actual:
            seen = preview(self.contest, week).now
            count_again(self.contest, week, seen=seen, reason="x", actor=SYSTEM, now=self.now)
            self.world.actual[week] = self.world.count(week)

    def check(self) -> None:
        """Everything stored against everything worked out."""
        for week in WEEKS:
            rows = db.session.scalars(
                select(Result).where(Result.contest_id == self.id, Result.round_number == week)
            ).all()
            final = week in self.world.frozen
            self._compare(rows, self.world.round_rows(week), self.world.rounds[week], final=final)
            totals = roll_up(list_units(self.id), list_unit_sums(self.id, week))
            assert {
                self.codes[unit]: (one.participants, one.attempts, one.correct_sum, one.all_correct)
                for unit, one in totals.items()
            } == self.world.unit_sums(week)
        for number, rules in self.world.lists.items():
            stored = db.session.scalars(
                select(ListResult).where(ListResult.contest_id == self.id, ListResult.list_number == number)
            ).all()
            final = set(rules.weeks) <= self.world.frozen
            self._compare(stored, self.world.list_rows(number), rules, final=final)

    def _compare(self, stored: Any, expected: list[Row], rules: Rules, *, final: bool) -> None:
        assert {row.entry_id: self._plain(row) for row in stored} == {
            row["who"]: {name: row[name] for name in _COMPARED} for row in expected
        }
        places = self.world.places(rules, expected)
        ranked = [row for row in stored if row.entry_id in places]
        live = {row.entry_id: 1 + sum(other.rank_key < row.rank_key for other in ranked) for row in ranked}
        assert live == places
        within = {
            who: place
            for category in CATEGORIES
            for who, place in self.world.places(rules, expected, category).items()
        }
        for row in stored:
            assert row.rank == (places.get(row.entry_id) if final else None)
            assert row.category_rank == (within.get(row.entry_id) if final else None)

    def _plain(self, row: Any) -> Row:
        return {
            "unit": self.codes[row.unit_id],
            "category": row.category,
            "correct": row.correct_count,
            "questions": row.question_count,
            "seconds": row.duration_ms // 1000,
            "submitted_at": row.submitted_at,
            "attempts": row.attempts,
            "at_best": row.times_at_best,
            "first_start": row.first_start,
            "registered_at": row.registered_at,
            "off": None if row.prediction_error is None else Decimal(row.prediction_error),
        }
