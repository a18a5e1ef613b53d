"""A second step of signing in with recovery codes, invitations by link, and what browser a session is in."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0017"
down_revision: str | None = "0016"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    with op.batch_alter_table("staff") as batch_op:
        batch_op.add_column(sa.Column("totp_cipher", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("totp_step", sa.BigInteger(), nullable=True))
    with op.batch_alter_table("staff_sessions") as batch_op:
        batch_op.add_column(sa.Column("browser", sa.String(length=300), nullable=True))
    op.create_table(
        "staff_recovery_codes",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("staff_id", sa.BigInteger(), nullable=False),
        sa.Column("code_key", sa.String(length=32), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff.id"], name=op.f("fk_staff_recovery_codes_staff_id_staff")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_recovery_codes")),
        sa.UniqueConstraint("staff_id", "code_key", name=op.f("uq_staff_recovery_codes_staff_id_code_key")),
    )
    op.create_table(
        "staff_invitations",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("username", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("tree_id", sa.Integer(), nullable=True),
        sa.Column("unit_code", sa.String(length=40), nullable=True),
        sa.Column("invited_by", sa.String(length=300), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(role = 'unit_viewer') = (unit_code IS NOT NULL)",
            name=op.f("ck_staff_invitations_unit_viewer_has_unit"),
        ),
        sa.CheckConstraint(
            "used_at IS NULL OR withdrawn_at IS NULL", name=op.f("ck_staff_invitations_used_or_withdrawn")
        ),
        sa.ForeignKeyConstraint(
            ["tree_id"], ["unit_trees.id"], name=op.f("fk_staff_invitations_tree_id_unit_trees")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_invitations")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_staff_invitations_token_hash")),
    )


def downgrade() -> None:
    op.drop_table("staff_invitations")
    op.drop_table("staff_recovery_codes")
    with op.batch_alter_table("staff_sessions") as batch_op:
        batch_op.drop_column("browser")
    with op.batch_alter_table("staff") as batch_op:
        batch_op.drop_column("totp_step")
        batch_op.drop_column("totp_cipher")
