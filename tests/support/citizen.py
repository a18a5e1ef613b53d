"""A citizen at the test client: enters, starts, answers, as the plain forms of the pages do."""

import re
from datetime import timedelta

from flask import Flask
from werkzeug.test import TestResponse

from quiz.core import clock
from tests.support.client import Client
from tests.support.factories import make_bank, make_contest, round_definition

FORM = {
    "name": "Lò Thị Hương",
    "birth_day": "15",
    "birth_month": "8",
    "birth_year": "1962",
    "phone": "0912 345 678",
    "unit": "03688",
    "consent": "y",
}


def open_contest(app: Flask, slug: str = "dai-hoi", canary: str = "", **changes: object) -> str:
    """A contest that is open at this moment, with its bank; its slug."""
    now = clock.now()
    times = {"opens_at": now - timedelta(days=1), "closes_at": now + timedelta(days=6)}
    with app.app_context():
        make_bank(canary=canary)
        make_contest(slug, round_definition(**(times | changes)))  # type: ignore[arg-type]  # real fields
    return slug


def enter(client: Client, slug: str, **changes: str) -> TestResponse:
    """The entry form, past the check."""
    return client.post(f"/c/{slug}/enter", data=FORM | changes | {"step": "save"})


def start(client: Client, slug: str, number: int = 1) -> str:
    """Begin, and return the attempt's address."""
    reply = client.post(f"/c/{slug}/rounds/{number}/start")
    assert reply.status_code == 303, reply.get_data(as_text=True)
    return str(reply.location)


def revision_of(page: str) -> str:
    """The revision that a page of an attempt was made from."""
    found = re.search(r'name="revision" value="(\d+)"', page)
    assert found is not None
    return found[1]
