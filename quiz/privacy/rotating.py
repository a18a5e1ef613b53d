"""A new data key: what is under older keys is encrypted and hashed anew, in batches, while people take part.

Until a row's turn has come it is read and found under its older key. What cannot be hashed anew because its
text is not stored (barred numbers, devices, networks) is found under older keys while these are known.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import select, tuple_, update
from sqlalchemy.orm import Session

from quiz.accounts.models import Staff
from quiz.accounts.two_steps import SEED_PURPOSE
from quiz.audit.actors import Actor
from quiz.audit.service import Action, record
from quiz.contests.models import Contest
from quiz.core.database import transaction
from quiz.core.secrets import CannotDecrypt, Keyring
from quiz.entries.identity import IdentityIncomplete, contested_text
from quiz.entries.models import Entry, NumberDecision, RosterPerson
from quiz.entries.person import Person
from quiz.entries.restating import person_of
from quiz.entries.service import identity_of
from quiz.privacy.models import DataRequest
from quiz.privacy.service import PURPOSE as WISH
from quiz.signin.accounts import CONTACT_PURPOSE, NAME_PURPOSE, login_keys
from quiz.signin.models import EntrantAccount

BATCH = 200
_ENTRY_CIPHERS = {
    "phone_cipher": "entries.phone",
    "national_id_cipher": "entries.national_id",
    "extra_cipher": "entries.extra",
}


@dataclass(frozen=True, slots=True)
class Rotated:
    """What one kind of rows came to; `left` could not be brought under the newest key."""

    what: str
    rows: int
    changed: int
    left: int


def rotate(keyring: Keyring) -> Iterator[Rotated]:
    """Bring all rows under the newest key; safe to stop, and to run again. Each batch is one transaction."""
    yield _walk("entries", Entry, (Entry.contest_id, Entry.id), _renew_entry, keyring)
    yield _walk("requests", DataRequest, (DataRequest.contest_id, DataRequest.id), _renew_request, keyring)
    yield _walk("accounts", EntrantAccount, (EntrantAccount.id,), _renew_account, keyring)
    yield _walk("staff", Staff, (Staff.id,), _renew_staff, keyring)


def _walk(
    what: str,
    table: Any,
    key: tuple[Any, ...],
    renew: Callable[[Session, Any, Keyring], bool],
    keyring: Keyring,
) -> Rotated:
    """Every row of a table by its key, a batch at a time."""
    rows = changed = left = 0
    after: tuple[int, ...] | None = None
    while True:
        with transaction() as session:
            wanted = select(table).order_by(*key).limit(BATCH).with_for_update()
            if after is not None:
                wanted = wanted.where(tuple_(*key) > after)
            batch = session.scalars(wanted.execution_options(populate_existing=True)).all()
            for row in batch:
                try:
                    changed += renew(session, row, keyring)
                except CannotDecrypt:
                    left += 1  # made under a key that nobody knows any more
            rows += len(batch)
            after = tuple(getattr(batch[-1], column.key) for column in key) if batch else after
            session.flush()
        if len(batch) < BATCH:
            return Rotated(what, rows, changed, left)


def _set(row: object, **columns: str | None) -> bool:
    """Set what differs; whether something did."""
    differing = {name: value for name, value in columns.items() if getattr(row, name) != value}
    for name, value in differing.items():
        setattr(row, name, value)
    return bool(differing)


def _renewed(row: object, purposes: dict[str, str], context: str, keyring: Keyring) -> dict[str, str | None]:
    """The ciphers of a row under the newest key."""
    return {
        column: keyring.renewed(purpose, sealed, context)
        for column, purpose in purposes.items()
        if (sealed := getattr(row, column)) is not None
    }


def _renew_entry(session: Session, entry: Entry, keyring: Keyring) -> bool:
    person, number = person_of(entry, keyring), entry.contest_id
    old_keys = {key for key in (entry.phone_key, entry.national_id_key) if key is not None}
    columns = _renewed(entry, _ENTRY_CIPHERS, f"{number}:{entry.id}", keyring)
    stated = {
        "phone_key": (f"phone:{number}", person.phone),
        "national_id_key": (f"national_id:{number}", person.national_id),
        "email_key": (f"email:{number}", person.extras.email),
    }
    for column, (purpose, text) in stated.items():
        if text is not None and getattr(entry, column) is not None:
            columns[column] = keyring.blind_index(purpose, text)
    columns["identity_key"] = _identity_key(session, entry, person, keyring)
    changed = _set(entry, **columns)
    if changed:
        _carry_decisions(session, entry, person, old_keys, keyring)
    return changed


def _identity_key(session: Session, entry: Entry, person: Person, keyring: Keyring) -> str | None:
    """The stored identity under the newest key, whichever text it was made of; as it is if of none."""
    if entry.identity_key is None:
        return None
    contest = session.get(Contest, entry.contest_id)
    assert contest is not None
    try:
        identity = identity_of(contest, _with_roster_code(session, entry, person))
    except IdentityIncomplete:
        return entry.identity_key
    if identity is None:
        return entry.identity_key
    contested = contested_text(identity, name=entry.name, birth_date=entry.birth_date, phone=person.phone)
    for text in (identity, contested):
        if entry.identity_key in (keys := keyring.blind_indexes(f"identity:{entry.contest_id}", text)):
            return keys[0]
    return entry.identity_key


def _with_roster_code(session: Session, entry: Entry, person: Person) -> Person:
    if entry.roster_id is None:
        return person
    line = session.get(RosterPerson, (entry.contest_id, entry.roster_id))
    return replace(person, roster_code=line.code) if line else person


def _carry_decisions(
    session: Session, entry: Entry, person: Person, old_keys: set[str], keyring: Keyring
) -> None:
    """What organisers decided about a number stands under the number's new hash."""
    number = entry.contest_id
    texts = {f"phone:{number}": person.phone, f"national_id:{number}": person.national_id}
    for purpose, text in texts.items():
        newest, *older = keyring.blind_indexes(purpose, text) if text else ("",)
        known = [key for key in older if key in old_keys]
        if known:
            session.execute(
                update(NumberDecision)
                .where(NumberDecision.contest_id == number, NumberDecision.number_key.in_(known))
                .values(number_key=newest)
            )


def _renew_request(_session: Session, asked: DataRequest, keyring: Keyring) -> bool:
    return _set(asked, **_renewed(asked, {"wish_cipher": WISH}, f"{asked.contest_id}:{asked.id}", keyring))


def _renew_account(_session: Session, account: EntrantAccount, keyring: Keyring) -> bool:
    purposes = {"contact_cipher": CONTACT_PURPOSE, "name_cipher": NAME_PURPOSE}
    columns = _renewed(account, purposes, str(account.id), keyring)
    if account.contact_cipher is not None:
        contact = keyring.decrypt(CONTACT_PURPOSE, account.contact_cipher, str(account.id))
        keys = login_keys(keyring, f"{account.kind}:{contact}")
        if account.login_key in keys:
            columns["login_key"] = keys[0]
    return _set(account, **columns)


def _renew_staff(_session: Session, staff: Staff, keyring: Keyring) -> bool:
    return _set(staff, **_renewed(staff, {"totp_cipher": SEED_PURPOSE}, f"staff:{staff.id}", keyring))


def note_rotation(done: Sequence[Rotated], *, actor: Actor, now: datetime) -> None:
    """Write down that and of how much the key was changed."""
    record(
        Action.KEYS_ROTATED,
        "keys",
        actor=actor,
        now=now,
        changed=sum(one.changed for one in done),
        left=sum(one.left for one in done),
    )
