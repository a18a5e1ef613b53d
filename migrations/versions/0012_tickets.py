"""The line at the door and its tickets; how many started within the last seconds is an index range."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0012"
down_revision: str | None = "0011"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "waiting_line",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("issued", sa.BigInteger(), nullable=False),
        sa.Column("called", sa.BigInteger(), nullable=False),
        sa.Column("called_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recounted_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("called <= issued", name=op.f("ck_waiting_line_called_were_issued")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_waiting_line")),
    )
    op.create_table(
        "tickets",
        sa.Column("contest_id", sa.Integer(), nullable=False),
        sa.Column("round_number", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("called_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("freed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["contest_id", "entry_id"],
            ["entries.contest_id", "entries.id"],
            name=op.f("fk_tickets_contest_id_entry_id_entries"),
        ),
        sa.ForeignKeyConstraint(
            ["contest_id", "round_number"],
            ["rounds.contest_id", "rounds.number"],
            name=op.f("fk_tickets_contest_id_round_number_rounds"),
        ),
        sa.PrimaryKeyConstraint("contest_id", "round_number", "entry_id", name=op.f("pk_tickets")),
        sa.UniqueConstraint("number", name=op.f("uq_tickets_number")),
    )
    op.create_index("ix_attempts_started_at", "attempts", ["started_at"])


def downgrade() -> None:
    op.drop_index("ix_attempts_started_at", "attempts")
    op.drop_table("tickets")
    op.drop_table("waiting_line")
