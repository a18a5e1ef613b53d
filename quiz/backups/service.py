"""Making a backup and putting one back.

A backup is made beside a running server, of one moment, and is read back before it counts: through a key that
exists only for that, so that the one that opens backups need not be on the machine.
"""

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import BinaryIO

from sqlalchemy import Table, func, select
from sqlalchemy.engine import Connection

from quiz.audit.actors import Actor
from quiz.audit.service import Action, record
from quiz.backups import sealing
from quiz.backups.errors import BackupRefused
from quiz.backups.reading import Header, Nobody, Told, read_backup
from quiz.backups.revisions import current_revision, is_known, stands_before
from quiz.backups.rows import Tally, lines_of, reader_of, tables_of, tallies_of
from quiz.core.copying import TableLoader, snapshot, wait_with_references
from quiz.core.database import db, transaction
from quiz.core.secrets import Keyring


@dataclass(frozen=True, slots=True)
class Made:
    """A backup that was read back and is whole."""

    path: Path
    bytes: int
    rows: int
    is_sealed: bool


@dataclass(frozen=True, slots=True)
class Restored:
    """What was put back, and that the database now holds exactly that."""

    header: Header
    rows: int
    by_table: Mapping[str, int]


def make_backup(
    path: Path, recipients: Sequence[sealing.Recipient], *, keyring: Keyring, now: datetime, told: Told
) -> Made:
    """Write all that the database holds at this moment to `path`, read it back, then note it in the log.

    The file appears under its name only when it is whole, readable to its owner alone. Raises BackupRefused
    where there is a file already, where the database is not up to date with any release, or where what was
    read back differs.
    """
    if path.exists():
        raise BackupRefused("backup_exists", path=path)
    partial = path.with_name(f"{path.name}.part")
    own = sealing.new_identity()
    readers = [*recipients, own.to_public()] if recipients else []
    try:
        with snapshot() as connection, _own_file(partial) as output:
            sealing.write_lines(lines_of_backup(connection, keyring, now, told), output, readers)
            output.flush()
            os.fsync(output.fileno())
        _header, tallies = read_backup(partial, [own] if recipients else [], Nobody(), _untold)
        partial.rename(path)
    finally:
        partial.unlink(missing_ok=True)
    made = Made(path, path.stat().st_size, sum(tally.rows for tally in tallies.values()), bool(recipients))
    with transaction():
        record(
            Action.BACKUP_MADE,
            "backup",
            actor=Actor.system("flask backup"),
            now=now,
            file=path.name,
            rows=made.rows,
            bytes=made.bytes,
            sealed=made.is_sealed,
        )
    return made


def check_backup(path: Path, identities: Sequence[sealing.Identity], told: Told) -> tuple[Header, int]:
    """Read a file to its end: its first line and how many rows it has. Raises BackupRefused."""
    header, tallies = read_backup(path, identities, Nobody(), told)
    return header, sum(tally.rows for tally in tallies.values())


def restore_backup(
    path: Path, identities: Sequence[sealing.Identity], *, keyring: Keyring, now: datetime, told: Told
) -> Restored:
    """Put a backup into an empty database, compare row by row, and bring it up to this release.

    The file is read to its end before anything is touched, and all rows come in one transaction. Raises
    BackupRefused where the database is not empty, where the names in the file are sealed with a data key that
    is not known, where the file is of a later release, or where it is not whole.
    """
    from flask_migrate import upgrade

    header, _tallies = read_backup(path, identities, Nobody(), _untold)
    _prepare(header, keyring)
    with transaction() as session, _Loading(session.connection()) as loading:
        header, tallies = read_backup(path, identities, loading, told)
        _compare(tallies, tallies_of(session.connection()))
    upgrade()
    with transaction():
        record(
            Action.BACKUP_RESTORED,
            "backup",
            actor=Actor.system("flask restore"),
            now=now,
            file=path.name,
            made_at=header.made_at,
        )
    by_table = {name: tally.rows for name, tally in tallies.items()}
    return Restored(header, sum(by_table.values()), by_table)


def _prepare(header: Header, keyring: Keyring) -> None:
    """Bring the empty database to the revision at which the backup was made."""
    from flask_migrate import downgrade, upgrade

    if header.data_key not in keyring.ids:
        raise BackupRefused("backup_other_data_key")
    if not is_known(header.revision):
        raise BackupRefused("backup_of_later_release", revision=header.revision)
    with db.engine.connect() as connection:
        _refuse_full(connection)
        there = current_revision(connection)
    if there is not None and stands_before(header.revision, there):
        downgrade(revision=header.revision)
    else:
        upgrade(revision=header.revision)


class _Loading:
    """Puts rows into empty tables at the backup's revision; a failure inside the block ends it all."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._tables: dict[str, Table] = {}
        self._columns: Mapping[str, Sequence[str]] = {}
        self._open = ExitStack()

    def __enter__(self) -> "_Loading":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._open.__exit__(kind, error, trace)

    def begin(self, header: Header) -> None:
        self._tables, self._columns = tables_of(self._connection), header.columns
        _refuse_full(self._connection)
        if {name: list(table.columns.keys()) for name, table in self._tables.items()} != header.columns:
            raise BackupRefused("backup_other_columns")
        wait_with_references(self._connection)

    def table(self, name: str) -> None:
        self.end()
        table, columns = self._tables[name], self._columns[name]
        self._read = reader_of(table, columns)
        self._loader = self._open.enter_context(TableLoader(self._connection, table, columns))

    def row(self, line: str) -> None:
        try:
            values = self._read(line)
        except ValueError as error:
            raise BackupRefused("backup_damaged") from error
        self._loader.add(values)

    def end(self) -> None:
        self._open.close()


def lines_of_backup(connection: Connection, keyring: Keyring, now: datetime, told: Told) -> Iterator[str]:
    """A backup's lines, read from one snapshot. Raises BackupRefused where the database has no tables."""
    tables = tables_of(connection)
    revision = current_revision(connection)
    if revision is None:
        raise BackupRefused("no_database")
    counts = {name: _count(connection, table) for name, table in tables.items()}
    header = Header(
        made_at=now.astimezone(UTC).isoformat(timespec="seconds"),
        revision=revision,
        database=connection.dialect.name,
        data_key=keyring.ids[0],
        columns={name: list(table.columns.keys()) for name, table in tables.items()},
        rows=sum(counts.values()),
    )
    yield header.as_line()
    done, tallies = 0, {}
    for name, table in tables.items():
        yield json.dumps({"table": name})
        tally = tallies[name] = Tally()
        for line in lines_of(connection, table):
            tally.add(line)
            yield line
            done += 1
            if done % 1000 == 0:
                told(done, header.rows)
    yield json.dumps({"end": {name: tally.as_pair() for name, tally in tallies.items()}})


def _compare(expected: Mapping[str, Tally], found: Mapping[str, Tally]) -> None:
    for name, tally in expected.items():
        if found[name] != tally:
            raise BackupRefused("restored_differs", table=name, wanted=tally.rows, got=found[name].rows)


def _refuse_full(connection: Connection) -> None:
    for name, table in tables_of(connection).items():
        if rows := _count(connection, table):
            raise BackupRefused("database_not_empty", table=name, rows=rows)


def _count(connection: Connection, table: Table) -> int:
    return connection.scalar(select(func.count()).select_from(table)) or 0


def _own_file(path: Path) -> BinaryIO:
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb")


def _untold(_done: int, _total: int) -> None:
    """Reading back is not shown."""
