"""One person, one entry, under each rule of uniqueness, however many requests come at once."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import text

from quiz.contests.definition import Unique
from quiz.contests.models import Contest
from quiz.core.database import db
from quiz.core.secrets import CannotDecrypt
from quiz.entries import queries, service
from quiz.entries.errors import EntryInvalid, EntryRefused, ReturnRefused
from quiz.entries.models import Entry
from quiz.entries.person import Person
from quiz.entries.representatives import Representative
from tests.support.factories import KEYRING, NOW, make_contest, make_entry, unit_id
from tests.support.parallel import at_once

PHONE = "+84912345678"


def person(contest: Contest, **changes: object) -> Person:
    """Lò Thị Hương, unless changed."""
    stated = Person("Lò Thị Hương", date(1962, 8, 15), PHONE, unit_id=unit_id(contest))
    return replace(stated, **changes)  # type: ignore[arg-type]  # real fields


def register(contest: Contest, stated: Person) -> tuple[Entry, bool]:
    """Enter now."""
    return service.register(contest, stated, now=NOW, keyring=KEYRING)


def test_50_parallel_entries_of_one_phone_give_one_entrant(app: Flask) -> None:
    """F1 at the door: fifty times the same form."""
    contest = make_contest()
    contest_id, stated = contest.id, person(contest)

    def send() -> int:
        mine = db.session.get(Contest, contest_id)
        assert mine is not None
        return register(mine, stated)[0].id

    assert len(set(at_once(app, 50, send))) == 1
    assert queries.count_entries(contest_id) == 1


def test_50_different_people_with_one_phone_all_enter(app: Flask) -> None:
    """Under "phone" one of them has the number; the others compete too, and are marked (A12)."""
    contest = make_contest()
    contest_id = contest.id
    stated = [person(contest, name=f"Người thứ {number}") for number in range(50)]
    turns = iter(stated)

    def send() -> bool:
        mine = db.session.get(Contest, contest_id)
        assert mine is not None
        return register(mine, next(turns))[0].disputed_at is not None

    assert sorted(at_once(app, 50, send)) == [False] + [True] * 49
    assert queries.count_entries(contest_id) == 50


@pytest.mark.parametrize("name", ["LÒ THỊ HƯƠNG", "lo thi huong", " Lò  Thị Hương ", "Lò Thị Hương"])
def test_the_same_person_spelled_otherwise_comes_back_to_the_entry(name: str) -> None:
    """Capitals, marks, spaces and Unicode forms make no second person."""
    contest = make_contest()
    first, is_new = register(contest, person(contest))
    again, is_new_again = register(contest, person(contest, name=name))
    assert (is_new, is_new_again) == (True, False)
    assert again.id == first.id


@pytest.mark.parametrize("unique", [Unique.PHONE, Unique.PHONE_NAME_BIRTH_DATE, Unique.FLAG])
def test_a_family_shares_a_phone(unique: Unique) -> None:
    """DOMAIN acceptance 5: nobody is turned away; the strict rule marks the second one as disputed."""
    contest = make_contest(unique=unique)
    register(contest, person(contest))
    child, is_new = register(contest, person(contest, name="Lò Văn Thành", birth_date=date(1995, 2, 3)))
    assert is_new
    assert (child.disputed_at is not None) == (unique is Unique.PHONE)
    assert queries.count_entries(contest.id) == 2


def test_two_contests_do_not_know_each_other() -> None:
    """The same phone enters both, and its keyed hashes differ."""
    one, other = make_contest("mot"), make_contest("hai")
    first, second = register(one, person(one))[0], register(other, person(other))[0]
    assert first.phone_key != second.phone_key
    assert first.identity_key != second.identity_key


@pytest.mark.parametrize(
    "changes, code",
    [
        ({"name": "  "}, "name_missing"),
        ({"phone": None}, "phone_missing"),
        ({"birth_date": None}, "birth_date_missing"),
        ({"unit_id": None}, "unit_missing"),
    ],
)
def test_what_the_contest_requires_must_be_there(changes: dict[str, object], code: str) -> None:
    """The service checks, not only the form."""
    contest = make_contest()
    with pytest.raises(EntryInvalid, match=code):
        register(contest, person(contest, **changes))


@pytest.mark.parametrize("born, allowed", [(date(2012, 11, 22), True), (date(2012, 11, 23), False)])
def test_the_age_limit_counts_to_the_day(born: date, allowed: bool) -> None:
    """Fourteen on the day of entering, in the contest's own time zone."""
    contest = make_contest(min_age=14)
    if allowed:
        mother = Representative("Lò Thị Mai", "+84912000111")
        assert register(contest, person(contest, birth_date=born, representative=mother))[1]
    else:
        with pytest.raises(EntryRefused, match="too_young"):
            register(contest, person(contest, birth_date=born))


