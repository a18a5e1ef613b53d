"""Headcounts with a day and a history, targets and merit of a contest's units."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0035"
down_revision: str | None = "0034"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def _of_unit(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["contest_id", "unit_id"],
        ["contest_units.contest_id", "contest_units.id"],
        name=op.f(f"fk_{table}_contest_id_unit_id_contest_units"),
    )


def upgrade() -> None:
    with op.batch_alter_table("contests") as batch_op:
        batch_op.add_column(sa.Column("units_at", sa.DateTime(timezone=True), nullable=True))
    with op.batch_alter_table("contest_units") as batch_op:
        batch_op.add_column(sa.Column("headcount_on", sa.Date(), nullable=True))
    op.create_table(
        "unit_headcounts",
        sa.Column("contest_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("unit_id", sa.BigInteger(), nullable=False),
        sa.Column("category", sa.String(length=40), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("staff_id", sa.BigInteger(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("people >= 0", name=op.f("ck_unit_headcounts_people_not_negative")),
        sa.CheckConstraint(
            "state IN ('proposed', 'approved', 'refused', 'replaced')",
            name=op.f("ck_unit_headcounts_known_state"),
        ),
        _of_unit("unit_headcounts"),
        sa.PrimaryKeyConstraint("contest_id", "id", name=op.f("pk_unit_headcounts")),
    )
    op.create_index("ix_unit_headcounts_contest_id_unit_id", "unit_headcounts", ["contest_id", "unit_id"])
    op.create_index("ix_unit_headcounts_contest_id_state", "unit_headcounts", ["contest_id", "state"])
    op.create_table(
        "unit_targets",
        sa.Column("contest_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("round_number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("people", sa.Integer(), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=True),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("staff_id", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("people > 0", name=op.f("ck_unit_targets_people_positive")),
        sa.CheckConstraint("attempts > 0", name=op.f("ck_unit_targets_attempts_positive")),
        _of_unit("unit_targets"),
        sa.PrimaryKeyConstraint("contest_id", "unit_id", "round_number", name=op.f("pk_unit_targets")),
    )
    op.create_table(
        "unit_merits",
        sa.Column("contest_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("points", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("staff_id", sa.BigInteger(), nullable=True),
        _of_unit("unit_merits"),
        sa.PrimaryKeyConstraint("contest_id", "unit_id", name=op.f("pk_unit_merits")),
    )


def downgrade() -> None:
    op.drop_table("unit_merits")
    op.drop_table("unit_targets")
    op.drop_table("unit_headcounts")
    with op.batch_alter_table("contest_units") as batch_op:
        batch_op.drop_column("headcount_on")
    with op.batch_alter_table("contests") as batch_op:
        batch_op.drop_column("units_at")
