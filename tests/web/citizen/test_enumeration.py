"""A10, A11: no reply tells who has entered. 200 probes each with known and unknown numbers look alike."""

import re
from collections.abc import Callable, Iterable
from datetime import date
from functools import partial

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from quiz.contests.queries import get_contest
from quiz.core import clock
from quiz.core.phones import normalise_phone
from quiz.entries import service
from quiz.entries.service import Person
from tests.support.citizen import FORM, enter, open_contest, start
from tests.support.client import Client
from tests.support.factories import KEYRING, unit_id

PROBES = 200
SLUG = "dai-hoi"
# What differs between two equal requests anyway: the moment, a fresh session, a nonce, the id of the request,
# the mark of a body that repeats what was typed.
_FRESH_HEADERS = {"Date", "Set-Cookie", "Content-Security-Policy", "X-Request-ID", "Server-Timing", "ETag"}
_FRESH_TEXT = (
    re.compile(r'name="csrf_token" [^>]*value="[^"]+"'),
    re.compile(r'nonce="[^"]+"'),
    re.compile(r"\d\d:\d\d(:\d\d)?"),
)
Look = tuple[int, tuple[tuple[str, str], ...], int]


def look(reply: TestResponse) -> Look:
    """Status, headers and length, as somebody sees them who compares replies."""
    text = reply.get_data(as_text=True)
    for fresh in _FRESH_TEXT:
        text = fresh.sub("", text)
    headers = tuple(sorted((name, value) for name, value in reply.headers if name not in _FRESH_HEADERS))
    if "Content-Length" in reply.headers:
        headers = tuple((name, value) for name, value in headers if name != "Content-Length")
    return reply.status_code, headers, len(text)


@pytest.fixture
def slug(app: Flask) -> str:
    """A contest under the rule of one phone; the phones 0912 000 000 to 0912 000 199 have entered."""
    found = open_contest(app, SLUG, prediction=None)
    with app.app_context():
        contest = get_contest(found)
        for number in phones(0):
            phone = normalise_phone(number)
            person = Person(f"Lò Văn {number[-3:]}", date(1970, 1, 1), phone, unit_id=unit_id(contest))
            service.register(contest, person, now=clock.now(), keyring=KEYRING)
    return found


def phones(first: int) -> list[str]:
    return [f"0912{first + number:06}" for number in range(PROBES)]


def looks(ask: Callable[[str], TestResponse], numbers: Iterable[str]) -> set[Look]:
    return {look(ask(number)) for number in numbers}


def stranger(app: Flask) -> Client:
    """A browser that nobody knows."""
    made = app.test_client()
    assert isinstance(made, Client)
    return made


@pytest.mark.parametrize("step, status", [("check", 200), ("save", 303)])
def test_entering_with_a_number_does_not_tell_whether_it_is_known(
    app: Flask, slug: str, step: str, status: int
) -> None:
    """Each probe from a fresh browser, with a made-up name."""

    def probe(number: str) -> TestResponse:
        data = FORM | {"phone": number, "step": step}
        return stranger(app).post(f"/c/{slug}/enter", data=data, environ_overrides=address_of(number))

    known, unknown = looks(probe, phones(0)), looks(probe, phones(500_000))
    assert known == unknown
    assert [one[0] for one in known] == [status]


def test_the_page_after_entering_does_not_tell_either(app: Flask, slug: str) -> None:
    def probe(number: str) -> TestResponse:
        browser = stranger(app)
        origin = address_of(number)
        browser.post(
            f"/c/{slug}/enter", data=FORM | {"phone": number, "step": "save"}, environ_overrides=origin
        )
        return browser.get(f"/c/{slug}/rounds/1", environ_overrides=origin)

    assert len(looks(probe, [*phones(0)[:50], *phones(500_000)[:50]])) == 1


def test_coming_back_does_not_tell_whether_a_number_is_known(app: Flask, slug: str) -> None:
    """The birth date is wrong each time; the seventh try with one number is refused, known or not."""
    wrong = {"resume-birth_day": "9", "resume-birth_month": "9", "resume-birth_year": "1999"}

    def probe(number: str) -> TestResponse:
        data = wrong | {"resume-phone": number}
        return stranger(app).post(f"/c/{slug}/resume", data=data, environ_overrides=address_of(number))

    known, unknown = looks(probe, phones(0)), looks(probe, phones(500_000))
    assert known == unknown
    assert [one[0] for one in known] == [422]
    again = [looks(probe, [number] * 7) for number in (phones(0)[7], phones(500_000)[7])]
    assert again[0] == again[1]
    assert {one[0] for one in again[0]} == {422, 429}


def test_no_public_page_finds_people_by_phone_or_name(app: Flask, client: Client, slug: str) -> None:
    """A11: boards are masked, and looking something up needs a receipt. Some of the known have a result."""
    for number in phones(0)[:3]:
        browser = stranger(app)
        enter(browser, slug, phone=number)
        browser.post(start(browser, slug) + "/submit")

    def probe(address: str, text: str) -> TestResponse:
        key = "code" if address == "/receipts" else "q"
        return client.get(address, query_string={key: text})

    people = [f"Lò Văn {number:03}" for number in range(2 * PROBES)]
    for address in (f"/c/{slug}/standings", f"/c/{slug}/standings/units", "/receipts"):
        ask = partial(probe, address)
        assert looks(ask, phones(0)[:50]) == looks(ask, phones(500_000)[:50])
        assert looks(ask, people[:50]) == looks(ask, people[PROBES : PROBES + 50])


def test_two_people_with_one_number_both_compete(app: Flask, slug: str) -> None:
    """A12: whoever states a rival's number first shuts nobody out."""
    papers = []
    for name in ("Cầm Văn Dũng", "Lò Thị Hương"):
        browser = stranger(app)
        assert enter(browser, slug, phone="0987 654 321", name=name).status_code == 303
        papers.append(start(browser, slug))
        assert browser.post(papers[-1] + "/submit").status_code == 303
        assert browser.get(papers[-1]).status_code == 200
    assert papers[0] != papers[1]


def address_of(number: str) -> dict[str, str]:
    """A network of its own for every 10 numbers: limits by network are not what is asked here."""
    digits = int(number)
    return {"REMOTE_ADDR": f"198.{18 + digits // 2560 % 2}.{digits // 10 % 256}.7"}
