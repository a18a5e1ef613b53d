"""Asking for jobs and moving them through their life. Nothing here does the work itself."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select, update

from quiz.audit.actors import Actor
from quiz.core.database import db, transaction
from quiz.core.errors import DomainError
from quiz.core.ids import new_id
from quiz.jobs import queries
from quiz.jobs.handlers import Handlers
from quiz.jobs.models import Job
from quiz.jobs.states import KEPT, Fate, JobState, fate

_NEW = "new jobs"


@dataclass(frozen=True, slots=True)
class Claim:
    """A job in the hands of a worker: everything that is needed to do it, in its `run`-th run."""

    job_id: int
    run: int
    kind: str
    params: Mapping[str, Any]
    actor: Actor


def enqueue(kind: str, params: Mapping[str, Any], *, actor: Actor, now: datetime, subject: str = "") -> Job:
    """Ask for a job, in the caller's transaction if there is one: it waits exactly when that is saved.

    With a `subject`, a job of the same kind about it that has not begun yet is returned instead of another.
    """
    with transaction() as session:
        if subject and (waiting := queries.find_waiting(kind, subject)):
            return waiting
        job = Job(
            id=new_id(),
            kind=kind,
            subject=subject,
            params=dict(params),
            state=JobState.QUEUED.value,
            created_kind=actor.kind,
            created_by=actor.id,
            created_name=actor.name,
            created_at=now,
        )
        session.add(job)
        session.info.setdefault(_NEW, []).append(job.id)
    return job


def has_asked() -> bool:
    """Whether this request asked for a job; forgets it."""
    return bool(db.session().info.pop(_NEW, None))


def claim(*, now: datetime, before: datetime | None = None) -> Claim | None:
    """Take the job that has waited longest (and was asked for before then); no two workers take the same."""
    if not queries.has_waiting(before or now):
        return None
    with transaction() as session:
        job = session.scalar(
            select(Job)
            .where(Job.state == JobState.QUEUED.value, Job.created_at <= (before or now))
            .order_by(Job.created_at, Job.id)
            .limit(1)
            .with_for_update(skip_locked=True)
        )
        if job is None:
            return None
        job.state = JobState.RUNNING.value
        job.started_at = job.beat_at = now
        job.done, job.total, job.message = 0, None, None
        job.runs += 1
        actor = Actor(job.created_kind, job.created_by, job.created_name)
        return Claim(job.id, job.runs, job.kind, job.params, actor)


def beat(claim: Claim, done: int, total: int | None, message: str | None, *, now: datetime) -> None:
    """The worker lives and is that far."""
    _change(claim, done=done, total=total, message=message, beat_at=now)


def finish(claim: Claim, result: Mapping[str, Any], *, now: datetime) -> None:
    """The job is done."""
    _change(claim, state=JobState.DONE.value, result=dict(result), finished_at=now)


def fail(claim: Claim, error: DomainError, *, now: datetime) -> None:
    """The job could not be done; `error` says why in its code and params."""
    told = {"error": error.code, "params": _plain(error.params)}
    _change(claim, state=JobState.FAILED.value, result=told, finished_at=now)


def put_back(claim: Claim) -> None:
    """Let a running job wait again, from its beginning: its worker is asked to stop."""
    _change(claim, state=JobState.QUEUED.value, runs=claim.run - 1, beat_at=None)


def _change(claim: Claim, **values: object) -> None:
    """Change the row, unless the job was given up meanwhile, or given to another worker."""
    with transaction() as session:
        session.execute(
            update(Job)
            .where(Job.id == claim.job_id, Job.runs == claim.run, Job.state == JobState.RUNNING.value)
            .values(**values)
        )


def forget_old(*, now: datetime) -> None:
    """Remove jobs that ended long ago."""
    if not queries.has_old(now):
        return
    with transaction() as session:
        session.execute(delete(Job).where(Job.finished_at < now - KEPT))


def recover(handlers: Handlers, *, now: datetime) -> tuple[int, int]:
    """Jobs whose worker died wait again or count as failed; how many of each."""
    again = failed = 0
    for silent in queries.list_silent(now):
        with transaction() as session:
            job = session.get(Job, silent.id, populate_existing=True, with_for_update=True)
            if job is None or job.state != JobState.RUNNING.value or job.beat_at is None:
                continue
            handler = handlers.get(job.kind)
            repeatable = handler is not None and handler.is_repeatable
            match fate(job.beat_at, now, is_repeatable=repeatable, runs=job.runs):
                case Fate.AGAIN:
                    job.state, job.beat_at = JobState.QUEUED.value, None
                    again += 1
                case Fate.FAILED:
                    job.state, job.finished_at = JobState.FAILED.value, now
                    job.result = {"error": "job_lost", "params": {}}
                    failed += 1
    return again, failed


def _plain(params: Mapping[str, object]) -> dict[str, object]:
    """Params of an error as JSON can hold them: what is no number or text becomes text."""
    return {
        name: value if isinstance(value, str | int | float | bool) else str(value)
        for name, value in params.items()
    }
