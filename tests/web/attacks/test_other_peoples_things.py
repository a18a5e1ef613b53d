"""A09: an id that is real, under an address that it does not belong to, is as unknown as one that is not."""

from datetime import timedelta

import pytest
from flask import Flask

from quiz.accounts.permissions import Role
from quiz.attempts import service
from quiz.attempts.models import Attempt
from quiz.core import clock
from quiz.core.database import db
from tests.support.client import Client
from tests.support.factories import KEYRING, make_bank, make_contest, make_entry, round_definition
from tests.support.staff import signed_in

_OF_AN_ENTRANT = ["", "/data", "/time/1", "/need", "/give-back/{code}"]


@pytest.fixture
def things(app: Flask) -> tuple[int, str]:
    """Two contests; an entry and an attempt of the first."""
    now = clock.now()
    times = {"opens_at": now - timedelta(days=1), "closes_at": now + timedelta(days=6)}
    with app.app_context():
        make_bank()
        contest = make_contest("mot", round_definition(**times))
        make_contest("hai", round_definition(**times))
        entry = make_entry(contest)
        attempt = service.start(contest, entry.id, 1, now=now, keyring=KEYRING)
        return entry.id, attempt.code


@pytest.mark.parametrize("tail", _OF_AN_ENTRANT)
def test_an_entrant_under_another_contest(client: Client, things: tuple[int, str], tail: str) -> None:
    entry_id, code = things
    signed_in(client, Role.OWNER)
    address = f"entrants/{entry_id}{tail.format(code=code)}"
    for method in ("GET", "POST"):
        assert client.open(f"/manage/c/hai/{address}", method=method).status_code in (404, 405)
    assert 200 in {
        client.open(f"/manage/c/mot/entrants/{entry_id}{part}").status_code for part in ("", "/data")
    }


def test_an_attempt_as_every_role_and_as_nobody(app: Flask, client: Client, things: tuple[int, str]) -> None:
    """Its address is its entrant's alone: an organiser looks at it on the organisers' pages."""
    _, code = things
    for role in (None, *Role):
        if role is not None:
            signed_in(client, role)
        for tail in ("", "/sheet", "/confirm"):
            assert client.get(f"/attempts/{code}{tail}").status_code == 404
        assert client.put(f"/attempts/{code}/sheet", json={"revision": 9, "answers": {}}).status_code == 404
        for tail in ("/submit", "/answers"):
            assert client.post(f"/attempts/{code}{tail}", data={"revision": "1"}).status_code == 404
    with app.app_context():
        attempt = db.session.query(Attempt).filter_by(code=code).one()
        assert (attempt.revision, attempt.closed_at) == (0, None)
