"""A row in every table of a database, whatever its tables are: what a migration has to carry over."""

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Connection,
    Date,
    DateTime,
    LargeBinary,
    MetaData,
    Numeric,
    String,
    Table,
    Text,
    insert,
    select,
    text,
)
from sqlalchemy import inspect as inspected

_DAY = datetime(2026, 11, 22, 3, tzinfo=UTC)
_VALUES: list[tuple[type[Any], Any]] = [
    (JSON, {}),
    (Boolean, False),
    (DateTime, _DAY),
    (Date, date(1962, 8, 15)),
    (LargeBinary, b"\x01"),
    (Numeric, 1),
]
# What a check asks for that its words do not tell plainly.
_GIVEN = {
    ("staff", "role"): "owner",
    ("staff_invitations", "role"): "owner",
    ("approvals", "state"): "waiting",
    ("certificates", "entry_id"): 1,  # a person's or a unit's
}
_TWO_ROWS = "suspicions"  # a pair of two people: one row of everything is not enough for it


def fill(connection: Connection) -> int:
    """Put a row into each empty table but one; how many it were. Columns that may be empty stay so.

    References lead nowhere: foreign keys are not looked at while the rows go in.
    """
    metadata = MetaData()
    metadata.reflect(connection)
    filled = 0
    _references(connection, on=False)
    for table in metadata.sorted_tables:
        if table.name in ("alembic_version", _TWO_ROWS) or connection.execute(select(table).limit(1)).first():
            continue
        checks = "\n".join(
            str(one["sqltext"]) for one in inspected(connection).get_check_constraints(table.name)
        )
        connection.execute(insert(table), _row(table, checks))
        filled += 1
    connection.commit()
    _references(connection, on=True)
    return filled


def _row(table: Table, checks: str) -> dict[str, Any]:
    return {
        column.name: _GIVEN.get((table.name, column.name)) or _value(column, checks)
        for column in table.columns
        if not column.nullable or column.primary_key or (table.name, column.name) in _GIVEN
    }


def _value(column: Column[Any], checks: str) -> Any:
    if isinstance(column.type, (String, Text)):
        allowed = re.search(rf"\b{column.name}\b[^']*'([^']+)'", checks)
        return allowed[1] if allowed else "{}"  # good as words and as a structure
    for kind, value in _VALUES:
        if isinstance(column.type, kind):
            value = value + timedelta(days=7) if column.name == "closes_at" else value
            plain = kind is DateTime and not getattr(column.type, "timezone", False)
            return value.replace(tzinfo=None) if plain else value
    return 1


def _references(connection: Connection, *, on: bool) -> None:
    if connection.dialect.name == "sqlite":
        connection.commit()  # inside of a transaction the database does not listen
        connection.connection.cursor().execute(f"PRAGMA foreign_keys = {'ON' if on else 'OFF'}")
    else:
        connection.execute(text(f"SET session_replication_role = {'origin' if on else 'replica'}"))
