"""Lists of merit beside the contest's own: a collective rule may ask for one of another name."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0047"
down_revision: str | None = "0046"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    with op.batch_alter_table("unit_merits") as batch_op:
        batch_op.add_column(sa.Column("list_name", sa.String(length=300), nullable=False, server_default=""))
        batch_op.drop_constraint(op.f("pk_unit_merits"), type_="primary")
        batch_op.create_primary_key(op.f("pk_unit_merits"), ["contest_id", "list_name", "unit_id"])
    with op.batch_alter_table("unit_merits") as batch_op:
        batch_op.alter_column("list_name", existing_type=sa.String(length=300), server_default=None)


def downgrade() -> None:
    rows = sa.table("unit_merits", sa.column("list_name"))
    op.execute(sa.delete(rows).where(rows.c.list_name != ""))
    with op.batch_alter_table("unit_merits") as batch_op:
        batch_op.drop_constraint(op.f("pk_unit_merits"), type_="primary")
        batch_op.create_primary_key(op.f("pk_unit_merits"), ["contest_id", "unit_id"])
        batch_op.drop_column("list_name")
