"""The log becomes a chain: each decision carries a hash of itself and of the one before it, and stays."""

import hashlib
import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from alembic import op

revision: str = "0016"
down_revision: str | None = "0015"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

_EVENTS = sa.table(
    "audit_events",
    sa.column("id", sa.BigInteger),
    sa.column("at", sa.DateTime(timezone=True)),
    sa.column("actor_kind", sa.String),
    sa.column("actor_id", sa.BigInteger),
    sa.column("actor_name", sa.String),
    sa.column("action", sa.String),
    sa.column("contest_id", sa.Integer),
    sa.column("subject", sa.String),
    sa.column("detail", sa.Text),
    sa.column("chain", sa.Integer),
    sa.column("sequence", sa.BigInteger),
    sa.column("before", sa.String),
    sa.column("hash", sa.String),
)
_CHAINS = sa.table(
    "audit_chains",
    sa.column("chain", sa.Integer),
    sa.column("length", sa.BigInteger),
    sa.column("hash", sa.String),
)


def upgrade() -> None:
    op.create_table(
        "audit_chains",
        sa.Column("chain", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("length", sa.BigInteger(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("chain", name=op.f("pk_audit_chains")),
    )
    with op.batch_alter_table("audit_events") as batch_op:
        batch_op.add_column(sa.Column("chain", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("sequence", sa.BigInteger(), nullable=True))
        batch_op.add_column(sa.Column("before", sa.String(length=64), nullable=True))
        batch_op.add_column(sa.Column("hash", sa.String(length=64), nullable=True))
    _link(op.get_bind())
    with op.batch_alter_table("audit_events") as batch_op:
        batch_op.alter_column("chain", existing_type=sa.Integer(), nullable=False)
        batch_op.create_unique_constraint(op.f("uq_audit_events_chain_sequence"), ["chain", "sequence"])
        batch_op.create_check_constraint(
            op.f("ck_audit_events_links_are_whole"),
            "(sequence IS NULL) = (before IS NULL) AND (sequence IS NULL) = (hash IS NULL)",
        )
        batch_op.create_check_constraint(
            op.f("ck_audit_events_decisions_are_linked"),
            "sequence IS NOT NULL OR actor_kind = 'entrant'",
        )
    for statement in _PROTECT[op.get_bind().dialect.name]:
        op.execute(statement)


def downgrade() -> None:
    for statement in _RELEASE[op.get_bind().dialect.name]:
        op.execute(statement)
    with op.batch_alter_table("audit_events") as batch_op:
        batch_op.drop_constraint(op.f("ck_audit_events_decisions_are_linked"), type_="check")
        batch_op.drop_constraint(op.f("ck_audit_events_links_are_whole"), type_="check")
        batch_op.drop_constraint(op.f("uq_audit_events_chain_sequence"), type_="unique")
        for name in ("hash", "before", "sequence", "chain"):
            batch_op.drop_column(name)
    op.drop_table("audit_chains")


def _link(bind: sa.Connection) -> None:
    """Give what was written before its place, in the order in which it was written."""
    bind.execute(sa.update(_EVENTS).values(chain=sa.func.coalesce(_EVENTS.c.contest_id, 0)))
    decisions = sa.select(_EVENTS).where(_EVENTS.c.actor_kind != "entrant").order_by(_EVENTS.c.id)
    ends: dict[int, tuple[int, str]] = {}
    for row in bind.execute(decisions).mappings().all():
        length, last = ends.get(row["chain"], (0, "0" * 64))
        place = {"chain": row["chain"], "sequence": length + 1, "before": last}
        made = _hash({**row, **place})
        bind.execute(sa.update(_EVENTS).where(_EVENTS.c.id == row["id"]).values(hash=made, **place))
        ends[row["chain"]] = (length + 1, made)
    for chain, (length, last) in ends.items():
        bind.execute(sa.insert(_CHAINS).values(chain=chain, length=length, hash=last))


def _hash(row: dict[str, Any]) -> str:
    at: datetime = row["at"]
    at = at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
    record = {
        **{name: row[name] for name in ("chain", "sequence", "before", "actor_kind", "actor_name")},
        **{name: row[name] for name in ("action", "contest_id", "subject")},
        "id": str(row["id"]),
        "actor_id": None if row["actor_id"] is None else str(row["actor_id"]),
        "at": at.isoformat(timespec="microseconds"),
        "detail": json.loads(row["detail"]),
    }
    text = json.dumps(record, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


_PROTECT = {
    "sqlite": [
        f"CREATE TRIGGER audit_events_refuse_{deed.lower()} BEFORE {deed} ON audit_events "
        "BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END"
        for deed in ("UPDATE", "DELETE")
    ],
    "postgresql": [
        "CREATE FUNCTION refuse_change_of_log() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'the log is append-only'; END $$",
        "CREATE TRIGGER audit_events_refuse_change BEFORE UPDATE OR DELETE ON audit_events "
        "FOR EACH ROW EXECUTE FUNCTION refuse_change_of_log()",
    ],
}
_RELEASE = {
    "sqlite": ["DROP TRIGGER audit_events_refuse_update", "DROP TRIGGER audit_events_refuse_delete"],
    "postgresql": [
        "DROP TRIGGER audit_events_refuse_change ON audit_events",
        "DROP FUNCTION refuse_change_of_log()",
    ],
}
