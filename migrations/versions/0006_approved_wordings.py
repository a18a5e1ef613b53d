"""Questions that are approved are so in their current wording."""

from collections.abc import Sequence

from alembic import op

revision: str = "0006"
down_revision: str | None = "0005"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    op.execute(
        "UPDATE questions SET approved_revision_id = current_revision_id"
        " WHERE state IN ('approved', 'retired')"
    )


def downgrade() -> None:
    op.execute("UPDATE questions SET approved_revision_id = NULL")
