"""Addresses that are told of a contest's rounds, what happened, and what was sent."""

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy import text as sql_text
from sqlalchemy.orm import Mapped, mapped_column

from quiz.core.database import Model, bigint, line, moment, short, structure
from quiz.core.sealed import SealedText


class Hook(Model):
    """An address and the events it is told. Address and secrets are sealed: each may open somebody's door.

    `failing_since`: since when nothing but failures came back; `off_reason`: a code where the product
    switched it off, None where a person did.
    """

    __tablename__ = "hooks"

    contest_id: Mapped[int] = mapped_column(ForeignKey("contests.id"), primary_key=True)
    id: Mapped[bigint] = mapped_column(primary_key=True, autoincrement=False)
    address: Mapped[str] = mapped_column(SealedText("hooks.address"))
    secret: Mapped[str] = mapped_column(SealedText("hooks.secret"))
    former_secret: Mapped[str | None] = mapped_column(SealedText("hooks.former_secret"))
    former_until: Mapped[moment | None]
    events: Mapped[structure]
    is_on: Mapped[bool]
    off_reason: Mapped[short | None]
    off_at: Mapped[moment | None]
    failing_since: Mapped[moment | None]
    created_by: Mapped[line]
    created_at: Mapped[moment]

    def __repr__(self) -> str:
        return f"<Hook {self.contest_id}/{self.id}>"


class RoundEvent(Model):
    """What happened to a round, written down once: the primary key says no to whoever comes second."""

    __tablename__ = "round_events"
    __table_args__ = (
        ForeignKeyConstraint(["contest_id", "round_number"], ["rounds.contest_id", "rounds.number"]),
        CheckConstraint("occurrence >= 1", name="occurrence_from_one"),
    )

    contest_id: Mapped[int] = mapped_column(primary_key=True)
    round_number: Mapped[int] = mapped_column(primary_key=True)
    event: Mapped[short] = mapped_column(primary_key=True)
    occurrence: Mapped[int] = mapped_column(primary_key=True)
    id: Mapped[bigint]
    occurred_at: Mapped[moment]
    noted_at: Mapped[moment]

    def __repr__(self) -> str:
        return f"<RoundEvent {self.contest_id}/{self.round_number} {self.event} {self.occurrence}>"


class HookDelivery(Model):
    """One event for one address. `copy` is 0 for the delivery itself and counts those asked for by hand.

    `facts` is what the body says of the event; addresses are put in when it is sent.
    """

    __tablename__ = "hook_deliveries"
    __table_args__ = (
        ForeignKeyConstraint(["contest_id", "hook_id"], ["hooks.contest_id", "hooks.id"]),
        UniqueConstraint("contest_id", "hook_id", "event_id", "copy", name="uq_hook_deliveries_once"),
        CheckConstraint("state IN ('waiting', 'sent', 'given_up', 'dropped')", name="known_state"),
        Index(
            "ix_hook_deliveries_due",
            "next_at",
            sqlite_where=sql_text("state = 'waiting'"),
            postgresql_where=sql_text("state = 'waiting'"),
        ),
        Index("ix_hook_deliveries_created_at", "created_at"),
    )

    contest_id: Mapped[int] = mapped_column(primary_key=True)
    id: Mapped[bigint] = mapped_column(primary_key=True, autoincrement=False)
    hook_id: Mapped[bigint]
    event_id: Mapped[bigint]
    copy: Mapped[int]
    event: Mapped[short]
    facts: Mapped[structure]
    state: Mapped[short]
    tries: Mapped[int]
    next_at: Mapped[moment | None]
    last_at: Mapped[moment | None]
    status: Mapped[int | None]
    trouble: Mapped[short | None]
    took_ms: Mapped[int | None]
    created_at: Mapped[moment]

    def __repr__(self) -> str:
        return f"<HookDelivery {self.contest_id}/{self.id} {self.state}>"
