"""What entrants say against an annulment, and the answers."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0023"
down_revision: str | None = "0022"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "objections",
        sa.Column("contest_id", sa.Integer(), nullable=False),
        sa.Column("annulment_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("entry_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("objected_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(answered_at IS NULL) = (answer IS NULL)", name=op.f("ck_objections_answered_in_words")
        ),
        sa.ForeignKeyConstraint(
            ["contest_id", "annulment_id"],
            ["annulments.contest_id", "annulments.id"],
            name=op.f("fk_objections_contest_id_annulment_id_annulments"),
        ),
        sa.ForeignKeyConstraint(
            ["contest_id", "entry_id"],
            ["entries.contest_id", "entries.id"],
            name=op.f("fk_objections_contest_id_entry_id_entries"),
        ),
        sa.PrimaryKeyConstraint("contest_id", "annulment_id", "entry_id", name=op.f("pk_objections")),
    )


def downgrade() -> None:
    op.drop_table("objections")
