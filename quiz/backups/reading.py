"""What stands in a backup, line by line: a first line, tables with their rows, a last line."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from quiz.backups import sealing
from quiz.backups.errors import BackupRefused
from quiz.backups.rows import Tally

FORM = 1

Told = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Header:
    """The first line of a backup."""

    made_at: str  # UTC, ISO 8601
    revision: str  # of the migrations
    database: str  # "sqlite" or "postgresql"
    data_key: str  # which data key sealed the names in it; says nothing about the key
    columns: Mapping[str, Sequence[str]]  # by table, referred to ones first
    rows: int  # about how many will follow, for showing progress

    def as_line(self) -> str:
        """JSON."""
        return json.dumps({"timhieu_backup": FORM} | {name: getattr(self, name) for name in self.__slots__})


class Taker(Protocol):
    """Somebody who is given a backup's contents."""

    def begin(self, header: Header) -> None:
        """The first line. Raises BackupRefused where this is not to go on."""

    def table(self, name: str) -> None:
        """Rows of this table follow."""

    def row(self, line: str) -> None:
        """One row, a JSON list."""

    def end(self) -> None:
        """No row follows."""


class Nobody:
    """A taker for whom reading and counting is enough."""

    def begin(self, header: Header) -> None:
        """Nothing to do."""

    def table(self, name: str) -> None:
        """Nothing to do."""

    def row(self, line: str) -> None:
        """Nothing to do."""

    def end(self) -> None:
        """Nothing to do."""


class _Reader:
    def __init__(self, taker: Taker, told: Told) -> None:
        self._taker, self._told = taker, told
        self.header: Header | None = None
        self.tallies: dict[str, Tally] = {}
        self.is_over = False
        self._table = ""
        self._rows = 0

    def take(self, line: str) -> None:
        if self.is_over:
            raise BackupRefused("backup_damaged")
        if line.startswith("["):
            self._row(line)
            return
        record = _record(line)
        if self.header is None:
            self.header = _header(record)
            self._taker.begin(self.header)
        elif "table" in record:
            self._begin_table(record["table"])
        else:
            self._taker.end()
            if record.get("end") != {name: tally.as_pair() for name, tally in self.tallies.items()}:
                raise BackupRefused("backup_damaged")
            self.is_over = True

    def _row(self, line: str) -> None:
        if not self._table or self.header is None:
            raise BackupRefused("backup_damaged")
        self.tallies[self._table].add(line)
        self._taker.row(line)
        self._rows += 1
        if self._rows % 1000 == 0:
            self._told(min(self._rows, self.header.rows), self.header.rows)

    def _begin_table(self, name: str) -> None:
        if self.header is None or name not in self.header.columns or name in self.tallies:
            raise BackupRefused("backup_damaged")
        self._table = name
        self.tallies[name] = Tally()
        self._taker.table(name)


def read_backup(
    path: Path, identities: Sequence[sealing.Identity], taker: Taker, told: Told
) -> tuple[Header, Mapping[str, Tally]]:
    """Give a file's contents to `taker` and count them. Raises BackupRefused: none, wrong key, not whole.

    A file that is not whole may be noticed only at its end: the taker has to be able to take everything back.
    """
    if sealing.is_sealed(path) and not identities:
        raise BackupRefused("backup_key_needed")
    reader = _Reader(taker, told)
    sealing.read_lines(path, identities, reader.take)
    if reader.header is None or not reader.is_over:
        raise BackupRefused("backup_damaged")
    return reader.header, reader.tallies


def _record(line: str) -> dict[str, Any]:
    try:
        record = json.loads(line)
    except ValueError as error:
        raise BackupRefused("backup_damaged") from error
    if not isinstance(record, dict):
        raise BackupRefused("backup_damaged")
    return record


def _header(record: dict[str, Any]) -> Header:
    if record.pop("timhieu_backup", None) != FORM:
        raise BackupRefused("no_backup")
    try:
        return Header(**record)
    except TypeError as error:
        raise BackupRefused("no_backup") from error
