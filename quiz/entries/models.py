"""Entries: one person in one contest."""

from datetime import date

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    String,
    UniqueConstraint,
)
from sqlalchemy import text as sql_text
from sqlalchemy.orm import Mapped, mapped_column

from quiz.core.database import Model, bigint, line, moment, short, structure, text
from quiz.core.sealed import SealedDate, SealedText

# Who asked to be erased leaves the paper behind, without a name: totals and ranks stay true.
COUNTED = ("active", "erased")


class Entry(Model):
    """An entrant. Personal data is encrypted; what ends in `_key` is a keyed hash to compare.

    `name` and `birth_date` open by themselves when they are read; no condition and no order can be put on
    them. `name_words` are hashes of the name's words, for search; `origin_cipher` holds what device and
    network were hashed from. `is_erased`: nobody knows any more who it was.

    Only the COUNTED ones count on any board. `unit_fixed_at` is the first start: from then on the unit stays.
    `proved_at`: a one-time code has shown that the phone is the entrant's own.
    """

    __tablename__ = "entries"
    __table_args__ = (
        # The last word on "one person, one entry"; entries.service asks first to give a good answer.
        UniqueConstraint("contest_id", "identity_key"),
        ForeignKeyConstraint(["contest_id", "unit_id"], ["contest_units.contest_id", "contest_units.id"]),
        Index("ix_entries_contest_id_phone_key", "contest_id", "phone_key"),
        Index("ix_entries_contest_id_unit_id", "contest_id", "unit_id"),
        Index("ix_entries_contest_id_name_key", "contest_id", "name_key"),
        Index("ix_entries_contest_id_phone_tail", "contest_id", "phone_tail"),
        Index("ix_entries_contest_id_registered_at", "contest_id", "registered_at"),
        Index("ix_entries_contest_id_device_key", "contest_id", "device_key"),
        Index("ix_entries_contest_id_email_key", "contest_id", "email_key"),
        Index("ix_entries_contest_id_account_id", "contest_id", "account_id"),
        Index("ix_entries_contest_id_national_id_key", "contest_id", "national_id_key"),
        Index("ix_entries_contest_id_referred_by", "contest_id", "referred_by"),
        ForeignKeyConstraint(["contest_id", "merged_into"], ["entries.contest_id", "entries.id"]),
        CheckConstraint("status IN ('active', 'disqualified', 'merged', 'erased')", name="known_status"),
    )

    contest_id: Mapped[int] = mapped_column(primary_key=True)
    id: Mapped[bigint] = mapped_column(primary_key=True, autoincrement=False)
    identity_key: Mapped[short | None]
    name: Mapped[str] = mapped_column(SealedText("entries.name"))
    name_key: Mapped[short]
    name_words: Mapped[text]
    birth_date: Mapped[date | None] = mapped_column(SealedDate("entries.birth_date"))
    phone_cipher: Mapped[text | None]
    phone_key: Mapped[short | None]
    phone_tail: Mapped[short | None]
    national_id_cipher: Mapped[text | None]
    national_id_key: Mapped[short | None]
    extra_cipher: Mapped[text | None]
    unit_id: Mapped[bigint | None]
    status: Mapped[short] = mapped_column(default="active")
    consent_version: Mapped[short]
    consented_at: Mapped[moment]
    may_publish: Mapped[bool]
    registered_at: Mapped[moment]
    category: Mapped[short | None]
    account_id: Mapped[bigint | None]
    roster_id: Mapped[bigint | None]
    device_key: Mapped[short | None]
    network_key: Mapped[short | None]
    origin_cipher: Mapped[text | None]
    email_key: Mapped[short | None]
    merged_into: Mapped[bigint | None]
    unit_fixed_at: Mapped[moment | None]
    disputed_at: Mapped[moment | None]
    proved_at: Mapped[moment | None]
    is_erased: Mapped[bool] = mapped_column(default=False)
    referred_by: Mapped[bigint | None]  # no foreign key: who invited may be gone, and nobody's entry may fail

    def __repr__(self) -> str:
        return f"<Entry {self.contest_id}/{self.id}>"


