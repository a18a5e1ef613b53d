"""Reading accounts."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import func, select

from quiz.accounts.models import FailedLogin, Invitation, RecoveryCode, Staff, StaffSession
from quiz.accounts.permissions import Role
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


def find_staff_by_id(staff_id: int) -> Staff | None:
    """The account with this id, or None."""
    return db.session.get(Staff, staff_id)


def get_staff_by_id(staff_id: int) -> Staff:
    """The account with this id. Raises NotFound."""
    staff = find_staff_by_id(staff_id)
    if staff is None:
        raise NotFound("staff")
    return staff


def lock_owners() -> list[Staff]:
    """Every enabled owner, locked: two of them cannot take the last one's place away at once."""
    wanted = select(Staff).where(Staff.role == Role.OWNER.value, Staff.is_enabled).order_by(Staff.id)
    return list(db.session.scalars(wanted.with_for_update()))


def count_recovery_codes(staff_id: int) -> int:
    """How many recovery codes of an account are left."""
    wanted = select(func.count()).where(RecoveryCode.staff_id == staff_id, RecoveryCode.used_at.is_(None))
    return db.session.scalar(wanted) or 0


def find_invitation(token_hash: str) -> Invitation | None:
    """The invitation with this token's hash, whatever became of it, or None."""
    return db.session.scalar(select(Invitation).where(Invitation.token_hash == token_hash))


def list_invitations(since: datetime) -> list[Invitation]:
    """Invitations that were neither used nor withdrawn and have not expired before then, the newest first."""
    return list(
        db.session.scalars(
            select(Invitation)
            .where(
                Invitation.used_at.is_(None),
                Invitation.withdrawn_at.is_(None),
                Invitation.expires_at > since,
            )
            .order_by(Invitation.created_at.desc(), Invitation.id.desc())
        )
    )


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
