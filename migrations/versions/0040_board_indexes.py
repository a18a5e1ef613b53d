"""Boards find digits of phones and categories by an index."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0040"
down_revision: str | None = "0039"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

_HAS_CATEGORY = sa.text("category IS NOT NULL")


def upgrade() -> None:
    op.create_index("ix_entries_contest_id_phone_tail", "entries", ["contest_id", "phone_tail"])
    for table, number in (("results", "round_number"), ("list_results", "list_number")):
        op.create_index(
            f"ix_{table}_categories",
            table,
            ["contest_id", number, "category", "rank_key", "entry_id"],
            sqlite_where=_HAS_CATEGORY,
            postgresql_where=_HAS_CATEGORY,
        )


def downgrade() -> None:
    for table in ("list_results", "results"):
        op.drop_index(f"ix_{table}_categories", table_name=table)
    op.drop_index("ix_entries_contest_id_phone_tail", table_name="entries")