class NumberDecision(Model):
    """What organisers decided about several people with one number (`kind`: phone or national_id).

    `size` is how many stood under the number then, `set_aside` whom the decision took out. It stands until
    `ended_at`: somebody undid it (`undo_reason`), or a later one followed because more people came.
    """

    __tablename__ = "number_decisions"
    __table_args__ = (
        ForeignKeyConstraint(["contest_id", "kept_id"], ["entries.contest_id", "entries.id"]),
        # Two organisers at once: one number has one decision that stands.
        Index(
            "uq_number_decisions_standing",
            "contest_id",
            "kind",
            "number_key",
            unique=True,
            sqlite_where=sql_text("ended_at IS NULL"),
            postgresql_where=sql_text("ended_at IS NULL"),
        ),
        Index("ix_number_decisions_contest_id_decided_at", "contest_id", "decided_at"),
        CheckConstraint("kind IN ('phone', 'national_id')", name="known_kind"),
    )

    contest_id: Mapped[int] = mapped_column(primary_key=True)
    id: Mapped[bigint] = mapped_column(primary_key=True, autoincrement=False)
    kind: Mapped[short]
    number_key: Mapped[short]
    kept_id: Mapped[bigint | None]
    set_aside: Mapped[structure]
    size: Mapped[int]
    reason: Mapped[text]
    staff_id: Mapped[bigint | None]
    decided_at: Mapped[moment]
    ended_at: Mapped[moment | None]
    undo_reason: Mapped[text | None]

    def __repr__(self) -> str:
        return f"<NumberDecision {self.contest_id}/{self.id} {self.kind}>"


class UnitRequest(Model):
    """Somebody who has started asks for another unit. `decision`: approved, refused or withdrawn; None: open.

    `from_unit_id` is the unit at the moment of asking, then at the moment of approval: what was changed.
    """

    __tablename__ = "unit_requests"
    __table_args__ = (
        ForeignKeyConstraint(["contest_id", "entry_id"], ["entries.contest_id", "entries.id"]),
        ForeignKeyConstraint(
            ["contest_id", "from_unit_id"], ["contest_units.contest_id", "contest_units.id"]
        ),
        ForeignKeyConstraint(["contest_id", "to_unit_id"], ["contest_units.contest_id", "contest_units.id"]),
        # One open request a person: asking again changes it.
        Index(
            "uq_unit_requests_one_open",
            "contest_id",
            "entry_id",
            unique=True,
            sqlite_where=sql_text("decision IS NULL"),
            postgresql_where=sql_text("decision IS NULL"),
        ),
        Index("ix_unit_requests_contest_id_asked_at", "contest_id", "asked_at"),
        CheckConstraint("decision IN ('approved', 'refused', 'withdrawn')", name="known_decision"),
    )

    contest_id: Mapped[int] = mapped_column(primary_key=True)
    id: Mapped[bigint] = mapped_column(primary_key=True, autoincrement=False)
    entry_id: Mapped[bigint]
    from_unit_id: Mapped[bigint | None]
    to_unit_id: Mapped[bigint | None]
    reason: Mapped[str] = mapped_column(SealedText("unit_requests.reason"))
    asked_at: Mapped[moment]
    decision: Mapped[short | None]
    answer: Mapped[str | None] = mapped_column(SealedText("unit_requests.answer"))
    staff_id: Mapped[bigint | None]
    decided_at: Mapped[moment | None]

    def __repr__(self) -> str:
        return f"<UnitRequest {self.contest_id}/{self.id} {self.decision or 'open'}>"


class FailedReturn(Model):
    """One wrong try at coming back by phone and birth date, kept for an hour: guessing is slowed."""

    __tablename__ = "failed_returns"
    __table_args__ = (Index("ix_failed_returns_contest_id_bucket_at", "contest_id", "bucket", "at"),)

    contest_id: Mapped[int] = mapped_column(primary_key=True)
    id: Mapped[bigint] = mapped_column(primary_key=True, autoincrement=False)
    bucket: Mapped[short]
    at: Mapped[moment]


