"""By whose personal link an entrant came."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0039"
down_revision: str | None = "0038"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    op.add_column("entries", sa.Column("referred_by", sa.BigInteger(), nullable=True))
    op.create_index("ix_entries_contest_id_referred_by", "entries", ["contest_id", "referred_by"])


def downgrade() -> None:
    op.drop_index("ix_entries_contest_id_referred_by", table_name="entries")
    op.drop_column("entries", "referred_by")
