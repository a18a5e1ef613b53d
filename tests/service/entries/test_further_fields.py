"""Gender, mail, workplace, address, category and the year of birth: checked, sealed, found by nobody else."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import text

from quiz.contests.definition import Birth, Category, EntryFields, EntryPolicy, Presence, Unique
from quiz.contests.models import Contest
from quiz.core.database import db
from quiz.core.genders import Gender
from quiz.entries import service
from quiz.entries.errors import EntryInvalid
from quiz.entries.extras import Extras
from quiz.entries.person import Person
from tests.support.factories import KEYRING, NOW, make_contest

EXTRAS = Extras(Gender.FEMALE, "huong@example.com", "Bản Mòng, xã Mường Chiên", "Trường THPT Tô Hiệu")
PERSON = Person("Lò Thị Hương", date(1962, 8, 15), "+84912345678", category="can-bo", extras=EXTRAS)


def contest_asking(presence: Presence = Presence.REQUIRED, **changes: object) -> Contest:
    """A contest that asks for everything but papers and unit."""
    policy = EntryPolicy(
        fields=EntryFields(
            gender=presence, email=presence, workplace=presence, address=presence, category=presence
        ),
        categories=(Category("can-bo", "Cán bộ"), Category("hoc-sinh", "Học sinh")),
    )
    return make_contest(policy=replace(policy, **changes))  # type: ignore[arg-type]  # real fields


def test_what_is_stated_comes_back_and_stands_nowhere_in_clear() -> None:
    contest = contest_asking()
    entry, _is_new = service.register(contest, PERSON, now=NOW, keyring=KEYRING)
    assert service.extras_of(entry, KEYRING) == EXTRAS
    assert entry.category == "can-bo"
    row = str(db.session.execute(text("SELECT * FROM entries")).one())
    assert not any(word in row for word in ("huong@", "Bản Mòng", "Tô Hiệu", "female"))


def test_one_address_has_one_key_in_a_contest_and_another_in_the_next() -> None:
    contest = contest_asking(unique=Unique.FLAG)
    first, _is_new = service.register(contest, PERSON, now=NOW, keyring=KEYRING)
    second, _is_new = service.register(contest, replace(PERSON, name="Lò Văn Minh"), now=NOW, keyring=KEYRING)
    assert first.email_key == second.email_key == service.email_key(KEYRING, contest.id, "huong@example.com")
    assert first.email_key != service.email_key(KEYRING, contest.id + 1, "huong@example.com")


@pytest.mark.parametrize(
    "changes,code",
    [
        ({"category": None}, "category_missing"),
        ({"category": "dang-vien"}, "category_missing"),
        ({"extras": replace(EXTRAS, gender=None)}, "gender_missing"),
        ({"extras": replace(EXTRAS, email=None)}, "email_missing"),
        ({"extras": replace(EXTRAS, address=None)}, "address_missing"),
        ({"extras": replace(EXTRAS, workplace=None)}, "workplace_missing"),
    ],
)
def test_what_the_contest_requires_must_be_there(changes: dict[str, object], code: str) -> None:
    contest = contest_asking()
    with pytest.raises(EntryInvalid, match=code):
        service.register(contest, replace(PERSON, **changes), now=NOW, keyring=KEYRING)  # type: ignore[arg-type]


def test_nothing_of_it_is_needed_where_it_is_optional() -> None:
    contest = contest_asking(Presence.OPTIONAL)
    bare = replace(PERSON, category=None, extras=Extras())
    entry, _is_new = service.register(contest, bare, now=NOW, keyring=KEYRING)
    assert (entry.extra_cipher, entry.email_key, entry.category) == (None, None, None)


def test_only_the_year_is_kept_where_only_the_year_is_asked_for() -> None:
    """And it makes the same person, whatever day was given."""
    contest = contest_asking(birth=Birth.YEAR, unique=Unique.PHONE_NAME_BIRTH_DATE)
    first, is_new = service.register(contest, PERSON, now=NOW, keyring=KEYRING)
    again, is_new_again = service.register(
        contest, replace(PERSON, birth_date=date(1962, 1, 1)), now=NOW, keyring=KEYRING
    )
    assert (first.birth_date, is_new, is_new_again) == (date(1962, 1, 1), True, False)
    assert again.id == first.id
