"""Who may enter a contest: people of its units, of its roster, and nobody who is barred."""

from dataclasses import replace
from datetime import date

from question_bank.folding import fold
from quiz.contests import queries as contests
from quiz.contests.definition_entry import Unique
from quiz.contests.models import Contest, ContestUnit
from quiz.core.names import name_key
from quiz.core.secrets import Keyring
from quiz.entries import list_queries
from quiz.entries.errors import EntryRefused
from quiz.entries.matching import same_birth
from quiz.entries.models import RosterPerson
from quiz.entries.name_index import code_hashes, name_hashes
from quiz.entries.person import Person, phone_keys
from quiz.entries.roster_reading import code_key


def from_roster(contest: Contest, person: Person, keyring: Keyring) -> Person:
    """The person as the roster knows them: name and unit are the list's. Without a roster: unchanged.

    By the code where the roster is the way in, else by name and birth date; what both state has to agree.
    Raises EntryRefused ("not_on_roster"), which does not say what of it is wrong.
    """
    policy = contest.entry
    if not policy.uses_roster:
        return person
    find = _by_code if policy.unique is Unique.ROSTER else _by_name
    row = find(contest, person, keyring)
    if row is None:
        raise EntryRefused("not_on_roster")
    unit = find_listed_unit(contest, row.unit)
    return replace(
        person,
        name=row.name,
        roster_id=row.id,
        roster_code=code_key(row.code),
        unit_id=unit.id if unit else person.unit_id,
    )


def refuse_others(contest: Contest, person: Person, keyring: Keyring) -> None:
    """Whether unit and person may enter. Raises EntryRefused ("unit_not_admitted", "barred")."""
    policy = contest.entry
    if policy.units and person.unit_id is not None:
        unit = next((one for one in contests.list_units(contest.id) if one.id == person.unit_id), None)
        if unit is None or not policy.admits_unit(unit.path):
            raise EntryRefused("unit_not_admitted")
    if is_barred(contest, person, keyring):
        raise EntryRefused("barred")


def is_barred(contest: Contest, person: Person, keyring: Keyring) -> bool:
    """Whether the list of the barred names this person: by phone, or by name and birth date together."""
    phones = phone_keys(keyring, contest.id, person.phone) if person.phone else ()
    names = name_hashes(keyring, contest.id, person.name)
    return any(
        row.phone_key in phones
        or (
            row.name_key in names
            and same_birth(
                person.birth_date, row.birth_date, only_year=row.only_year or contest.entry.asks_only_year
            )
        )
        for row in list_queries.list_barred_like(contest.id, names, phones)
    )


def find_listed_unit(contest: Contest, text: str | None) -> ContestUnit | None:
    """The contest's unit that a list means by its code, or by a name that only one unit has."""
    if not text:
        return None
    units = contests.list_units(contest.id)
    by_code = next((unit for unit in units if unit.code == text), None)
    if by_code is not None:
        return by_code
    wanted = fold(text)
    named = [unit for unit in units if wanted in (fold(unit.name), fold(unit.short_name or ""))]
    return named[0] if len(named) == 1 else None


def _by_code(contest: Contest, person: Person, keyring: Keyring) -> RosterPerson | None:
    codes = code_hashes(keyring, contest.id, person.roster_code or "")
    row = list_queries.find_by_code(contest.id, codes)
    if row is None or name_key(row.name) != name_key(person.name):
        return None
    is_known = row.birth_date is not None and person.birth_date is not None
    return row if not is_known or _born_alike(contest, row, person.birth_date) else None


def _by_name(contest: Contest, person: Person, keyring: Keyring) -> RosterPerson | None:
    """The first of the name and birth date; of one whose date the list does not know the name is enough."""
    rows = list_queries.list_by_name(contest.id, name_hashes(keyring, contest.id, person.name))
    alike = [row for row in rows if _born_alike(contest, row, person.birth_date)]
    unknown = [row for row in rows if row.birth_date is None]
    return next(iter(alike or unknown), None)


def _born_alike(contest: Contest, row: RosterPerson, stated: date | None) -> bool:
    only_year = row.only_year or contest.entry.asks_only_year
    return same_birth(stated, row.birth_date, only_year=only_year)
