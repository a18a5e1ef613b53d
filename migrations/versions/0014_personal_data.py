"""What people ask about their data, and who was shown unmasked data."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0014"
down_revision: str | None = "0013"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "data_requests",
        sa.Column("contest_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("entry_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answer_by", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done_by", sa.DateTime(timezone=True), nullable=False),
        sa.Column("wish_cipher", sa.Text(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("staff_id", sa.BigInteger(), nullable=True),
        sa.CheckConstraint(
            "kind IN ('correct', 'erase', 'withdraw', 'object')", name=op.f("ck_data_requests_known_kind")
        ),
        sa.CheckConstraint(
            "state IN ('waiting', 'done', 'refused', 'taken_back')", name=op.f("ck_data_requests_known_state")
        ),
        sa.CheckConstraint(
            "(state = 'waiting') = (closed_at IS NULL)", name=op.f("ck_data_requests_closed_when_over")
        ),
        sa.ForeignKeyConstraint(
            ["contest_id", "entry_id"],
            ["entries.contest_id", "entries.id"],
            name=op.f("fk_data_requests_contest_id_entry_id_entries"),
        ),
        sa.PrimaryKeyConstraint("contest_id", "id", name=op.f("pk_data_requests")),
    )
    op.create_index(
        "ix_data_requests_contest_id_state", "data_requests", ["contest_id", "state", "answer_by"]
    )
    op.create_index("ix_data_requests_contest_id_entry_id", "data_requests", ["contest_id", "entry_id"])
    op.create_table(
        "disclosures",
        sa.Column("contest_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("entry_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("staff_id", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.CheckConstraint("kind IN ('view', 'export')", name=op.f("ck_disclosures_known_kind")),
        sa.ForeignKeyConstraint(
            ["contest_id", "entry_id"],
            ["entries.contest_id", "entries.id"],
            name=op.f("fk_disclosures_contest_id_entry_id_entries"),
        ),
        sa.PrimaryKeyConstraint("contest_id", "id", name=op.f("pk_disclosures")),
    )
    op.create_index("ix_disclosures_staff_id_at", "disclosures", ["staff_id", "at"])
    op.create_index("ix_disclosures_contest_id_entry_id", "disclosures", ["contest_id", "entry_id"])


def downgrade() -> None:
    op.drop_table("disclosures")
    op.drop_table("data_requests")