class RosterPerson(Model):
    """Somebody on the list of those who may enter. `unit` is as the list has it: a code or a name.

    Encrypted and hashed like an entry; so is the code, which opens the way in and may be an identity number.
    """

    __tablename__ = "roster_people"
    __table_args__ = (
        # Two rows with one code would be two people with one way in; entries.rosters reads it out first.
        UniqueConstraint("contest_id", "code_key"),
        Index("ix_roster_people_contest_id_name_key", "contest_id", "name_key"),
    )

    contest_id: Mapped[int] = mapped_column(ForeignKey("contests.id"), primary_key=True)
    id: Mapped[bigint] = mapped_column(primary_key=True, autoincrement=False)
    code: Mapped[str] = mapped_column(SealedText("roster_people.code"))
    code_key: Mapped[short]
    name: Mapped[str] = mapped_column(SealedText("roster_people.name"))
    name_key: Mapped[short]
    name_words: Mapped[text]
    birth_date: Mapped[date | None] = mapped_column(SealedDate("roster_people.birth_date"))
    only_year: Mapped[bool]
    unit: Mapped[line | None]
    added_at: Mapped[moment]

    def __repr__(self) -> str:
        return f"<RosterPerson {self.contest_id}/{self.id}>"


class BarredPerson(Model):
    """Somebody who may not enter, known by phone, or by name and birth date; a name alone is only noted."""

    __tablename__ = "barred_people"
    __table_args__ = (
        Index("ix_barred_people_contest_id_name_key", "contest_id", "name_key"),
        Index("ix_barred_people_contest_id_phone_key", "contest_id", "phone_key"),
    )

    contest_id: Mapped[int] = mapped_column(ForeignKey("contests.id"), primary_key=True)
    id: Mapped[bigint] = mapped_column(primary_key=True, autoincrement=False)
    name: Mapped[str] = mapped_column(SealedText("barred_people.name"))
    name_key: Mapped[short]
    birth_date: Mapped[date | None] = mapped_column(SealedDate("barred_people.birth_date"))
    only_year: Mapped[bool]
    phone: Mapped[str | None] = mapped_column(SealedText("barred_people.phone"))
    phone_key: Mapped[short | None]
    phone_tail: Mapped[short | None]
    note: Mapped[str] = mapped_column(SealedText("barred_people.note"))
    added_at: Mapped[moment]

    def __repr__(self) -> str:
        return f"<BarredPerson {self.contest_id}/{self.id}>"


class ConsentText(Model):
    """Words that people agreed to, once for each wording; never changed."""

    __tablename__ = "consent_texts"
    __table_args__ = (UniqueConstraint("contest_id", "digest"),)

    contest_id: Mapped[int] = mapped_column(primary_key=True)
    id: Mapped[bigint] = mapped_column(primary_key=True, autoincrement=False)
    digest: Mapped[str] = mapped_column(String(64))
    words: Mapped[text]
    first_at: Mapped[moment]


class Consent(Model):
    """One agreement: who, to which words, when, how. Rows are added, never changed."""

    __tablename__ = "consents"
    __table_args__ = (
        ForeignKeyConstraint(["contest_id", "entry_id"], ["entries.contest_id", "entries.id"]),
        ForeignKeyConstraint(["contest_id", "text_id"], ["consent_texts.contest_id", "consent_texts.id"]),
        Index("ix_consents_contest_id_entry_id", "contest_id", "entry_id"),
    )

    contest_id: Mapped[int] = mapped_column(primary_key=True)
    id: Mapped[bigint] = mapped_column(primary_key=True, autoincrement=False)
    entry_id: Mapped[bigint]
    text_id: Mapped[bigint]
    version: Mapped[short]
    at: Mapped[moment]
    channel: Mapped[short]
    may_publish: Mapped[bool]
    by_representative: Mapped[bool]
