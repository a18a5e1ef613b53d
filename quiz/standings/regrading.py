"""Correcting a key after attempts exist: who changes and by how much, then one event that changes it.

Only the attempts whose paper has the question are looked at, and only that question is marked anew: what an
attempt gains or loses is the difference between the old mark of the question and the new one.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Text, bindparam, insert, select, type_coerce, update
from sqlalchemy.orm import Session

from quiz.attempts import results
from quiz.attempts.models import Attempt, FormerResult, KeyChange, Result
from quiz.audit.actors import Actor
from quiz.audit.service import Action, record
from quiz.bank.queries import revisions
from quiz.contests.models import Contest, Round, stored_correction
from quiz.contests.queries import get_round, lock_round
from quiz.core.caches import forget_all
from quiz.core.database import Base, db, transaction
from quiz.core.errors import DomainError, Invalid
from quiz.core.ids import new_id
from quiz.entries.models import Entry
from quiz.scoring.marking import Correction, PaperItem, is_right
from quiz.scoring.ranking import competition_ranks

_AT_ONCE = 500
_ATTEMPTS, _RESULTS = Base.metadata.tables["attempts"], Base.metadata.tables["results"]


class CorrectionRefused(Invalid):
    """The correction cannot be applied; the code says why."""


class MarksMoved(DomainError):
    """Attempts were handed in between reading and writing; nothing was changed, do it again."""


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


def correct_key(
    contest: Contest,
    number: int,
    revision_id: int,
    correction: Correction,
    *,
    reason: str,
    notice: str,
    actor: Actor,
    now: datetime,
) -> KeyChange:
    """Apply the correction: marks, results, final ranks and the former results in one transaction.

    Later attempts of the round are marked by it too. The number that was predicted stays as it was frozen: to
    count it anew is an act of its own. Raises NotFound, CorrectionRefused, MarksMoved.
    """
    if not reason.strip() or not notice.strip():
        raise CorrectionRefused("reason_needed")
    effect = preview(contest, number, revision_id, correction)
    fresh = _new_results(contest, get_round(contest, number), effect)
    with transaction() as session:
        round_ = lock_round(contest, number)
        if preview(contest, number, revision_id, correction) != effect:
            raise MarksMoved("marks_moved")
        change = KeyChange(
            contest_id=contest.id,
            id=new_id(),
            round_number=number,
            revision_id=revision_id,
            correction=stored_correction(correction),
            reason=reason.strip(),
            notice=notice.strip(),
            figures=effect.figures(),
            staff_id=actor.id,
            applied_at=now,
        )
        session.add(change)
        session.flush()
        round_.corrections_data = {
            **(round_.corrections_data or {}),
            str(revision_id): stored_correction(correction),
        }
        _keep_former(session, change, effect)
        _move_marks(session, contest.id, effect)
        for start in range(0, len(fresh), _AT_ONCE):
            results.store(session, fresh[start : start + _AT_ONCE])
        if round_.actual_at is not None or _has_ranks(session, contest.id, number):
            _rank_again(session, contest.id, number)
        record(
            Action.KEY_CORRECTED,
            f"round {number}",
            actor=actor,
            now=now,
            contest_id=contest.id,
            revision=revision_id,
            reason=reason.strip(),
            **effect.figures(),
        )
    forget_all()
    return change


def list_key_changes(contest_id: int, number: int | None = None) -> Sequence[KeyChange]:
    """Corrections of a contest or a round, the newest first."""
    wanted = select(KeyChange).where(KeyChange.contest_id == contest_id)
    if number is not None:
        wanted = wanted.where(KeyChange.round_number == number)
    return db.session.scalars(wanted.order_by(KeyChange.applied_at.desc(), KeyChange.id.desc())).all()


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


def _new_results(contest: Contest, round_: Round, effect: Effect) -> list[dict[str, Any]]:
    """The results of everybody whose marks change."""
    actual = None if round_.actual_number is None else Decimal(round_.actual_number)
    people, rows = sorted(effect.entrants), []
    for start in range(0, len(people), _AT_ONCE):
        some = people[start : start + _AT_ONCE]
        entries = db.session.scalars(
            select(Entry).where(Entry.contest_id == contest.id, Entry.id.in_(some))
        ).all()
        closed = _closed_of(contest.id, round_.number, some, effect)
        rows += [results.result_values(entry, round_.settings, closed[entry.id], actual) for entry in entries]
        db.session.expunge_all()
    return rows


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


def _keep_former(session: Session, change: KeyChange, effect: Effect) -> None:
    people = sorted(effect.entrants)
    columns = (Result.entry_id, Result.attempt_id, Result.correct_count, Result.rank_key, Result.rank)
    for start in range(0, len(people), _AT_ONCE):
        rows = session.execute(
            select(*columns).where(
                Result.contest_id == change.contest_id,
                Result.round_number == change.round_number,
                Result.entry_id.in_(people[start : start + _AT_ONCE]),
            )
        ).mappings()
        former = [{"contest_id": change.contest_id, "change_id": change.id, **row} for row in rows]
        if former:
            session.execute(insert(FormerResult), former)


def _move_marks(session: Session, contest_id: int, effect: Effect) -> None:
    for attempts, step in ((effect.gain, 1), (effect.lose, -1)):
        moves = [{"attempt": attempt_id} for attempt_id in attempts]
        if moves:
            session.execute(
                update(_ATTEMPTS)
                .where(_ATTEMPTS.c.contest_id == contest_id, _ATTEMPTS.c.id == bindparam("attempt"))
                .values(correct_count=_ATTEMPTS.c.correct_count + step),
                moves,
            )


def _has_ranks(session: Session, contest_id: int, number: int) -> bool:
    ranked = select(Result.entry_id).where(
        Result.contest_id == contest_id, Result.round_number == number, Result.rank.is_not(None)
    )
    return session.scalar(ranked.limit(1)) is not None


def _rank_again(session: Session, contest_id: int, number: int) -> None:
    """Final ranks from the rank keys; only those that change are written."""
    rows = session.execute(
        select(Result.entry_id, Result.rank_key, Result.rank)
        .where(Result.contest_id == contest_id, Result.round_number == number)
        .order_by(Result.rank_key, Result.entry_id)
    ).all()
    ranks = competition_ranks([row.rank_key for row in rows])
    moved = [
        {"entry": row.entry_id, "place": rank}
        for row, rank in zip(rows, ranks, strict=True)
        if row.rank != rank
    ]
    if moved:
        session.execute(
            update(_RESULTS)
            .where(
                _RESULTS.c.contest_id == contest_id,
                _RESULTS.c.round_number == number,
                _RESULTS.c.entry_id == bindparam("entry"),
            )
            .values(rank=bindparam("place")),
            moved,
        )
