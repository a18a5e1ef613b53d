"""Prizes, decisions, checks and papers of combined lists, which hang on the last of a list's rounds."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0046"
down_revision: str | None = "0045"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

_KEYED = {
    "award_lists": ["contest_id", "round_number"],
    "awards": ["contest_id", "round_number", "entry_id"],
    "award_checks": ["contest_id", "round_number", "entry_id"],
}
_PLAIN = ("award_rulings", "certificates", "paper_files")
_VALID = ["contest_id", "round_number", "kind", "entry_id"]
_STANDS = sa.text("withdrawn_at IS NULL")


def _valid(columns: list[str]) -> None:
    where = {"sqlite_where": _STANDS, "postgresql_where": _STANDS}
    op.create_index("uq_certificates_valid", "certificates", columns, unique=True, **where)


def _column() -> sa.Column[int]:
    return sa.Column("list_number", sa.Integer(), nullable=False, server_default="0")


def upgrade() -> None:
    for table, key in _KEYED.items():
        with op.batch_alter_table(table) as batch_op:
            batch_op.add_column(_column())
            batch_op.drop_constraint(op.f(f"pk_{table}"), type_="primary")
            batch_op.create_primary_key(op.f(f"pk_{table}"), [*key[:2], "list_number", *key[2:]])
    op.drop_index("uq_certificates_valid", "certificates")
    for table in _PLAIN:
        with op.batch_alter_table(table) as batch_op:
            batch_op.add_column(_column())
    for table in (*_KEYED, *_PLAIN):
        with op.batch_alter_table(table) as batch_op:
            batch_op.alter_column("list_number", existing_type=sa.Integer(), server_default=None)
    _valid([*_VALID[:2], "list_number", *_VALID[2:]])


def downgrade() -> None:
    for table in (*_KEYED, *_PLAIN):
        rows = sa.table(table, sa.column("list_number"))
        op.execute(sa.delete(rows).where(rows.c.list_number != 0))
    op.drop_index("uq_certificates_valid", "certificates")
    for table in reversed(_PLAIN):
        with op.batch_alter_table(table) as batch_op:
            batch_op.drop_column("list_number")
    _valid(_VALID)
    for table, key in reversed(_KEYED.items()):
        with op.batch_alter_table(table) as batch_op:
            batch_op.drop_constraint(op.f(f"pk_{table}"), type_="primary")
            batch_op.create_primary_key(op.f(f"pk_{table}"), key)
            batch_op.drop_column("list_number")
