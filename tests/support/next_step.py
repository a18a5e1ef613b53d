"""Steps of a release that does not exist yet, in a copy of the migrations."""

import shutil
from pathlib import Path

from quiz.core.settings import ROOT

_HEAD = """import sqlalchemy as sa
from alembic import op
from migrations import online
revision, down_revision, branch_labels, depends_on = "next", {last!r}, None, None
"""
# A column, one that is never empty, a check, an index, a key, a reference: all that a step usually brings.
CAREFUL = """
def upgrade():
    online.add_column("attempts", sa.Column("room", sa.Text()))
    online.fill("attempts", "room = 'hall'", "room IS NULL", key=("contest_id", "id"))
    online.add_column("attempts", sa.Column("weight", sa.Integer(), server_default=sa.text("1")))
    online.set_not_null("attempts", "weight", sa.Integer())
    online.add_check("ck_attempts_weight", "attempts", "weight > 0")
    online.add_index("ix_attempts_room", "attempts", ["contest_id", "room", "id"], where="room IS NOT NULL")
    online.add_unique("uq_attempts_weight", "attempts", ["contest_id", "weight", "id"])
    online.add_column("attempts", sa.Column("unit_id", sa.BigInteger()))
    online.add_foreign_key(
        "fk_attempts_unit", "attempts", ["contest_id", "unit_id"], "contest_units", ["contest_id", "id"]
    )

def downgrade():
    online.drop_constraint("fk_attempts_unit", "attempts", "foreignkey")
    online.drop_column("attempts", "unit_id")
    online.drop_constraint("uq_attempts_weight", "attempts", "unique")
    online.drop_index("ix_attempts_room", "attempts")
    online.drop_constraint("ck_attempts_weight", "attempts", "check")
    online.drop_column("attempts", "weight")
    online.drop_column("attempts", "room")
"""
# The same as it is often written: everything in one transaction, each change with its lock.
CARELESS = """
def upgrade():
    op.add_column("attempts", sa.Column("room", sa.Text()))
    op.execute("UPDATE attempts SET room = 'hall'")
    op.alter_column("attempts", "room", nullable=False)
    op.create_index("ix_attempts_room", "attempts", ["contest_id", "room", "id"])

def downgrade():
    op.drop_column("attempts", "room")
"""


def migrations_with(folder: Path, body: str, last: str) -> str:
    """A copy of all steps below this folder, with one more after `last`; what `flask db -d` takes."""
    copied = folder / "steps"
    shutil.copytree(ROOT / "migrations", copied, ignore=shutil.ignore_patterns("__pycache__"))
    (copied / "versions" / "9999_next.py").write_text(_HEAD.format(last=last) + body, encoding="utf-8")
    return str(copied)
