"""Suspected twins and what was decided about entries."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0015"
down_revision: str | None = "0014"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "vetting_passes",
        sa.Column("contest_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("compared_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("entrants", sa.Integer(), nullable=False),
        sa.Column("pairs", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["contest_id"], ["contests.id"], name=op.f("fk_vetting_passes_contest_id_contests")
        ),
        sa.PrimaryKeyConstraint("contest_id", name=op.f("pk_vetting_passes")),
    )
    op.create_table(
        "suspicions",
        sa.Column("contest_id", sa.Integer(), nullable=False),
        sa.Column("first_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("second_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("score", sa.Double(), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("found_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("dismissed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("dismissed_by", sa.BigInteger(), nullable=True),
        sa.Column("dismiss_reason", sa.Text(), nullable=True),
        sa.CheckConstraint("first_id < second_id", name=op.f("ck_suspicions_first_is_smaller")),
        *_to_entries("suspicions", "first_id", "second_id"),
        sa.PrimaryKeyConstraint("contest_id", "first_id", "second_id", name=op.f("pk_suspicions")),
    )
    op.create_table(
        "rulings",
        sa.Column("contest_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("entry_id", sa.BigInteger(), nullable=False),
        sa.Column("kept_id", sa.BigInteger(), nullable=True),
        sa.Column("category", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("moved", sa.Text(), nullable=False),
        sa.Column("rounds", sa.Text(), nullable=False),
        sa.Column("staff_id", sa.BigInteger(), nullable=True),
        sa.Column("staff_name", sa.Text(), nullable=False),
        sa.Column("ruled_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undo_reason", sa.Text(), nullable=True),
        sa.Column("appeal", sa.Text(), nullable=True),
        sa.Column("appealed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("kind IN ('merged', 'disqualified')", name=op.f("ck_rulings_known_kind")),
        *_to_entries("rulings", "entry_id", "kept_id"),
        sa.PrimaryKeyConstraint("contest_id", "id", name=op.f("pk_rulings")),
    )
    op.create_index("ix_rulings_contest_id_entry_id", "rulings", ["contest_id", "entry_id"])


def downgrade() -> None:
    op.drop_index("ix_rulings_contest_id_entry_id", "rulings")
    for table in ("rulings", "suspicions", "vetting_passes"):
        op.drop_table(table)


def _to_entries(table: str, *columns: str) -> list[sa.ForeignKeyConstraint]:
    return [
        sa.ForeignKeyConstraint(
            ["contest_id", column],
            ["entries.contest_id", "entries.id"],
            name=op.f(f"fk_{table}_contest_id_{column}_entries"),
        )
        for column in columns
    ]
