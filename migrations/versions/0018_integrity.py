"""What was found when papers were looked at, and attempts that were annulled."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0018"
down_revision: str | None = "0017"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    # Two columns that nobody fills yet: no row is rewritten, and the version before this one may go on.
    op.add_column("attempts", sa.Column("annulment_id", sa.BigInteger(), nullable=True))
    op.add_column("attempts", sa.Column("void_notice", sa.Text(), nullable=True))
    op.create_table(
        "integrity_reviews",
        *_round(),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("cases", sa.Integer(), nullable=False),
        sa.Column("figures", sa.Text(), nullable=False),
        sa.Column("computed_at", sa.DateTime(timezone=True), nullable=False),
        _round_key("integrity_reviews"),
        sa.PrimaryKeyConstraint("contest_id", "round_number", name=op.f("pk_integrity_reviews")),
    )
    op.create_table(
        "integrity_cases",
        *_round(),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("kinds", sa.Integer(), nullable=False),
        sa.Column("p", sa.Double(), nullable=True),
        sa.Column("corrected", sa.Double(), nullable=True),
        *(
            sa.Column(name, sa.Text(), nullable=False)
            for name in ("people", "attempts", "findings", "effect")
        ),
        _round_key("integrity_cases"),
        sa.PrimaryKeyConstraint("contest_id", "round_number", "key", name=op.f("pk_integrity_cases")),
    )
    op.create_table(
        "integrity_verdicts",
        *_round(),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("staff_id", sa.BigInteger(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        _round_key("integrity_verdicts"),
        sa.PrimaryKeyConstraint("contest_id", "round_number", "key", name=op.f("pk_integrity_verdicts")),
    )
    _annulments()


def _annulments() -> None:
    op.create_table(
        "annulments",
        sa.Column("contest_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("round_number", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in _TEXTS),
        sa.Column("staff_id", sa.BigInteger(), nullable=True),
        sa.Column("applied_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_by", sa.BigInteger(), nullable=True),
        sa.Column("undo_reason", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "(undone_at IS NULL) = (undo_reason IS NULL)", name=op.f("ck_annulments_undone_with_reason")
        ),
        _round_key("annulments"),
        sa.PrimaryKeyConstraint("contest_id", "id", name=op.f("pk_annulments")),
    )
    op.create_index("ix_annulments_round", "annulments", ["contest_id", "round_number", "applied_at"])


_TEXTS = ("filter", "attempts", "figures", "reason", "notice")


def _round() -> tuple[sa.Column[int], sa.Column[int]]:
    return (
        sa.Column("contest_id", sa.Integer(), nullable=False),
        sa.Column("round_number", sa.Integer(), nullable=False),
    )


def _round_key(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["contest_id", "round_number"],
        ["rounds.contest_id", "rounds.number"],
        name=op.f(f"fk_{table}_contest_id_round_number_rounds"),
    )


def downgrade() -> None:
    for table in ("annulments", "integrity_verdicts", "integrity_cases", "integrity_reviews"):
        op.drop_table(table)
    # Annulled attempts would count as given back: the entrant may start again, which is the milder error.
    op.drop_column("attempts", "void_notice")
    op.drop_column("attempts", "annulment_id")
