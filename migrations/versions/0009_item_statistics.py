"""Item statistics: what was computed of each round and of each wording in it."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0009"
down_revision: str | None = "0008"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "round_analyses",
        sa.Column("contest_id", sa.Integer(), nullable=False),
        sa.Column("round_number", sa.Integer(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("closed", sa.Integer(), nullable=False),
        sa.Column("calibrated", sa.Integer(), nullable=False),
        sa.Column("mean", sa.Double(), nullable=True),
        sa.Column("deviation", sa.Double(), nullable=True),
        sa.Column("alpha", sa.Double(), nullable=True),
        sa.Column("error", sa.Double(), nullable=True),
        sa.Column("distribution", sa.Text(), nullable=False),
        sa.Column("computed_at", sa.DateTime(timezone=True), nullable=False),
        _round_key("round_analyses"),
        sa.PrimaryKeyConstraint("contest_id", "round_number", name=op.f("pk_round_analyses")),
    )
    op.create_table(
        "item_statistics",
        sa.Column("contest_id", sa.Integer(), nullable=False),
        sa.Column("round_number", sa.Integer(), nullable=False),
        sa.Column("revision_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("question_id", sa.BigInteger(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("questions", sa.Integer(), nullable=False),
        sa.Column("facility", sa.Double(), nullable=False),
        *(sa.Column(name, sa.Double(), nullable=True) for name in _FIGURES),
        sa.Column("flags", sa.Text(), nullable=False),
        sa.Column("suspected_key", sa.Integer(), nullable=True),
        sa.Column("tally", sa.Text(), nullable=False),
        sa.Column("computed_at", sa.DateTime(timezone=True), nullable=False),
        _round_key("item_statistics"),
        sa.ForeignKeyConstraint(
            ["revision_id"],
            ["question_revisions.id"],
            name=op.f("fk_item_statistics_revision_id_question_revisions"),
        ),
        sa.ForeignKeyConstraint(
            ["question_id"], ["questions.id"], name=op.f("fk_item_statistics_question_id_questions")
        ),
        sa.PrimaryKeyConstraint("contest_id", "round_number", "revision_id", name=op.f("pk_item_statistics")),
    )
    op.create_index("ix_item_statistics_question_id", "item_statistics", ["question_id"])


_FIGURES = (
    "discrimination", "efficiency", "weight", "difficulty", "difficulty_error", "infit", "outfit",
)  # fmt: skip


def _round_key(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["contest_id", "round_number"],
        ["rounds.contest_id", "rounds.number"],
        name=op.f(f"fk_{table}_contest_id_round_number_rounds"),
    )


def downgrade() -> None:
    op.drop_table("item_statistics")
    op.drop_table("round_analyses")
