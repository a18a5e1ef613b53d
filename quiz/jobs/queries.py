"""Reading jobs. Nothing here writes."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import exists, func, select

from quiz.core.database import db
from quiz.core.errors import NotFound
from quiz.jobs.models import Job
from quiz.jobs.states import KEPT, LOST, JobState


def get_job(job_id: int) -> Job:
    """The job as it is now. Raises NotFound."""
    job = db.session.get(Job, job_id, populate_existing=True)
    if job is None:
        raise NotFound("job")
    return job


def find_latest(kind: str, subject: str) -> Job | None:
    """The newest job of a kind about a subject, in whatever state."""
    return db.session.scalar(
        select(Job).where(Job.kind == kind, Job.subject == subject).order_by(Job.id.desc()).limit(1)
    )


def find_waiting(kind: str, subject: str) -> Job | None:
    """The job of a kind about a subject that has not begun."""
    return db.session.scalar(
        select(Job)
        .where(Job.kind == kind, Job.subject == subject, Job.state == JobState.QUEUED.value)
        .order_by(Job.id)
        .limit(1)
    )


def has_waiting(before: datetime) -> bool:
    """Whether a job waits that was asked for before then."""
    waits = exists().where(Job.state == JobState.QUEUED.value, Job.created_at <= before)
    return bool(db.session.scalar(select(waits)))


def has_working(now: datetime) -> bool:
    """Whether a worker is at a job and has lately said so."""
    works = exists().where(Job.state == JobState.RUNNING.value, Job.beat_at > now - LOST)
    return bool(db.session.scalar(select(works)))


def has_old(now: datetime) -> bool:
    """Whether a job ended so long ago that nobody will ask for it."""
    return bool(db.session.scalar(select(exists().where(Job.finished_at < now - KEPT))))


def list_silent(now: datetime) -> list[Job]:
    """Running jobs whose worker has said nothing for long, the longest silent first."""
    return list(
        db.session.scalars(
            select(Job)
            .where(Job.state == JobState.RUNNING.value, Job.beat_at <= now - LOST)
            .order_by(Job.beat_at)
        )
    )


@dataclass(frozen=True, slots=True)
class QueueFigures:
    """The queue at a moment. `oldest`: when the job was asked for that waits longest."""

    waiting: int
    oldest: datetime | None
    working: int
    failed: int


def queue_figures(now: datetime, since: datetime) -> QueueFigures:
    """What waits, what workers are at, and what has failed since then; one statement."""
    is_waiting = Job.state == JobState.QUEUED.value
    is_working = (Job.state == JobState.RUNNING.value) & (Job.beat_at > now - LOST)
    has_failed = (Job.state == JobState.FAILED.value) & (Job.finished_at > since)
    row = db.session.execute(
        select(
            func.count().filter(is_waiting),
            func.min(Job.created_at).filter(is_waiting),
            func.count().filter(is_working),
            func.count().filter(has_failed),
        ).where(is_waiting | is_working | has_failed)
    ).one()
    return QueueFigures(int(row[0]), row[1], int(row[2]), int(row[3]))
