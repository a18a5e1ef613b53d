"""Stating anew who an entrant is, where the first statement was wrong: checked like an entry, same rules."""

from dataclasses import dataclass, fields, replace
from datetime import date, datetime

from sqlalchemy.exc import IntegrityError

from quiz.contests.definition_entry import UNIQUE_PARTS
from quiz.contests.models import Contest
from quiz.core import names
from quiz.core.database import is_taken, transaction
from quiz.core.errors import NotFound
from quiz.core.genders import Gender
from quiz.core.secrets import Keyring
from quiz.entries import queries, service
from quiz.entries.errors import IdentityTaken
from quiz.entries.extras import EXTRA_FIELDS, extras_in, seal, unseal
from quiz.entries.models import Entry
from quiz.entries.name_index import name_columns
from quiz.entries.person import Person
from quiz.entries.representatives import Representative

_STATED = {"phone", "national_id", "name", "birth_date"}


@dataclass(frozen=True, slots=True)
class Correction:
    """What is to be stated instead; None leaves a field as it is."""

    name: str | None = None
    birth_date: date | None = None
    phone: str | None = None
    national_id: str | None = None
    gender: Gender | None = None
    email: str | None = None
    address: str | None = None
    workplace: str | None = None

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields that change."""
        return tuple(one.name for one in fields(self) if getattr(self, one.name) is not None)


def restate(
    contest: Contest, entry_id: int, correction: Correction, *, now: datetime, keyring: Keyring
) -> None:
    """Correct an entry. Raises NotFound, EntryInvalid, EntryRefused, IdentityTaken: then nothing changes.

    Under a rule of one number a number that somebody else holds makes the entry contested, as at entry.
    """
    try:
        with transaction() as session:
            entry = session.get(Entry, (contest.id, entry_id), with_for_update=True, populate_existing=True)
            if entry is None:
                raise NotFound("entry")
            if correction.phone not in (None, service.phone_of(entry, keyring)):
                entry.proved_at = None  # a code went to the former number
            person = _corrected(entry, correction, keyring)
            service.check_person(contest, person, now=now)
            _write(contest, entry, person, keyring)
            # Before looking for who holds the identity: if it is the same entry, it is read anew.
            session.flush()
            # Accounts and rosters say who somebody is; what is stated matters under the other rules.
            if set(UNIQUE_PARTS[contest.entry.unique]) & _STATED:
                _identify(contest, entry, person, now=now, keyring=keyring)
                session.flush()
    except IntegrityError as error:
        if not is_taken(error, "identity_key"):
            raise
        raise IdentityTaken("identity_taken") from error


def person_of(entry: Entry, keyring: Keyring) -> Person:
    """What the entrant stated, in clear."""
    context = f"{entry.contest_id}:{entry.id}"
    kept = unseal(entry.extra_cipher, keyring, context)
    stands_for = kept.get("representative")
    return Person(
        name=entry.name,
        birth_date=entry.birth_date,
        phone=service.phone_of(entry, keyring),
        national_id=(
            keyring.decrypt("entries.national_id", entry.national_id_cipher, context)
            if entry.national_id_cipher
            else None
        ),
        unit_id=entry.unit_id,
        may_publish=entry.may_publish,
        category=entry.category,
        roster_id=entry.roster_id,
        extras=extras_in(kept),
        account_id=entry.account_id,
        representative=Representative(**stands_for) if stands_for else None,
    )


def _corrected(entry: Entry, correction: Correction, keyring: Keyring) -> Person:
    changes = {name: getattr(correction, name) for name in correction.fields}
    further = {name: changes.pop(name) for name in EXTRA_FIELDS if name in changes}
    person = person_of(entry, keyring)
    return replace(person, **changes, extras=replace(person.extras, **further))


def _write(contest: Contest, entry: Entry, person: Person, keyring: Keyring) -> None:
    for column, value in name_columns(keyring, contest.id, names.clean_name(person.name)).items():
        setattr(entry, column, value)
    entry.birth_date = service.kept_birth_date(contest, person)
    context = f"{contest.id}:{entry.id}"
    for column, sealed in service.sealed_columns(person, contest.id, keyring, context).items():
        if column.startswith(("phone", "national_id", "email")):
            setattr(entry, column, sealed)
    kept = unseal(entry.extra_cipher, keyring, context)
    entry.extra_cipher = seal(person.extras, keyring, context, beside=kept)


def _identify(contest: Contest, entry: Entry, person: Person, *, now: datetime, keyring: Keyring) -> None:
    keys = service.identity_keys_of(contest, person, keyring)
    held = queries.find_by_identity(contest.id, keys) if keys else None
    if held is not None and held.id != entry.id:
        service.contest_number(contest, entry, person, now=now, keyring=keyring)
    else:
        entry.identity_key = keys[0] if keys else None
