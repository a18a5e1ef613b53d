"""Numbers under which several people have entered, and what was decided about them. Nothing here writes.

Who shares a number follows from the entries. A number is open while more people stand under it than the last
decision about it knew; without a decision, while there are two.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import ColumnElement, Select, and_, func, literal, select, union_all

from quiz.contests.definition_entry import Unique
from quiz.contests.models import Contest
from quiz.core.database import db
from quiz.core.errors import NotFound
from quiz.entries.models import Entry, NumberDecision

PER_PAGE = 20


class Number(StrEnum):
    """What can be shared."""

    PHONE = "phone"
    NATIONAL_ID = "national_id"


_COLUMNS = {Number.PHONE: Entry.phone_key, Number.NATIONAL_ID: Entry.national_id_key}


@dataclass(frozen=True, slots=True)
class SharedNumber:
    """People who count and stand under one number, in the order in which they entered.

    `is_contested`: the contest's rule allows one. `decision` is the one that stands; more may have come.
    """

    kind: Number
    key: str
    people: tuple[Entry, ...]
    is_contested: bool
    decision: NumberDecision | None

    @property
    def is_open(self) -> bool:
        """Whether somebody has to decide."""
        return len(self.people) > (self.decision.size if self.decision else 1)


@dataclass(frozen=True, slots=True)
class FoundNumbers:
    """One page of shared numbers."""

    rows: Sequence[SharedNumber]
    total: int
    page: int

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(1, -(-self.total // PER_PAGE))


def browse_open(contest: Contest, page: int = 1) -> FoundNumbers:
    """Numbers that wait for a decision: those under a rule of one first, then by how many share them."""
    total = count_open(contest)
    page = min(max(1, page), max(1, -(-total // PER_PAGE)))
    waiting = _open_keys(contest.id, list(Number)).subquery()
    strict = waiting.c.kind == contest.entry.unique.value
    keys = db.session.execute(
        select(waiting.c.kind, waiting.c.number_key)
        .order_by(strict.desc(), waiting.c.people.desc(), waiting.c.kind, waiting.c.number_key)
        .offset((page - 1) * PER_PAGE)
        .limit(PER_PAGE)
    ).all()
    return FoundNumbers(_groups(contest, [(Number(kind), key) for kind, key in keys]), total, page)


def count_open(contest: Contest) -> int:
    """How many numbers wait for a decision."""
    waiting = _open_keys(contest.id, list(Number)).subquery()
    return db.session.scalar(select(func.count()).select_from(waiting)) or 0


def get_shared(contest: Contest, kind: Number, key: str) -> SharedNumber:
    """One number with its people, whether it waits or not. Raises NotFound where nobody stands under it."""
    (group,) = _groups(contest, [(kind, key)])
    if not group.people:
        raise NotFound("number")
    return group


def list_open_of(contest: Contest, entries: Iterable[Entry]) -> list[SharedNumber]:
    """Numbers of these people that wait for a decision."""
    keys = {
        (kind, key) for entry in entries for kind in Number if (key := getattr(entry, f"{kind.value}_key"))
    }
    return [group for group in _groups(contest, sorted(keys)) if group.is_open]


def count_sharing(contest_id: int, phone_keys: Collection[str]) -> Mapping[str, int]:
    """How many people who count stand under each of these phones."""
    rows = db.session.execute(
        select(Entry.phone_key, func.count())
        .where(Entry.contest_id == contest_id, Entry.phone_key.in_(phone_keys), Entry.status == "active")
        .group_by(Entry.phone_key)
    )
    return {str(key): count for key, count in rows}


def list_decisions(contest_id: int, most: int = 100) -> Sequence[NumberDecision]:
    """Decisions of a contest, also those that no longer stand, the newest first."""
    return db.session.scalars(
        select(NumberDecision)
        .where(NumberDecision.contest_id == contest_id)
        .order_by(NumberDecision.decided_at.desc(), NumberDecision.id.desc())
        .limit(most)
    ).all()


def _open_keys(contest_id: int, kinds: Sequence[Number]) -> Select[tuple[str, str, int]]:
    """(kind, number_key, people) of every number with more people than its decision knew."""
    found = union_all(*(_open_keys_of(contest_id, kind) for kind in kinds)).subquery()
    return select(found.c.kind, found.c.number_key, found.c.people)


def _open_keys_of(contest_id: int, kind: Number) -> Select[tuple[str, str, int]]:
    key, people = _COLUMNS[kind], func.count()
    shared = (
        select(key.label("number_key"), people.label("people"))
        .where(Entry.contest_id == contest_id, key.is_not(None), Entry.status == "active")
        .group_by(key)
        .having(people > 1)
        .subquery()
    )
    return (
        select(literal(kind.value).label("kind"), shared.c.number_key, shared.c.people)
        .select_from(shared)
        .outerjoin(NumberDecision, and_(*_standing(contest_id, kind), _is_of(shared.c.number_key)))
        .where(shared.c.people > func.coalesce(NumberDecision.size, 1))
    )


def _is_of(key: ColumnElement[str]) -> ColumnElement[bool]:
    return NumberDecision.number_key == key


def _standing(contest_id: int, kind: Number) -> tuple[ColumnElement[bool], ...]:
    return (
        NumberDecision.contest_id == contest_id,
        NumberDecision.kind == kind.value,
        NumberDecision.ended_at.is_(None),
    )


def _groups(contest: Contest, keys: Sequence[tuple[Number, str]]) -> list[SharedNumber]:
    """The numbers with their people and decisions, in the order of `keys`."""
    people: dict[tuple[Number, str], list[Entry]] = {}
    decisions: dict[tuple[Number, str], NumberDecision] = {}
    for kind in Number:
        wanted = [key for of_kind, key in keys if of_kind is kind]
        if not wanted:
            continue
        for entry in _people(contest.id, kind, wanted):
            people.setdefault((kind, getattr(entry, f"{kind.value}_key")), []).append(entry)
        standing = select(NumberDecision).where(
            *_standing(contest.id, kind), NumberDecision.number_key.in_(wanted)
        )
        decisions |= {(kind, one.number_key): one for one in db.session.scalars(standing)}
    return [
        SharedNumber(
            kind=kind,
            key=key,
            people=tuple(people.get((kind, key), ())),
            is_contested=contest.entry.unique == Unique(kind.value),
            decision=decisions.get((kind, key)),
        )
        for kind, key in keys
    ]


def _people(contest_id: int, kind: Number, keys: Collection[str]) -> Iterable[Entry]:
    return db.session.scalars(
        select(Entry)
        .where(Entry.contest_id == contest_id, _COLUMNS[kind].in_(keys), Entry.status == "active")
        .order_by(Entry.registered_at, Entry.id)
    )
