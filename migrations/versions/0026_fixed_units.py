"""Whoever has started before keeps the unit too: the first start fixes it."""

from collections.abc import Sequence

from alembic import op

revision: str = "0026"
down_revision: str | None = "0025"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    op.execute(
        """
        UPDATE entries SET unit_fixed_at = (
            SELECT min(attempts.started_at) FROM attempts
            WHERE attempts.contest_id = entries.contest_id AND attempts.entry_id = entries.id
        ) WHERE unit_fixed_at IS NULL
        """
    )


def downgrade() -> None:
    op.execute("UPDATE entries SET unit_fixed_at = NULL")
