"""Lists of people for a contest: who may enter (the roster), and who may not."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0020"
down_revision: str | None = "0019"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "roster_people",
        sa.Column("contest_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("code_key", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("name_key", sa.String(length=300), nullable=False),
        sa.Column("birth_date", sa.Date(), nullable=True),
        sa.Column("only_year", sa.Boolean(), nullable=False),
        sa.Column("unit", sa.String(length=300), nullable=True),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["contest_id"], ["contests.id"], name=op.f("fk_roster_people_contest_id_contests")
        ),
        sa.PrimaryKeyConstraint("contest_id", "id", name=op.f("pk_roster_people")),
        sa.UniqueConstraint("contest_id", "code_key", name=op.f("uq_roster_people_contest_id_code_key")),
    )
    op.create_index("ix_roster_people_contest_id_name_key", "roster_people", ["contest_id", "name_key"])
    op.create_table(
        "barred_people",
        sa.Column("contest_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("name_key", sa.String(length=300), nullable=False),
        sa.Column("birth_date", sa.Date(), nullable=True),
        sa.Column("only_year", sa.Boolean(), nullable=False),
        sa.Column("phone_key", sa.String(length=40), nullable=True),
        sa.Column("phone_tail", sa.String(length=40), nullable=True),
        sa.Column("note", sa.String(length=300), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["contest_id"], ["contests.id"], name=op.f("fk_barred_people_contest_id_contests")
        ),
        sa.PrimaryKeyConstraint("contest_id", "id", name=op.f("pk_barred_people")),
    )
    op.create_index("ix_barred_people_contest_id_name_key", "barred_people", ["contest_id", "name_key"])
    op.create_index("ix_barred_people_contest_id_phone_key", "barred_people", ["contest_id", "phone_key"])


def downgrade() -> None:
    op.drop_table("barred_people")
    op.drop_table("roster_people")
