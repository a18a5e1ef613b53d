"""Reading entries. Nothing here writes."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import func, select

from quiz.core.database import db
from quiz.core.errors import NotFound
from quiz.entries.models import Entry, FailedReturn


def find_entry(contest_id: int, entry_id: int) -> Entry | None:
    """The entry, or None."""
    return db.session.get(Entry, (contest_id, entry_id))


def get_entry(contest_id: int, entry_id: int) -> Entry:
    """The entry. Raises NotFound."""
    entry = find_entry(contest_id, entry_id)
    if entry is None:
        raise NotFound("entry")
    return entry


def find_by_identity(contest_id: int, identity_key: str) -> Entry | None:
    """The entry that holds this identity in the contest, read anew, or None."""
    return db.session.scalar(
        select(Entry)
        .where(Entry.contest_id == contest_id, Entry.identity_key == identity_key)
        .execution_options(populate_existing=True)
    )


def list_by_phone_and_birth(contest_id: int, phone_key: str, birth_date: date) -> Sequence[Entry]:
    """Entries with this phone (as keyed hash) and birth date, oldest first."""
    return db.session.scalars(
        select(Entry)
        .where(
            Entry.contest_id == contest_id,
            Entry.phone_key == phone_key,
            Entry.birth_date == birth_date,
            Entry.status == "active",
        )
        .order_by(Entry.registered_at, Entry.id)
    ).all()


def count_entries(contest_id: int) -> int:
    """How many people are registered in the contest."""
    return (
        db.session.scalar(select(func.count()).select_from(Entry).where(Entry.contest_id == contest_id)) or 0
    )


def count_failed_returns(contest_id: int, bucket: str, since: datetime) -> int:
    """Wrong tries at coming back in one bucket since a moment."""
    return (
        db.session.scalar(
            select(func.count())
            .select_from(FailedReturn)
            .where(
                FailedReturn.contest_id == contest_id, FailedReturn.bucket == bucket, FailedReturn.at >= since
            )
        )
        or 0
    )


def lock_entry(contest_id: int, entry_id: int) -> Entry:
    """The entry with its row locked until the transaction ends (SQLite: the write lock is held already).

    Raises NotFound.
    """
    entry = db.session.scalar(
        select(Entry)
        .where(Entry.contest_id == contest_id, Entry.id == entry_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if entry is None:
        raise NotFound("entry")
    return entry
