"""Reading accounts."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select

from quiz.accounts.models import FailedLogin, Staff, StaffSession
from quiz.core.database import db
from quiz.core.errors import NotFound


def find_staff(username: str) -> Staff | None:
    """The account with this (cleaned) username, or None."""
    return db.session.scalar(select(Staff).where(Staff.username == username))


def get_staff(username: str) -> Staff:
    """The account with this (cleaned) username. Raises NotFound."""
    staff = find_staff(username)
    if staff is None:
        raise NotFound("staff")
    return staff


def list_staff() -> list[Staff]:
    """All accounts by username."""
    return list(db.session.scalars(select(Staff).order_by(Staff.username)))


def find_session(token_hash: str) -> tuple[StaffSession, Staff] | None:
    """A session that was not ended, with its account, or None."""
    row = db.session.execute(
        select(StaffSession, Staff)
        .join(Staff, Staff.id == StaffSession.staff_id)
        .where(StaffSession.token_hash == token_hash, StaffSession.ended_at.is_(None))
    ).first()
    return (row[0], row[1]) if row else None


def list_open_sessions(staff_id: int) -> list[StaffSession]:
    """Sessions of an account that were not ended, the newest first; some may have expired."""
    return list(
        db.session.scalars(
            select(StaffSession)
            .where(StaffSession.staff_id == staff_id, StaffSession.ended_at.is_(None))
            .order_by(StaffSession.opened_at.desc())
        )
    )


def list_failures(bucket: str, since: datetime, *, leave_out: frozenset[int]) -> list[datetime]:
    """When sign-ins failed in a bucket, without the rows `leave_out`."""
    rows = db.session.execute(
        select(FailedLogin.id, FailedLogin.at).where(FailedLogin.bucket == bucket, FailedLogin.at > since)
    )
    return [at for row_id, at in rows if row_id not in leave_out]


def names_of(staff_ids: Iterable[int]) -> dict[int, str]:
    """Names of members of staff by id."""
    rows = db.session.execute(select(Staff.id, Staff.name).where(Staff.id.in_(set(staff_ids))))
    return {row[0]: row[1] for row in rows}
