"""Figures that are read when somebody asks for the metrics: from the database, and of the processes.

What cannot be read is left out and said to be unreadable, so that an alert can tell "nobody waits" from
"nobody knows".
"""

import logging
import os
import re
import shutil
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from time import perf_counter

from sqlalchemy.exc import SQLAlchemyError

from quiz.attempts.line import known_line
from quiz.audit.queries import find_last_time
from quiz.audit.service import Action
from quiz.core.database import db
from quiz.core.signs import measure_database
from quiz.jobs.queries import queue_figures
from quiz.observing import queries

log = logging.getLogger(__name__)
# Housekeeping comes by every half minute; only what it has missed is overdue.
_GRACE = timedelta(minutes=1)
_DAY = timedelta(days=1)
_PID = re.compile(r"_(\d+)\.db$")

GAUGES: Mapping[str, str] = {
    "timhieu_readable": "1 where the figures of the database could be read, else 0.",
    "timhieu_reading_seconds": "How long reading them took.",
    "timhieu_database_answer_seconds": "How long the database took for the simplest question.",
    "timhieu_clock_ahead_seconds": "By how much the database's clock is ahead; SQLite has none.",
    "timhieu_door_waiting": "People in line at the door.",
    "timhieu_attempts_running": "Attempts that are not closed.",
    "timhieu_attempts_overdue": "Attempts whose time passed over a minute ago and that nobody has closed.",
    "timhieu_attempts_overdue_seconds": "For how long the oldest of them has waited.",
    "timhieu_jobs_waiting": "Jobs that nobody has begun.",
    "timhieu_jobs_waiting_seconds": "For how long the oldest of them has waited.",
    "timhieu_jobs_working": "Jobs that a living worker is at.",
    "timhieu_jobs_failed": "Jobs that failed within the last day.",
    "timhieu_webhooks_waiting": "Messages to other systems that are not sent.",
    "timhieu_webhooks_waiting_seconds": "For how long the oldest of them has waited.",
    "timhieu_backup_age_seconds": "Time since the last backup; absent before the first one.",
    "timhieu_disk_free_ratio": "The free part of the disk that QUIZ_VAR is on.",
    "timhieu_processes": "Living processes that count: the workers, their master, what runs beside them.",
    "timhieu_process_memory_bytes": "Resident memory of the largest of them.",
}


def read_gauges(var: Path, now: datetime, rate: float) -> dict[str, float]:
    """All that can be read now, by name. `rate`: how many starts a second the machine serves."""
    began = perf_counter()
    try:
        found = dict(_of_database(now, rate)) | {"timhieu_readable": 1.0}
    except SQLAlchemyError as error:
        db.session.rollback()
        log.error("metrics: the database cannot be read: %s", type(error).__name__)
        found = {"timhieu_readable": 0.0}
    found["timhieu_reading_seconds"] = perf_counter() - began
    return found | dict(_of_machine(var))


def _of_database(now: datetime, rate: float) -> Iterator[tuple[str, float]]:
    signs = measure_database()
    yield "timhieu_database_answer_seconds", signs.seconds
    if signs.ahead is not None:
        yield "timhieu_clock_ahead_seconds", signs.ahead.total_seconds()
    line = known_line()
    yield "timhieu_door_waiting", line.waiting(now, rate) if line is not None else 0
    attempts = queries.open_attempts(now - _GRACE)
    yield "timhieu_attempts_running", attempts.running
    yield "timhieu_attempts_overdue", attempts.overdue
    yield "timhieu_attempts_overdue_seconds", _age(attempts.oldest, now)
    jobs = queue_figures(now, now - _DAY)
    yield "timhieu_jobs_waiting", jobs.waiting
    yield "timhieu_jobs_waiting_seconds", _age(jobs.oldest, now)
    yield "timhieu_jobs_working", jobs.working
    yield "timhieu_jobs_failed", jobs.failed
    unsent = queries.unsent_hooks()
    yield "timhieu_webhooks_waiting", unsent.waiting
    yield "timhieu_webhooks_waiting_seconds", _age(unsent.oldest, now)
    last = find_last_time(Action.BACKUP_MADE)
    if last is not None:
        yield "timhieu_backup_age_seconds", _age(last, now)


def _age(since: datetime | None, now: datetime) -> float:
    return max((now - since).total_seconds(), 0.0) if since is not None else 0.0


def _of_machine(var: Path) -> Iterator[tuple[str, float]]:
    usage = shutil.disk_usage(var)
    yield "timhieu_disk_free_ratio", usage.free / usage.total
    sizes = [size for pid in _pids() if (size := _resident(pid)) is not None]
    if sizes:
        yield "timhieu_processes", len(sizes)
        yield "timhieu_process_memory_bytes", max(sizes)


def _pids() -> set[int]:
    folder = os.environ.get("PROMETHEUS_MULTIPROC_DIR")
    if not folder:
        return {os.getpid()}
    names = (path.name for path in Path(folder).glob("gauge_livesum_*.db"))
    return {int(found[1]) for name in names if (found := _PID.search(name))}


def _resident(pid: int) -> int | None:
    """Bytes; None where the process has gone, or the system does not tell."""
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    except (OSError, ValueError, IndexError):
        return None
    return pages * os.sysconf("SC_PAGE_SIZE")
