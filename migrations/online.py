"""Changes to large tables while people start, save and hand in.

Each is a transaction by itself, waits a moment only for its lock and tries again, and can be repeated after a
step that was broken off. A step that uses these is not undone when it fails: run `flask db upgrade` again.
On SQLite they are Alembic's ordinary changes.
"""

import logging
import time
from collections.abc import Callable, Iterator, Sequence

import sqlalchemy as sa
from alembic import op
from alembic.operations import BatchOperations
from sqlalchemy.exc import DBAPIError

# A request waits behind whoever waits for the lock; together these stay below a second.
LOCK_WAIT, LONGEST = "300ms", "700ms"
TRIES, _LONGEST_PAUSE = 40, 3.0
_HELD = {"55P03": "held by others", "57014": "not done in time", "40P01": "crossed by others"}
_AT_ONCE = 1_000
_log = logging.getLogger("alembic.online")


class Refused(RuntimeError):
    """A change that cannot be made while people take part; `flask db` says why and ends with 1."""


def add_column(table: str, column: sa.Column[object]) -> None:
    """A column that may be empty or has a constant default."""
    if not _has_column(table, column.name):
        _briefly(table, lambda: op.add_column(table, column))


def drop_column(table: str, name: str) -> None:
    """Only what the release before this one no longer asks for."""
    if op.get_context().as_sql or _has_column(table, name):
        _briefly(table, lambda: _batch(table, lambda change: change.drop_column(name)))


def add_index(
    name: str, table: str, columns: Sequence[str], *, unique: bool = False, where: str | None = None
) -> None:
    """Built beside the people who write. What an attempt that was broken off left behind goes first."""
    condition = sa.text(where) if where else None
    if not _is_postgresql():
        if name not in _indexes(table):
            op.create_index(name, table, list(columns), unique=unique, sqlite_where=condition)
        return
    with op.get_context().autocommit_block():
        if _is_unfinished(name):
            op.drop_index(name, table, postgresql_concurrently=True)
        op.create_index(
            name,
            table,
            list(columns),
            unique=unique,
            postgresql_where=condition,
            postgresql_concurrently=True,
            if_not_exists=True,
        )


def drop_index(name: str, table: str) -> None:
    """Without keeping anybody from the table."""
    if not _is_postgresql():
        op.drop_index(name, table)
        return
    with op.get_context().autocommit_block():
        op.drop_index(name, table, postgresql_concurrently=True, if_exists=True)


def add_unique(name: str, table: str, columns: Sequence[str]) -> None:
    """A unique constraint on an index that was built beside the people who write."""
    if not _is_postgresql():
        _batch(table, lambda change: change.create_unique_constraint(op.f(name), list(columns)))
        return
    if _has_constraint(table, name):
        return
    add_index(name, table, columns, unique=True)
    adding = f"ALTER TABLE {table} ADD CONSTRAINT {name} UNIQUE USING INDEX {name}"
    _briefly(table, lambda: op.execute(adding))


def add_check(name: str, table: str, condition: str) -> None:
    """For new rows at once, for the others after they were read without a lock that anybody notices."""
    if not _is_postgresql():
        _batch(table, lambda change: change.create_check_constraint(op.f(name), condition))
        return
    _add_and_validate(name, table, f"CHECK ({condition})")


def add_foreign_key(
    name: str, table: str, columns: Sequence[str], referred: str, referred_columns: Sequence[str]
) -> None:
    """As `add_check`."""
    if not _is_postgresql():
        _batch(
            table,
            lambda change: change.create_foreign_key(
                op.f(name), referred, list(columns), list(referred_columns)
            ),
        )
        return
    keys = f"FOREIGN KEY ({', '.join(columns)}) REFERENCES {referred} ({', '.join(referred_columns)})"
    _add_and_validate(name, table, keys)


def drop_constraint(name: str, table: str, kind: str) -> None:
    """`kind` is Alembic's: check, unique, foreignkey."""
    if op.get_context().as_sql or not _is_postgresql() or _has_constraint(table, name):
        _briefly(table, lambda: _batch(table, lambda change: change.drop_constraint(op.f(name), type_=kind)))


def set_not_null(table: str, column: str, existing_type: sa.types.TypeEngine[object]) -> None:
    """Never empty from now on: proven by a check first, so that no lock is held while rows are read."""
    if not _is_postgresql():
        _batch(
            table,
            lambda change: change.alter_column(column, existing_type=existing_type, nullable=False),
        )
        return
    proof = f"ck_{table}_{column}_is_there"
    add_check(proof, table, f"{column} IS NOT NULL")
    _briefly(table, lambda: op.execute(f"ALTER TABLE {table} ALTER COLUMN {column} SET NOT NULL"))
    drop_constraint(proof, table, "check")


