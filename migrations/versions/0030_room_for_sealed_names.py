"""Room for encrypted names and dates of birth, and for what they are found by; 0031 fills it."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0030"
down_revision: str | None = "0029"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

_TABLES = ("entries", "roster_people", "barred_people")


def upgrade() -> None:
    for table in _TABLES:
        with op.batch_alter_table(table) as batch_op:
            batch_op.alter_column("name", existing_type=sa.String(300), type_=sa.Text())
            batch_op.alter_column(
                "birth_date",
                existing_type=sa.Date(),
                type_=sa.Text(),
                postgresql_using="to_char(birth_date, 'YYYY-MM-DD')",
            )
            for column in _new_columns(table):
                batch_op.add_column(column)
    with op.batch_alter_table("roster_people") as batch_op:
        batch_op.alter_column("code", existing_type=sa.String(40), type_=sa.Text())
    with op.batch_alter_table("barred_people") as batch_op:
        batch_op.alter_column("note", existing_type=sa.String(300), type_=sa.Text())
    op.create_index("ix_entries_contest_id_registered_at", "entries", ["contest_id", "registered_at"])


def downgrade() -> None:
    op.drop_index("ix_entries_contest_id_registered_at", "entries")
    with op.batch_alter_table("barred_people") as batch_op:
        batch_op.alter_column("note", existing_type=sa.Text(), type_=sa.String(300))
    with op.batch_alter_table("roster_people") as batch_op:
        batch_op.alter_column("code", existing_type=sa.Text(), type_=sa.String(40))
    for table in _TABLES:
        _dates_beside(table)
        with op.batch_alter_table(table) as batch_op:
            for column in ("birth_date", *(one.name for one in _new_columns(table))):
                batch_op.drop_column(column)
            batch_op.alter_column("born", new_column_name="birth_date")
            batch_op.alter_column("name", existing_type=sa.Text(), type_=sa.String(300))


def _dates_beside(table: str) -> None:
    """The texts of dates as dates in a column of their own: SQLite would cast such a text to its year."""
    op.add_column(table, sa.Column("born", sa.Date(), nullable=True))
    rows = sa.table(table, sa.column("born"), sa.column("birth_date"))
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    op.execute(
        sa.update(rows).values(born=rows.c.birth_date if is_sqlite else sa.cast(rows.c.birth_date, sa.Date()))
    )


def _new_columns(table: str) -> list[sa.Column[object]]:
    """What is new in a table; the defaults are for rows that are there already."""
    if table == "barred_people":
        return [sa.Column("phone", sa.Text(), nullable=True)]
    words: list[sa.Column[object]] = [sa.Column("name_words", sa.Text(), nullable=False, server_default="")]
    if table == "entries":
        words += [
            sa.Column("origin_cipher", sa.Text(), nullable=True),
            sa.Column("is_erased", sa.Boolean(), nullable=False, server_default=sa.false()),
        ]
    return words
