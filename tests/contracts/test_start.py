"""What a worker loads before it answers."""

import os
import subprocess
import sys

from alembic.script import ScriptDirectory

from quiz.backups import revisions
from quiz.core.settings import ROOT

# Large, and for papers, imports, migrations and single sign-on alone: the function that needs one loads it.
_LATER = {
    *("alembic", "authlib", "docx", "flask_migrate", "joserfc", "lxml", "mako", "openpyxl", "pygments"),
    *("pypdfium2", "python_calamine", "requests", "typst"),
}
_PROGRAM = """
import gc, sqlite3, sys, wsgi
print(*sys.modules)
base = sqlite3.connect(sys.argv[1])
base.executescript("CREATE TABLE alembic_version (version_num); INSERT INTO alembic_version VALUES ('0001')")
assert b"migrations" in wsgi.app.test_client().get("/readyz").data
print(*sys.modules)
assert gc.isenabled()
"""


def test_a_worker_starts_without_what_people_never_need(tmp_path):
    path = str(tmp_path / "blank.db")
    done = subprocess.run(
        [sys.executable, "-c", _PROGRAM, path],
        cwd=ROOT,
        env=os.environ | {"QUIZ_VAR": str(tmp_path), "QUIZ_ENV": "test", "DATABASE_URL": f"sqlite:///{path}"},
        capture_output=True,
        text=True,
        check=True,
    )
    at_start, after_readiness = (set(line.split()) for line in done.stdout.splitlines()[-2:])
    assert "quiz.packages" in at_start
    assert not at_start & _LATER, "see docs/performance.md"
    assert not after_readiness & _LATER


def test_names_of_migrations_are_their_order():
    scripts = ScriptDirectory(str(ROOT / "migrations"))
    row = [script.revision for script in scripts.walk_revisions()][::-1]
    assert row == list(revisions.known_revisions())
    assert row[-1] == revisions.newest_revision()
    assert revisions.stands_before(row[0], row[-1])
    assert not revisions.stands_before(row[-1], row[-1])
    assert not revisions.stands_before(row[-1], row[0])
    assert not revisions.is_known("9999")
