"""Tables as lines of text that mean the same on both databases.

Columns are taken as the database has them, not as today's models: a backup of an earlier release is restored
as what it was and brought up to date afterwards. Sealed columns stay sealed.
"""

import base64
import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Date, DateTime, LargeBinary, MetaData, Table, select
from sqlalchemy.engine import Connection

VERSION_TABLE = "alembic_version"
_AT_A_TIME = 2000
_DIGEST_BYTES = 16

Convert = Callable[[Any], Any]


@dataclass(slots=True)
class Tally:
    """How many rows a table has and a digest of them that does not depend on their order."""

    rows: int = 0
    sum: int = 0

    def add(self, line: str) -> None:
        """Count one row, given as its line."""
        self.rows += 1
        digest = hashlib.sha256(line.encode()).digest()[:_DIGEST_BYTES]
        self.sum = (self.sum + int.from_bytes(digest)) % (1 << 8 * _DIGEST_BYTES)

    def as_pair(self) -> list[Any]:
        """[rows, digest in hex], as a backup's last line has it."""
        return [self.rows, f"{self.sum:032x}"]


def tables_of(connection: Connection) -> dict[str, Table]:
    """Every table of the database but Alembic's, referred to ones before those that refer to them."""
    metadata = MetaData()
    metadata.reflect(connection)
    return {table.name: table for table in metadata.sorted_tables if table.name != VERSION_TABLE}


def lines_of(connection: Connection, table: Table) -> Iterator[str]:
    """The rows of a table, each a JSON list in the order of the table's columns."""
    outward = [_outward(column.type) for column in table.columns]
    rows = connection.execution_options(yield_per=_AT_A_TIME).execute(select(table))
    for row in rows:
        yield json.dumps(
            [
                value if convert is None or value is None else convert(value)
                for value, convert in zip(row, outward, strict=True)
            ],
            ensure_ascii=False,
            separators=(",", ":"),
        )


def reader_of(table: Table, columns: Sequence[str]) -> Callable[[str], list[Any]]:
    """A function that gives the values of a line as the table's columns take them. Raises ValueError."""
    inward = [_inward(table.columns[name].type) for name in columns]

    def read(line: str) -> list[Any]:
        values = json.loads(line)
        return [
            value if convert is None or value is None else convert(value)
            for value, convert in zip(values, inward, strict=True)
        ]

    return read


def tallies_of(connection: Connection) -> Mapping[str, Tally]:
    """What the database holds now, table by table."""
    return {name: _tally(connection, table) for name, table in tables_of(connection).items()}


def _tally(connection: Connection, table: Table) -> Tally:
    tally = Tally()
    for line in lines_of(connection, table):
        tally.add(line)
    return tally


def _outward(kind: object) -> Convert | None:
    if isinstance(kind, DateTime):
        return _time_text
    if isinstance(kind, Date):
        return date.isoformat
    if isinstance(kind, LargeBinary):
        return lambda value: base64.b64encode(value).decode()
    return None


def _inward(kind: object) -> Convert | None:
    if isinstance(kind, DateTime):
        return _aware if kind.timezone else datetime.fromisoformat
    if isinstance(kind, Date):
        return date.fromisoformat
    if isinstance(kind, LargeBinary):
        return base64.b64decode
    return None


def _time_text(value: datetime) -> str:
    """UTC without saying so: SQLite's columns have no zone."""
    return (value if value.tzinfo is None else value.astimezone(UTC).replace(tzinfo=None)).isoformat()


def _aware(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)
