"""A new data key: what is under older keys is encrypted and hashed anew, in batches, while people take part.

Until a row's turn has come it is read and found under its older key. Where a hash stands without its text,
as rows from before the texts were kept have it, it cannot be made anew: devices and networks lose theirs,
a barred phone keeps its own, and both are told (docs/adr/0020-data-keys.md).
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Text, select, tuple_, type_coerce, update
from sqlalchemy.orm import Session, defer

from quiz.accounts.models import Staff
from quiz.accounts.two_steps import SEED_PURPOSE
from quiz.attempts.models import Accommodation
from quiz.audit.actors import Actor
from quiz.audit.service import Action, record
from quiz.complaints.models import Complaint
from quiz.contests.models import Contest
from quiz.core.database import transaction
from quiz.core.sealed import open_row, sealed_columns
from quiz.core.secrets import CannotDecrypt, Keyring
from quiz.entries.identity import IdentityIncomplete, contested_text
from quiz.entries.models import BarredPerson, Entry, NumberDecision, RosterPerson, UnitRequest
from quiz.entries.name_index import code_hash, name_columns, name_hash
from quiz.entries.person import ORIGIN_PURPOSE, Person, origin_keys, origin_of, phone_key
from quiz.entries.restating import person_of
from quiz.entries.roster_reading import code_key
from quiz.entries.service import identity_of
from quiz.hooks.models import Hook
from quiz.privacy.models import DataRequest
from quiz.privacy.service import PURPOSE as WISH
from quiz.signin.accounts import CONTACT_PURPOSE, NAME_PURPOSE, login_keys
from quiz.signin.models import EntrantAccount
from quiz.vetting.integrity_models import Objection
from quiz.vetting.models import Ruling

BATCH = 200
_ENTRY_CIPHERS = {
    "phone_cipher": "entries.phone",
    "national_id_cipher": "entries.national_id",
    "extra_cipher": "entries.extra",
}


@dataclass(frozen=True, slots=True)
class Rotated:
    """What one kind of rows came to; `left` could not be brought under the newest key.

    `textless`: rows with a hash whose text is not known; `dropped` of them lost it.
    """

    what: str
    rows: int
    changed: int
    left: int
    textless: int = 0
    dropped: int = 0


@dataclass(slots=True)
class _Tally:
    """What a walk has met so far."""

    rows: int = 0
    changed: int = 0
    left: int = 0
    textless: int = 0
    dropped: int = 0


def rotate(keyring: Keyring) -> Iterator[Rotated]:
    """Bring all rows under the newest key; safe to stop, and to run again. Each batch is one transaction."""
    yield _walk("entries", Entry, (Entry.contest_id, Entry.id), _renew_entry, keyring)
    yield _walk("roster", RosterPerson, (RosterPerson.contest_id, RosterPerson.id), _renew_listed, keyring)
    yield _walk("barred", BarredPerson, (BarredPerson.contest_id, BarredPerson.id), _renew_barred, keyring)
    yield _walk("needs", Accommodation, (Accommodation.contest_id, Accommodation.entry_id), _words, keyring)
    yield _walk("rulings", Ruling, (Ruling.contest_id, Ruling.id), _words, keyring)
    key = (Objection.contest_id, Objection.annulment_id, Objection.entry_id)
    yield _walk("objections", Objection, key, _words, keyring)
    yield _walk("complaints", Complaint, (Complaint.contest_id, Complaint.number), _words, keyring)
    yield _walk("units", UnitRequest, (UnitRequest.contest_id, UnitRequest.id), _words, keyring)
    yield _walk("requests", DataRequest, (DataRequest.contest_id, DataRequest.id), _renew_request, keyring)
    yield _walk("hooks", Hook, (Hook.contest_id, Hook.id), _words, keyring)
    yield _walk("accounts", EntrantAccount, (EntrantAccount.id,), _renew_account, keyring)
    yield _walk("staff", Staff, (Staff.id,), _renew_staff, keyring)


def _walk(
    what: str,
    table: Any,
    key: tuple[Any, ...],
    renew: Callable[[Session, Any, Keyring, _Tally], bool],
    keyring: Keyring,
) -> Rotated:
    """Every row of a table by its key, a batch at a time; sealed columns come as they are stored."""
    tally = _Tally()
    sealed = {name: getattr(table, name) for name in sealed_columns(table)}
    every = select(table, *(type_coerce(column, Text) for column in sealed.values()))
    every = every.options(*(defer(column) for column in sealed.values())).order_by(*key).limit(BATCH)
    every = every.with_for_update().execution_options(populate_existing=True)
    after: tuple[int, ...] | None = None
    while True:
        with transaction() as session:
            batch = session.execute(every if after is None else every.where(tuple_(*key) > after)).all()
            for row, *stored in batch:
                try:
                    was_old = open_row(row, dict(zip(sealed, stored, strict=True)), keyring)
                    tally.changed += renew(session, row, keyring, tally) or was_old
                except CannotDecrypt:
                    tally.left += 1  # made under a key that nobody knows any more
            tally.rows += len(batch)
            after = tuple(getattr(batch[-1][0], column.key) for column in key) if batch else after
            session.flush()
        if len(batch) < BATCH:
            return Rotated(what, **asdict(tally))


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


def _renew_entry(session: Session, entry: Entry, keyring: Keyring, tally: _Tally) -> bool:
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
    if not entry.is_erased:
        columns |= name_columns(keyring, number, entry.name)
    columns |= _origin(entry, keyring, tally)
    columns["identity_key"] = _identity_key(session, entry, person, keyring)
    changed = _set(entry, **columns)
    if changed:
        _carry_decisions(session, entry, person, old_keys, keyring)
    return changed


def _origin(entry: Entry, keyring: Keyring, tally: _Tally) -> dict[str, str | None]:
    """The hashes of device and network; without what they were made of they tell nothing under a new key."""
    context = f"{entry.contest_id}:{entry.id}"
    if entry.origin_cipher is not None:
        origin = origin_of(keyring, entry.origin_cipher, context)
        sealed = keyring.renewed(ORIGIN_PURPOSE, entry.origin_cipher, context)
        return {**origin_keys(keyring, entry.contest_id, origin), "origin_cipher": sealed}
    if keyring.has_older and (entry.device_key or entry.network_key):
        tally.textless += 1
        tally.dropped += 1
        return {"device_key": None, "network_key": None}
    return {}


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
    return replace(person, roster_code=code_key(line.code)) if line else person


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


def _renew_listed(_session: Session, row: RosterPerson, keyring: Keyring, _tally: _Tally) -> bool:
    found_by = name_columns(keyring, row.contest_id, row.name)
    return _set(row, **found_by, code_key=code_hash(keyring, row.contest_id, row.code))


def _renew_barred(_session: Session, row: BarredPerson, keyring: Keyring, tally: _Tally) -> bool:
    columns = {"name_key": name_hash(keyring, row.contest_id, row.name)}
    if row.phone is not None:
        columns["phone_key"] = phone_key(keyring, row.contest_id, row.phone)
    elif row.phone_key is not None and keyring.has_older:
        tally.textless += 1
    return _set(row, **columns)


def _words(_session: Session, _row: object, _keyring: Keyring, _tally: _Tally) -> bool:
    """Nothing beside the sealed columns, which are renewed by themselves."""
    return False


def _renew_request(_session: Session, asked: DataRequest, keyring: Keyring, _tally: _Tally) -> bool:
    return _set(asked, **_renewed(asked, {"wish_cipher": WISH}, f"{asked.contest_id}:{asked.id}", keyring))


def _renew_account(_session: Session, account: EntrantAccount, keyring: Keyring, _tally: _Tally) -> bool:
    purposes = {"contact_cipher": CONTACT_PURPOSE, "name_cipher": NAME_PURPOSE}
    columns = _renewed(account, purposes, str(account.id), keyring)
    if account.contact_cipher is not None:
        contact = keyring.decrypt(CONTACT_PURPOSE, account.contact_cipher, str(account.id))
        keys = login_keys(keyring, f"{account.kind}:{contact}")
        if account.login_key in keys:
            columns["login_key"] = keys[0]
    return _set(account, **columns)


def _renew_staff(_session: Session, staff: Staff, keyring: Keyring, _tally: _Tally) -> bool:
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
        dropped=sum(one.dropped for one in done),
    )
