"""Reading the lists of people of a contest: the roster, and the barred. Nothing here writes."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, or_, select

from quiz.accounts.models import Staff
from quiz.core.database import db
from quiz.core.errors import NotFound
from quiz.core.names import name_key, sort_key
from quiz.core.sealed import keys_in_use
from quiz.entries.models import BarredPerson, Entry, RosterPerson
from quiz.entries.name_index import code_hashes, name_hashes
from quiz.entries.queries import has_words
from quiz.entries.roster_reading import code_key

PER_PAGE = 50


@dataclass(frozen=True, slots=True)
class FoundRoster:
    """One page of the roster; `entered` are the ids of those who have entered."""

    rows: Sequence[RosterPerson]
    entered: frozenset[int]
    total: int
    page: int

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(1, -(-self.total // PER_PAGE))


def count_roster(contest_id: int) -> int:
    """How many people are on the roster."""
    wanted = select(func.count()).select_from(RosterPerson).where(RosterPerson.contest_id == contest_id)
    return db.session.scalar(wanted) or 0


def list_roster(contest_id: int) -> Sequence[RosterPerson]:
    """The whole roster by code."""
    rows = db.session.scalars(select(RosterPerson).where(RosterPerson.contest_id == contest_id))
    return sorted(rows, key=lambda row: code_key(row.code))


def browse_roster(contest_id: int, text: str = "", page: int = 1) -> FoundRoster:
    """The roster in the order of its files, searched by the whole code or by words of the name."""
    wanted = select(RosterPerson).where(RosterPerson.contest_id == contest_id)
    if text := text.strip():
        wanted = wanted.where(
            or_(
                has_words(RosterPerson.name_words, contest_id, text),
                RosterPerson.code_key.in_(code_hashes(keys_in_use(), contest_id, text)),
            )
        )
    total = db.session.scalar(wanted.with_only_columns(func.count(), maintain_column_froms=True)) or 0
    page = min(max(1, page), max(1, -(-total // PER_PAGE)))
    ordered = wanted.order_by(RosterPerson.id).offset((page - 1) * PER_PAGE).limit(PER_PAGE)
    rows = db.session.scalars(ordered).all()
    return FoundRoster(rows, entered_of(contest_id, [row.id for row in rows]), total, page)


def entered_of(contest_id: int, roster_ids: Sequence[int] | None = None) -> frozenset[int]:
    """Which people of the roster have an entry; of all, or of these."""
    wanted = select(Entry.roster_id).where(Entry.contest_id == contest_id, Entry.roster_id.is_not(None))
    if roster_ids is not None:
        wanted = wanted.where(Entry.roster_id.in_(roster_ids))
    return frozenset(found for found in db.session.scalars(wanted) if found is not None)


def find_by_code(contest_id: int, code_keys: Sequence[str]) -> RosterPerson | None:
    """The person with this code (as keyed hashes), or None."""
    return db.session.scalar(
        select(RosterPerson).where(
            RosterPerson.contest_id == contest_id, RosterPerson.code_key.in_(code_keys)
        )
    )


def list_by_name(contest_id: int, name_keys: Sequence[str]) -> Sequence[RosterPerson]:
    """People of the roster with this name (as keyed hashes), by code."""
    rows = db.session.scalars(
        select(RosterPerson).where(
            RosterPerson.contest_id == contest_id, RosterPerson.name_key.in_(name_keys)
        )
    )
    return sorted(rows, key=lambda row: code_key(row.code))


def list_barred(contest_id: int) -> Sequence[BarredPerson]:
    """All who are barred, by name."""
    rows = db.session.scalars(select(BarredPerson).where(BarredPerson.contest_id == contest_id))
    return sorted(rows, key=lambda row: (sort_key(row.name), row.id))


def get_barred(contest_id: int, barred_id: int) -> BarredPerson:
    """The row. Raises NotFound."""
    row = db.session.get(BarredPerson, (contest_id, barred_id))
    if row is None:
        raise NotFound("barred")
    return row


def list_barred_like(
    contest_id: int, name_keys: Sequence[str], phone_keys: Sequence[str]
) -> Sequence[BarredPerson]:
    """The barred who share this name or this phone (as keyed hashes), the oldest first."""
    alike: ColumnElement[bool] = BarredPerson.name_key.in_(name_keys)
    if phone_keys:
        alike = or_(alike, BarredPerson.phone_key.in_(phone_keys))
    return db.session.scalars(
        select(BarredPerson)
        .where(BarredPerson.contest_id == contest_id, alike)
        .order_by(BarredPerson.added_at, BarredPerson.id)
    ).all()


def list_entries_of_barred(contest_id: int) -> list[tuple[Entry, BarredPerson]]:
    """Entries that share phone or name with somebody barred, by name; whether it is the person is for a
    human to say."""
    wanted = (
        select(Entry, BarredPerson)
        .join(
            BarredPerson,
            (BarredPerson.contest_id == Entry.contest_id)
            & or_(BarredPerson.name_key == Entry.name_key, BarredPerson.phone_key == Entry.phone_key),
        )
        .where(Entry.contest_id == contest_id, Entry.status == "active")
    )
    pairs = [(entry, barred) for entry, barred in db.session.execute(wanted)]
    return sorted(pairs, key=lambda pair: (sort_key(pair[0].name), pair[0].id))


def list_entries_of_staff(contest_id: int) -> list[tuple[Entry, Staff]]:
    """Entries with the name of somebody who has an account here, by name: a hint, names are shared."""
    by_key: dict[str, Staff] = {}
    for person in db.session.scalars(select(Staff).order_by(Staff.created_at, Staff.id)):
        by_key.setdefault(name_key(person.name), person)
    hashes = [one for key in by_key for one in name_hashes(keys_in_use(), contest_id, key)]
    wanted = select(Entry).where(
        Entry.contest_id == contest_id, Entry.status == "active", Entry.name_key.in_(hashes)
    )
    found = sorted(db.session.scalars(wanted), key=lambda entry: (sort_key(entry.name), entry.id))
    return [(entry, by_key[name_key(entry.name)]) for entry in found]
