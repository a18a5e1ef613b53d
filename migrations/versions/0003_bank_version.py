"""A bank's version is a key of 63 bits instead of a counter."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0003"
down_revision: str | None = "0002"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    with op.batch_alter_table("banks") as batch_op:
        batch_op.alter_column(
            "version", existing_type=sa.Integer(), type_=sa.BigInteger(), existing_nullable=False
        )


def downgrade() -> None:
    op.execute("UPDATE banks SET version = 1")  # keys do not fit into 31 bits
    with op.batch_alter_table("banks") as batch_op:
        batch_op.alter_column(
            "version", existing_type=sa.BigInteger(), type_=sa.Integer(), existing_nullable=False
        )
