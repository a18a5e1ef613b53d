"""Boards with many rows, stored past the services: entries and results only, no attempts."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import insert, inspect

from quiz.attempts.models import Result
from quiz.contests.models import Contest
from quiz.core.database import transaction
from quiz.entries.models import Entry
from quiz.scoring.ranking import Criterion, Facts, rank_key
from tests.support.factories import NOW, make_entry, unit_id

CRITERIA = (Criterion.CORRECT_COUNT, Criterion.DURATION)
TAILS = ("318", "702", "155")
QUESTIONS = 6


@dataclass(frozen=True)
class Line:
    """One person on a board, as a test knows them."""

    entry_id: int
    correct: int
    seconds: int
    unit: str
    category: str | None
    tail: str
    is_child: bool

    @property
    def strength(self) -> tuple[int, int]:
        """Less is better."""
        return -self.correct, self.seconds


def fill_board(contest: Contest, count: int, seed: int, number: int = 1) -> list[Line]:
    """So many people with few different results, in two communes and two categories."""
    dice = random.Random(seed)
    model = _columns(make_entry(contest, seed))
    lines = [
        Line(
            entry_id=model["id"] + 1000 * seed + place,
            correct=dice.randrange(QUESTIONS + 1),
            seconds=dice.choice((60, 61, 90)),
            unit=dice.choice(("03646", "03688")),
            category=dice.choice(("a", "b", None)),
            tail=dice.choice(TAILS),
            is_child=dice.random() < 0.2,
        )
        for place in range(count)
    ]
    dice.shuffle(lines)
    with transaction() as session:
        session.execute(insert(Entry), [model | _entry(contest, line) for line in lines])
        session.execute(insert(Result), [result_values(contest, line, number) for line in lines])
    return lines


def slow_ranks(lines: Sequence[Line]) -> list[tuple[int, int]]:
    """(place, entry id) in order: one more than the number of better ones, for each by itself."""
    return sorted(
        (1 + sum(other.strength < line.strength for other in lines), line.entry_id) for line in lines
    )


def result_values(contest: Contest, line: Line, number: int = 1) -> dict[str, Any]:
    """The columns of the person's result."""
    milliseconds = line.seconds * 1000
    facts = Facts(line.correct, QUESTIONS, line.correct == QUESTIONS, None, milliseconds, 0, 1, 0, 0, 1)
    return {
        "contest_id": contest.id,
        "round_number": number,
        "entry_id": line.entry_id,
        "attempt_id": line.entry_id + number * 10**9,
        "unit_id": unit_id(contest, line.unit),
        "category": line.category,
        "correct_count": line.correct,
        "question_count": QUESTIONS,
        "duration_ms": milliseconds,
        "submitted_at": NOW + timedelta(seconds=line.seconds),
        "attempts": 1,
        "times_at_best": 1,
        "first_start": NOW,
        "registered_at": NOW,
        "rank_key": rank_key(CRITERIA, facts),
    }


def _entry(contest: Contest, line: Line) -> dict[str, Any]:
    return {
        "id": line.entry_id,
        "identity_key": f"copy {line.entry_id}",
        "unit_id": unit_id(contest, line.unit),
        "category": line.category,
        "phone_tail": line.tail,
        "birth_date": date(2015, 5, 5) if line.is_child else date(1980, 5, 5),
    }


def _columns(row: object) -> dict[str, Any]:
    return {one.key: getattr(row, one.key) for one in inspect(type(row)).mapper.column_attrs}
