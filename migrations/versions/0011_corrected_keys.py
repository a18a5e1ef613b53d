"""Keys that were corrected after attempts existed, and the results before."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0011"
down_revision: str | None = "0010"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "key_changes",
        sa.Column("contest_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("round_number", sa.Integer(), nullable=False),
        sa.Column("revision_id", sa.BigInteger(), nullable=False),
        sa.Column("correction", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("notice", sa.Text(), nullable=False),
        sa.Column("figures", sa.Text(), nullable=False),
        sa.Column("staff_id", sa.BigInteger(), nullable=True),
        sa.Column("applied_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["contest_id", "round_number"],
            ["rounds.contest_id", "rounds.number"],
            name=op.f("fk_key_changes_contest_id_round_number_rounds"),
        ),
        sa.PrimaryKeyConstraint("contest_id", "id", name=op.f("pk_key_changes")),
    )
    op.create_index("ix_key_changes_round", "key_changes", ["contest_id", "round_number", "applied_at"])
    op.create_table(
        "former_results",
        sa.Column("contest_id", sa.Integer(), nullable=False),
        sa.Column("change_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("entry_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("attempt_id", sa.BigInteger(), nullable=False),
        sa.Column("correct_count", sa.Integer(), nullable=False),
        sa.Column("rank_key", sa.LargeBinary(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["contest_id", "change_id"],
            ["key_changes.contest_id", "key_changes.id"],
            name=op.f("fk_former_results_contest_id_change_id_key_changes"),
        ),
        sa.PrimaryKeyConstraint("contest_id", "change_id", "entry_id", name=op.f("pk_former_results")),
    )
    with op.batch_alter_table("rounds") as batch_op:
        batch_op.add_column(sa.Column("corrections", sa.Text(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("rounds") as batch_op:
        batch_op.drop_column("corrections")
    op.drop_table("former_results")
    op.drop_table("key_changes")
