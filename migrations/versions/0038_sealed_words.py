"""What people write about themselves, and what they are answered, is encrypted, and what somebody needs.

Works with the data key of the running settings, in batches; going down needs the key too.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op
from flask import current_app

revision: str = "0038"
down_revision: str | None = "0037"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

_AT_ONCE = 1000
# Table, its key, and what is sealed of it; purposes are "table.column".
_SEALED = (
    ("accommodations", ("contest_id", "entry_id"), ("reason",)),
    ("rulings", ("contest_id", "id"), ("appeal", "answer")),
    ("objections", ("contest_id", "annulment_id", "entry_id"), ("words", "answer")),
    ("complaints", ("contest_id", "number"), ("words", "answer")),
    ("unit_requests", ("contest_id", "id"), ("reason", "answer")),
)
_Change = Callable[[str, str, str], str]


def upgrade() -> None:
    for table, key, columns in _SEALED:
        _rewrite(table, key, columns, current_app.extensions["keyring"].encrypt)


def downgrade() -> None:
    for table, key, columns in _SEALED:
        _rewrite(table, key, columns, current_app.extensions["keyring"].decrypt)


def _rewrite(table: str, key: tuple[str, ...], columns: tuple[str, ...], change: _Change) -> None:
    rows = sa.table(table, *(sa.column(name) for name in (*key, *columns)))
    statement = (
        sa.update(rows)
        .where(*(rows.c[name] == sa.bindparam(f"key_{name}") for name in key))
        .values({name: sa.bindparam(f"new_{name}") for name in columns})
    )
    for batch in _batches(rows, key):
        made = [
            {f"key_{name}": row[name] for name in key}
            | {f"new_{name}": _changed(change, f"{table}.{name}", row[name]) for name in columns}
            for row in batch
        ]
        op.get_bind().execute(statement, made)


def _batches(rows: sa.TableClause, key: tuple[str, ...]) -> Iterator[list[dict[str, Any]]]:
    order = [rows.c[name] for name in key]
    wanted = sa.select(rows).order_by(*order).limit(_AT_ONCE)
    batch = [dict(row) for row in op.get_bind().execute(wanted).mappings()]
    while batch:
        yield batch
        further = wanted.where(sa.tuple_(*order) > tuple(batch[-1][name] for name in key))
        batch = [dict(row) for row in op.get_bind().execute(further).mappings()]


def _changed(change: _Change, purpose: str, value: str | None) -> str | None:
    return None if value is None else change(purpose, value, "")
