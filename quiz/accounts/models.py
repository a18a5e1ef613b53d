"""Accounts of staff and the record of failed sign-ins."""

from flask_login import UserMixin
from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from quiz.accounts.permissions import Permission, Role, allows
from quiz.core.database import Model, bigint, id_pk, line, moment, short


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
    session_version: Mapped[int] = mapped_column(default=1)
    tree_id: Mapped[int | None] = mapped_column(ForeignKey("unit_trees.id"))
    unit_code: Mapped[short | None]
    created_at: Mapped[moment]
    last_login_at: Mapped[moment | None]

    @property
    def is_active(self) -> bool:
        """Flask-Login's question: may this account be used."""
        return self.is_enabled

    def get_id(self) -> str:
        """The session's token: changing `session_version` ends every session of this account."""
        return f"{self.id}.{self.session_version}"

    def can(self, permission: Permission) -> bool:
        """Whether the account's role has the permission."""
        return allows(Role(self.role), permission)

    def __repr__(self) -> str:
        return f"<Staff {self.username} {self.role}>"


class FailedLogin(Model):
    """One failed sign-in, kept for an hour, so that guessing is slowed on every worker alike."""

    __tablename__ = "failed_logins"
    __table_args__ = (Index("ix_failed_logins_bucket_at", "bucket", "at"),)

    id: Mapped[id_pk]
    bucket: Mapped[short]
    at: Mapped[moment]
    staff_id: Mapped[bigint | None]
