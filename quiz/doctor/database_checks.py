"""The database: whether it knows Vietnamese and is up to date, and who does the work beside the pages."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy import func, select, text
from sqlalchemy.engine import Connection

from quiz.attempts.models import Attempt
from quiz.attempts.queries import count_overdue
from quiz.audit.queries import find_last_time
from quiz.audit.service import Action
from quiz.backups.revisions import current_revision, newest_revision
from quiz.contests.models import Round
from quiz.core.settings import Settings
from quiz.core.signs import measure_database
from quiz.doctor.findings import Finding, bad, good, warning
from quiz.jobs.queries import queue_figures

_SLOW_CLOCK = timedelta(seconds=2)
_WAITING = timedelta(minutes=10)
_BACKUP = timedelta(hours=26)
_OLDEST_POSTGRESQL = 130000
_MANY = 20_000  # attempts from which on PostgreSQL is the better place


def check_migrations(connection: Connection) -> Iterator[Finding]:
    """Whether the tables are those of this release."""
    there, newest = current_revision(connection), newest_revision()
    if there == newest:
        yield good("migrations", f"at {there}")
    else:
        yield bad(
            "migrations", f"at {there or 'nothing'}, this release needs {newest}", "run flask db upgrade"
        )


def check_engine(connection: Connection, settings: Settings) -> Iterator[Finding]:
    """The database's version and what it has to be able to do."""
    checks = _sqlite if settings.is_sqlite else _postgresql
    yield from checks(connection)


def check_its_clock() -> Iterator[Finding]:
    """Whether the database's machine has the same time."""
    ahead = measure_database().ahead
    if ahead is not None and abs(ahead) > _SLOW_CLOCK:
        seen = f"the database's is {ahead.total_seconds():+.0f} s away from this machine's"
        yield warning("clock", seen, "synchronise both machines")


def check_work(now: datetime) -> Iterator[Finding]:
    """Whether somebody does jobs and closes what is over."""
    queue = queue_figures(now, now)
    if queue.oldest is not None and queue.oldest <= now - _WAITING and not queue.working:
        yield bad("worker", "jobs have been waiting for ten minutes", "start flask work, see QUIZ_WORKER")
    else:
        yield good("worker", "no job waits in vain")


def check_closing(now: datetime) -> Iterator[Finding]:
    """Whether housekeeping runs: attempts whose time is over are closed within minutes."""
    if overdue := count_overdue(now - _WAITING):
        yield warning(
            "housekeeping",
            f"{overdue} attempts whose time is over are not closed; boards lack them",
            "run flask housekeeping by a timer, or set QUIZ_HOUSEKEEPING=30",
        )
    else:
        yield good("housekeeping", "no attempt waits to be closed")


def check_backup(connection: Connection, now: datetime) -> Iterator[Finding]:
    """When the last backup was made; it matters most while a round is open."""
    last = find_last_time(Action.BACKUP_MADE)
    seen = f"the last one was made {last:%Y-%m-%d %H:%M} UTC" if last is not None else "none was ever made"
    if last is not None and now - last <= _BACKUP:
        yield good("backup", seen)
        return
    is_open = connection.scalar(select(Round.number).where(Round.opens_at <= now, Round.closes_at > now))
    tell = warning if is_open is None else bad
    yield tell("backup", seen, "run flask backup FOLDER now, then by a timer; see docs/backup.md")


def _sqlite(connection: Connection) -> Iterator[Finding]:
    version = connection.scalar(text("SELECT sqlite_version()"))
    mode = connection.scalar(text("PRAGMA journal_mode"))
    if mode != "wal":
        yield bad(
            "database", f"SQLite keeps its log as {mode}", "put the file on a local disk: WAL needs one"
        )
    stored = connection.scalar(select(func.count()).select_from(Attempt)) or 0
    if stored > _MANY:
        yield warning(
            "database",
            f"SQLite {version} with {stored} attempts",
            "move to PostgreSQL: flask backup here, flask restore there",
        )
    else:
        yield good("database", f"SQLite {version}, {stored} attempts")


def _postgresql(connection: Connection) -> Iterator[Finding]:
    version = int(connection.scalar(text("SHOW server_version_num")) or 0)
    shown = connection.scalar(text("SHOW server_version"))
    if version < _OLDEST_POSTGRESQL:
        yield bad("database", f"PostgreSQL {shown}", "use 13 or newer")
    else:
        yield good("database", f"PostgreSQL {shown}")
    if connection.scalar(text("SELECT upper('đ')")) != "Đ":
        yield bad(
            "database",
            "it does not know Vietnamese letters (its locale is plain C)",
            "make it anew with --locale=C.UTF-8 and restore a backup into it",
        )
    if (
        connection.scalar(text("SHOW fsync")) != "on"
        or connection.scalar(text("SHOW full_page_writes")) != "on"
    ):
        yield bad("database", "a power cut can lose answers", "turn fsync and full_page_writes on")
