"""How Alembic reaches the database: `flask db ...` runs this inside the application."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Literal

from alembic import context
from flask import current_app
from sqlalchemy import TypeDecorator
from sqlalchemy.engine import Connection

from quiz.core.database import Base, db


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


def _run() -> None:
    with db.engine.connect() as connection, _foreign_keys_off(connection):
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
