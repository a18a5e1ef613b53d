"""Whether this process may be sent people: its database answers, has what it needs, and takes writes."""

import os
from enum import StrEnum
from functools import lru_cache

from sqlalchemy import text
from sqlalchemy.exc import OperationalError, SQLAlchemyError

from quiz.backups import revisions
from quiz.core.database import db, is_sqlite

_STATE = "SELECT version_num, current_setting('transaction_read_only') = 'on' FROM alembic_version"
_STATE_SQLITE = "SELECT version_num, 0 FROM alembic_version"


class Missing(StrEnum):
    """What is not there yet, in a word for whoever reads the reply."""

    DATABASE = "database"
    MIGRATIONS = "migrations"
    WRITING = "read-only"


def what_is_missing() -> Missing | None:
    """None when people may come; one statement.

    A database that is ahead of this release is fine: while a release is brought in, the servers of the former
    one go on (docs/deploy). One that is behind is not.
    """
    try:
        row = db.session.execute(text(_STATE_SQLITE if is_sqlite() else _STATE)).one_or_none()
    except SQLAlchemyError as error:
        db.session.rollback()
        return Missing.MIGRATIONS if _lacks_table(error) else Missing.DATABASE
    if row is None or _is_behind(row[0]):
        return Missing.MIGRATIONS
    return Missing.WRITING if row[1] or not _file_is_writable() else None


def _lacks_table(error: SQLAlchemyError) -> bool:
    told = str(getattr(error, "orig", "")).lower()
    is_away = isinstance(error, OperationalError) and "no such table" not in told
    return not is_away and "alembic_version" in told


@lru_cache(maxsize=8)
def _is_behind(revision: str) -> bool:
    return revision != revisions.newest_revision() and revisions.is_known(revision)


def _file_is_writable() -> bool:
    """SQLite tells only when it is written; a probe would wait for the one who writes."""
    path = db.engine.url.database
    if not is_sqlite() or not path or path == ":memory:":
        return True
    return os.access(path, os.W_OK) and os.access(os.path.dirname(path) or ".", os.W_OK)
