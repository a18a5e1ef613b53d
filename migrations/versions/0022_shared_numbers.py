"""What organisers decided about several people with one number; who shares an ID number is an index range."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0022"
down_revision: str | None = "0021"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    op.create_index("ix_entries_contest_id_national_id_key", "entries", ["contest_id", "national_id_key"])
    op.create_table(
        "number_decisions",
        sa.Column("contest_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("number_key", sa.String(length=40), nullable=False),
        sa.Column("kept_id", sa.BigInteger(), nullable=True),
        sa.Column("set_aside", sa.Text(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("staff_id", sa.BigInteger(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undo_reason", sa.Text(), nullable=True),
        sa.CheckConstraint("kind IN ('phone', 'national_id')", name=op.f("ck_number_decisions_known_kind")),
        sa.ForeignKeyConstraint(
            ["contest_id", "kept_id"],
            ["entries.contest_id", "entries.id"],
            name=op.f("fk_number_decisions_contest_id_kept_id_entries"),
        ),
        sa.PrimaryKeyConstraint("contest_id", "id", name=op.f("pk_number_decisions")),
    )
    op.create_index(
        "uq_number_decisions_standing",
        "number_decisions",
        ["contest_id", "kind", "number_key"],
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_index(
        "ix_number_decisions_contest_id_decided_at", "number_decisions", ["contest_id", "decided_at"]
    )


def downgrade() -> None:
    op.drop_table("number_decisions")
    op.drop_index("ix_entries_contest_id_national_id_key", "entries")
