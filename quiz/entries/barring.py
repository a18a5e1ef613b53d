"""People who may not enter a contest: put on the list and taken off, with the reason."""

from datetime import datetime

from quiz.audit.actors import Actor
from quiz.audit.service import Action, record
from quiz.contests.models import Contest
from quiz.core.database import transaction
from quiz.core.ids import new_id
from quiz.core.names import name_key
from quiz.core.secrets import Keyring
from quiz.entries import list_queries
from quiz.entries.barred_reading import BarredRow
from quiz.entries.models import BarredPerson
from quiz.entries.name_index import name_hash
from quiz.entries.person import phone_key, phone_keys


def bar(
    contest: Contest,
    rows: tuple[BarredRow, ...],
    *,
    reason: str,
    actor: Actor,
    now: datetime,
    keyring: Keyring,
) -> int:
    """Put people on the list; how many are new. Who is there already, with the same data, is there once.

    `reason` stands for the rows that give none of their own. What is stored of them is encrypted and hashed.
    """
    with transaction() as session:
        known = {_key_of(row, row.phone_key) for row in list_queries.list_barred(contest.id)}
        added = 0
        for row in rows:
            keys = phone_keys(keyring, contest.id, row.phone) if row.phone else (None,)
            if known.isdisjoint(_key_of(row, key) for key in keys):
                made = _made(contest.id, row, reason, now, keyring)
                known.add(_key_of(made, made.phone_key))
                session.add(made)
                added += 1
        if added:
            record(
                Action.BARRED_ADDED,
                f"contest {contest.slug}",
                actor=actor,
                now=now,
                contest_id=contest.id,
                added=added,
                reason=reason,
            )
    return added


def admit(contest: Contest, barred_id: int, *, reason: str, actor: Actor, now: datetime) -> None:
    """Take somebody off the list. Raises NotFound."""
    with transaction() as session:
        session.delete(list_queries.get_barred(contest.id, barred_id))
        record(
            Action.BARRED_REMOVED,
            f"contest {contest.slug}",
            actor=actor,
            now=now,
            contest_id=contest.id,
            reason=reason,
        )


def _made(contest_id: int, row: BarredRow, reason: str, now: datetime, keyring: Keyring) -> BarredPerson:
    return BarredPerson(
        contest_id=contest_id,
        id=new_id(),
        name=row.name,
        name_key=name_hash(keyring, contest_id, row.name),
        birth_date=row.birth_date,
        only_year=row.only_year,
        phone=row.phone,
        phone_key=phone_key(keyring, contest_id, row.phone) if row.phone else None,
        phone_tail=row.phone[-3:] if row.phone else None,
        note=row.note or reason,
        added_at=now,
    )


def _key_of(row: BarredPerson | BarredRow, phone_key: str | None) -> tuple[object, ...]:
    return name_key(row.name), row.birth_date, row.only_year, phone_key
