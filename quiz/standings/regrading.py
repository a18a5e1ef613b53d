"""Correcting a key after attempts exist: one event that moves marks, results and ranks and keeps the old."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.orm import Session

from quiz.approvals import service as approvals
from quiz.approvals.errors import SecondPersonNeeded
from quiz.approvals.states import Kind
from quiz.attempts import queries as attempts
from quiz.attempts import results
from quiz.attempts.closing import marks_of, update_result
from quiz.attempts.models import FormerResult, KeyChange, Result
from quiz.audit.actors import STAFF, Actor
from quiz.audit.service import Action, record
from quiz.contests.models import Contest, Round, stored_correction
from quiz.contests.queries import get_round, lock_round
from quiz.contests.two_persons import correcting_takes_two
from quiz.core.caches import forget_all
from quiz.core.database import Base, db, transaction
from quiz.core.errors import DomainError
from quiz.core.ids import new_id
from quiz.scoring.marking import Correction
from quiz.standings.effects import CorrectionRefused, Effect, closed_since, new_results, preview
from quiz.standings.fingerprints import key_basis
from quiz.standings.recounting import rank_again

_AT_ONCE = 500
_IN_FLIGHT = timedelta(minutes=1)  # longer than any submit may take
_ATTEMPTS = Base.metadata.tables["attempts"]


class MarksMoved(DomainError):
    """Attempts were handed in between reading and writing; nothing was changed, do it again."""


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
    approval_id: int | None = None,
) -> KeyChange:
    """Apply the correction: marks, results, final ranks and the former results in one transaction.

    Later attempts of the round are marked by it too. The number that was predicted stays as it was frozen: to
    count it anew is an act of its own. Where the contest's rule asks for two people, `approval_id` is the
    request that the acting person approves with this. Raises NotFound, CorrectionRefused, MarksMoved,
    SecondPersonNeeded, ApprovalRefused, ApprovalStale.
    """
    refuse_silence(reason, notice)
    effect = preview(contest, number, revision_id, correction)
    fresh = new_results(contest, get_round(contest, number), effect)
    with transaction() as session:
        round_ = lock_round(contest, number)
        if preview(contest, number, revision_id, correction) != effect:
            raise MarksMoved("marks_moved")
        asked_by = _second_person(contest, round_, revision_id, approval_id, actor=actor, now=now)
        change = _event(contest, number, revision_id, correction, effect)
        change.reason, change.notice = reason.strip(), notice.strip()
        change.staff_id, change.applied_at = actor.id, now
        _apply(session, round_, change, effect, fresh)
        record(
            Action.KEY_CORRECTED,
            f"round {number}",
            actor=actor,
            now=now,
            contest_id=contest.id,
            revision=revision_id,
            reason=reason.strip(),
            **asked_by,
            **effect.figures(),
        )
    forget_all()
    _catch_up(contest, number, revision_id, since=now - _IN_FLIGHT)
    return change


def refuse_silence(reason: str, notice: str) -> None:
    """A correction has a reason and tells the public. Raises CorrectionRefused."""
    if not reason.strip() or not notice.strip():
        raise CorrectionRefused("reason_needed")


def _second_person(
    contest: Contest, round_: Round, revision_id: int, approval_id: int | None, *, actor: Actor, now: datetime
) -> dict[str, str]:
    """Approve the request, or see that none is needed; who asked, for the log."""
    if approval_id is None:
        if actor.kind == STAFF and correcting_takes_two(contest, round_, now):
            raise SecondPersonNeeded("second_person_needed")
        subject = str(revision_id)
        approvals.lapse_waiting(contest.id, round_.number, Kind.KEY, subject, actor=actor, now=now)
        return {}
    basis = key_basis(round_, revision_id)
    found = approvals.approve(contest.id, approval_id, kind=Kind.KEY, basis=basis, actor=actor, now=now)
    return {"asked_by": found.asked_name}


def list_key_changes(contest_id: int, number: int | None = None) -> Sequence[KeyChange]:
    """Corrections of a contest or a round, the newest first."""
    wanted = select(KeyChange).where(KeyChange.contest_id == contest_id)
    if number is not None:
        wanted = wanted.where(KeyChange.round_number == number)
    return db.session.scalars(wanted.order_by(KeyChange.applied_at.desc(), KeyChange.id.desc())).all()


def _apply(
    session: Session, round_: Round, change: KeyChange, effect: Effect, fresh: Sequence[dict[str, Any]]
) -> None:
    session.add(change)
    session.flush()
    known = round_.corrections_data or {}
    round_.corrections_data = {**known, str(change.revision_id): change.correction}
    _keep_former(session, change, effect)
    _move_marks(session, change.contest_id, effect)
    for start in range(0, len(fresh), _AT_ONCE):
        results.store(session, fresh[start : start + _AT_ONCE])
    rank_again(session, round_)


def _catch_up(contest: Contest, number: int, revision_id: int, *, since: datetime) -> None:
    """Mark anew what was handed in at the same moment: its transaction still knew the old key."""
    for code in closed_since(contest.id, number, revision_id, since):
        with transaction() as session:
            attempt, round_, entry = attempts.lock_attempt(contest.id, code)
            marks = marks_of(attempt, round_).correct
            if attempt.correct_count != marks:
                attempt.correct_count = marks
                session.flush()
                update_result(session, round_, entry)


def _event(
    contest: Contest, number: int, revision_id: int, correction: Correction, effect: Effect
) -> KeyChange:
    return KeyChange(
        contest_id=contest.id,
        id=new_id(),
        round_number=number,
        revision_id=revision_id,
        correction=stored_correction(correction),
        figures=effect.figures(),
    )


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
    for moved, step in ((effect.gain, 1), (effect.lose, -1)):
        moves = [{"attempt": attempt_id} for attempt_id in moved]
        if moves:
            session.execute(
                update(_ATTEMPTS)
                .where(_ATTEMPTS.c.contest_id == contest_id, _ATTEMPTS.c.id == bindparam("attempt"))
                .values(correct_count=_ATTEMPTS.c.correct_count + step),
                moves,
            )
