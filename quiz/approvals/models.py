"""Requests for a second person's approval. Rows stay, whatever became of them."""

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, String
from sqlalchemy import text as sql_text
from sqlalchemy.orm import Mapped, mapped_column

from quiz.core.database import Model, bigint, line, moment, short, structure, text


class Approval(Model):
    """A request. `proposal` is what will be done, `basis` a fingerprint of what it stands on, `figures` what
    the asking person saw. Of one kind and subject in a round only one waits; nobody approves their own.
    """

    __tablename__ = "approvals"
    __table_args__ = (
        ForeignKeyConstraint(["contest_id", "round_number"], ["rounds.contest_id", "rounds.number"]),
        CheckConstraint("kind IN ('publish', 'key', 'award')", name="known_kind"),
        CheckConstraint(
            "state IN ('waiting', 'approved', 'declined', 'withdrawn', 'lapsed')", name="known_state"
        ),
        CheckConstraint("(state = 'waiting') = (ended_at IS NULL)", name="ended_when_not_waiting"),
        CheckConstraint(
            "state <> 'approved' OR (ended_by IS NOT NULL AND ended_by <> asked_by)",
            name="approved_by_another",
        ),
        Index(
            "uq_approvals_waiting",
            "contest_id",
            "round_number",
            "kind",
            "subject",
            unique=True,
            sqlite_where=sql_text("state = 'waiting'"),
            postgresql_where=sql_text("state = 'waiting'"),
        ),
    )

    contest_id: Mapped[int] = mapped_column(primary_key=True)
    id: Mapped[bigint] = mapped_column(primary_key=True, autoincrement=False)
    round_number: Mapped[int]
    kind: Mapped[short]
    subject: Mapped[short]
    proposal: Mapped[structure]
    basis: Mapped[str] = mapped_column(String(64))
    figures: Mapped[structure]
    reason: Mapped[text]
    asked_by: Mapped[bigint]
    asked_name: Mapped[line]
    asked_at: Mapped[moment]
    state: Mapped[short]
    ended_by: Mapped[bigint | None]
    ended_name: Mapped[line | None]
    ended_at: Mapped[moment | None]
    end_reason: Mapped[text | None]

    def __repr__(self) -> str:
        return f"<Approval {self.contest_id}/{self.id} {self.kind} {self.state}>"
