"""At which migration a database stands, and which ones this release knows.

Migrations are numbered and stand in one row (tests/contracts/test_start.py): the names of their files say it
all, and whoever only asks, as every worker does, need not load Alembic.
"""

from functools import cache

from sqlalchemy import inspect, text
from sqlalchemy.engine import Connection

from quiz.backups.rows import VERSION_TABLE
from quiz.core.settings import ROOT


def current_revision(connection: Connection) -> str | None:
    """The database's revision; None where it has no tables of ours."""
    if not inspect(connection).has_table(VERSION_TABLE):
        return None
    revision: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return revision


def newest_revision() -> str:
    """The revision that this release's models describe."""
    return known_revisions()[-1]


def is_known(revision: str) -> bool:
    """Whether this release has that migration: it has those of all releases before it."""
    return revision in known_revisions()


def stands_before(revision: str, other: str) -> bool:
    """Whether `other` was reached by going on from `revision`."""
    known = known_revisions()
    return revision in known and other in known and known.index(revision) < known.index(other)


@cache
def known_revisions() -> tuple[str, ...]:
    """All migrations of this release, the first one first."""
    files = (ROOT / "migrations" / "versions").glob("[0-9]*.py")
    return tuple(sorted(path.stem.partition("_")[0] for path in files))
