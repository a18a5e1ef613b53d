"""What merging two entries would do. Nothing here writes."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from quiz.attempts import results
from quiz.attempts.models import Attempt
from quiz.contests.models import Contest, Round
from quiz.contests.phases import RoundState
from quiz.contests.queries import list_rounds
from quiz.core.errors import NotFound
from quiz.entries.models import Entry
from quiz.vetting import duplicate_queries as queries
from quiz.vetting.errors import VettingRefused
from quiz.vetting.pooling import Taken, pool


@dataclass(frozen=True, slots=True)
class Counted:
    """The attempt that counts in a round, and whose entry it was made under."""

    attempt_id: int
    made_under: int
    correct: int
    total: int
    duration_ms: int
    submitted_at: datetime


@dataclass(frozen=True, slots=True)
class RoundPlan:
    """A round before and after. A published one stays as it is."""

    number: int
    name: str
    kept: Counted | None
    other: Counted | None
    after: Counted | None
    moved: int
    left_out: int
    is_published: bool


@dataclass(frozen=True, slots=True)
class MergePlan:
    """What merging would do; a move is (attempt, entry before, number before, entry after, number after)."""

    kept: Entry
    other: Entry
    rounds: tuple[RoundPlan, ...]
    moves: tuple[tuple[int, int, int, int, int], ...]

    @property
    def fingerprint(self) -> str:
        """Two plans with the same fingerprint do the same; attempts made meanwhile change it."""
        after = [
            [plan.number, plan.after and plan.after.attempt_id, plan.moved, plan.left_out]
            for plan in self.rounds
        ]
        text = json.dumps([self.kept.id, self.other.id, self.moves, after])
        return hashlib.sha256(text.encode()).hexdigest()[:16]


def plan_merge(contest: Contest, kept_id: int, other_id: int) -> MergePlan:
    """What happens if the second entry is merged into the first. Raises NotFound, VettingRefused."""
    known = queries.list_entries(contest.id, [kept_id, other_id])
    if len(known) != 2:
        raise NotFound("entry")
    kept, other = known[kept_id], known[other_id]
    if kept.status != "active" or other.status != "active":
        raise VettingRefused("entry_is_set_aside")
    attempts = queries.list_attempts_of(contest.id, [kept_id, other_id])
    if any(attempt.closed_at is None for attempt in attempts):
        raise VettingRefused("attempt_is_running")
    rounds = {round_.number: round_ for round_ in list_rounds(contest)}
    rules = {
        number: round_.settings.attempts
        for number, round_ in rounds.items()
        if round_.state != RoundState.PUBLISHED.value
    }
    before = [_taken(attempt) for attempt in attempts]
    after = {one.id: one for one in pool(before, kept_id, other_id, rules, contest.settings.timezone)}
    moves = tuple(
        (one.id, one.entry_id, one.number, after[one.id].entry_id, after[one.id].number)
        for one in before
        if (one.entry_id, one.number) != (after[one.id].entry_id, after[one.id].number)
    )
    plans = tuple(
        _round_plan(rounds[number], kept, other, before, after)
        for number in sorted({one.round_number for one in before})
    )
    return MergePlan(kept, other, plans, moves)


def _round_plan(
    round_: Round, kept: Entry, other: Entry, before: Sequence[Taken], after: Mapping[int, Taken]
) -> RoundPlan:
    here = [one for one in before if one.round_number == round_.number]
    under = {one.id: one.entry_id for one in here}
    made_after = [after[one.id] for one in here]
    return RoundPlan(
        number=round_.number,
        name=round_.settings.name,
        kept=_counted(round_, kept, here, under),
        other=_counted(round_, other, here, under),
        after=_counted(round_, kept, made_after, under),
        moved=sum(under[one.id] == other.id and one.entry_id == kept.id for one in made_after),
        left_out=sum(one.entry_id == other.id and one.counts for one in made_after),
        is_published=round_.state == RoundState.PUBLISHED.value,
    )


def _counted(round_: Round, entry: Entry, taken: Sequence[Taken], under: Mapping[int, int]) -> Counted | None:
    own = [one for one in taken if one.entry_id == entry.id and one.counts]
    if not own or not round_.counts:
        return None
    actual = None if round_.actual_number is None else Decimal(round_.actual_number)
    row: dict[str, Any] = results.result_values(entry, round_.settings, own, actual)
    return Counted(
        attempt_id=row["attempt_id"],
        made_under=under[row["attempt_id"]],
        correct=row["correct_count"],
        total=row["question_count"],
        duration_ms=row["duration_ms"],
        submitted_at=row["submitted_at"],
    )


def _taken(attempt: Attempt) -> Taken:
    return Taken(
        id=attempt.id,
        entry_id=attempt.entry_id,
        round_number=attempt.round_number,
        number=attempt.number,
        started_at=attempt.started_at,
        submitted_at=attempt.submitted_at,
        correct_count=attempt.correct_count,
        question_count=attempt.question_count,
        duration_ms=attempt.duration_ms,
        prediction=attempt.prediction,
        counts=attempt.voided_at is None,
    )
