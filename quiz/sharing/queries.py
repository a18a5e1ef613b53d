"""Who invited how many. Nothing here writes."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import Select, exists, func, or_, select
from sqlalchemy.orm import aliased

from quiz.attempts.models import Result
from quiz.core.database import db
from quiz.entries.models import COUNTED, Entry


@dataclass(frozen=True, slots=True)
class Inviter:
    """Somebody with the number of people who took part through their link."""

    entry: Entry
    people: int


def count_invited(contest_id: int, entry_id: int, rounds: Collection[int]) -> int:
    """How many distinct valid people entered by somebody's link and handed in a paper of these rounds."""
    found = db.session.execute(_counted(contest_id, rounds).where(Entry.referred_by == entry_id)).first()
    return int(found[1]) if found else 0


def list_inviters(contest_id: int, rounds: Collection[int], *, limit: int) -> list[Inviter]:
    """Those who invited most, equal ones in the order in which they entered."""
    counted = _counted(contest_id, rounds).subquery()
    rows = db.session.execute(
        select(Entry, counted.c.people)
        .join(counted, counted.c.inviter == Entry.id)
        .where(Entry.contest_id == contest_id)
        .order_by(counted.c.people.desc(), Entry.registered_at, Entry.id)
        .limit(limit)
    )
    return [Inviter(entry, int(people)) for entry, people in rows]


def _counted(contest_id: int, rounds: Collection[int]) -> Select[int | None, int]:
    """People by inviter; without the merged, the disqualified, and who entered on the inviter's own phone."""
    inviter = aliased(Entry)
    took_part = exists().where(
        Result.contest_id == Entry.contest_id,
        Result.entry_id == Entry.id,
        Result.round_number.in_(rounds),
    )
    return (
        select(Entry.referred_by.label("inviter"), func.count().label("people"))
        .join(inviter, (inviter.contest_id == Entry.contest_id) & (inviter.id == Entry.referred_by))
        .where(
            Entry.contest_id == contest_id,
            Entry.status.in_(COUNTED),
            inviter.status.in_(COUNTED),
            or_(
                Entry.device_key.is_(None),
                inviter.device_key.is_(None),
                Entry.device_key != inviter.device_key,
            ),
            took_part,
        )
        .group_by(Entry.referred_by)
    )
