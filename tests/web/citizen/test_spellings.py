"""F21: one person is one entry, however name and phone are typed."""

import unicodedata
from itertools import zip_longest

import pytest
from flask import Flask

from quiz.contests.definition import Unique
from quiz.contests.models import Contest
from quiz.contests.queries import get_contest
from quiz.core.database import transaction
from quiz.entries import queries
from tests.support.citizen import enter, open_contest, start
from tests.support.client import Client
from tests.support.staff import signed_in

SLUG = "dai-hoi"
NAMES = [
    "Đặng Thị Hòa",
    unicodedata.normalize("NFD", "Đặng Thị Hòa"),
    unicodedata.normalize("NFKD", "ĐẶNG THỊ HÒA"),
    "Đặng Thị Hoà",  # the tone on the other vowel
    "dang thi hoa",
    "DANG THI HOA",
    "  Đặng   Thị\u00a0 Hòa ",
    "Đặng\u200b Thị Hòa",  # with something invisible in it
    "Ðặng Thị Hòa",  # the Icelandic letter of old converters
    "Đặng-Thị Hòa.",
]
PHONES = [
    "0391234567",
    "+84391234567",
    "84 391 234 567",
    "0084 391234567",
    "039.123.4567",
    "039-123-4567",
    "(039) 123 4567",
    "+84 039 123 4567",
    "01691234567",  # before 2018
    "+841691234567",
    "039\u00a01234\u2011567",
    "\uff10\uff13\uff19\uff11\uff12\uff13\uff14\uff15\uff16\uff17",  # full width
]


@pytest.fixture(params=[Unique.PHONE, Unique.PHONE_NAME_BIRTH_DATE])
def slug(app: Flask, request: pytest.FixtureRequest) -> str:
    """An open contest under each of the two rules with a phone in them."""
    found = open_contest(app, SLUG, prediction=None)
    with app.app_context(), transaction() as session:
        contest = session.get_one(Contest, get_contest(found).id)
        contest.entry_data = contest.entry_data | {"unique": request.param.value}
    return found


def browser(app: Flask, address: str = "127.0.0.1") -> Client:
    made = app.test_client()
    assert isinstance(made, Client)
    made.environ_base["REMOTE_ADDR"] = address
    return made


def test_one_person_in_every_spelling_is_one_entry(app: Flask, slug: str):
    """Each name with each phone at least once; every browser ends before the same paper."""
    papers = set()
    for number, (name, phone) in enumerate(zip_longest(NAMES, PHONES, fillvalue=None)):
        device = browser(app, f"203.0.113.{number}")
        reply = enter(device, slug, name=name or NAMES[0], phone=phone or PHONES[0])
        assert reply.status_code == 303, (name, phone)
        papers.add(start(device, slug))
    assert len(papers) == 1
    with app.app_context():
        (entry,) = queries.browse_entries(get_contest(slug).id).rows
        assert entry.name == "Đặng Thị Hòa"
        assert entry.disputed_at is None


def test_coming_back_takes_the_phone_in_every_spelling(app: Flask, slug: str):
    enter(browser(app), slug, name=NAMES[1], phone=PHONES[0])
    birth = {"resume-birth_day": "15", "resume-birth_month": "08", "resume-birth_year": "1962"}
    for number, phone in enumerate(PHONES):
        device = browser(app, f"203.0.113.{number}")
        reply = device.post(f"/c/{slug}/resume", data=birth | {"resume-phone": phone})
        assert reply.status_code == 303, phone


def test_organisers_find_the_person_however_they_type(app: Flask, client: Client, slug: str):
    enter(browser(app), slug, name=NAMES[1], phone=PHONES[0])
    signed_in(client)
    for typed in (*NAMES[:6], "567"):
        page = client.get(f"/manage/c/{slug}/entrants", query_string={"q": typed})
        assert "Đặng Thị Hòa" in page.text, typed


def test_near_names_are_other_people(app: Flask, slug: str):
    """What people tell apart stays apart: another name, not another spelling."""
    for number, name in enumerate(("Đặng Thị Hòa", "Đặng Thị Hoan", "Đặng Thị Hoa Mai")):
        assert enter(browser(app, f"203.0.113.{number}"), slug, name=name).status_code == 303
    with app.app_context():
        assert queries.count_entries(get_contest(slug).id) == 3
