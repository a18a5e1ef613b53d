"""Certificates, the files they are printed to, and what stands at the head of a contest's papers."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0041"
down_revision: str | None = "0040"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def _round(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["contest_id", "round_number"],
        ["rounds.contest_id", "rounds.number"],
        name=op.f(f"fk_{table}_contest_id_round_number_rounds"),
    )


def upgrade() -> None:
    op.create_table(
        "certificates",
        sa.Column("contest_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("round_number", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("serial", sa.Integer(), nullable=False),
        sa.Column("prize", sa.String(length=300), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdraw_reason", sa.Text(), nullable=True),
        sa.CheckConstraint("kind IN ('winner', 'participant')", name=op.f("ck_certificates_known_kind")),
        _round("certificates"),
        sa.ForeignKeyConstraint(
            ["contest_id", "entry_id"],
            ["entries.contest_id", "entries.id"],
            name=op.f("fk_certificates_contest_id_entry_id_entries"),
        ),
        sa.PrimaryKeyConstraint("contest_id", "id", name=op.f("pk_certificates")),
        sa.UniqueConstraint("contest_id", "code", name=op.f("uq_certificates_contest_id_code")),
        sa.UniqueConstraint("contest_id", "serial", name=op.f("uq_certificates_contest_id_serial")),
    )
    op.create_index(
        "uq_certificates_valid",
        "certificates",
        ["contest_id", "round_number", "kind", "entry_id"],
        unique=True,
        sqlite_where=sa.text("withdrawn_at IS NULL"),
        postgresql_where=sa.text("withdrawn_at IS NULL"),
    )
    op.create_table(
        "paper_files",
        sa.Column("contest_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("round_number", sa.Integer(), nullable=False),
        sa.Column("bundle", sa.BigInteger(), nullable=False),
        sa.Column("part", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        _round("paper_files"),
        sa.PrimaryKeyConstraint("contest_id", "id", name=op.f("pk_paper_files")),
    )
    op.create_index("ix_paper_files_made_at", "paper_files", ["made_at"])
    op.create_table(
        "paper_headings",
        sa.Column("contest_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("data", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["contest_id"], ["contests.id"], name=op.f("fk_paper_headings_contest_id_contests")
        ),
        sa.PrimaryKeyConstraint("contest_id", name=op.f("pk_paper_headings")),
    )


def downgrade() -> None:
    for table in ("paper_headings", "paper_files", "certificates"):
        op.drop_table(table)
