"""A18: whatever people write into any field, nobody's page runs it. Every role reads the whole demo."""

from collections.abc import Iterator

import pytest
from flask import Flask

from quiz.accounts.permissions import Role
from quiz.accounts.queries import get_staff
from quiz.core.caches import forget_all
from quiz.core.database import db, transaction
from tests.support.citizen import enter, start
from tests.support.client import Client
from tests.support.crawl import follow
from tests.support.databases import Databases
from tests.support.demo import SLUG, account_of, client_of, demo
from tests.support.poison import WORDS, faults_and_links, poison
from tests.support.staff import sign_in_as

_MOST_PAGES = 120
_OF_ONE_KIND = 3  # pages of a list, questions of a bank: a few of each are enough
_BEGIN = {
    None: ("/", "/c/dai-hoi-xvi", "/c/dai-hoi-xvi/standings", "/c/dai-hoi-xvi/standings/units", "/privacy"),
    Role.UNIT_VIEWER: ("/unit", "/account"),
}


@pytest.fixture(scope="module")
def hostile(databases: Databases) -> Iterator[Flask]:
    """The demo with hostile words in every stored text."""
    with demo(databases) as app:
        with app.app_context():
            with transaction() as session:
                assert poison(session) > 500
            db.session.remove()
        forget_all()
        yield app


def read_everything(client: Client, *begin: str) -> tuple[int, list[str]]:
    """Follow the links from these pages; how many showed the words, and what is wrong with them."""
    wrong, read = [], 0
    for path, reply, body in follow(client, *begin, most=_MOST_PAGES, of_one_kind=_OF_ONE_KIND):
        if reply.status_code >= 500:
            wrong.append(f"{path}: {reply.status_code}")
        read += "data-xss" in body  # escaped, as the check below says
        wrong += [f"{path}: {fault}" for fault in faults_and_links(body)[0]]
    return read, wrong


@pytest.mark.parametrize("role", [None, *Role])
def test_nothing_that_people_wrote_runs(hostile: Flask, role: Role | None) -> None:
    forget_all()
    client = client_of(hostile)
    if role is not None:
        with hostile.app_context():
            sign_in_as(client, get_staff(account_of(role)))
    read, wrong = read_everything(client, *_BEGIN.get(role, ("/manage", "/manage/banks", "/account")))
    assert not wrong
    assert read >= (1 if role is Role.UNIT_VIEWER else 10), read


def test_an_entrants_own_pages(hostile: Flask) -> None:
    """The name that was typed, the paper, the review."""
    forget_all()
    client = client_of(hostile)
    assert enter(client, SLUG, name='Lò "><b data-xss>Thị', unit="03808").status_code in (303, 422)
    enter(client, SLUG, unit="03808")
    attempt = start(client, SLUG, 2)
    read, wrong = read_everything(client, attempt, f"{attempt}/confirm", "/me/data", "/c/dai-hoi-xvi")
    assert not wrong
    assert read >= 5, read


def test_the_check_notices_what_would_run() -> None:
    """The negative control."""
    for page in (
        f"<p>{WORDS}</p>",
        f'<input value="{WORDS}">',
        '<a href=" java\nscript:alert(1)">x</a>',
        "62710561",
    ):
        assert faults_and_links(page)[0]
