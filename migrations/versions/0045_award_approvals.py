"""Requests for a second person about prizes after publication."""

from collections.abc import Sequence

from alembic import op

revision: str = "0045"
down_revision: str | None = "0044"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

_NAME = "ck_approvals_known_kind"


def _allow(kinds: str) -> None:
    with op.batch_alter_table("approvals") as batch_op:
        batch_op.drop_constraint(op.f(_NAME), type_="check")
        batch_op.create_check_constraint(op.f(_NAME), f"kind IN ({kinds})")


def upgrade() -> None:
    _allow("'publish', 'key', 'award'")


def downgrade() -> None:
    op.execute("DELETE FROM approvals WHERE kind = 'award'")
    _allow("'publish', 'key'")
