"""What elsewhere leads to a person who is erased: account, line of the roster, decisions on a number."""

from collections.abc import Iterable, Sequence

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from quiz.entries.models import Entry, NumberDecision, RosterPerson
from quiz.signin.models import EntrantAccount


def forget_links(session: Session, contest_id: int, entry_ids: Sequence[int]) -> None:
    """Before the entries lose their keys: end what only these people are behind."""
    rows = session.execute(
        select(Entry.account_id, Entry.roster_id, Entry.phone_key, Entry.national_id_key).where(
            Entry.contest_id == contest_id, Entry.id.in_(entry_ids)
        )
    ).all()
    _forget_accounts(session, contest_id, entry_ids, {row.account_id for row in rows} - {None})
    roster = {row.roster_id for row in rows} - {None}
    if roster:
        session.execute(
            delete(RosterPerson).where(RosterPerson.contest_id == contest_id, RosterPerson.id.in_(roster))
        )
    keys = {row.phone_key for row in rows} | {row.national_id_key for row in rows}
    for key in keys - {None}:
        _forget_number(session, contest_id, entry_ids, key)


def _forget_accounts(
    session: Session, contest_id: int, entry_ids: Sequence[int], account_ids: Iterable[int]
) -> None:
    """An account goes with its last entry, in whatever contest that is."""
    for account_id in account_ids:
        others = select(Entry.id).where(
            Entry.account_id == account_id,
            (Entry.contest_id != contest_id) | Entry.id.not_in(entry_ids),
        )
        if session.scalar(others.limit(1)) is None:
            session.execute(delete(EntrantAccount).where(EntrantAccount.id == account_id))


def _forget_number(session: Session, contest_id: int, entry_ids: Sequence[int], key: str) -> None:
    """A number that nobody else holds: what was decided about it stays, the hash and the words go."""
    others = select(Entry.id).where(
        Entry.contest_id == contest_id,
        Entry.id.not_in(entry_ids),
        (Entry.phone_key == key) | (Entry.national_id_key == key),
    )
    if session.scalar(others.limit(1)) is not None:
        return
    for decision_id in session.scalars(
        select(NumberDecision.id).where(
            NumberDecision.contest_id == contest_id, NumberDecision.number_key == key
        )
    ).all():
        session.execute(
            update(NumberDecision)
            .where(NumberDecision.contest_id == contest_id, NumberDecision.id == decision_id)
            .values(number_key=f"erased {decision_id}", reason="", undo_reason=None)
        )
