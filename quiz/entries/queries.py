"""Reading entries. Nothing here writes."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, false, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from quiz.core.database import db
from quiz.core.errors import NotFound
from quiz.core.names import sort_key
from quiz.core.sealed import keys_in_use
from quiz.entries.models import COUNTED, Entry, FailedReturn
from quiz.entries.name_index import searched_words

PER_PAGE = 50


@dataclass(frozen=True, slots=True)
class FoundEntries:
    """One page of a search among entrants."""

    rows: Sequence[Entry]
    total: int
    page: int

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(1, -(-self.total // PER_PAGE))


def find_entry(contest_id: int, entry_id: int) -> Entry | None:
    """The entry, or None."""
    return db.session.get(Entry, (contest_id, entry_id))


def get_entry(contest_id: int, entry_id: int) -> Entry:
    """The entry. Raises NotFound."""
    entry = find_entry(contest_id, entry_id)
    if entry is None:
        raise NotFound("entry")
    return entry


def find_by_identity(contest_id: int, identity_keys: Sequence[str]) -> Entry | None:
    """The entry that holds this identity, as hashed under any known key, read anew, or None."""
    return db.session.scalar(
        select(Entry)
        .where(Entry.contest_id == contest_id, Entry.identity_key.in_(identity_keys))
        .execution_options(populate_existing=True)
    )


def list_by_phone_and_birth(contest_id: int, phone_keys: Sequence[str], birth_date: date) -> Sequence[Entry]:
    """Entries with this phone (as keyed hashes) and birth date, oldest first.

    Also those that were set aside, whose person comes back to read why and may object, and those that were
    merged: `kept_entry` leads on from them.
    """
    rows = db.session.scalars(
        select(Entry)
        .where(
            Entry.contest_id == contest_id,
            Entry.phone_key.in_(phone_keys),
        )
        .order_by(Entry.registered_at, Entry.id)
    ).all()
    return [row for row in rows if row.birth_date == birth_date]


def kept_entry(entry: Entry) -> Entry:
    """The entry, or the one that it was merged into: organisers have decided that these are one person."""
    while entry.merged_into is not None:
        entry = get_entry(entry.contest_id, entry.merged_into)
    return entry


def list_by_phone(contest_id: int, phone_keys: Sequence[str]) -> Sequence[Entry]:
    """Whose entries have this phone (as keyed hashes), oldest first."""
    return _list_kept(contest_id, Entry.phone_key.in_(phone_keys))


def list_by_email(contest_id: int, email_keys: Sequence[str]) -> Sequence[Entry]:
    """Whose entries have this mail address (as keyed hashes), oldest first."""
    return _list_kept(contest_id, Entry.email_key.in_(email_keys))


def list_by_account(contest_id: int, account_id: int) -> Sequence[Entry]:
    """Whose entries were made under an account, oldest first."""
    return _list_kept(contest_id, Entry.account_id == account_id)


def _list_kept(contest_id: int, condition: ColumnElement[bool]) -> Sequence[Entry]:
    """Each once: of those that were merged the one that was kept; also those that were set aside."""
    wanted = select(Entry).where(Entry.contest_id == contest_id, condition)
    rows = db.session.scalars(wanted.order_by(Entry.registered_at, Entry.id))
    return list({entry.id: entry for row in rows if (entry := kept_entry(row)).status != "erased"}.values())


def list_entries(contest_id: int, entry_ids: Collection[int]) -> Sequence[Entry]:
    """Entries by id, in no order that means anything; unknown ids are passed over."""
    return db.session.scalars(
        select(Entry).where(Entry.contest_id == contest_id, Entry.id.in_(entry_ids)).order_by(Entry.id)
    ).all()


def count_entries(contest_id: int) -> int:
    """How many people are registered in the contest; who was set aside or merged is not counted."""
    wanted = select(func.count()).select_from(Entry)
    return db.session.scalar(wanted.where(Entry.contest_id == contest_id, Entry.status.in_(COUNTED))) or 0


def browse_entries(contest_id: int, text: str = "", page: int = 1) -> FoundEntries:
    """Entrants, the newest first; what fits on one page of a search, in the order of Vietnamese name lists.

    Three digits look for the end of the phone number, anything else for words of the name: whole ones, in any
    order; marks and capitals do not matter.
    """
    wanted = select(Entry).where(Entry.contest_id == contest_id)
    text = text.strip()
    if len(text) == 3 and text.isascii() and text.isdigit():
        wanted = wanted.where(Entry.phone_tail == text)
    elif text:
        wanted = wanted.where(has_words(Entry.name_words, contest_id, text))
    total = db.session.scalar(wanted.with_only_columns(func.count(), maintain_column_froms=True)) or 0
    page = min(max(1, page), max(1, -(-total // PER_PAGE)))
    rows = db.session.scalars(
        wanted.order_by(Entry.registered_at.desc(), Entry.id.desc())
        .offset((page - 1) * PER_PAGE)
        .limit(PER_PAGE)
    ).all()
    if text and total <= PER_PAGE:
        rows = sorted(rows, key=lambda entry: sort_key(entry.name))
    return FoundEntries(rows, total, page)


def has_words(column: InstrumentedAttribute[str], contest_id: int, text: str) -> ColumnElement[bool]:
    """Whether a column of word hashes holds every word of the text; of a text without words, no row does."""
    words = searched_words(keys_in_use(), contest_id, text)
    return and_(*(or_(*(column.contains(one) for one in word)) for word in words)) if words else false()


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
