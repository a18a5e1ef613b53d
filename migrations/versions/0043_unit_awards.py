"""Prizes of units, the check of each, and certificates that are a unit's."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0043"
down_revision: str | None = "0042"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

_STANDS = sa.text("withdrawn_at IS NULL")


def _round(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["contest_id", "round_number"],
        ["rounds.contest_id", "rounds.number"],
        name=op.f(f"fk_{table}_contest_id_round_number_rounds"),
    )


def _unit(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["contest_id", "unit_id"],
        ["contest_units.contest_id", "contest_units.id"],
        name=op.f(f"fk_{table}_contest_id_unit_id_contest_units"),
    )


def _key() -> list[sa.Column[object]]:
    return [
        sa.Column("contest_id", sa.Integer(), nullable=False),
        sa.Column("round_number", sa.Integer(), nullable=False),
        sa.Column("rule", sa.String(length=300), nullable=False),
        sa.Column("unit_id", sa.BigInteger(), autoincrement=False, nullable=False),
    ]


def _valid(columns: list[str], name: str) -> None:
    where = {"sqlite_where": _STANDS, "postgresql_where": _STANDS}
    op.create_index(name, "certificates", columns, unique=True, **where)


def upgrade() -> None:
    op.create_table(
        "unit_awards",
        *_key(),
        sa.Column("board", sa.Text(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("prize", sa.String(length=300), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        _round("unit_awards"),
        _unit("unit_awards"),
        sa.PrimaryKeyConstraint("contest_id", "round_number", "rule", "unit_id", name=op.f("pk_unit_awards")),
    )
    op.create_table(
        "unit_award_checks",
        *_key(),
        *(
            column
            for name in ("figures", "told")
            for column in (
                sa.Column(f"{name}_at", sa.DateTime(timezone=True), nullable=True),
                sa.Column(f"{name}_by", sa.String(length=300), nullable=True),
            )
        ),
        sa.Column("note", sa.Text(), nullable=True),
        _round("unit_award_checks"),
        _unit("unit_award_checks"),
        sa.PrimaryKeyConstraint(
            "contest_id", "round_number", "rule", "unit_id", name=op.f("pk_unit_award_checks")
        ),
    )
    with op.batch_alter_table("award_rulings") as batch_op:
        batch_op.add_column(sa.Column("rule", sa.String(length=300), nullable=True))
    with op.batch_alter_table("certificates") as batch_op:
        batch_op.add_column(sa.Column("unit_id", sa.BigInteger(), nullable=True))
        batch_op.add_column(sa.Column("rule", sa.String(length=300), nullable=True))
        batch_op.alter_column("entry_id", existing_type=sa.BigInteger(), nullable=True)
        batch_op.create_foreign_key(
            op.f("fk_certificates_contest_id_unit_id_contest_units"),
            "contest_units",
            ["contest_id", "unit_id"],
            ["contest_id", "id"],
        )
        batch_op.drop_constraint(op.f("ck_certificates_known_kind"), type_="check")
        batch_op.create_check_constraint(
            op.f("ck_certificates_known_kind"), "kind IN ('winner', 'participant', 'unit')"
        )
        batch_op.create_check_constraint(
            op.f("ck_certificates_one_holder"), "(entry_id IS NULL) = (unit_id IS NOT NULL)"
        )
    _valid(["contest_id", "round_number", "rule", "unit_id"], "uq_certificates_valid_unit")


def downgrade() -> None:
    op.drop_index("uq_certificates_valid_unit", "certificates")
    op.execute("DELETE FROM certificates WHERE unit_id IS NOT NULL")
    with op.batch_alter_table("certificates") as batch_op:
        batch_op.drop_constraint(op.f("ck_certificates_one_holder"), type_="check")
        batch_op.drop_constraint(op.f("ck_certificates_known_kind"), type_="check")
        batch_op.create_check_constraint(
            op.f("ck_certificates_known_kind"), "kind IN ('winner', 'participant')"
        )
        batch_op.drop_constraint(op.f("fk_certificates_contest_id_unit_id_contest_units"), type_="foreignkey")
        batch_op.alter_column("entry_id", existing_type=sa.BigInteger(), nullable=False)
        batch_op.drop_column("rule")
        batch_op.drop_column("unit_id")
    op.execute("DELETE FROM award_rulings WHERE rule IS NOT NULL")
    with op.batch_alter_table("award_rulings") as batch_op:
        batch_op.drop_column("rule")
    op.drop_table("unit_award_checks")
    op.drop_table("unit_awards")
