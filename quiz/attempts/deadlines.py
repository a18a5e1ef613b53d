"""Moving deadlines of running attempts: pauses, early ends, time that organisers add. Each is explained."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import select, update

from quiz.attempts.errors import HelpRefused
from quiz.attempts.models import Attempt, Extension
from quiz.audit.actors import Actor
from quiz.audit.service import Action, record
from quiz.contests.models import Contest, ContestUnit
from quiz.contests.queries import lock_round
from quiz.core.database import db, transaction
from quiz.core.errors import NotFound
from quiz.core.ids import new_id
from quiz.entries.models import Entry

MOST_MINUTES = 180


class Scope(StrEnum):
    """For whom time is added."""

    ROUND = "round"
    UNIT = "unit"
    ENTRY = "entry"


def extend(
    contest: Contest,
    number: int,
    *,
    scope: Scope,
    target_id: int | None,
    minutes: int,
    reason: str,
    actor: Actor,
    now: datetime,
) -> Extension:
    """Give the attempts of a round that are running now so many more minutes, also past the round's end.

    `target_id` is the unit (with everything below it) or the entrant. Raises NotFound, and HelpRefused where
    the reason is missing, the minutes are out of range, or nobody of them is working on an attempt.
    """
    if not reason.strip():
        raise HelpRefused("reason_needed")
    if not 1 <= minutes <= MOST_MINUTES:
        raise HelpRefused("minutes_out_of_range", most=MOST_MINUTES)
    with transaction() as session:
        lock_round(contest, number)
        running = _open(contest.id, number, now, scope, target_id)
        if not running:
            raise HelpRefused("nobody_running")
        moved = _move(running, lambda old: old + timedelta(minutes=minutes))
        act = _note(contest.id, number, "time", scope, target_id, minutes * 60, moved, reason, actor, now)
        session.add(act)
        record(
            Action.TIME_ADDED,
            f"round {number}",
            actor=actor,
            now=now,
            contest_id=contest.id,
            minutes=minutes,
            attempts=moved,
            reason=reason.strip(),
        )
    return act


def shift_for_pause(
    contest: Contest, number: int, *, paused_at: datetime, actor: Actor, now: datetime
) -> int:
    """Move the deadlines of attempts that were running when the round was paused by the length of the pause.

    Returns how many were moved.
    """
    length = now - paused_at
    with transaction() as session:
        running = _open(contest.id, number, paused_at, Scope.ROUND, None)
        moved = _move(running, lambda old: old + length)
        seconds = round(length.total_seconds())
        if moved and seconds:
            session.add(_note(contest.id, number, "pause", Scope.ROUND, None, seconds, moved, "", actor, now))
    return moved


def cut_deadlines(contest_id: int, number: int, *, at: datetime) -> int:
    """End all running attempts of a round now, because it closes before its time; how many were ended."""
    with transaction():
        running = [one for one in _open(contest_id, number, at, Scope.ROUND, None) if one.deadline_at > at]
        return _move(running, lambda _old: at)


def list_extensions(contest_id: int, number: int) -> Sequence[Extension]:
    """Time added in a round, the newest first."""
    return db.session.scalars(
        select(Extension)
        .where(Extension.contest_id == contest_id, Extension.round_number == number)
        .order_by(Extension.given_at.desc(), Extension.id.desc())
    ).all()


def _open(
    contest_id: int, number: int, since: datetime, scope: Scope, target_id: int | None
) -> Sequence[Attempt]:
    """Attempts of the scope that were open with time (or grace) left at a moment."""
    wanted = select(Attempt).where(
        Attempt.contest_id == contest_id,
        Attempt.round_number == number,
        Attempt.closed_at.is_(None),
        Attempt.accepts_until >= since,
    )
    if scope is Scope.ENTRY:
        wanted = wanted.where(Attempt.entry_id == target_id)
    if scope is Scope.UNIT:
        unit = db.session.get(ContestUnit, (contest_id, target_id))
        if unit is None:
            raise NotFound("unit")
        inside = select(ContestUnit.id).where(
            ContestUnit.contest_id == contest_id, ContestUnit.path.startswith(unit.path, autoescape=True)
        )
        people = select(Entry.id).where(Entry.contest_id == contest_id, Entry.unit_id.in_(inside))
        wanted = wanted.where(Attempt.entry_id.in_(people))
    return db.session.scalars(wanted.execution_options(populate_existing=True)).all()


def _move(attempts: Sequence[Attempt], new: Callable[[datetime], datetime]) -> int:
    """Set deadlines anew; the grace stays as long as it was."""
    moved = [
        {
            "contest_id": one.contest_id,
            "id": one.id,
            "deadline_at": new(one.deadline_at),
            "accepts_until": new(one.deadline_at) + (one.accepts_until - one.deadline_at),
        }
        for one in attempts
    ]
    if moved:
        db.session.execute(update(Attempt), moved)
        db.session.expire_all()
    return len(moved)


def _note(
    contest_id: int,
    number: int,
    kind: str,
    scope: Scope,
    target_id: int | None,
    seconds: int,
    moved: int,
    reason: str,
    actor: Actor,
    now: datetime,
) -> Extension:
    return Extension(
        contest_id=contest_id,
        id=new_id(),
        round_number=number,
        kind=kind,
        scope=scope.value,
        target_id=target_id,
        seconds=seconds,
        moved=moved,
        reason=reason.strip(),
        staff_id=actor.id,
        given_at=now,
    )