def fill(table: str, change: str, where: str, *, key: Sequence[str], at_once: int = _AT_ONCE) -> int:
    """`UPDATE table SET change WHERE where`, some rows at a time, each time in a transaction of its own.

    `key` is the primary key: rows come in its order. `where` must no longer hold for rows that were changed.
    Returns how many were.
    """
    context = op.get_context()
    if context.as_sql or not _is_postgresql():
        whole = sa.text(f"UPDATE {table} SET {change} WHERE {where}")  # noqa: S608 -- a migration's words
        if context.as_sql:
            op.execute(whole)
            return 0
        return op.get_bind().execute(whole).rowcount
    names, marks = ", ".join(key), ", ".join(f":key{place}" for place in range(len(key)))
    newest: tuple[object, ...] = ()
    total = 0
    with context.autocommit_block():
        while True:
            later = f" AND ({names}) > ({marks})" if newest else ""
            some = f"SELECT {names} FROM {table} WHERE {where}{later} ORDER BY {names} LIMIT {at_once}"  # noqa: S608 -- a migration's words
            statement = f"UPDATE {table} SET {change} WHERE ({names}) IN ({some}) RETURNING {names}"  # noqa: S608 -- as above
            began = time.monotonic()
            known = {f"key{place}": one for place, one in enumerate(newest)}
            rows = sorted(tuple(row) for row in op.get_bind().execute(sa.text(statement), known))
            total += len(rows)
            if len(rows) < at_once:
                return total
            newest = rows[-1]
            time.sleep(min(_LONGEST_PAUSE, time.monotonic() - began))  # as long again is for the others


def is_held(error: DBAPIError) -> bool:
    """Whether the database gave up waiting: later it may go well."""
    return getattr(error.orig, "sqlstate", None) in _HELD


def pauses() -> Iterator[float]:
    """Seconds between tries."""
    for number in range(TRIES):
        yield min(_LONGEST_PAUSE, 0.2 * 1.3**number)


def refusal(what: str, connection: sa.Connection | None = None) -> Refused:
    """The words for a lock that could not be had."""
    holders = _holders(connection) if connection is not None else ""
    return Refused(f"{what}: {TRIES} times its lock could not be had, so that nobody had to wait.{holders}"
                   " Nothing of this change was made; run the command again.")  # fmt: skip


def _add_and_validate(name: str, table: str, words: str) -> None:
    if not _has_constraint(table, name):
        adding = f"ALTER TABLE {table} ADD CONSTRAINT {name} {words} NOT VALID"
        _briefly(table, lambda: op.execute(adding))
    with op.get_context().autocommit_block():
        op.execute(f"ALTER TABLE {table} VALIDATE CONSTRAINT {name}")


def _briefly(table: str, change: Callable[[], object]) -> None:
    """One change in a transaction of its own that is given up rather than let anybody wait for a second."""
    context = op.get_context()
    if not _is_postgresql():
        change()
        return
    with context.autocommit_block():
        if context.as_sql:
            change()
            return
        connection = op.get_bind()
        for pause in pauses():
            connection.exec_driver_sql("BEGIN")
            try:
                # LOCAL: behind a pooler the connection is somebody else's afterwards.
                connection.exec_driver_sql(f"SET LOCAL lock_timeout TO '{LOCK_WAIT}'")
                connection.exec_driver_sql(f"SET LOCAL statement_timeout TO '{LONGEST}'")
                change()
                connection.exec_driver_sql("COMMIT")
                return
            except BaseException as error:
                connection.exec_driver_sql("ROLLBACK")
                if not (isinstance(error, DBAPIError) and is_held(error)):
                    raise
                _log.info("%s is in use, again in %.1f s", table, pause)
            time.sleep(pause)
        raise refusal(table, connection)


def _batch(table: str, change: Callable[[BatchOperations], object]) -> None:
    with op.batch_alter_table(table) as found:
        change(found)


def _is_postgresql() -> bool:
    return op.get_context().dialect.name == "postgresql"


def _has_column(table: str, name: str) -> bool:
    if op.get_context().as_sql:
        return False
    return name in {one["name"] for one in sa.inspect(op.get_bind()).get_columns(table)}


def _indexes(table: str) -> set[str | None]:
    return {one["name"] for one in sa.inspect(op.get_bind()).get_indexes(table)}


def _has_constraint(table: str, name: str) -> bool:
    return _is_there(
        "SELECT 1 FROM pg_constraint WHERE conrelid = to_regclass(:table) AND conname = :name",
        table=table,
        name=name,
    )


def _is_unfinished(index: str) -> bool:
    return _is_there(
        "SELECT 1 FROM pg_index WHERE indexrelid = to_regclass(:name) AND NOT indisvalid", name=index
    )


def _is_there(question: str, **values: str) -> bool:
    if op.get_context().as_sql:
        return False
    return op.get_bind().execute(sa.text(question), values).first() is not None


def _holders(connection: sa.Connection) -> str:
    """Who has been in a transaction for longest: often a report or a forgotten psql."""
    rows = connection.exec_driver_sql(
        "SELECT pid, date_trunc('second', clock_timestamp() - xact_start) FROM pg_stat_activity"
        " WHERE xact_start IS NOT NULL AND pid <> pg_backend_pid() ORDER BY xact_start LIMIT 3"
    ).all()
    return " Longest transactions now: " + ", ".join(f"pid {pid} for {age}" for pid, age in rows) + "."
