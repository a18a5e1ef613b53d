"""Prizes of rounds, the decisions they follow, and how far the check of each winner is."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0036"
down_revision: str | None = "0035"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def _round(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["contest_id", "round_number"],
        ["rounds.contest_id", "rounds.number"],
        name=op.f(f"fk_{table}_contest_id_round_number_rounds"),
    )


def _entry(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["contest_id", "entry_id"],
        ["entries.contest_id", "entries.id"],
        name=op.f(f"fk_{table}_contest_id_entry_id_entries"),
    )


def upgrade() -> None:
    op.create_table(
        "award_lists",
        sa.Column("contest_id", sa.Integer(), nullable=False),
        sa.Column("round_number", sa.Integer(), nullable=False),
        sa.Column("listed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ties", sa.Text(), nullable=False),
        _round("award_lists"),
        sa.PrimaryKeyConstraint("contest_id", "round_number", name=op.f("pk_award_lists")),
    )
    op.create_table(
        "awards",
        sa.Column("contest_id", sa.Integer(), nullable=False),
        sa.Column("round_number", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("list_code", sa.String(length=40), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("prize", sa.String(length=300), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        _round("awards"),
        _entry("awards"),
        sa.PrimaryKeyConstraint("contest_id", "round_number", "entry_id", name=op.f("pk_awards")),
    )
    op.create_index("ix_awards_contest_id_entry_id", "awards", ["contest_id", "entry_id"])
    op.create_table(
        "award_rulings",
        sa.Column("contest_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("round_number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("people", sa.Text(), nullable=False),
        sa.Column("all_alike", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("staff_id", sa.BigInteger(), nullable=True),
        sa.Column("staff_name", sa.String(length=300), nullable=False),
        sa.Column("ruled_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("end_reason", sa.Text(), nullable=True),
        sa.CheckConstraint("kind IN ('out', 'tie')", name=op.f("ck_award_rulings_known_kind")),
        _round("award_rulings"),
        sa.PrimaryKeyConstraint("contest_id", "id", name=op.f("pk_award_rulings")),
    )
    op.create_index(
        "ix_award_rulings_contest_id_round_number", "award_rulings", ["contest_id", "round_number"]
    )
    op.create_table(
        "award_checks",
        sa.Column("contest_id", sa.Integer(), nullable=False),
        sa.Column("round_number", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.BigInteger(), autoincrement=False, nullable=False),
        *(
            column
            for name in ("called", "identity", "unit")
            for column in (
                sa.Column(f"{name}_at", sa.DateTime(timezone=True), nullable=True),
                sa.Column(f"{name}_by", sa.String(length=300), nullable=True),
            )
        ),
        sa.Column("note", sa.Text(), nullable=True),
        _round("award_checks"),
        _entry("award_checks"),
        sa.PrimaryKeyConstraint("contest_id", "round_number", "entry_id", name=op.f("pk_award_checks")),
    )


def downgrade() -> None:
    for table in ("award_checks", "award_rulings", "awards", "award_lists"):
        op.drop_table(table)
