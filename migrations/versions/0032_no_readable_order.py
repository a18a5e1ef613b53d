"""The key by which lists were sorted told the name: it goes. Hashes of names are short."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0032"
down_revision: str | None = "0031"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

_TABLES = ("entries", "roster_people", "barred_people")
_WITH_WORDS = ("entries", "roster_people")


def upgrade() -> None:
    for table in _TABLES:
        with op.batch_alter_table(table) as batch_op:
            batch_op.alter_column("name_key", existing_type=sa.String(300), type_=sa.String(40))
            if table in _WITH_WORDS:
                batch_op.alter_column("name_words", existing_type=sa.Text(), server_default=None)
            if table == "entries":
                batch_op.alter_column("is_erased", existing_type=sa.Boolean(), server_default=None)
                batch_op.drop_column("sort_key")


def downgrade() -> None:
    for table in _TABLES:
        with op.batch_alter_table(table) as batch_op:
            if table == "entries":
                batch_op.add_column(
                    sa.Column("sort_key", sa.String(length=300), nullable=False, server_default="")
                )
            batch_op.alter_column("name_key", existing_type=sa.String(40), type_=sa.String(300))
    with op.batch_alter_table("entries") as batch_op:
        batch_op.alter_column("sort_key", existing_type=sa.String(300), server_default=None)
