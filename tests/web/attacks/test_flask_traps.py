"""Defaults of Flask and its neighbours that would hurt: each is set, and each setting does what it is for."""

import io
import re
import zipfile
from collections.abc import Iterator

import openpyxl
import pytest
from flask import Flask, request
from flask.testing import FlaskClient

from question_bank.reading import read
from quiz.app import ENTRANT_BODY_BYTES, create_app
from quiz.core.database import db
from quiz.core.settings import load_settings
from quiz.web.entrants import network
from tests.support.client import Client
from tests.support.databases import Databases
from tests.support.staff import PASSWORD, make_staff, signed_in

_BEHIND_PROXY = {"QUIZ_HTTPS": "1", "QUIZ_PROXIES": "1", "QUIZ_HOSTS": "thi.example.vn"}


@pytest.fixture(scope="module")
def proxied(databases: Databases) -> Iterator[Flask]:
    """An installation behind one proxy, with a public name."""
    environment = databases.environment(databases.migrated("sqlite")) | _BEHIND_PROXY
    app = create_app(load_settings(environment))
    app.add_url_rule("/tests/who", "who", lambda: f"{network()} {request.host} {request.scheme}")
    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


def who(app: Flask, **headers: str) -> str:
    client: FlaskClient = app.test_client()
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    reply = client.get("/tests/who", headers={"Host": "thi.example.vn"} | named)
    return reply.get_data(as_text=True) if reply.status_code == 200 else str(reply.status_code)


def test_a_new_address_signs_nobody_out(client: Client) -> None:
    """`session_protection="strong"` would: phones change their address and browser on the way."""
    signed_in(client)
    for address, browser in (("203.0.113.5", "A"), ("198.51.100.7", "B"), ("2001:db8::1", "C")):
        reply = client.get("/manage", environ_base={"REMOTE_ADDR": address}, headers={"User-Agent": browser})
        assert reply.status_code == 200


def test_a_page_may_lie_open_for_hours(app: Flask) -> None:
    assert app.config["WTF_CSRF_TIME_LIMIT"] is None
    assert app.config["WTF_CSRF_ENABLED"] is not False


def test_the_cookie(proxied: Flask) -> None:
    names = ("NAME", "SECURE", "HTTPONLY", "SAMESITE", "PATH", "DOMAIN")
    found = [proxied.config[f"SESSION_COOKIE_{name}"] for name in names]
    assert found == ["__Host-quiz", True, True, "Lax", "/", None]


def test_the_mark_of_a_known_browser_is_bound_to_this_host(proxied: Flask) -> None:
    with proxied.app_context():
        make_staff("an.binh")
    proxied.test_client_class = Client
    client = proxied.test_client()
    client.environ_base["wsgi.url_scheme"] = "https"
    client.environ_base["HTTP_HOST"] = "thi.example.vn"
    base = {"base_url": "https://thi.example.vn"}
    page = client.get("/login", **base).get_data(as_text=True)
    token = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert token is not None
    form = {"username": "an.binh", "password": PASSWORD, "csrf_token": token[1]}
    reply = client.post("/login", data=form, csrf=False, **base)
    [mark] = [one for one in reply.headers.getlist("Set-Cookie") if "known=" in one]
    assert mark.startswith("__Host-known=")
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Strict"} <= {part.strip() for part in mark.split(";")}


def test_bodies_are_bounded(client: Client) -> None:
    assert client.post("/login", data={"username": "x" * ENTRANT_BODY_BYTES}).status_code == 413
    assert client.put("/attempts/1-x/sheet", data=b"x" * (ENTRANT_BODY_BYTES + 1)).status_code == 413


def test_hosts_are_named(proxied: Flask) -> None:
    """A link in a page never leads to the host that somebody put into the request."""
    assert who(proxied).split()[1] == "thi.example.vn"
    assert who(proxied, Host="evil.example") == "400"
    assert who(proxied, X_Forwarded_Host="evil.example") == "400"


@pytest.mark.parametrize(
    "forwarded, seen",
    [
        ("203.0.113.5", "203.0.113.5"),
        ("10.0.0.1, 203.0.113.5", "203.0.113.5"),  # what the person forged stands in front
        ("127.0.0.1, 192.0.2.9, 203.0.113.5", "203.0.113.5"),
    ],
)
def test_only_the_proxys_own_word_about_the_address_counts(proxied: Flask, forwarded: str, seen: str) -> None:
    assert who(proxied, X_Forwarded_For=forwarded).split()[0] == seen


def test_without_a_proxy_forwarded_headers_are_ignored(client: Client, app: Flask) -> None:
    """Guesses that name another address each time fall into one bucket (A23)."""
    with app.app_context():
        make_staff()
    tried = [
        client.post(
            "/login",
            data={"username": f"name-{n}", "password": PASSWORD},
            headers={"X-Forwarded-For": f"203.0.113.{n}", "Forwarded": f"for=203.0.113.{n}"},
        ).status_code
        for n in range(22)
    ]
    assert tried.count(422) == 20
    assert tried[-1] == 429


def test_a_workbook_with_entities_is_refused() -> None:
    """Whichever parser the reading library finds: ours looks first, and defusedxml is a requirement."""
    assert openpyxl.DEFUSEDXML
    report = read(_with_entities(), "de-thi.xlsx")
    assert report.refused, report.problems
    assert "aaaaaaaaaa" not in str(report.problems)


def _with_entities() -> bytes:
    made = io.BytesIO()
    openpyxl.Workbook().save(made)
    hostile = io.BytesIO()
    with zipfile.ZipFile(made) as source, zipfile.ZipFile(hostile, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            if name == "xl/workbook.xml":
                entity = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">]>'
                start = data.index(b"<workbook")
                data = data[:start] + entity + data[start:].replace(b'name="Sheet"', b'name="&a;"')
            target.writestr(name, data)
    return hostile.getvalue()
