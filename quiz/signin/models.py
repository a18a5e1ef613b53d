"""One-time codes, what a day cost, and the accounts of people who take part (never of staff)."""

from datetime import date

from sqlalchemy import CheckConstraint, Date, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from quiz.core.database import Model, id_pk, line, moment, short, text


class CodeRequest(Model):
    """A code that was sent for one browser. `code_key` is a keyed hash; the contact is encrypted.

    The row's number lives in the signed session of the browser that asked: elsewhere the code proves nothing.
    """

    __tablename__ = "code_requests"
    __table_args__ = (
        Index("ix_code_requests_contact_key_sent_at", "contact_key", "sent_at"),
        Index("ix_code_requests_network_key_sent_at", "network_key", "sent_at"),
        Index("ix_code_requests_sent_at", "sent_at"),
        CheckConstraint("tries BETWEEN 0 AND 5", name="five_tries"),
    )

    id: Mapped[id_pk]
    purpose: Mapped[short]
    contest_id: Mapped[int | None]
    channel: Mapped[short]
    contact_key: Mapped[short]
    contact_cipher: Mapped[text]
    network_key: Mapped[short]
    code_key: Mapped[short]
    tries: Mapped[int] = mapped_column(default=0)
    sent_at: Mapped[moment]
    expires_at: Mapped[moment]
    proved_at: Mapped[moment | None]
    ended_at: Mapped[moment | None]

    def __repr__(self) -> str:
        return f"<CodeRequest {self.id} {self.purpose}>"


class CodeDay(Model):
    """How many codes a day cost; one row for each day, counted by one conditional update."""

    __tablename__ = "code_days"
    __table_args__ = (CheckConstraint("sent >= 0 AND failed >= 0", name="counts"),)

    day: Mapped[date] = mapped_column(Date, primary_key=True)
    sent: Mapped[int] = mapped_column(default=0)
    failed: Mapped[int] = mapped_column(default=0)
    alarmed_at: Mapped[moment | None]
    spent_at: Mapped[moment | None]

    def __repr__(self) -> str:
        return f"<CodeDay {self.day} {self.sent}>"


class EntrantAccount(Model):
    """Someone who takes part under an account: a proven phone or mail address, or a provider's subject.

    `login_key` is the keyed hash of "phone:…", "email:…" or "oidc:issuer|subject". Every session names the
    version; another version ends them all.
    """

    __tablename__ = "entrant_accounts"
    __table_args__ = (
        UniqueConstraint("login_key"),
        CheckConstraint("kind IN ('phone', 'email', 'oidc')", name="known_kind"),
    )

    id: Mapped[id_pk]
    kind: Mapped[short]
    login_key: Mapped[short]
    contact_cipher: Mapped[text | None]
    name_cipher: Mapped[text | None]
    password_hash: Mapped[line | None]
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[moment]
    seen_at: Mapped[moment]

    def __repr__(self) -> str:
        return f"<EntrantAccount {self.id} {self.kind}>"
