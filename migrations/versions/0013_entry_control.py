"""What entry control needs of an entry: device, network, mail, category, account, roster, its fate."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0013"
down_revision: str | None = "0012"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

_KEYS = ("category", "device_key", "network_key", "email_key")
_IDS = ("account_id", "roster_id", "merged_into")
_MOMENTS = ("unit_fixed_at", "disputed_at")


def upgrade() -> None:
    with op.batch_alter_table("entries") as batch_op:
        for name in _KEYS:
            batch_op.add_column(sa.Column(name, sa.String(length=40), nullable=True))
        for name in _IDS:
            batch_op.add_column(sa.Column(name, sa.BigInteger(), nullable=True))
        for name in _MOMENTS:
            batch_op.add_column(sa.Column(name, sa.DateTime(timezone=True), nullable=True))
        batch_op.drop_constraint(op.f("ck_entries_known_status"), type_="check")
        batch_op.create_check_constraint(
            op.f("ck_entries_known_status"), "status IN ('active', 'disqualified', 'merged', 'erased')"
        )
        batch_op.create_foreign_key(
            op.f("fk_entries_contest_id_merged_into_entries"),
            "entries",
            ["contest_id", "merged_into"],
            ["contest_id", "id"],
        )
    # Who shares a device is asked for each new entry; networks only off the request path, so they have none.
    op.create_index("ix_entries_contest_id_device_key", "entries", ["contest_id", "device_key"])


def downgrade() -> None:
    op.execute("UPDATE entries SET status = 'disqualified' WHERE status IN ('merged', 'erased')")
    op.drop_index("ix_entries_contest_id_device_key", "entries")
    with op.batch_alter_table("entries") as batch_op:
        batch_op.drop_constraint(op.f("fk_entries_contest_id_merged_into_entries"), type_="foreignkey")
        batch_op.drop_constraint(op.f("ck_entries_known_status"), type_="check")
        batch_op.create_check_constraint(
            op.f("ck_entries_known_status"), "status IN ('active', 'disqualified')"
        )
        for name in (*_KEYS, *_IDS, *_MOMENTS):
            batch_op.drop_column(name)
