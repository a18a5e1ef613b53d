"""F21: «Đặng Thị Hòa» and 0901… in every way of typing are one person on every list, and for every rule."""

import unicodedata
from datetime import date

import pytest

from quiz.contests.definition import EntryFields, EntryPolicy, Presence, Unique
from quiz.core.phones import normalise_phone
from quiz.entries import barring, queries, rosters, service
from quiz.entries.barred_reading import read_typed
from quiz.entries.errors import EntryRefused
from quiz.entries.person import Person
from quiz.entries.roster_reading import read_roster
from tests.support.factories import KEYRING, NOW, make_contest
from tests.support.staff import ACTOR

BORN = date(1962, 8, 15)
NAMES = [
    "Đặng Thị Hòa",
    unicodedata.normalize("NFD", "Đặng Thị Hòa"),
    "Đặng Thị Hoà",  # the tone on the other letter
    "Ðặng Thị Hòa",  # a letter of another language that old converters write
    "ĐẶNG THỊ HÒA",
    "dang thi hoa",
    "  Đặng   Thị\u00a0Hòa ",
    "Đặng\u200b Thị Hòa",
]
PHONES = ["0901234567", "+84901234567", "84 901 234 567", "0901.234.567", "+84 0901-234-567", "0084901234567"]


@pytest.mark.parametrize("name", NAMES)
def test_names_on_a_roster(name: str) -> None:
    """By code, and by name and birth date alone; the list may be spelled in any way too."""
    for policy in (
        EntryPolicy(fields=EntryFields(phone=Presence.OFF), unique=Unique.ROSTER),
        EntryPolicy(unique=Unique.PHONE, roster=True),
    ):
        contest = make_contest(f"ds-{policy.unique.value}", policy=policy)
        rows = read_roster(f"Mã;Họ tên;Ngày sinh\nđt-01;{NAMES[5]};15/8/1962\n".encode(), NOW.date()).rows
        rosters.save_roster(contest, rows, removes_gone=False, actor=ACTOR, now=NOW, keyring=KEYRING)
        person = Person(name, BORN, "+84901234567", roster_code=unicodedata.normalize("NFD", "ĐT-01"))
        assert service.register(contest, person, now=NOW, keyring=KEYRING)[0].roster_id is not None


@pytest.mark.parametrize("name", NAMES)
def test_names_of_the_barred(name: str) -> None:
    contest = make_contest(policy=EntryPolicy())
    rows = read_typed(f"{name}; 15/8/1962", NOW.date()).rows
    barring.bar(contest, rows, reason="thể lệ", actor=ACTOR, now=NOW, keyring=KEYRING)
    for typed in NAMES:
        with pytest.raises(EntryRefused, match="barred"):
            service.register(contest, Person(typed, BORN, "+84999999999"), now=NOW, keyring=KEYRING)


@pytest.mark.parametrize("phone", PHONES)
def test_phones_of_the_barred(phone: str) -> None:
    contest = make_contest(policy=EntryPolicy())
    rows = read_typed(f"Một Người;; {phone}", NOW.date()).rows
    barring.bar(contest, rows, reason="thể lệ", actor=ACTOR, now=NOW, keyring=KEYRING)
    for typed in PHONES:
        with pytest.raises(EntryRefused, match="barred"):
            service.register(
                contest, Person("Ai Khác", BORN, normalise_phone(typed)), now=NOW, keyring=KEYRING
            )


def test_every_spelling_is_one_entry() -> None:
    contest = make_contest(policy=EntryPolicy(unique=Unique.PHONE_NAME_BIRTH_DATE))
    people = [Person(name, BORN, normalise_phone(phone)) for name in NAMES for phone in PHONES]
    ids = {service.register(contest, person, now=NOW, keyring=KEYRING)[0].id for person in people}
    assert len(ids) == queries.count_entries(contest.id) == 1
