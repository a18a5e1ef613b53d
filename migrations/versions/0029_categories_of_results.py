"""Results say the category of their entrant, and final ones the place in it, as those from now on do."""

from collections.abc import Sequence

from alembic import op

revision: str = "0029"
down_revision: str | None = "0028"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    op.execute(
        """
        UPDATE results SET category = (
            SELECT entries.category FROM entries
            WHERE entries.contest_id = results.contest_id AND entries.id = results.entry_id
        )
        """
    )
    op.execute(
        """
        UPDATE results SET category_rank = within.place FROM (
            SELECT contest_id, round_number, entry_id,
                rank() OVER (PARTITION BY contest_id, round_number, category ORDER BY rank_key) AS place
            FROM results WHERE rank IS NOT NULL AND category IS NOT NULL
        ) AS within
        WHERE results.contest_id = within.contest_id AND results.round_number = within.round_number
            AND results.entry_id = within.entry_id
        """
    )


def downgrade() -> None:
    op.execute("UPDATE results SET category = NULL, category_rank = NULL")
