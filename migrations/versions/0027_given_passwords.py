"""Passwords that somebody else made have to be replaced by their person; those of today are their own."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0027"
down_revision: str | None = "0026"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    with op.batch_alter_table("staff") as batch_op:
        batch_op.add_column(
            sa.Column("password_given", sa.Boolean(), nullable=False, server_default=sa.false())
        )
    # A step of its own: SQLite copies the rows, and in one step the default is gone before they come.
    with op.batch_alter_table("staff") as batch_op:
        batch_op.alter_column("password_given", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("staff") as batch_op:
        batch_op.drop_column("password_given")
