"""Topics, pictures, notes and usage of questions; which wording of a question is approved."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0005"
down_revision: str | None = "0004"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    _create_topics()
    _create_pictures()
    _create_notes()
    _create_usage()
    with op.batch_alter_table("banks") as batch_op:
        batch_op.add_column(
            sa.Column("own_approval", sa.Boolean(), nullable=False, server_default=sa.text("FALSE"))
        )
    with op.batch_alter_table("banks") as batch_op:
        batch_op.alter_column("own_approval", server_default=None)
    with op.batch_alter_table("question_revisions") as batch_op:
        batch_op.add_column(sa.Column("images", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("tags", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("citation", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("passage", sa.String(length=300), nullable=True))
        batch_op.add_column(sa.Column("translations", sa.Text(), nullable=True))
        batch_op.create_index("ix_question_revisions_passage", ["passage"])
    with op.batch_alter_table("questions") as batch_op:
        batch_op.add_column(sa.Column("approved_revision_id", sa.BigInteger(), nullable=True))


def _create_topics() -> None:
    op.create_table(
        "bank_topics",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("bank_id", sa.Integer(), nullable=False),
        sa.Column("parent_id", sa.BigInteger(), nullable=True),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("name_key", sa.String(length=300), nullable=False),
        sa.Column("former_names", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["bank_id"], ["banks.id"], name=op.f("fk_bank_topics_bank_id_banks")),
        sa.ForeignKeyConstraint(
            ["parent_id"], ["bank_topics.id"], name=op.f("fk_bank_topics_parent_id_bank_topics")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bank_topics")),
        sa.UniqueConstraint("bank_id", "name_key", name=op.f("uq_bank_topics_bank_id_name_key")),
    )


def _create_pictures() -> None:
    op.create_table(
        "bank_pictures",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("bank_id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("media_type", sa.String(length=40), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["bank_id"], ["banks.id"], name=op.f("fk_bank_pictures_bank_id_banks")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bank_pictures")),
        sa.UniqueConstraint("bank_id", "digest", name=op.f("uq_bank_pictures_bank_id_digest")),
    )
    op.create_index("ix_bank_pictures_digest", "bank_pictures", ["digest"])


def _create_notes() -> None:
    op.create_table(
        "question_notes",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("question_id", sa.BigInteger(), nullable=False),
        sa.Column("revision_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("staff_id", sa.BigInteger(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["question_id"], ["questions.id"], name=op.f("fk_question_notes_question_id_questions")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question_notes")),
    )
    op.create_index("ix_question_notes_question_id", "question_notes", ["question_id", "id"])


def _create_usage() -> None:
    op.create_table(
        "question_usage",
        sa.Column("question_id", sa.BigInteger(), nullable=False),
        sa.Column("contest_id", sa.Integer(), nullable=False),
        sa.Column("round_number", sa.Integer(), nullable=False),
        sa.Column("contest_slug", sa.String(length=40), nullable=False),
        sa.Column("round_name", sa.String(length=300), nullable=False),
        sa.Column("drawn", sa.Integer(), nullable=False),
        sa.Column("right_count", sa.Integer(), nullable=False),
        sa.Column("counted_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["question_id"], ["questions.id"], name=op.f("fk_question_usage_question_id_questions")
        ),
        sa.PrimaryKeyConstraint("question_id", "contest_id", "round_number", name=op.f("pk_question_usage")),
    )


def downgrade() -> None:
    with op.batch_alter_table("questions") as batch_op:
        batch_op.drop_column("approved_revision_id")
    with op.batch_alter_table("question_revisions") as batch_op:
        batch_op.drop_index("ix_question_revisions_passage")
        for name in ("translations", "passage", "citation", "tags", "images"):
            batch_op.drop_column(name)
    with op.batch_alter_table("banks") as batch_op:
        batch_op.drop_column("own_approval")
    for table in ("question_usage", "question_notes", "bank_pictures", "bank_topics"):
        op.drop_table(table)
