"""A backup holds everything of one moment, opens only with its key, and comes back on either database."""

from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import func, insert, select, text

from quiz.attempts.models import Attempt
from quiz.audit.exporting import check_database
from quiz.audit.models import AuditEvent
from quiz.backups import sealing
from quiz.backups.errors import BackupRefused
from quiz.backups.reading import Nobody, read_backup
from quiz.backups.rows import tallies_of
from quiz.backups.service import check_backup, lines_of_backup, make_backup, restore_backup
from quiz.contests.models import Contest
from quiz.core.copying import snapshot
from quiz.core.database import Base, db, transaction
from quiz.core.secrets import Keyring
from quiz.entries.models import Entry
from quiz.standings.verifying import verify
from quiz.units.models import UnitTree
from tests.support.databases import KINDS, Databases
from tests.support.factories import KEYRING, NOW
from tests.support.filled import fill
from tests.support.sittings import fixed_contest, play

KEY = sealing.new_identity()
OTHER_KEYRING = Keyring("another data key, 0123456789 0123456789")


def silent(_done: int, _total: int) -> None:
    pass


def save(path: Path) -> Path:
    make_backup(path, [KEY.to_public()], keyring=KEYRING, now=NOW, told=silent)
    return path


def save_without_noting(path: Path) -> None:
    with path.open("wb") as file, snapshot() as connection:
        sealing.write_lines(lines_of_backup(connection, KEYRING, NOW, silent), file, [KEY.to_public()])


def restore(path: Path, keyring: Keyring = KEYRING) -> None:
    restore_backup(path, [KEY], keyring=keyring, now=NOW, told=silent)


def contents() -> dict[str, list[object]]:
    with snapshot() as connection:
        return {name: tally.as_pair() for name, tally in tallies_of(connection).items()}


@pytest.fixture(params=KINDS)
def elsewhere(request: pytest.FixtureRequest, databases: Databases) -> Flask:
    """Another machine: an empty database of either kind."""
    return databases.build(databases.migrated(request.param))


def play_a_round() -> Contest:
    contest = fixed_contest()
    with transaction() as session:
        session.add(UnitTree(slug="cu", name="Cũ"))
    play(contest, [(0, 0, 0), (0, 1, None), (1, 1, 1)])
    return contest


def test_a_contest_comes_back_on_either_database(elsewhere: Flask, tmp_path: Path) -> None:
    contest = play_a_round()
    names = [entry.name for entry in db.session.scalars(select(Entry).order_by(Entry.id))]
    before = contents()
    path = save(tmp_path / "a.backup")
    with elsewhere.app_context():
        restored = restore_backup(path, [KEY], keyring=KEYRING, now=NOW, told=silent)
        after = contents()
        del after["audit_events"], after["audit_chains"]  # the restoring itself is noted there
        assert after.items() <= before.items()
        assert restored.by_table["attempts"] == 3
        assert not check_database(KEYRING).findings
        assert verify(db.session.get_one(Contest, contest.id)) == []
        assert [entry.name for entry in db.session.scalars(select(Entry).order_by(Entry.id))] == names
        with transaction() as session:  # numbers that the database gives go on after those that came
            session.add(UnitTree(slug="moi", name="Mới"))
        last = db.session.scalars(select(AuditEvent).order_by(AuditEvent.sequence.desc())).first()
        assert last is not None
        assert last.action == "backup_restored"


def test_a_row_of_every_table_is_in_it(tmp_path: Path) -> None:
    with db.engine.connect() as connection:
        fill(connection)
    before = contents()
    _header, tallies = read_backup(save(tmp_path / "a.backup"), [KEY], Nobody(), silent)
    assert {name: tally.as_pair() for name, tally in tallies.items()} == before
    assert sum(tally.rows for tally in tallies.values()) == len(Base.metadata.tables) - 1


