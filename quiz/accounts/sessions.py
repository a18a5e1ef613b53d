"""Sessions of staff: opened at sign-in, ended by signing out, by time, or from elsewhere."""

import hashlib
import secrets
from datetime import datetime, timedelta

from sqlalchemy import delete, update

from quiz.accounts import queries
from quiz.accounts.models import Staff, StaffSession
from quiz.core.database import transaction
from quiz.core.errors import NotFound
from quiz.core.ids import new_id

IDLE = timedelta(minutes=30)
LONGEST = timedelta(hours=12)
_NOTE_EVERY = timedelta(minutes=2)  # a write for each request would be too much
_KEEP = timedelta(days=30)


def open_session(staff: Staff, *, now: datetime, browser: str = "") -> str:
    """Begin a session and return its token, which only the cookie holds."""
    token = secrets.token_urlsafe(32)
    with transaction() as session:
        session.execute(
            delete(StaffSession).where(
                StaffSession.staff_id == staff.id, StaffSession.opened_at < now - _KEEP
            )
        )
        session.add(
            StaffSession(
                id=new_id(),
                staff_id=staff.id,
                token_hash=hashed(token),
                opened_at=now,
                seen_at=now,
                browser=browser or None,
            )
        )
    return token


def staff_of_session(token: str, *, now: datetime) -> Staff | None:
    """The account that a token stands for; None when the session is over or the account disabled."""
    found = queries.find_session(hashed(token))
    if found is None:
        return None
    row, staff = found
    if not staff.is_enabled or is_expired(row, now):
        return None
    if now - row.seen_at >= _NOTE_EVERY:
        row_id = row.id
        with transaction() as session:
            session.execute(update(StaffSession).where(StaffSession.id == row_id).values(seen_at=now))
    staff.session_token = token
    return staff


def is_expired(row: StaffSession, now: datetime) -> bool:
    """Whether nobody worked in the session for too long, or it is too old altogether."""
    return now - row.seen_at > IDLE or now - row.opened_at > LONGEST


def end_session(token: str, *, now: datetime) -> None:
    """End one session; its cookie is worth nothing from now on."""
    with transaction() as session:
        session.execute(
            update(StaffSession)
            .where(StaffSession.token_hash == hashed(token), StaffSession.ended_at.is_(None))
            .values(ended_at=now)
        )


def end_one_session(staff_id: int, session_id: int, *, now: datetime) -> None:
    """End one session of an account from elsewhere. Raises NotFound for anybody else's."""
    with transaction() as session:
        ended = session.execute(
            update(StaffSession)
            .where(
                StaffSession.id == session_id,
                StaffSession.staff_id == staff_id,
                StaffSession.ended_at.is_(None),
            )
            .values(ended_at=now)
        )
        if getattr(ended, "rowcount", 0) != 1:
            raise NotFound("session")


def end_all_sessions(staff_id: int, *, now: datetime, but: str | None = None) -> int:
    """End every session of an account, except the one with the token `but`; how many were ended."""
    with transaction() as session:
        ended = session.execute(
            update(StaffSession)
            .where(
                StaffSession.staff_id == staff_id,
                StaffSession.ended_at.is_(None),
                StaffSession.token_hash != (hashed(but) if but else ""),
            )
            .values(ended_at=now)
        )
    return int(getattr(ended, "rowcount", 0))


def hashed(token: str) -> str:
    """What is stored of a token. It is random, so a plain hash keeps it."""
    return hashlib.sha256(token.encode()).hexdigest()
