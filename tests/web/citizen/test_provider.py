"""Signing in through a provider of identities that runs on this machine: PKCE, state, nonce, and lies."""

import time
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
import requests
from flask import Flask
from joserfc.jwk import RSAKey
from sqlalchemy import select

from quiz.app import create_app
from quiz.contests.definition import Unique, Way
from quiz.core.database import db
from quiz.core.settings import UnsafeSettings, load_settings
from quiz.entries.models import Entry
from quiz.signin.models import EntrantAccount
from tests.support.citizen import enter
from tests.support.client import Client
from tests.support.codes import open_ways
from tests.support.databases import Databases
from tests.support.provider import Provider, running


@pytest.fixture
def provider() -> Iterator[Provider]:
    """A provider of the test's own."""
    with running() as made:
        yield made


@pytest.fixture
def joined(app: Flask, databases: Databases, provider: Provider) -> Iterator[Flask]:
    """An application on the emptied database whose settings name the provider."""
    address = app.config["SETTINGS"].database_url
    made = create_app(load_settings(databases.environment(address) | provider.settings()))
    made.test_client_class = Client
    yield made
    with made.app_context():
        db.session.remove()
        db.engine.dispose()


def out(client: Client, target: str = "") -> str:
    """Leave for the provider; the address at which it sends the browser back."""
    leaving = client.get("/me/provider", query_string={"next": target} if target else {})
    assert leaving.status_code == 302
    back = requests.get(leaving.location, allow_redirects=False, timeout=10)
    parts = urlsplit(back.headers["Location"])
    assert parts.path == "/me/provider/return"
    return f"{parts.path}?{parts.query}"


def accounts(app: Flask) -> list[EntrantAccount]:
    with app.app_context():
        return list(db.session.scalars(select(EntrantAccount)))


def test_unique_by_account_through_the_provider(joined: Flask, provider: Provider):
    slug = open_ways(joined, Way.OIDC, unique=Unique.ACCOUNT)
    client = joined.test_client()
    ways = client.get(f"/c/{slug}/ways").get_data(as_text=True)
    assert "Cổng dịch vụ công" in ways
    back = client.get(out(client, f"/c/{slug}/enter/who"))
    assert back.location == f"/c/{slug}/enter/who"
    assert 'value="Lò Thị Hương"' in client.get(f"/c/{slug}/enter").get_data(as_text=True)
    assert enter(client, slug).status_code == 303
    other = joined.test_client()
    assert other.get(out(other, f"/c/{slug}/enter/who")).status_code == 303
    assert other.get(f"/c/{slug}/enter/who").status_code == 303
    (account,) = accounts(joined)
    assert account.kind == "oidc"
    with joined.app_context():
        assert db.session.scalars(select(Entry)).one().account_id == account.id
    asked = provider.asked[0]
    assert asked["code_challenge_method"] == "S256"
    assert len(asked["state"]) >= 20
    assert len(asked["nonce"]) >= 20


def test_the_way_back_works_once_and_in_the_browser_that_left(joined: Flask):
    client, thief = joined.test_client(), joined.test_client()
    address = out(client)
    assert thief.get(address).location == "/me/sign-in"
    assert client.get(address).location == "/me/account"
    assert client.get(address).location == "/me/sign-in"
    assert thief.get("/me/account").location == "/me/sign-in"


@pytest.mark.parametrize(
    "lie",
    [
        {"iss": "https://evil.example"},
        {"aud": "somebody else"},
        {"nonce": "another"},
        {"nonce": None},
        {"exp": int(time.time()) - 3600},
        {"sub": ""},
        {"sub": "x" * 300},
    ],
    ids=lambda lie: next(iter(lie)),
)
def test_what_the_provider_says_has_to_hold(joined: Flask, provider: Provider, lie: dict[str, object]):
    provider.claims = provider.claims | lie
    client = joined.test_client()
    assert client.get(out(client)).location == "/me/sign-in"
    assert "Chưa đăng nhập được" in client.get("/me/sign-in").get_data(as_text=True)
    assert accounts(joined) == []


def test_a_token_signed_by_somebody_else_is_refused(joined: Flask, provider: Provider):
    provider.signing_key = RSAKey.generate_key(2048, {"kid": "k1"})
    client = joined.test_client()
    assert client.get(out(client)).location == "/me/sign-in"
    assert accounts(joined) == []


def test_a_code_without_its_verifier_is_worthless(joined: Flask, provider: Provider):
    """PKCE: who reads the address on its way cannot use it from a browser of their own."""
    client, thief = joined.test_client(), joined.test_client()
    stolen = dict(part.split("=") for part in urlsplit(out(client)).query.split("&"))
    own = dict(part.split("=") for part in urlsplit(out(thief)).query.split("&"))
    reply = thief.get("/me/provider/return", query_string={"code": stolen["code"], "state": own["state"]})
    assert reply.location == "/me/sign-in"
    assert accounts(joined) == []


def test_a_provider_that_is_away_is_said_in_words(joined: Flask, provider: Provider):
    provider.is_broken = True
    client = joined.test_client()
    assert client.get("/me/provider").location == "/me/sign-in"
    assert "không trả lời" in client.get("/me/sign-in").get_data(as_text=True)


def test_leaving_many_times_keeps_the_cookie_small(joined: Flask):
    client = joined.test_client()
    for _ in range(5):
        client.get("/me/provider")
    with client.session_transaction() as session:
        assert len([key for key in session if key.startswith("_state_")]) == 1


def test_without_a_provider_there_is_no_way_out(app: Flask, client: Client):
    assert client.get("/me/provider").status_code == 404
    assert client.get("/me/provider/return").status_code == 404
    slug = open_ways(app, Way.OIDC)
    assert "Lúc này chưa đăng nhập chung được" in client.get(f"/c/{slug}/ways").get_data(as_text=True)


@pytest.mark.parametrize(
    "settings",
    [
        {"QUIZ_OIDC_ISSUER": "http://sso.example.vn", "QUIZ_OIDC_CLIENT_ID": "a"},
        {"QUIZ_OIDC_ISSUER": "https://a.vn"},
    ],
)
def test_unsafe_settings_are_refused(app: Flask, databases: Databases, settings: dict[str, str]):
    address = app.config["SETTINGS"].database_url
    with pytest.raises(UnsafeSettings):
        create_app(load_settings(databases.environment(address) | settings))
