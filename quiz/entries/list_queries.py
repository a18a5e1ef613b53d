"""Reading the lists of people of a contest: the roster, and the barred. Nothing here writes."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, or_, select

from quiz.accounts.models import Staff
from quiz.core.database import db
from quiz.core.errors import NotFound
from quiz.core.names import name_key
from quiz.entries.models import BarredPerson, Entry, RosterPerson

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
    return db.session.scalars(
        select(RosterPerson).where(RosterPerson.contest_id == contest_id).order_by(RosterPerson.code_key)
    ).all()


def browse_roster(contest_id: int, text: str = "", page: int = 1) -> FoundRoster:
    """The roster by code, searched by a part of the code or of the name without marks."""
    wanted = select(RosterPerson).where(RosterPerson.contest_id == contest_id)
    if text := text.strip():
        key = name_key(text) or text
        wanted = wanted.where(
            or_(
                RosterPerson.name_key.contains(key, autoescape=True),
                RosterPerson.code_key.contains(text.casefold(), autoescape=True),
            )
        )
    total = db.session.scalar(wanted.with_only_columns(func.count(), maintain_column_froms=True)) or 0
    page = min(max(1, page), max(1, -(-total // PER_PAGE)))
    ordered = wanted.order_by(RosterPerson.code_key).offset((page - 1) * PER_PAGE).limit(PER_PAGE)
    rows = db.session.scalars(ordered).all()
    return FoundRoster(rows, entered_of(contest_id, [row.id for row in rows]), total, page)


def entered_of(contest_id: int, roster_ids: Sequence[int] | None = None) -> frozenset[int]:
    """Which people of the roster have an entry; of all, or of these."""
    wanted = select(Entry.roster_id).where(Entry.contest_id == contest_id, Entry.roster_id.is_not(None))
    if roster_ids is not None:
        wanted = wanted.where(Entry.roster_id.in_(roster_ids))
    return frozenset(found for found in db.session.scalars(wanted) if found is not None)


def find_by_code(contest_id: int, code_key: str) -> RosterPerson | None:
    """The person with this code, or None."""
    return db.session.scalar(
        select(RosterPerson).where(RosterPerson.contest_id == contest_id, RosterPerson.code_key == code_key)
    )


def list_by_name(contest_id: int, key: str) -> Sequence[RosterPerson]:
    """People of the roster with this name (as its key), by code."""
    return db.session.scalars(
        select(RosterPerson)
        .where(RosterPerson.contest_id == contest_id, RosterPerson.name_key == key)
        .order_by(RosterPerson.code_key)
    ).all()


def list_barred(contest_id: int) -> Sequence[BarredPerson]:
    """All who are barred, by name."""
    return db.session.scalars(
        select(BarredPerson)
        .where(BarredPerson.contest_id == contest_id)
        .order_by(BarredPerson.name_key, BarredPerson.id)
    ).all()


def get_barred(contest_id: int, barred_id: int) -> BarredPerson:
    """The row. Raises NotFound."""
    row = db.session.get(BarredPerson, (contest_id, barred_id))
    if row is None:
        raise NotFound("barred")
    return row


def list_barred_like(contest_id: int, key: str, phone_keys: Sequence[str]) -> Sequence[BarredPerson]:
    """The barred who share this name (as its key) or this phone (as keyed hashes), the oldest first."""
    alike = BarredPerson.name_key == key
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
        .order_by(Entry.sort_key, Entry.id)
    )
    return [(entry, barred) for entry, barred in db.session.execute(wanted)]


def list_entries_of_staff(contest_id: int) -> list[tuple[Entry, Staff]]:
    """Entries with the name of somebody who has an account here, by name: a hint, names are shared."""
    by_key: dict[str, Staff] = {}
    for person in db.session.scalars(select(Staff).order_by(Staff.created_at, Staff.id)):
        by_key.setdefault(name_key(person.name), person)
    wanted = (
        select(Entry)
        .where(Entry.contest_id == contest_id, Entry.status == "active", Entry.name_key.in_(by_key))
        .order_by(Entry.sort_key, Entry.id)
    )
    return [(entry, by_key[entry.name_key]) for entry in db.session.scalars(wanted)]
