"""What correcting a key would change. Nothing here writes.

Only the attempts whose paper has the question are looked at, and only that question is marked anew: what an
attempt gains or loses is the difference between the old mark of the question and the new one.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Text, exists, select, type_coerce

from quiz.attempts import results
from quiz.attempts.models import Attempt, Result
from quiz.bank.queries import revisions
from quiz.contests.models import Contest, Round
from quiz.contests.queries import get_round
from quiz.core.database import db
from quiz.core.errors import Invalid
from quiz.entries.models import COUNTED, Entry
from quiz.scoring.marking import Correction, PaperItem, is_right

_AT_ONCE = 500


class CorrectionRefused(Invalid):
    """The correction cannot be applied; the code says why."""


@dataclass(frozen=True, slots=True)
class Effect:
    """What a correction does. `gain` and `lose` map attempts to their entrants."""

    affected: int
    gain: Mapping[int, int] = field(repr=False)
    lose: Mapping[int, int] = field(repr=False)

    @property
    def entrants(self) -> frozenset[int]:
        """Entrants one of whose attempts changes."""
        return frozenset(self.gain.values()) | frozenset(self.lose.values())

    def figures(self) -> dict[str, int]:
        """The counts that are shown and kept: attempts with the question, and those that go up or down."""
        return {
            "affected": self.affected,
            "gain": len(self.gain),
            "lose": len(self.lose),
            "entrants": len(self.entrants),
        }


def preview(contest: Contest, number: int, revision_id: int, correction: Correction) -> Effect:
    """What the correction would change in the attempts that are closed now. Writes nothing.

    Raises NotFound, CorrectionRefused.
    """
    round_ = get_round(contest, number)
    _check(revision_id, correction, round_)
    key = frozenset(revisions([revision_id])[revision_id].correct)
    before = round_.corrections.get(revision_id)
    gain, lose, affected = {}, {}, 0
    for attempt_id, entry_id, item, shown in _with_question(contest.id, number, revision_id, key):
        affected += 1
        was, is_now = is_right(item, shown, before), is_right(item, shown, correction)
        if is_now and not was:
            gain[attempt_id] = entry_id
        elif was and not is_now:
            lose[attempt_id] = entry_id
    return Effect(affected, gain, lose)


def closed_since(contest_id: int, number: int, revision_id: int, since: datetime) -> Sequence[str]:
    """Codes of attempts with the question that were closed since a moment."""
    return db.session.scalars(
        select(Attempt.code).where(
            Attempt.contest_id == contest_id,
            Attempt.round_number == number,
            Attempt.closed_at >= since,
            type_coerce(Attempt.paper, Text).contains(f"[{revision_id},["),
        )
    ).all()


def _check(revision_id: int, correction: Correction, round_: Round) -> None:
    choices = len(revisions([revision_id])[revision_id].choices)
    named = frozenset[int]().union(*correction.accepted)
    if not correction.is_void and (not correction.accepted or not all(correction.accepted)):
        raise CorrectionRefused("correction_needs_choices")
    if not named <= set(range(choices)):
        raise CorrectionRefused("correction_needs_choices")
    if round_.corrections.get(revision_id) == correction:
        raise CorrectionRefused("correction_is_there")


def _with_question(
    contest_id: int, number: int, revision_id: int, key: frozenset[int]
) -> Iterator[tuple[int, int, PaperItem, Sequence[int]]]:
    """Closed attempts whose paper has the question: (attempt, entrant, the question, the places ticked)."""
    paper, answers = type_coerce(Attempt.paper, Text), type_coerce(Attempt.answers, Text)
    rows = db.session.execute(
        select(Attempt.id, Attempt.entry_id, paper, answers)
        .where(
            Attempt.contest_id == contest_id,
            Attempt.round_number == number,
            Attempt.closed_at.is_not(None),
            Attempt.voided_at.is_(None),
            paper.contains(f"[{revision_id},["),
        )
        .order_by(Attempt.id)
        .execution_options(yield_per=5000)
    )
    for attempt_id, entry_id, paper_text, answers_text in rows:
        for place, (revision, order) in enumerate(json.loads(paper_text), start=1):
            if revision == revision_id:
                shown = json.loads(answers_text).get(str(place), ())
                yield attempt_id, entry_id, PaperItem(revision, tuple(order), key), shown
                break


@dataclass(frozen=True, slots=True)
class _Closed:
    """A closed attempt with its new mark, as results are made of."""

    id: int
    round_number: int
    number: int
    correct_count: int
    question_count: int
    submitted_at: datetime | None
    started_at: datetime
    duration_ms: int | None
    prediction: str | None


def new_results(contest: Contest, round_: Round, effect: Effect) -> list[dict[str, Any]]:
    """The results, as columns, of everybody whose marks change; from the attempts that are closed now."""
    if not round_.counts:
        return []
    actual = None if round_.actual_number is None else Decimal(round_.actual_number)
    people, rows = sorted(effect.entrants), []
    for start in range(0, len(people), _AT_ONCE):
        some = people[start : start + _AT_ONCE]
        entries = db.session.scalars(
            select(Entry).where(Entry.contest_id == contest.id, Entry.id.in_(some), _counts(round_.number))
        ).all()
        closed = _closed_of(contest.id, round_.number, some, effect)
        rows += [results.result_values(entry, round_.settings, closed[entry.id], actual) for entry in entries]
        db.session.expunge_all()
    return rows


def _counts(number: int) -> ColumnElement[bool]:
    """Who was set aside keeps a result only where it was published before."""
    has_result = exists().where(
        Result.contest_id == Entry.contest_id, Result.entry_id == Entry.id, Result.round_number == number
    )
    return Entry.status.in_(COUNTED) | has_result


def _closed_of(
    contest_id: int, number: int, people: Sequence[int], effect: Effect
) -> dict[int, list[_Closed]]:
    found: dict[int, list[_Closed]] = {}
    names = _Closed.__dataclass_fields__
    rows = db.session.execute(
        select(Attempt.entry_id, *(getattr(Attempt, name) for name in names))
        .where(
            Attempt.contest_id == contest_id,
            Attempt.round_number == number,
            Attempt.entry_id.in_(people),
            Attempt.closed_at.is_not(None),
            Attempt.voided_at.is_(None),
        )
        .order_by(Attempt.entry_id, Attempt.number)
    )
    for entry_id, *values in rows:
        fields = dict(zip(names, values, strict=True))
        delta = (fields["id"] in effect.gain) - (fields["id"] in effect.lose)
        fields["correct_count"] = (fields["correct_count"] or 0) + delta
        found.setdefault(entry_id, []).append(_Closed(**fields))
    return found
