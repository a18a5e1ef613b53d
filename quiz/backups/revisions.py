"""At which migration a database stands, and which ones this release knows."""

from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util.exc import CommandError
from sqlalchemy.engine import Connection

from quiz.core.settings import ROOT


def current_revision(connection: Connection) -> str | None:
    """The database's revision; None where it has no tables of ours."""
    return MigrationContext.configure(connection).get_current_revision()


def newest_revision() -> str:
    """The revision that this release's models describe."""
    newest = _scripts().get_current_head()
    assert newest is not None
    return newest


def is_known(revision: str) -> bool:
    """Whether this release has that migration: it has those of all releases before it."""
    try:
        return _scripts().get_revision(revision) is not None
    except CommandError:
        return False


def stands_before(revision: str, other: str) -> bool:
    """Whether `other` was reached by going on from `revision`."""
    between = _scripts().walk_revisions(base="base", head=other)
    return revision != other and any(step.revision == revision for step in between)


def _scripts() -> ScriptDirectory:
    return ScriptDirectory(str(ROOT / "migrations"))
