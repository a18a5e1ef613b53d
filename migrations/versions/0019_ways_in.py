"""One-time codes, what a day of them cost, entrants' accounts; which entries have proven their contact."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0019"
down_revision: str | None = "0018"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "code_requests",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("purpose", sa.String(length=40), nullable=False),
        sa.Column("contest_id", sa.Integer(), nullable=True),
        sa.Column("channel", sa.String(length=40), nullable=False),
        sa.Column("contact_key", sa.String(length=40), nullable=False),
        sa.Column("contact_cipher", sa.Text(), nullable=False),
        sa.Column("network_key", sa.String(length=40), nullable=False),
        sa.Column("code_key", sa.String(length=40), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("proved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("tries BETWEEN 0 AND 5", name=op.f("ck_code_requests_five_tries")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_code_requests")),
    )
    op.create_index("ix_code_requests_contact_key_sent_at", "code_requests", ["contact_key", "sent_at"])
    op.create_index("ix_code_requests_network_key_sent_at", "code_requests", ["network_key", "sent_at"])
    op.create_index("ix_code_requests_sent_at", "code_requests", ["sent_at"])
    op.create_table(
        "code_days",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("sent", sa.Integer(), nullable=False),
        sa.Column("failed", sa.Integer(), nullable=False),
        sa.Column("alarmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("spent_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("sent >= 0 AND failed >= 0", name=op.f("ck_code_days_counts")),
        sa.PrimaryKeyConstraint("day", name=op.f("pk_code_days")),
    )
    op.create_table(
        "entrant_accounts",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("login_key", sa.String(length=40), nullable=False),
        sa.Column("contact_cipher", sa.Text(), nullable=True),
        sa.Column("name_cipher", sa.Text(), nullable=True),
        sa.Column("password_hash", sa.String(length=300), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("kind IN ('phone', 'email', 'oidc')", name=op.f("ck_entrant_accounts_known_kind")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entrant_accounts")),
        sa.UniqueConstraint("login_key", name=op.f("uq_entrant_accounts_login_key")),
    )
    op.add_column("entries", sa.Column("proved_at", sa.DateTime(timezone=True), nullable=True))
    op.create_index("ix_entries_contest_id_email_key", "entries", ["contest_id", "email_key"])
    op.create_index("ix_entries_contest_id_account_id", "entries", ["contest_id", "account_id"])


def downgrade() -> None:
    op.drop_index("ix_entries_contest_id_account_id", "entries")
    op.drop_index("ix_entries_contest_id_email_key", "entries")
    with op.batch_alter_table("entries") as batch_op:
        batch_op.drop_column("proved_at")
    op.drop_table("entrant_accounts")
    op.drop_table("code_days")
    op.drop_table("code_requests")
