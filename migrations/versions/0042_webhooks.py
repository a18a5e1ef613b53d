"""Webhooks: addresses, what happened to rounds, what was sent."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0042"
down_revision: str | None = "0041"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

_MOMENT = sa.DateTime(timezone=True)
_WAITING = sa.text("state = 'waiting'")


def upgrade() -> None:
    op.create_table(
        "hooks",
        sa.Column("contest_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("secret", sa.Text(), nullable=False),
        sa.Column("former_secret", sa.Text(), nullable=True),
        sa.Column("former_until", _MOMENT, nullable=True),
        sa.Column("events", sa.Text(), nullable=False),
        sa.Column("is_on", sa.Boolean(), nullable=False),
        sa.Column("off_reason", sa.String(length=40), nullable=True),
        sa.Column("off_at", _MOMENT, nullable=True),
        sa.Column("failing_since", _MOMENT, nullable=True),
        sa.Column("created_by", sa.String(length=300), nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["contest_id"], ["contests.id"], name=op.f("fk_hooks_contest_id_contests")),
        sa.PrimaryKeyConstraint("contest_id", "id", name=op.f("pk_hooks")),
    )
    op.create_table(
        "round_events",
        sa.Column("contest_id", sa.Integer(), nullable=False),
        sa.Column("round_number", sa.Integer(), nullable=False),
        sa.Column("event", sa.String(length=40), nullable=False),
        sa.Column("occurrence", sa.Integer(), nullable=False),
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("occurred_at", _MOMENT, nullable=False),
        sa.Column("noted_at", _MOMENT, nullable=False),
        sa.CheckConstraint("occurrence >= 1", name=op.f("ck_round_events_occurrence_from_one")),
        sa.ForeignKeyConstraint(
            ["contest_id", "round_number"],
            ["rounds.contest_id", "rounds.number"],
            name=op.f("fk_round_events_contest_id_round_number_rounds"),
        ),
        sa.PrimaryKeyConstraint(
            "contest_id", "round_number", "event", "occurrence", name=op.f("pk_round_events")
        ),
    )
    op.create_table(
        "hook_deliveries",
        sa.Column("contest_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("hook_id", sa.BigInteger(), nullable=False),
        sa.Column("event_id", sa.BigInteger(), nullable=False),
        sa.Column("copy", sa.Integer(), nullable=False),
        sa.Column("event", sa.String(length=40), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("next_at", _MOMENT, nullable=True),
        sa.Column("last_at", _MOMENT, nullable=True),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("trouble", sa.String(length=40), nullable=True),
        sa.Column("took_ms", sa.Integer(), nullable=True),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.CheckConstraint(
            "state IN ('waiting', 'sent', 'given_up', 'dropped')",
            name=op.f("ck_hook_deliveries_known_state"),
        ),
        sa.ForeignKeyConstraint(
            ["contest_id", "hook_id"],
            ["hooks.contest_id", "hooks.id"],
            name=op.f("fk_hook_deliveries_contest_id_hook_id_hooks"),
        ),
        sa.PrimaryKeyConstraint("contest_id", "id", name=op.f("pk_hook_deliveries")),
        sa.UniqueConstraint("contest_id", "hook_id", "event_id", "copy", name="uq_hook_deliveries_once"),
    )
    op.create_index(
        "ix_hook_deliveries_due",
        "hook_deliveries",
        ["next_at"],
        sqlite_where=_WAITING,
        postgresql_where=_WAITING,
    )
    op.create_index("ix_hook_deliveries_created_at", "hook_deliveries", ["created_at"])


def downgrade() -> None:
    for table in ("hook_deliveries", "round_events", "hooks"):
        op.drop_table(table)
