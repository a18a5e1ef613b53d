"""Accounts of staff, their sessions and second step, invitations, and the record of failed sign-ins."""

from flask_login import UserMixin
from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from quiz.accounts.permissions import Permission, Role, allows
from quiz.core.database import Model, bigint, id_pk, line, moment, short, text


class Staff(UserMixin, Model):
    """Someone who signs in: an organiser, an editor, a unit's account, an auditor."""

    __tablename__ = "staff"
    __table_args__ = (
        UniqueConstraint("username"),
        CheckConstraint("(role = 'unit_viewer') = (unit_code IS NOT NULL)", name="unit_viewer_has_unit"),
    )

    id: Mapped[id_pk]
    username: Mapped[short]
    name: Mapped[line]
    password_hash: Mapped[line]
    role: Mapped[short]
    is_enabled: Mapped[bool] = mapped_column(default=True)
    tree_id: Mapped[int | None] = mapped_column(ForeignKey("unit_trees.id"))
    unit_code: Mapped[short | None]
    created_at: Mapped[moment]
    last_login_at: Mapped[moment | None]
    password_given: Mapped[bool] = mapped_column(default=False)  # somebody else knows it: to be replaced
    totp_cipher: Mapped[text | None]  # the seed of the second step, encrypted
    totp_step: Mapped[bigint | None]  # the last step used: no code works twice

    session_token = ""  # set when the account is loaded for a session; never stored

    @property
    def is_active(self) -> bool:
        """Flask-Login's question: may this account be used."""
        return self.is_enabled

    def get_id(self) -> str:
        """Flask-Login's question: the token of the session that this account was loaded for."""
        return self.session_token

    def can(self, permission: Permission) -> bool:
        """Whether the account's role has the permission."""
        return allows(Role(self.role), permission)

    def __repr__(self) -> str:
        return f"<Staff {self.username} {self.role}>"


class StaffSession(Model):
    """A signed-in browser. The cookie holds the token, this row its hash: ending the row ends the cookie."""

    __tablename__ = "staff_sessions"
    __table_args__ = (UniqueConstraint("token_hash"), Index("ix_staff_sessions_staff_id", "staff_id"))

    id: Mapped[id_pk]
    staff_id: Mapped[bigint] = mapped_column(ForeignKey("staff.id"))
    token_hash: Mapped[str] = mapped_column(String(64))
    opened_at: Mapped[moment]
    seen_at: Mapped[moment]
    ended_at: Mapped[moment | None]
    browser: Mapped[line | None]  # what it called itself, in a few words

    def __repr__(self) -> str:
        return f"<StaffSession of {self.staff_id} since {self.opened_at:%F %T}>"


class RecoveryCode(Model):
    """A code for the day on which the phone is lost. Random, so a keyed hash keeps it."""

    __tablename__ = "staff_recovery_codes"
    __table_args__ = (UniqueConstraint("staff_id", "code_key"),)

    id: Mapped[id_pk]
    staff_id: Mapped[bigint] = mapped_column(ForeignKey("staff.id"))
    code_key: Mapped[str] = mapped_column(String(32))
    used_at: Mapped[moment | None]


class Invitation(Model):
    """An account that waits for its person: the link holds the token, this row its hash."""

    __tablename__ = "staff_invitations"
    __table_args__ = (
        UniqueConstraint("token_hash"),
        CheckConstraint("(role = 'unit_viewer') = (unit_code IS NOT NULL)", name="unit_viewer_has_unit"),
        CheckConstraint("used_at IS NULL OR withdrawn_at IS NULL", name="used_or_withdrawn"),
    )

    id: Mapped[id_pk]
    token_hash: Mapped[str] = mapped_column(String(64))
    username: Mapped[short]
    name: Mapped[line]
    role: Mapped[short]
    tree_id: Mapped[int | None] = mapped_column(ForeignKey("unit_trees.id"))
    unit_code: Mapped[short | None]
    invited_by: Mapped[line]
    created_at: Mapped[moment]
    expires_at: Mapped[moment]
    used_at: Mapped[moment | None]
    withdrawn_at: Mapped[moment | None]

    def __repr__(self) -> str:
        return f"<Invitation of {self.username} until {self.expires_at:%F %T}>"


class FailedLogin(Model):
    """One failed sign-in, kept for an hour, so that guessing is slowed on every worker alike."""

    __tablename__ = "failed_logins"
    __table_args__ = (Index("ix_failed_logins_bucket_at", "bucket", "at"),)

    id: Mapped[id_pk]
    bucket: Mapped[short]
    at: Mapped[moment]
