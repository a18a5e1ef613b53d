"""Names are read by those who hold the key, found by whole words, and compared or sorted by no database."""

from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select, text

from quiz.contests.models import Contest
from quiz.core.database import db
from quiz.core.secrets import CannotDecrypt, Keyring
from quiz.entries.models import Entry
from quiz.entries.queries import PER_PAGE, browse_entries
from tests.support.factories import KEYRING, make_contest, make_entry

NAMES = ("Nguyễn Thị Hương Giang", "Quàng Thị Hoàng Yến", "Đặng Văn Hoà", "Hà Thị Giang")
BORN = date(1962, 3, 27)


@pytest.fixture
def contest(app: Flask) -> Contest:
    """Four people."""
    made = make_contest()
    for number, name in enumerate(NAMES, start=1):
        make_entry(made, number, name=name, birth_date=BORN)
    return made


@pytest.mark.parametrize(
    "typed, found",
    [
        ("giang", ["Hà Thị Giang", "Nguyễn Thị Hương Giang"]),
        ("GIANG  huong", ["Nguyễn Thị Hương Giang"]),  # several words in any order
        ("Đặng Hòa", ["Đặng Văn Hoà"]),  # the tone on the other letter
        ("dang", ["Đặng Văn Hoà"]),
        ("gian", []),  # whole words
        ("giang giang", ["Hà Thị Giang", "Nguyễn Thị Hương Giang"]),
        ("giang đặng", []),
        ("%", []),
        ("…", []),
    ],
)
def test_search_by_words(contest: Contest, typed: str, found: list[str]) -> None:
    """What fits on a page comes in the order of Vietnamese name lists."""
    assert [entry.name for entry in browse_entries(contest.id, typed).rows] == found


def test_all_entrants_come_newest_first_page_by_page(contest: Contest) -> None:
    assert [entry.name for entry in browse_entries(contest.id).rows] == [*reversed(NAMES)]
    for number in range(PER_PAGE):
        make_entry(contest, 100 + number, name="Lò Thị Đông")
    found = browse_entries(contest.id, "dong", 1)
    assert (found.total, len(found.rows)) == (PER_PAGE, PER_PAGE)
    assert [entry.name for entry in browse_entries(contest.id, page=2).rows] == [*reversed(NAMES)]


def test_the_same_word_in_another_contest_has_another_hash(contest: Contest) -> None:
    other = make_contest("khac")
    make_entry(other, 1, name=NAMES[0])
    words = db.session.scalars(select(Entry.name_words).order_by(Entry.contest_id, Entry.id)).all()
    of_first, of_other = set(words[0].split()), set(words[-1].split())
    assert len(of_first) == 4
    assert of_first.isdisjoint(of_other)


def test_rows_and_single_columns_open_and_the_database_is_asked_nothing_about_them(contest: Contest) -> None:
    opened = db.session.execute(select(Entry.name, Entry.birth_date).order_by(Entry.id)).all()
    assert [tuple(row) for row in opened] == [(name, BORN) for name in NAMES]
    assert db.session.scalars(select(Entry.id).where(Entry.birth_date.is_(None))).all() == []
    for condition in (
        lambda: Entry.name == NAMES[0],
        lambda: Entry.name.contains("Giang"),
        lambda: Entry.birth_date < BORN,
        lambda: Entry.name.desc(),
    ):
        with pytest.raises(TypeError, match="sealed"):
            condition()


def test_a_sealed_value_opens_in_its_column_only_and_not_without_the_key(contest: Contest) -> None:
    stored = db.session.execute(text("SELECT name, birth_date FROM entries ORDER BY id")).all()
    assert KEYRING.decrypt("entries.name", stored[0].name, "") == NAMES[0]
    with pytest.raises(CannotDecrypt):
        KEYRING.decrypt("entries.birth_date", stored[0].name, "")
    with pytest.raises(CannotDecrypt):
        Keyring("another data key of the tests, 012345").decrypt("entries.name", stored[0].name, "")
    assert len({row.birth_date for row in stored}) == len(NAMES)  # equal dates do not look equal
