"""Entering a contest and coming back to it."""

from datetime import date, datetime, timedelta

from sqlalchemy.exc import IntegrityError

from quiz.audit.actors import Actor
from quiz.audit.service import Action, record
from quiz.contests.definition_entry import FORM_FIELDS
from quiz.contests.models import Contest
from quiz.core import names
from quiz.core.database import is_taken, transaction
from quiz.core.ids import new_id
from quiz.core.secrets import Keyring
from quiz.entries import eligibility, limits, queries
from quiz.entries.children import is_child
from quiz.entries.errors import EntryInvalid, EntryRefused, IdentityTaken, ReturnRefused
from quiz.entries.extras import Extras, extras_in, seal, unseal
from quiz.entries.identity import CONTESTABLE, contested_text, identity_text
from quiz.entries.models import Entry, FailedReturn
from quiz.entries.name_index import name_columns
from quiz.entries.person import Person, email_key, origin_columns, phone_key, phone_keys

RETURN_WINDOW = timedelta(hours=1)
RETURN_TRIES_PER_PHONE = 6
# Hundreds of phones share one address behind carrier NAT: the network's bucket is wide.
RETURN_TRIES_PER_NETWORK = 300


def register(contest: Contest, person: Person, *, now: datetime, keyring: Keyring) -> tuple[Entry, bool]:
    """Enter a person, or lead the same person back to the entry that exists; True when it is new.

    Under a rule of one number a different person with the number of somebody else enters as well, with
    `disputed_at`; the organisers decide before prizes. However many requests come at once, one person gives
    one entry: uq_entries_contest_id_identity_key decides.

    Raises EntryInvalid, EntryRefused ("too_young") and IdentityTaken (another's account or roster line).
    """
    person = admitted(contest, person, now=now, keyring=keyring)
    for _attempt in range(3):
        wanted = new_entry(contest, person, now=now, keyring=keyring)
        try:
            with transaction() as session:
                keys = identity_keys_of(contest, person, keyring)
                held = queries.find_by_identity(contest.id, keys) if keys else None
                if held is not None and not _is_same(contest, held, person, keyring):
                    keys = contest_number(contest, wanted, person, now=now, keyring=keyring)
                    held = queries.find_by_identity(contest.id, keys)
                if held is not None:
                    return queries.kept_entry(held), False
                session.add(wanted)
            return wanted, True
        except IntegrityError as error:
            # A parallel request was first; its entry is visible now.
            if not is_taken(error, "identity_key"):
                raise
    raise IdentityTaken("identity_taken")


def admitted(contest: Contest, person: Person, *, now: datetime, keyring: Keyring) -> Person:
    """The person as the contest's lists know them, if they may enter.

    Raises EntryInvalid, or EntryRefused: "not_on_roster", "too_young", "unit_not_admitted", "barred", ….
    """
    person = eligibility.from_roster(contest, person, keyring)
    check_person(contest, person, now=now)
    eligibility.refuse_others(contest, person, keyring)
    return person


def check_person(contest: Contest, person: Person, *, now: datetime) -> None:
    """Whether the contest's entry rules admit what was stated. Raises EntryInvalid or EntryRefused."""
    policy = contest.entry
    if not names.clean_name(person.name):
        raise EntryInvalid("name_missing", field="name")
    for name in FORM_FIELDS:
        if policy.requires(name) and not person.states(name):
            raise EntryInvalid(f"{name}_missing", field=name)
    if person.category is not None and person.category not in {one.code for one in policy.categories}:
        raise EntryInvalid("category_missing", field="category")
    today = limits.local_date(now, contest.settings.timezone)
    refusal = limits.age_refusal(policy, person.birth_date, today)
    if refusal is not None:
        age = policy.lowest_age if refusal is limits.Refusal.TOO_YOUNG else policy.max_age
        code = f"{refusal.value}_on" if policy.age_on and age else refusal.value
        raise EntryRefused(code, age=age, day=f"{policy.age_on or today:%d/%m/%Y}")
    if is_child(person.birth_date, today) and person.representative is None:
        raise EntryInvalid("representative_missing", field="representative_name")


def come_back(
    contest: Contest,
    *,
    phone: str,
    birth_date: date,
    name: str | None,
    network: str,
    now: datetime,
    keyring: Keyring,
) -> Entry:
    """The entry of a person who returns by phone and birth date (and name, where two people share both).

    Raises ReturnRefused: "unknown_return", "which_person" (the name is needed) or "too_many_returns".
    """
    key = phone_key(keyring, contest.id, phone)  # for counting tries; rows may hold it under older keys
    buckets = {
        keyring.blind_index("return-phone", key): RETURN_TRIES_PER_PHONE,
        keyring.blind_index("return-network", network): RETURN_TRIES_PER_NETWORK,
    }
    since = now - RETURN_WINDOW
    if any(
        queries.count_failed_returns(contest.id, bucket, since) >= most for bucket, most in buckets.items()
    ):
        raise ReturnRefused("too_many_returns")
    found = list(
        queries.list_by_phone_and_birth(contest.id, phone_keys(keyring, contest.id, phone), birth_date)
    )
    people = {queries.kept_entry(entry).id: entry for entry in found}
    if name:
        # Without a rule of uniqueness a person may have entered twice: the first entry is the one.
        found = [entry for entry in found if names.name_key(entry.name) == names.name_key(name)][:1]
    elif len(people) == 1:
        found = list(people.values())
    if len(found) == 1:
        return queries.kept_entry(found[0])
    if len(found) > 1 and not name:
        raise ReturnRefused("which_person")
    with transaction() as session:
        session.add_all(
            FailedReturn(contest_id=contest.id, id=new_id(), bucket=bucket, at=now) for bucket in buckets
        )
    raise ReturnRefused("unknown_return")


