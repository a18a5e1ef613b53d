"""Requests for a second person's approval."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0033"
down_revision: str | None = "0032"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "approvals",
        sa.Column("contest_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("round_number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("subject", sa.String(length=40), nullable=False),
        sa.Column("proposal", sa.Text(), nullable=False),
        sa.Column("basis", sa.String(length=64), nullable=False),
        sa.Column("figures", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("asked_by", sa.BigInteger(), nullable=False),
        sa.Column("asked_name", sa.String(length=300), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("ended_by", sa.BigInteger(), nullable=True),
        sa.Column("ended_name", sa.String(length=300), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("end_reason", sa.Text(), nullable=True),
        sa.CheckConstraint("kind IN ('publish', 'key')", name=op.f("ck_approvals_known_kind")),
        sa.CheckConstraint(
            "state IN ('waiting', 'approved', 'declined', 'withdrawn', 'lapsed')",
            name=op.f("ck_approvals_known_state"),
        ),
        sa.CheckConstraint(
            "(state = 'waiting') = (ended_at IS NULL)", name=op.f("ck_approvals_ended_when_not_waiting")
        ),
        sa.CheckConstraint(
            "state <> 'approved' OR (ended_by IS NOT NULL AND ended_by <> asked_by)",
            name=op.f("ck_approvals_approved_by_another"),
        ),
        sa.ForeignKeyConstraint(
            ["contest_id", "round_number"],
            ["rounds.contest_id", "rounds.number"],
            name=op.f("fk_approvals_contest_id_round_number_rounds"),
        ),
        sa.PrimaryKeyConstraint("contest_id", "id", name=op.f("pk_approvals")),
    )
    op.create_index(
        "uq_approvals_waiting",
        "approvals",
        ["contest_id", "round_number", "kind", "subject"],
        unique=True,
        sqlite_where=sa.text("state = 'waiting'"),
        postgresql_where=sa.text("state = 'waiting'"),
    )


def downgrade() -> None:
    op.drop_index("uq_approvals_waiting", table_name="approvals")
    op.drop_table("approvals")
