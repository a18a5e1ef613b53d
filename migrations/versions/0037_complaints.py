"""Complaints about results, and their answers."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0037"
down_revision: str | None = "0036"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "complaints",
        sa.Column("contest_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("round_number", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.BigInteger(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("verdict", sa.String(length=40), nullable=True),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by", sa.BigInteger(), nullable=True),
        sa.Column("answered_name", sa.String(length=300), nullable=True),
        sa.CheckConstraint("verdict IN ('upheld', 'dismissed')", name=op.f("ck_complaints_known_verdict")),
        sa.CheckConstraint(
            "(answered_at IS NULL) = (answer IS NULL) AND (answered_at IS NULL) = (verdict IS NULL)",
            name=op.f("ck_complaints_answered_whole"),
        ),
        sa.ForeignKeyConstraint(
            ["contest_id", "round_number"],
            ["rounds.contest_id", "rounds.number"],
            name=op.f("fk_complaints_contest_id_round_number_rounds"),
        ),
        sa.ForeignKeyConstraint(
            ["contest_id", "entry_id"],
            ["entries.contest_id", "entries.id"],
            name=op.f("fk_complaints_contest_id_entry_id_entries"),
        ),
        sa.PrimaryKeyConstraint("contest_id", "number", name=op.f("pk_complaints")),
    )
    op.create_index("ix_complaints_contest_id_entry_id", "complaints", ["contest_id", "entry_id"])


def downgrade() -> None:
    op.drop_index("ix_complaints_contest_id_entry_id", table_name="complaints")
    op.drop_table("complaints")