def note_return(contest: Contest, entry_id: int, *, now: datetime) -> None:
    """Log that a person proved who they are on another device than before: who and when, nothing more."""
    record(
        Action.ENTRANT_RETURNED,
        f"entry {entry_id}",
        actor=Actor.entrant(entry_id),
        now=now,
        contest_id=contest.id,
    )


def phone_of(entry: Entry, keyring: Keyring) -> str | None:
    """The phone in clear, for the entrant and for those who may see it."""
    if entry.phone_cipher is None:
        return None
    return keyring.decrypt("entries.phone", entry.phone_cipher, f"{entry.contest_id}:{entry.id}")


def extras_of(entry: Entry, keyring: Keyring) -> Extras:
    """The further fields in clear, for the entrant and for those who may see them."""
    return extras_in(unseal(entry.extra_cipher, keyring, f"{entry.contest_id}:{entry.id}"))


def new_entry(contest: Contest, person: Person, *, now: datetime, keyring: Keyring) -> Entry:
    """The row of a person who enters now, hashed and encrypted; not yet stored and not checked."""
    entry_id = new_id()
    context = f"{contest.id}:{entry_id}"
    return Entry(
        contest_id=contest.id,
        id=entry_id,
        identity_key=next(iter(identity_keys_of(contest, person, keyring)), None),
        **name_columns(keyring, contest.id, names.clean_name(person.name)),
        birth_date=kept_birth_date(contest, person),
        **sealed_columns(person, contest.id, keyring, context),
        category=person.category,
        roster_id=person.roster_id,
        referred_by=person.referred_by,
        unit_id=person.unit_id,
        account_id=person.account_id,
        status="active",
        consent_version=contest.entry.consent_version,
        consented_at=now,
        may_publish=person.may_publish,
        registered_at=now,
        **origin_columns(keyring, contest.id, person.origin, context),
    )


def sealed_columns(person: Person, contest_id: int, keyring: Keyring, context: str) -> dict[str, str | None]:
    """The columns of what only few may see: encrypted for this row, and hashed to compare."""
    phone, number, email = person.phone, person.national_id, person.extras.email
    return {
        "phone_cipher": keyring.encrypt("entries.phone", phone, context) if phone else None,
        "phone_key": phone_key(keyring, contest_id, phone) if phone else None,
        "phone_tail": phone[-3:] if phone else None,
        "national_id_cipher": keyring.encrypt("entries.national_id", number, context) if number else None,
        "national_id_key": keyring.blind_index(f"national_id:{contest_id}", number) if number else None,
        "extra_cipher": seal(person.extras, keyring, context, beside=_beside(person)),
        "email_key": email_key(keyring, contest_id, email) if email else None,
    }


def identity_keys_of(contest: Contest, person: Person, keyring: Keyring) -> tuple[str, ...]:
    """The keyed hashes that no two entries of the contest share, the newest key first; none where twins are
    only flagged."""
    identity = identity_of(contest, person)
    return keyring.blind_indexes(f"identity:{contest.id}", identity) if identity else ()


def _beside(person: Person) -> dict[str, object]:
    """What stands under the same seal as the further fields."""
    return {"representative": person.representative.as_dict()} if person.representative else {}


def _is_same(contest: Contest, held: Entry, person: Person, keyring: Keyring) -> bool:
    """Whether who states the identity is who holds it, and not somebody else with the number."""
    if person.roster_id is not None and held.roster_id == person.roster_id:
        return True  # who is found on the roster has said name and code, which is enough
    phones = phone_keys(keyring, contest.id, person.phone) if person.phone else (None,)
    return held.phone_key in phones and (names.name_key(held.name), held.birth_date) == (
        names.name_key(names.clean_name(person.name)),
        kept_birth_date(contest, person),
    )


def contest_number(
    contest: Contest, wanted: Entry, person: Person, *, now: datetime, keyring: Keyring
) -> tuple[str, ...]:
    """Let the entry stand beside the one that holds its number; under which keys. Raises IdentityTaken."""
    identity = identity_of(contest, person)
    if contest.entry.unique not in CONTESTABLE or identity is None:
        raise IdentityTaken("identity_taken")
    contested = contested_text(identity, name=wanted.name, birth_date=wanted.birth_date, phone=person.phone)
    keys = keyring.blind_indexes(f"identity:{contest.id}", contested)
    wanted.identity_key, wanted.disputed_at = keys[0], now
    return keys


def kept_birth_date(contest: Contest, person: Person) -> date | None:
    """What is not asked for is not kept: of a year alone the date is 1 January."""
    if person.birth_date is not None and contest.entry.asks_only_year:
        return person.birth_date.replace(month=1, day=1)
    return person.birth_date


def identity_of(contest: Contest, person: Person) -> str | None:
    """The text that makes two entries the same person, None where twins are only flagged."""
    return identity_text(
        contest.entry.unique,
        name=names.clean_name(person.name),
        birth_date=kept_birth_date(contest, person),
        phone=person.phone,
        national_id=person.national_id,
        account=str(person.account_id) if person.account_id is not None else None,
        roster=person.roster_code,
    )
