"""Steps that run while people take part: what is refused, and what the careful way does on both databases."""

import pytest
from flask_migrate import downgrade, upgrade
from sqlalchemy import inspect, text

from migrations import online
from migrations.dangers import Scene, danger
from quiz.backups.revisions import newest_revision
from quiz.core.database import db
from tests.support.filled import fill
from tests.support.next_step import CAREFUL, CARELESS, migrations_with

# From the step after this one on, tables of people are changed beside the people who use them.
_LAST_UNGUARDED = "0047"
_OF_PEOPLE = (
    "entries,attempts,results,list_results,former_results,certificates,consents,tickets,roster_people"
    ",audit_events,jobs,item_statistics"
)
_AS_LARGE = [f"large={_OF_PEOPLE}"]
# SQLite is stopped for its migrations.
_ONLINE = pytest.mark.parametrize("blank", ["postgresql"], indirect=True)


def _verdict(statement: str, *, alone: bool = True) -> str | None:
    scene = Scene(
        is_large=lambda table: table == "attempts",
        is_proven=lambda _table, column: column == "proven",
        is_alone=alone,
    )
    return danger(statement, scene)


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE INDEX ix ON attempts (room)",
        "CREATE UNIQUE INDEX IF NOT EXISTS ix ON attempts (room)",
        'ALTER TABLE "attempts" ADD COLUMN room UUID DEFAULT gen_random_uuid()',
        "ALTER TABLE attempts ADD COLUMN room TEXT NOT NULL",
        "ALTER TABLE attempts ADD COLUMN room BIGSERIAL",
        "ALTER TABLE attempts ADD COLUMN room INTEGER REFERENCES rooms (id)",
        "ALTER TABLE attempts ADD COLUMN room INTEGER GENERATED ALWAYS AS (id + 1) STORED",
        "ALTER TABLE attempts ALTER COLUMN number TYPE BIGINT",
        "ALTER TABLE attempts ALTER COLUMN room SET NOT NULL",
        "ALTER TABLE attempts ADD CONSTRAINT ck CHECK (room > 0)",
        "ALTER TABLE attempts ADD CONSTRAINT fk FOREIGN KEY(room) REFERENCES rooms (id)",
        "ALTER TABLE attempts ADD CONSTRAINT uq UNIQUE (contest_id, room)",
        "ALTER TABLE attempts RENAME COLUMN number TO turn",
        "UPDATE attempts SET room = 1",
        "DELETE FROM attempts WHERE room = 1",
        "TRUNCATE attempts",
        "LOCK TABLE attempts IN SHARE MODE",
    ],
)
def test_refused_while_people_take_part(statement):
    assert (_verdict(statement) or "").startswith("attempts: ")
    assert _verdict(statement.replace("attempts", "banks")) is None


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE INDEX CONCURRENTLY IF NOT EXISTS ix ON attempts (room)",
        "ALTER TABLE attempts ADD COLUMN room TEXT",
        "ALTER TABLE attempts ADD COLUMN room INTEGER DEFAULT 1 NOT NULL",
        "ALTER TABLE attempts ADD COLUMN since TIMESTAMP DEFAULT now() NOT NULL",
        "ALTER TABLE attempts ALTER COLUMN proven SET NOT NULL",
        "ALTER TABLE attempts ADD CONSTRAINT ck CHECK (room > 0) NOT VALID",
        "ALTER TABLE attempts VALIDATE CONSTRAINT ck",
        "ALTER TABLE attempts ADD CONSTRAINT uq UNIQUE USING INDEX uq",
        "ALTER TABLE attempts DROP COLUMN room",
    ],
)
def test_allowed_by_itself(statement):
    assert _verdict(statement) is None
    if statement.startswith("ALTER"):
        assert "alone" in (_verdict(statement, alone=False) or "")


@_ONLINE
def test_every_later_step_runs_while_people_take_part(blank):
    upgrade(revision=_LAST_UNGUARDED)
    with db.engine.connect() as connection:
        fill(connection)
    upgrade(x_arg=_AS_LARGE)


@pytest.mark.usefixtures("blank")
def test_a_careful_step_goes_up_and_down(tmp_path):
    steps = migrations_with(tmp_path, CAREFUL, newest_revision())
    upgrade()
    with db.engine.connect() as connection:
        fill(connection)
    upgrade(directory=steps, x_arg=_AS_LARGE)
    assert _room() == ["hall"]
    downgrade(directory=steps, revision=newest_revision(), x_arg=_AS_LARGE)
    assert "room" not in _columns()


@_ONLINE
def test_a_step_that_was_broken_off_is_run_again(tmp_path, blank):
    steps = migrations_with(tmp_path, CAREFUL, newest_revision())
    upgrade(directory=steps)
    with db.engine.begin() as connection:  # all was done but noted down, and an index was not finished
        connection.execute(
            text("UPDATE alembic_version SET version_num = :last"), {"last": newest_revision()}
        )
        connection.exec_driver_sql(
            "UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'ix_attempts_room'::regclass"
        )
    upgrade(directory=steps)
    with db.engine.connect() as connection:
        found = "SELECT indisvalid FROM pg_index WHERE indexrelid = 'ix_attempts_room'::regclass"
        assert connection.exec_driver_sql(found).scalar() is True


@_ONLINE
def test_a_careless_step_is_refused_in_words_and_changes_nothing(tmp_path, caplog, blank):
    steps = migrations_with(tmp_path, CARELESS, newest_revision())
    upgrade()
    with pytest.raises(SystemExit):
        upgrade(directory=steps, x_arg=_AS_LARGE)
    assert "attempts: " in caplog.text
    assert "migrations/online.py" in caplog.text
    assert "room" not in _columns()
    upgrade(directory=steps, x_arg=[*_AS_LARGE, "closed=yes"])
    assert "room" in _columns()


@_ONLINE
def test_a_lock_is_asked_for_again_and_at_last_given_up(tmp_path, caplog, monkeypatch, blank):
    steps = migrations_with(tmp_path, CAREFUL, newest_revision())
    upgrade()
    monkeypatch.setattr(online, "LOCK_WAIT", "20ms")
    monkeypatch.setattr(online, "TRIES", 2)
    holder = db.engine.connect()
    holder.exec_driver_sql("LOCK TABLE attempts IN ROW EXCLUSIVE MODE")
    monkeypatch.setattr(online.time, "sleep", lambda _seconds: None)
    with pytest.raises(SystemExit):
        upgrade(directory=steps)
    assert "attempts: 2 times" in caplog.text
    assert "Longest transactions now: pid" in caplog.text
    assert "room" not in _columns()
    monkeypatch.setattr(online.time, "sleep", lambda _seconds: holder.close())
    upgrade(directory=steps)
    assert "room" in _columns()


def _room() -> list[str]:
    with db.engine.connect() as connection:
        return list(connection.execute(text("SELECT room FROM attempts")).scalars())


def _columns() -> set[str]:
    return {column["name"] for column in inspect(db.engine).get_columns("attempts")}
