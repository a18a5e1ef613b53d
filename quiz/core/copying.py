"""Whole tables out of a database and into an empty one, on SQLite and PostgreSQL."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from types import TracebackType
from typing import Any

from sqlalchemy import Table
from sqlalchemy import text as sql_text
from sqlalchemy.engine import Connection

from quiz.core.database import db, is_sqlite

_CHUNK = 1000  # rows that go to SQLite at a time


@contextmanager
def snapshot() -> Iterator[Connection]:
    """A connection that sees one moment for as long as it is read; it cannot write and holds nobody up.

    SQLite's log of changes grows while it is open.
    """
    options: dict[str, Any] = {} if is_sqlite() else _FIXED_VIEW
    with db.engine.connect().execution_options(**options) as connection, connection.begin():
        yield connection


_FIXED_VIEW = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}


def wait_with_references(connection: Connection) -> None:
    """Let rows come before the rows they refer to, until the transaction ends.

    PostgreSQL checks at the end of each table's COPY, which is enough where tables come in the order of their
    references.
    """
    if connection.dialect.name == "sqlite":
        connection.execute(sql_text("PRAGMA defer_foreign_keys=ON"))


class TableLoader:
    """Takes rows of one table in, in the order of `columns`; they are there when the block ends."""

    def __init__(self, connection: Connection, table: Table, columns: Sequence[str]) -> None:
        self._connection = connection
        self._columns = tuple(columns)
        self._table = table
        self._waiting: list[dict[str, Any]] = []
        self._copying: Any = None
        self._copy: Any = None

    def __enter__(self) -> "TableLoader":
        """Ready for rows."""
        if self._connection.dialect.name == "postgresql":
            quote = self._connection.dialect.identifier_preparer.quote
            names = ", ".join(quote(name) for name in self._columns)
            cursor = self._connection.connection.cursor()
            self._copying = cursor.copy(f"COPY {quote(self._table.name)} ({names}) FROM STDIN")
            self._copy = self._copying.__enter__()
        return self

    def add(self, values: Sequence[Any]) -> None:
        """One row more."""
        if self._copy is not None:
            self._copy.write_row(values)
            return
        self._waiting.append(dict(zip(self._columns, values, strict=True)))
        if len(self._waiting) >= _CHUNK:
            self._flush()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """What is still waiting goes in, unless something went wrong."""
        if self._copying is not None:
            self._copying.__exit__(kind, error, trace)
            if error is None:
                self._go_on_counting()
        elif error is None:
            self._flush()

    def _go_on_counting(self) -> None:
        """Numbers that PostgreSQL gives by itself begin after the highest one that came."""
        quote = self._connection.dialect.identifier_preparer.quote
        table = quote(self._table.name)
        for column in self._table.columns:
            if "nextval" in str(getattr(column.server_default, "arg", "")):
                name = quote(column.name)
                self._connection.execute(
                    sql_text(
                        f"SELECT setval(pg_get_serial_sequence('{table}', '{column.name}'), max({name})) "  # noqa: S608 -- names of our own tables
                        f"FROM {table}"
                    )
                )

    def _flush(self) -> None:
        if self._waiting:
            self._connection.execute(self._table.insert(), self._waiting)
            self._waiting = []
