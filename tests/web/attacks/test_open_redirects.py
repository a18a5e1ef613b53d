"""A26: wherever an address takes `next`, none of 60 forms of another site's address leads away."""

from urllib.parse import urljoin, urlsplit

import pytest
from flask import Flask

from quiz.accounts import hashing
from tests.support.client import Client
from tests.support.other_sites import ELSEWHERE
from tests.support.staff import PASSWORD, SECRET, make_staff, sign_in_as, with_second_step

_FORMS = [target for target in ELSEWHERE if target]
RIGHT = {"username": "ha.nguyen", "password": PASSWORD}


def stays_here(location: str) -> bool:
    """Where a browser would go from our sign-in page."""
    return urlsplit(urljoin("https://here.example/login", location)).netloc == "here.example"


def test_signing_in_leads_nowhere_else(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    with app.app_context():
        make_staff()
    monkeypatch.setattr(hashing, "verify_password", lambda _stored, _password: True)  # 60 times is slow
    for target in _FORMS:
        client = app.test_client()
        page = client.get("/login", query_string={"next": target})
        assert "evil.example" not in page.get_data(as_text=True), target
        entered = client.post("/login", data=RIGHT | {"next": target})
        assert entered.status_code == 303
        assert stays_here(entered.location), target
        again = client.get("/login", query_string={"next": target})
        assert stays_here(again.location), target


def test_nor_does_the_second_step(app: Flask, client: Client) -> None:
    with app.app_context():
        with_second_step(make_staff(), SECRET)
    client.post("/login", data=RIGHT)
    for target in _FORMS:
        page = client.get("/login/code", query_string={"next": target})
        assert "evil.example" not in page.get_data(as_text=True), target
        first = app.test_client()
        assert stays_here(first.get("/login/code", query_string={"next": target}).location), target


@pytest.mark.parametrize("path", ["/me/sign-in", "/me/provider"])
def test_nor_do_the_ways_in_of_entrants(client: Client, path: str) -> None:
    for target in _FORMS:
        page = client.get(path, query_string={"next": target})
        assert "evil.example" not in page.get_data(as_text=True), target
        assert stays_here(page.location or "/"), target
        with client.session_transaction() as session:
            assert "evil.example" not in str(dict(session)), target


def test_a_host_in_the_request_is_not_taken_over(app: Flask, client: Client) -> None:
    """Links in pages are made from the host only where the hosts are not named; redirects never are."""
    with app.app_context():
        sign_in_as(client, make_staff())
    for path in ("/account/sessions", "/logout"):
        reply = client.post(path, data={"password": PASSWORD}, headers={"X-Forwarded-Host": "evil.example"})
        assert reply.status_code == 303
        assert reply.location.startswith("/")
