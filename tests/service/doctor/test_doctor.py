"""What the doctor sees and says; every finding that is not good says how to mend it."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import text

from quiz.backups.revisions import newest_revision
from quiz.backups.service import make_backup
from quiz.core import clock
from quiz.core.database import db, transaction
from quiz.core.settings import Settings, load_settings
from quiz.doctor.findings import Finding, Level
from quiz.doctor.service import examine
from quiz.jobs.models import Job
from quiz.signin.senders import read_senders
from tests.support.databases import Databases
from tests.support.factories import KEYRING, NOW, make_entry
from tests.support.sittings import fixed_contest, play


def seen_of(findings: list[Finding], about: str) -> list[tuple[Level, str]]:
    return [(one.level, one.seen) for one in findings if one.about == about]


def examined(app: Flask, **changes: str) -> list[Finding]:
    settings: Settings = app.config["SETTINGS"]
    if changes:
        settings = load_settings({**settings.source, **changes})
    return list(examine(settings, read_senders(settings), KEYRING, now=clock.now(), deep=True))


def waiting_job(number: int, since: datetime) -> Job:
    asked = {"created_kind": "system", "created_name": "", "created_at": since}
    return Job(id=number, kind="nothing", subject="x", params={}, state="queued", **asked)


def test_a_whole_installation(app: Flask, tmp_path: Path) -> None:
    play(fixed_contest(), [(0, 0, 0)], now=clock.now())
    found = examined(app)
    assert not [one for one in found if one.level is not Level.GOOD and not one.mend]
    # Test servers take no care to survive a power cut, and the doctor says so.
    assert db.engine.name == "sqlite" or "a power cut can lose answers" in [one.seen for one in found]
    found = [one for one in found if "power cut" not in one.seen]
    for about in ("database", "migrations", "worker", "housekeeping", "log"):
        assert [level for level, _seen in seen_of(found, about)] == [Level.GOOD], (about, found)
    assert "none was ever made" in seen_of(found, "backup")[0][1]
    make_backup(tmp_path / "a.backup", [], keyring=KEYRING, now=clock.now(), told=lambda _done, _all: None)
    assert [level for level, _seen in seen_of(examined(app), "backup")] == [Level.GOOD]


def test_work_that_nobody_does_is_noticed(app: Flask) -> None:
    contest = fixed_contest()
    make_entry(contest)
    long_ago = clock.now() - timedelta(hours=1)
    with transaction() as session:
        session.add(waiting_job(1, long_ago))
    assert [level for level, _seen in seen_of(examined(app), "worker")] == [Level.BAD]


def test_tables_of_another_release_are_noticed(app: Flask) -> None:
    with transaction() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '0001'"))
    try:
        found = examined(app)
    finally:
        with transaction() as session:
            session.execute(text(f"UPDATE alembic_version SET version_num = '{newest_revision()}'"))
    assert [(one.level, one.mend) for one in found if one.about == "migrations"] == [
        (Level.BAD, "run flask db upgrade")
    ]
    assert seen_of(found, "worker") == []


@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
def test_a_database_that_is_away_is_a_finding(databases: Databases, tmp_path: Path) -> None:
    away = databases.build("postgresql+psycopg://nobody@127.0.0.1:1/none")
    with away.app_context():
        found = examined(away)
    assert [level for level, _seen in seen_of(found, "database")] == [Level.BAD]
    assert "does not answer" in seen_of(found, "database")[0][1]


@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
def test_a_gateway_that_is_away_is_a_finding(app: Flask) -> None:
    found = examined(app, QUIZ_CODE_PHONE="webhook", QUIZ_WEBHOOK_URL="http://127.0.0.1:1/send")
    assert [level for level, _seen in seen_of(found, "codes by phone")] == [Level.BAD]


@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
def test_the_command_ends_with_one_where_something_is_bad(app: Flask) -> None:
    with transaction() as session:
        session.add(waiting_job(2, NOW))
    db.session.remove()
    result = app.test_cli_runner().invoke(args=["doctor"])
    assert result.exit_code == 1
    assert "BAD   worker: jobs have been waiting" in result.output
    as_json = app.test_cli_runner().invoke(args=["doctor", "--json"])
    assert '"about": "worker"' in as_json.output
