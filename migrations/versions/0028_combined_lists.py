"""Combined lists over several rounds, and places within categories."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0028"
down_revision: str | None = "0027"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "standing_lists",
        sa.Column("contest_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("settings", sa.Text(), nullable=False),
        sa.Column("ranked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["contest_id"], ["contests.id"], name=op.f("fk_standing_lists_contest_id_contests")
        ),
        sa.PrimaryKeyConstraint("contest_id", "number", name=op.f("pk_standing_lists")),
    )
    op.create_table(
        "list_results",
        sa.Column("contest_id", sa.Integer(), nullable=False),
        sa.Column("list_number", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("attempt_id", sa.BigInteger(), nullable=True),
        sa.Column("rounds", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.BigInteger(), nullable=True),
        sa.Column("category", sa.String(length=40), nullable=True),
        sa.Column("correct_count", sa.Integer(), nullable=False),
        sa.Column("question_count", sa.Integer(), nullable=False),
        sa.Column("duration_ms", sa.Integer(), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("times_at_best", sa.Integer(), nullable=False),
        sa.Column("first_start", sa.DateTime(timezone=True), nullable=False),
        sa.Column("registered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("prediction_error", sa.String(length=40), nullable=True),
        sa.Column("rank_key", sa.LargeBinary(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=True),
        sa.Column("category_rank", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["contest_id", "entry_id"],
            ["entries.contest_id", "entries.id"],
            name=op.f("fk_list_results_contest_id_entry_id_entries"),
        ),
        sa.ForeignKeyConstraint(
            ["contest_id", "list_number"],
            ["standing_lists.contest_id", "standing_lists.number"],
            name=op.f("fk_list_results_contest_id_list_number_standing_lists"),
        ),
        sa.ForeignKeyConstraint(
            ["contest_id", "unit_id"],
            ["contest_units.contest_id", "contest_units.id"],
            name=op.f("fk_list_results_contest_id_unit_id_contest_units"),
        ),
        sa.PrimaryKeyConstraint("contest_id", "list_number", "entry_id", name=op.f("pk_list_results")),
    )
    op.create_index(
        "ix_list_results_board", "list_results", ["contest_id", "list_number", "rank_key", "entry_id"]
    )
    op.create_index("ix_list_results_units", "list_results", ["contest_id", "list_number", "unit_id"])
    op.add_column("rounds", sa.Column("list_numbers", sa.Text(), nullable=True))
    op.add_column("results", sa.Column("category", sa.String(length=40), nullable=True))
    op.add_column("results", sa.Column("category_rank", sa.Integer(), nullable=True))


def downgrade() -> None:
    op.drop_column("results", "category_rank")
    op.drop_column("results", "category")
    op.drop_column("rounds", "list_numbers")
    op.drop_table("list_results")
    op.drop_table("standing_lists")
