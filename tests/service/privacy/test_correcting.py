"""Correcting what was stated: at once while nothing is to be gained by it, else with approval."""

from datetime import date, datetime, timedelta

import pytest
from flask import Flask

from quiz.audit.actors import Actor
from quiz.contests.definition import Unique
from quiz.contests.models import Contest
from quiz.core.database import transaction
from quiz.core.genders import Gender
from quiz.entries.errors import EntryInvalid, EntryRefused, IdentityTaken
from quiz.entries.extras import Extras
from quiz.entries.person import email_keys
from quiz.entries.queries import browse_entries, get_entry, list_by_email
from quiz.entries.representatives import Representative
from quiz.entries.restating import Correction, person_of, restate
from quiz.entries.service import come_back
from quiz.privacy import queries, service
from quiz.privacy.errors import RequestInvalid
from quiz.privacy.models import DataRequest
from tests.support.factories import KEYRING, NOW, make_contest, make_entry
from tests.support.sittings import fixed_contest, sit
from tests.support.staff import make_staff

BEFORE = NOW - timedelta(days=2)  # the round opens a day before NOW
RIGHT = Correction(name="Lò Thị Hường", birth_date=date(1963, 8, 15), phone="+84912345678")


@pytest.fixture
def contest(app: Flask) -> Contest:
    """A contest."""
    return fixed_contest()


def officer() -> Actor:
    """Who approves."""
    staff = make_staff()
    return Actor.staff(staff.id, staff.name)


def correct(contest: Contest, entry_id: int, correction: Correction, now: datetime = NOW) -> DataRequest:
    """Ask for a correction."""
    return service.correct(contest, entry_id, correction, "", now=now, keyring=KEYRING)


def test_before_the_contest_it_is_done_at_once(contest: Contest) -> None:
    entry = make_entry(contest, 1)
    asked = correct(contest, entry.id, RIGHT, BEFORE)
    assert (asked.state, asked.wish_cipher) == ("done", None)
    again = get_entry(contest.id, entry.id)
    stated = person_of(again, KEYRING)
    assert (stated.name, stated.birth_date, stated.phone) == (
        "Lò Thị Hường",
        date(1963, 8, 15),
        "+84912345678",
    )
    assert (again.phone_tail, again.name) == ("678", "Lò Thị Hường")
    assert [one.id for one in browse_entries(contest.id, "huong lo").rows] == [entry.id]
    assert stated.unit_id == entry.unit_id
    found = come_back(
        contest,
        phone="+84912345678",
        birth_date=date(1963, 8, 15),
        name=None,
        network="x",
        now=NOW,
        keyring=KEYRING,
    )
    assert found.id == entry.id


def test_while_a_round_is_open_organisers_approve(contest: Contest) -> None:
    entry = make_entry(contest, 1)
    asked = correct(contest, entry.id, RIGHT)
    assert asked.state == "waiting"
    assert get_entry(contest.id, entry.id).name == "Lò Thị Hương 1"
    assert service.correction_in(service.wish_of(asked, KEYRING)) == RIGHT
    service.fulfil(contest, asked.id, "Đã sửa.", actor=officer(), now=NOW, keyring=KEYRING)
    assert get_entry(contest.id, entry.id).name == "Lò Thị Hường"


def test_after_the_first_paper_nobody_becomes_somebody_else_alone(contest: Contest) -> None:
    entry = make_entry(contest, 1)
    sit(contest, entry.id, (2, 3, 4, 1))
    assert correct(contest, entry.id, RIGHT, NOW + timedelta(days=10)).state == "waiting"


def test_somebody_elses_number_makes_the_entry_contested(contest: Contest) -> None:
    """Under the rule of one phone the second comer is not turned away, and nobody is shut out."""
    make_entry(contest, 1, phone="+84912345678")
    entry = make_entry(contest, 2)
    restate(contest, entry.id, Correction(phone="+84912345678"), now=NOW, keyring=KEYRING)
    assert get_entry(contest.id, entry.id).disputed_at == NOW


def test_another_person_cannot_be_taken_over(app: Flask) -> None:
    contest = make_contest(unique=Unique.PHONE_NAME_BIRTH_DATE)
    first, second = make_entry(contest, 1), make_entry(contest, 2)
    asked = correct(contest, second.id, Correction(name="Lò Thị Hương 1", phone="+84900000001"))
    with pytest.raises(IdentityTaken):
        service.fulfil(contest, asked.id, "", actor=officer(), now=NOW, keyring=KEYRING)
    assert queries.get_request(contest.id, asked.id).state == "waiting"
    assert get_entry(contest.id, second.id).name == "Lò Thị Hương 2"
    assert get_entry(contest.id, first.id).name == "Lò Thị Hương 1"


def test_a_name_alone_is_corrected_under_a_rule_of_one_phone(contest: Contest) -> None:
    """The identity stays: whom it finds is the entry itself, which is not to be read over its change."""
    entry = make_entry(contest, 1)
    with transaction():
        key, entry.proved_at = entry.identity_key, NOW
    restate(contest, entry.id, Correction(name="Lò Thị Hường"), now=NOW, keyring=KEYRING)
    again = get_entry(contest.id, entry.id)
    assert (again.name, again.identity_key, again.disputed_at) == ("Lò Thị Hường", key, None)
    assert again.proved_at == NOW
    restate(contest, entry.id, RIGHT, now=NOW, keyring=KEYRING)
    assert get_entry(contest.id, entry.id).proved_at is None  # nobody has proved the new number yet


def test_what_else_the_contest_asked_for_is_corrected_too(contest: Contest) -> None:
    """What is not named stays, and so does what stands under the same seal: who agreed for a child."""
    stated = Extras(Gender.FEMALE, "huong@example.com", "bản Cá", "Trường A")
    mother = Representative("Cà Thị Mai", "+84912000111")
    entry = make_entry(contest, 1, extras=stated, representative=mother)
    asked = correct(
        contest, entry.id, Correction(gender=Gender.MALE, email="moi@example.com", address="bản Hìn")
    )
    service.fulfil(contest, asked.id, "", actor=officer(), now=NOW, keyring=KEYRING)
    person = person_of(get_entry(contest.id, entry.id), KEYRING)
    assert person.extras == Extras(Gender.MALE, "moi@example.com", "bản Hìn", "Trường A")
    assert (person.representative, person.phone) == (mother, "+84900000001")
    assert list_by_email(contest.id, email_keys(KEYRING, contest.id, "moi@example.com")) == [entry]
    assert not list_by_email(contest.id, email_keys(KEYRING, contest.id, "huong@example.com"))


@pytest.mark.parametrize(
    "correction, refused",
    [
        (Correction(birth_date=date(2013, 5, 6)), EntryInvalid),  # a child needs a representative
        (Correction(birth_date=date(2013, 5, 6)), EntryRefused),
    ],
)
def test_the_rules_of_entry_hold(app: Flask, correction: Correction, refused: type[Exception]) -> None:
    contest = make_contest(min_age=14 if refused is EntryRefused else None)
    entry = make_entry(contest, 1)
    with pytest.raises(refused):
        restate(contest, entry.id, correction, now=NOW, keyring=KEYRING)
    assert get_entry(contest.id, entry.id).birth_date == date(1962, 8, 15)


def test_nothing_to_correct_is_no_request(contest: Contest) -> None:
    with pytest.raises(RequestInvalid, match="nothing_to_correct"):
        correct(contest, make_entry(contest, 1).id, Correction())
