"""Requests for another unit after the first start."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0025"
down_revision: str | None = "0024"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "unit_requests",
        sa.Column("contest_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("entry_id", sa.BigInteger(), nullable=False),
        sa.Column("from_unit_id", sa.BigInteger(), nullable=True),
        sa.Column("to_unit_id", sa.BigInteger(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decision", sa.String(length=40), nullable=True),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("staff_id", sa.BigInteger(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "decision IN ('approved', 'refused', 'withdrawn')", name=op.f("ck_unit_requests_known_decision")
        ),
        sa.ForeignKeyConstraint(
            ["contest_id", "entry_id"],
            ["entries.contest_id", "entries.id"],
            name=op.f("fk_unit_requests_contest_id_entry_id_entries"),
        ),
        sa.ForeignKeyConstraint(
            ["contest_id", "from_unit_id"],
            ["contest_units.contest_id", "contest_units.id"],
            name=op.f("fk_unit_requests_contest_id_from_unit_id_contest_units"),
        ),
        sa.ForeignKeyConstraint(
            ["contest_id", "to_unit_id"],
            ["contest_units.contest_id", "contest_units.id"],
            name=op.f("fk_unit_requests_contest_id_to_unit_id_contest_units"),
        ),
        sa.PrimaryKeyConstraint("contest_id", "id", name=op.f("pk_unit_requests")),
    )
    op.create_index(
        "uq_unit_requests_one_open",
        "unit_requests",
        ["contest_id", "entry_id"],
        unique=True,
        sqlite_where=sa.text("decision IS NULL"),
        postgresql_where=sa.text("decision IS NULL"),
    )
    op.create_index("ix_unit_requests_contest_id_asked_at", "unit_requests", ["contest_id", "asked_at"])


def downgrade() -> None:
    op.drop_table("unit_requests")
