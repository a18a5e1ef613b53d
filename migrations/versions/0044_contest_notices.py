"""Notices on a contest's pages."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0044"
down_revision: str | None = "0043"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "contest_notices",
        sa.Column("contest_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("level", sa.String(length=40), nullable=False),
        sa.Column("from_at", _MOMENT, nullable=False),
        sa.Column("until_at", _MOMENT, nullable=True),
        sa.Column("posted_by", sa.String(length=300), nullable=False),
        sa.Column("posted_at", _MOMENT, nullable=False),
        sa.Column("ended_at", _MOMENT, nullable=True),
        sa.CheckConstraint("level IN ('info', 'warning')", name=op.f("ck_contest_notices_known_level")),
        sa.CheckConstraint("until_at > from_at", name=op.f("ck_contest_notices_ends_after_it_begins")),
        sa.ForeignKeyConstraint(
            ["contest_id"], ["contests.id"], name=op.f("fk_contest_notices_contest_id_contests")
        ),
        sa.PrimaryKeyConstraint("contest_id", "id", name=op.f("pk_contest_notices")),
    )


def downgrade() -> None:
    op.drop_table("contest_notices")
