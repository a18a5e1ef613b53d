"""How Alembic reaches the database: `flask db ...` runs this inside the application.

On PostgreSQL a step runs while people take part: it gives up a lock that it does not get at once and is tried
again, and what would shut a large table is refused before it is sent (`migrations/dangers.py`).

    flask db upgrade -x closed=yes      while the server is stopped: nothing is refused
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Literal

from alembic import context
from flask import current_app
from sqlalchemy import TypeDecorator, event, text
from sqlalchemy.engine import Connection
from sqlalchemy.exc import DBAPIError

from migrations import online
from migrations.dangers import Scene, danger
from quiz.core.database import Base, db

_LARGE = 32 * 1024**2  # bytes; a table below is read through in a blink


@contextmanager
def _foreign_keys_off(connection: Connection) -> Iterator[None]:
    """SQLite changes a table by rebuilding it, which must not cascade into the tables that point at it."""
    if connection.dialect.name != "sqlite":
        yield
        return
    # On the driver's connection: the pragma does nothing in a transaction, and SQLAlchemy would begin one.
    driver = connection.connection.dbapi_connection
    assert driver is not None
    driver.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
        broken = driver.execute("PRAGMA foreign_key_check").fetchall()
        if broken:
            raise RuntimeError(f"rows that point at nothing after the migration: {broken[:5]}")
    finally:
        driver.execute("PRAGMA foreign_keys=ON")


def _skip_empty(_context: object, _revision: object, directives: list[Any]) -> None:
    """`flask db migrate` writes no file when models and database agree."""
    if getattr(context.config.cmd_opts, "autogenerate", False) and directives[0].upgrade_ops.is_empty():
        directives.clear()


def _render(kind: str, item: object, _autogen: object) -> str | Literal[False]:
    """Write our column types as what they are in the database: migrations import nothing of ours."""
    if kind == "type" and isinstance(item, TypeDecorator):
        return f"sa.{item.impl!r}"
    return False


_options = {
    "render_item": _render,
    "process_revision_directives": _skip_empty,
    **current_app.extensions["migrate"].configure_args,
}


def _is_large(connection: Connection, table: str) -> bool:
    """`-x large=attempts,entries`: these tables count as large, for tests."""
    if table in context.get_x_argument(True).get("large", "").split(","):
        return True
    size = connection.scalar(text("SELECT pg_relation_size(to_regclass(:table))"), {"table": table})
    return size is not None and size > _LARGE


def _is_proven(connection: Connection, table: str, column: str) -> bool:
    """Whether PostgreSQL knows already that the column is never empty."""
    rows = connection.execute(
        text(
            "SELECT pg_get_constraintdef(oid) FROM pg_constraint"
            " WHERE conrelid = to_regclass(:table) AND contype = 'c' AND convalidated"
        ),
        {"table": table},
    )
    return any(f"(({column} IS NOT NULL))" in row[0] for row in rows)


def _refuse_dangers(
    connection: Connection, cursor: Any, statement: str, _values: object, _context: object, _many: bool
) -> None:
    # Reads and short changes of the catalogue come by here too: `danger` looks at the words first.
    scene = Scene(
        is_large=lambda table: _is_large(connection, table),
        is_proven=lambda table, column: _is_proven(connection, table, column),
        is_alone=cursor.connection.autocommit,
    )
    if why := danger(statement, scene):
        raise online.Refused(
            f"{why}\n  {' '.join(statement.split())}\n"
            "People would have to wait. Write the step with migrations/online.py, or stop the server and"
            " run: flask db upgrade -x closed=yes"
        )


def _wait_briefly(connection: Connection) -> None:
    """Whoever waits for a lock makes those behind it wait; `online` tries again instead."""
    driver: Any = connection.connection.driver_connection
    if not driver.autocommit:
        connection.exec_driver_sql(f"SET LOCAL lock_timeout TO '{online.LOCK_WAIT}'")


def _is_careful(connection: Connection) -> bool:
    closed = context.get_x_argument(True).get("closed") == "yes"
    return connection.dialect.name == "postgresql" and not closed


def _run() -> None:
    """Step by step; a step that met a lock is begun again, those before it stay done."""
    for pause in online.pauses():
        try:
            _try()
            return
        except DBAPIError as error:
            if not online.is_held(error):
                raise
        time.sleep(pause)
    raise online.refusal("this step")


def _try() -> None:
    with db.engine.connect() as connection, _foreign_keys_off(connection):
        if _is_careful(connection):
            event.listen(connection, "begin", _wait_briefly)
            event.listen(connection, "before_cursor_execute", _refuse_dangers)
        context.configure(
            connection=connection,
            target_metadata=Base.metadata,
            # SQLite's schema changes are transactional too, since we send BEGIN ourselves.
            transactional_ddl=True,
            transaction_per_migration=True,
            **_options,
        )
        with context.begin_transaction():
            context.run_migrations()


def _write_sql() -> None:
    """`flask db upgrade --sql`: for administrators who run the statements themselves."""
    context.configure(
        url=db.engine.url.render_as_string(hide_password=False),
        target_metadata=Base.metadata,
        literal_binds=True,
        **_options,
    )
    with context.begin_transaction():
        context.run_migrations()


if context.is_offline_mode():
    _write_sql()
else:
    _run()
