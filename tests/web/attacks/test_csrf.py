"""A21: every unsafe address × no token, somebody else's token, a request from another site."""

import pytest
from flask import Flask

from quiz.accounts.permissions import Role
from tests.support.client import Client
from tests.support.staff import signed_in
from tests.web.attacks.test_every_route import addresses

_UNSAFE = {"POST", "PUT", "PATCH", "DELETE"}


def sent(client: Client, app: Flask, **how: object) -> dict[tuple[str, str], int]:
    """The status of every unsafe address, asked like this."""
    app.config["SHOW_ERROR_PAGES"] = True
    return {
        (method, path): client.open(path, method=method, **how).status_code
        for _rule, method, path in addresses(app)
        if method in _UNSAFE
    }


def test_without_a_token(app: Flask, client: Client) -> None:
    signed_in(client, Role.OWNER)
    assert set(sent(client, app, csrf=False).values()) == {400}


def test_with_the_token_of_somebody_else(app: Flask, client: Client) -> None:
    """A token that the attacker's own session got here, laid into the victim's form."""
    signed_in(client, Role.OWNER)
    stranger = app.test_client()
    assert isinstance(stranger, Client)
    stranger.get("/login")
    headers = {"X-CSRFToken": stranger.csrf_token()}
    assert set(sent(client, app, csrf=False, headers=headers).values()) == {400}
    forms = sent(client, app, csrf=False, data={"csrf_token": stranger.csrf_token()})
    assert set(forms.values()) == {400}


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Origin": "https://evil.example"},
        {"Origin": "http://localhost:8080"},
        {"Origin": "https://localhost.evil.example"},
    ],
)
def test_from_another_site(app: Flask, client: Client, headers: dict[str, str]) -> None:
    """Even with the right token; old browsers send Origin instead."""
    signed_in(client, Role.OWNER)
    for address, status in sent(client, app, headers=headers).items():
        assert status == 403, address


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Sec-Fetch-Site": "same-origin"},
        {"Sec-Fetch-Site": "none"},
        {"Origin": "http://localhost"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "same-origin", "Origin": "https://thi.example.vn"},
    ],
)
def test_our_own_pages_go_through(client: Client, headers: dict[str, str]) -> None:
    """`null` is what some WebViews send; the token decides then."""
    assert client.post("/login", headers=headers).status_code == 422


def test_signing_somebody_in_from_elsewhere(client: Client) -> None:
    """Login CSRF: the victim would work in the attacker's account."""
    assert client.post("/login", csrf=False).status_code == 400
    assert client.post("/login", headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403


def test_no_page_may_be_framed(client: Client) -> None:
    """Clickjacking."""
    headers = client.get("/login").headers
    assert headers["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