def test_contact_data_is_not_readable_in_the_database() -> None:
    """Name, date and phone are encrypted and hashed with the key; their letters and digits stand nowhere."""
    contest = make_contest()
    entry = register(contest, person(contest))[0]
    row = db.session.execute(text("SELECT * FROM entries")).one()
    secrets = ("345678", "Hương", "huong", "1962-08-15")
    assert not any(secret in str(value) for secret in secrets for value in row)
    assert service.phone_of(entry, KEYRING) == PHONE
    assert entry.phone_cipher is not None
    with pytest.raises(CannotDecrypt):
        KEYRING.decrypt("entries.phone", entry.phone_cipher, f"{contest.id}:{entry.id + 1}")


def come_back(
    contest: Contest, *, phone: str = PHONE, born: date = date(1962, 8, 15), hours: int = 0
) -> Entry:
    """Return by phone and birth date."""
    return service.come_back(
        contest,
        phone=phone,
        birth_date=born,
        name=None,
        network="203.0.113.7",
        now=NOW + timedelta(hours=hours),
        keyring=KEYRING,
    )


def test_coming_back_needs_phone_and_birth_date() -> None:
    """Both right: the entry. One wrong: the same neutral answer."""
    contest = make_contest()
    entry = register(contest, person(contest))[0]
    assert come_back(contest).id == entry.id
    for wrong in ({"phone": "+84912345679"}, {"born": date(1962, 8, 16)}):
        with pytest.raises(ReturnRefused, match="unknown_return"):
            come_back(contest, **wrong)  # type: ignore[arg-type]  # one or the other


def test_guessing_birth_dates_is_slowed_for_an_hour() -> None:
    """Six wrong tries for one phone; then even the right one waits, and after an hour it is let in."""
    contest = make_contest()
    register(contest, person(contest))
    for day in range(1, 7):
        with pytest.raises(ReturnRefused, match="unknown_return"):
            come_back(contest, born=date(1990, 1, day))
    with pytest.raises(ReturnRefused, match="too_many_returns"):
        come_back(contest)
    assert come_back(contest, hours=2).name == "Lò Thị Hương"


def test_namesakes_with_one_phone_must_say_who_they_are() -> None:
    """Twins under the finer rule: the name decides."""
    contest = make_contest(unique=Unique.PHONE_NAME_BIRTH_DATE)
    register(contest, person(contest))
    twin = register(contest, person(contest, name="Lò Thị Hoa"))[0]
    with pytest.raises(ReturnRefused, match="which_person"):
        come_back(contest)
    found = service.come_back(
        contest,
        phone=PHONE,
        birth_date=date(1962, 8, 15),
        name="lo thi hoa",
        network="203.0.113.7",
        now=NOW,
        keyring=KEYRING,
    )
    assert found.id == twin.id


def test_a_factory_entry_is_an_ordinary_one() -> None:
    """What other tests build on went through the same service."""
    assert make_entry(make_contest(), 7).phone_tail == "007"
