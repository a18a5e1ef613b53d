"""Time added to attempts, people's needs, announcements, attempts given back; the grace in the row."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0010"
down_revision: str | None = "0009"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    _create_extensions()
    _create_accommodations()
    _create_announcements()
    with op.batch_alter_table("attempts") as batch_op:
        batch_op.add_column(sa.Column("accepts_until", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("voided_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("void_reason", sa.Text(), nullable=True))
    # Until now everybody had thirty seconds. They matter only to attempts that are open.
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    later = (
        "strftime('%Y-%m-%d %H:%M:%f', deadline_at, '+30 seconds') || '000'"
        if is_sqlite
        else "deadline_at + interval '30 seconds'"
    )
    op.execute(f"UPDATE attempts SET accepts_until = {later}")  # noqa: S608 -- our own words
    with op.batch_alter_table("attempts") as batch_op:
        batch_op.alter_column("accepts_until", existing_type=sa.DateTime(timezone=True), nullable=False)
        batch_op.create_check_constraint("grace_after_deadline", "accepts_until >= deadline_at")
        batch_op.drop_index("ix_attempts_open_deadline")
        batch_op.create_index(
            "ix_attempts_open_until",
            ["contest_id", "accepts_until"],
            sqlite_where=sa.text("closed_at IS NULL"),
            postgresql_where=sa.text("closed_at IS NULL"),
        )


def _create_extensions() -> None:
    op.create_table(
        "extensions",
        sa.Column("contest_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("round_number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("scope", sa.String(length=40), nullable=False),
        sa.Column("target_id", sa.BigInteger(), nullable=True),
        sa.Column("seconds", sa.Integer(), nullable=False),
        sa.Column("moved", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("staff_id", sa.BigInteger(), nullable=True),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("scope IN ('round', 'unit', 'entry')", name=op.f("ck_extensions_known_scope")),
        sa.CheckConstraint("kind IN ('time', 'pause')", name=op.f("ck_extensions_known_kind")),
        sa.CheckConstraint("seconds > 0", name=op.f("ck_extensions_seconds_positive")),
        sa.ForeignKeyConstraint(
            ["contest_id", "round_number"],
            ["rounds.contest_id", "rounds.number"],
            name=op.f("fk_extensions_contest_id_round_number_rounds"),
        ),
        sa.PrimaryKeyConstraint("contest_id", "id", name=op.f("pk_extensions")),
    )
    op.create_index("ix_extensions_round", "extensions", ["contest_id", "round_number", "given_at"])


def _create_accommodations() -> None:
    op.create_table(
        "accommodations",
        sa.Column("contest_id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("extra_percent", sa.Integer(), nullable=False),
        sa.Column("hides_clock", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("staff_id", sa.BigInteger(), nullable=True),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "extra_percent BETWEEN 0 AND 300", name=op.f("ck_accommodations_extra_percent_in_range")
        ),
        sa.ForeignKeyConstraint(
            ["contest_id", "entry_id"],
            ["entries.contest_id", "entries.id"],
            name=op.f("fk_accommodations_contest_id_entry_id_entries"),
        ),
        sa.PrimaryKeyConstraint("contest_id", "entry_id", name=op.f("pk_accommodations")),
    )


def _create_announcements() -> None:
    op.create_table(
        "announcements",
        sa.Column("contest_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("round_number", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("staff_id", sa.BigInteger(), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["contest_id", "round_number"],
            ["rounds.contest_id", "rounds.number"],
            name=op.f("fk_announcements_contest_id_round_number_rounds"),
        ),
        sa.PrimaryKeyConstraint("contest_id", "id", name=op.f("pk_announcements")),
    )
    op.create_index("ix_announcements_round", "announcements", ["contest_id", "round_number", "published_at"])


def downgrade() -> None:
    with op.batch_alter_table("attempts") as batch_op:
        batch_op.drop_index("ix_attempts_open_until")
        batch_op.create_index(
            "ix_attempts_open_deadline",
            ["contest_id", "deadline_at"],
            sqlite_where=sa.text("closed_at IS NULL"),
            postgresql_where=sa.text("closed_at IS NULL"),
        )
        batch_op.drop_constraint("grace_after_deadline", type_="check")
        for name in ("void_reason", "voided_at", "accepts_until"):
            batch_op.drop_column(name)
    for table in ("announcements", "accommodations", "extensions"):
        op.drop_table(table)