def test_it_is_of_one_moment_while_others_write(app: Flask, tmp_path: Path) -> None:
    play_a_round()
    with snapshot() as connection:
        before = connection.scalar(select(func.count()).select_from(Attempt))
        with app.app_context(), transaction() as session:
            session.execute(insert(UnitTree).values(id=77, slug="khac", name="Khác"))
        trees = connection.scalar(select(func.count()).select_from(UnitTree).where(UnitTree.id == 77))
        assert (before, trees) == (3, 0)
    assert db.session.get(UnitTree, 77) is not None
    assert check_backup(save(tmp_path / "a.backup"), [KEY], silent)[0].made_at.startswith("20")


def test_nothing_readable_stands_in_the_file(tmp_path: Path) -> None:
    play_a_round()
    path = save(tmp_path / "a.backup")
    raw = path.read_bytes()
    assert b"cuoc-thi" not in raw
    assert path.stat().st_mode & 0o077 == 0
    refused("backup_other_key", lambda: check_backup(path, [sealing.new_identity()], silent))
    refused("backup_key_needed", lambda: check_backup(path, [], silent))


@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
def test_a_damaged_file_changes_nothing(databases: Databases, tmp_path: Path) -> None:
    play_a_round()
    raw = save(tmp_path / "a.backup").read_bytes()
    plain = tmp_path / "plain.backup"
    make_backup(plain, [], keyring=KEYRING, now=NOW, told=silent)
    damaged = {
        "cut": raw[: len(raw) // 2],
        "changed": raw[:-40] + bytes([raw[-40] ^ 1]) + raw[-39:],
        "plain cut": plain.read_bytes()[:-30],
        "no backup": b"PK\x03\x04 something else",
        "empty": b"",
    }
    with databases.build(databases.blank("sqlite")).app_context():
        for name, data in damaged.items():
            path = tmp_path / name
            path.write_bytes(data)
            refused("backup_damaged", lambda path=path: restore(path))
        assert contents() == {}


@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
def test_lines_that_were_taken_out_are_noticed(tmp_path: Path) -> None:
    play_a_round()
    plain, shorter = tmp_path / "plain", tmp_path / "shorter"
    make_backup(plain, [], keyring=KEYRING, now=NOW, told=silent)
    lines: list[str] = []
    sealing.read_lines(plain, [], lines.append)
    entry = next(at for at, line in enumerate(lines) if line == '{"table": "entries"}') + 1
    with shorter.open("wb") as file:
        sealing.write_lines(iter(lines[:entry] + lines[entry + 1 :]), file, [])
    refused("backup_damaged", lambda: check_backup(shorter, [], silent))


@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
def test_it_is_not_put_over_what_is_there(tmp_path: Path) -> None:
    play_a_round()
    path = save(tmp_path / "a.backup")
    before = contents()
    refused("database_not_empty", lambda: restore(path))
    refused("backup_exists", lambda: save(path))
    assert contents() == before


@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
def test_another_data_key_is_noticed_before_anything(databases: Databases, tmp_path: Path) -> None:
    play_a_round()
    path = save(tmp_path / "a.backup")
    with databases.build(databases.blank("sqlite")).app_context():
        refused("backup_other_data_key", lambda: restore(path, OTHER_KEYRING))
        assert contents() == {}


def test_a_backup_of_an_earlier_release_is_brought_up_to_date(
    app: Flask, databases: Databases, tmp_path: Path
) -> None:
    path = tmp_path / "a.backup"
    with databases.build(databases.blank(KINDS[0] if db.engine.name == KINDS[0] else KINDS[1])).app_context():
        upgrade(revision="0040")
        with transaction() as session:
            session.execute(text("INSERT INTO unit_trees (id, slug, name) VALUES (5, 'son-la', 'Sơn La')"))
        assert "certificates" not in contents()
        save_without_noting(path)
    with databases.build(databases.migrated(db.engine.name)).app_context():
        restore(path)
        assert db.session.get_one(UnitTree, 5).slug == "son-la"
        assert "certificates" in contents()


def refused(code: str, act: Callable[[], object]) -> None:
    with pytest.raises(BackupRefused) as error:
        act()
    assert error.value.code == code
