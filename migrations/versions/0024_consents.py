"""What people agreed to: the words, each once, and every agreement to them."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0024"
down_revision: str | None = "0023"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "consent_texts",
        sa.Column("contest_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("first_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("contest_id", "id", name=op.f("pk_consent_texts")),
        sa.UniqueConstraint("contest_id", "digest", name=op.f("uq_consent_texts_contest_id_digest")),
    )
    op.create_table(
        "consents",
        sa.Column("contest_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("entry_id", sa.BigInteger(), nullable=False),
        sa.Column("text_id", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.String(length=40), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("channel", sa.String(length=40), nullable=False),
        sa.Column("may_publish", sa.Boolean(), nullable=False),
        sa.Column("by_representative", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["contest_id", "entry_id"],
            ["entries.contest_id", "entries.id"],
            name=op.f("fk_consents_contest_id_entry_id_entries"),
        ),
        sa.ForeignKeyConstraint(
            ["contest_id", "text_id"],
            ["consent_texts.contest_id", "consent_texts.id"],
            name=op.f("fk_consents_contest_id_text_id_consent_texts"),
        ),
        sa.PrimaryKeyConstraint("contest_id", "id", name=op.f("pk_consents")),
    )
    op.create_index("ix_consents_contest_id_entry_id", "consents", ["contest_id", "entry_id"])


def downgrade() -> None:
    op.drop_table("consents")
    op.drop_table("consent_texts")
