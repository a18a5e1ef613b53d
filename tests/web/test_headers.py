"""The headers of every class of route: public, entrant, staff, error, JSON and file."""

import re
from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from werkzeug.datastructures import Headers
from werkzeug.test import EnvironBuilder, TestResponse

from quiz.accounts.permissions import Role
from quiz.app import create_app
from quiz.core.caches import forget_all
from quiz.core.database import db
from quiz.core.settings import load_settings
from tests.support.citizen import enter, open_contest, start
from tests.support.client import Client
from tests.support.databases import Databases
from tests.support.observatory import points, score
from tests.support.staff import signed_in


@pytest.fixture(scope="module")
def replies(databases: Databases) -> Iterator[dict[str, TestResponse]]:
    """One response of each class, each asked for by a new browser, of an installation behind HTTPS."""
    forget_all()  # other databases of this process
    address = databases.migrated("sqlite")
    app = create_app(load_settings(databases.environment(address) | {"QUIZ_HTTPS": "1"}))
    app.test_client_class = Client
    open_contest(app)
    yield {route: _asked(app, route) for route in ROUTES}
    forget_all()
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


def _asked(app: Flask, route: str) -> TestResponse:
    status, ask = ROUTES[route]
    client = app.test_client()
    assert isinstance(client, Client)
    client.environ_base["wsgi.url_scheme"] = "https"
    reply = ask(client)
    reply.get_data()
    reply.close()  # files come as open files
    assert reply.status_code == status, (route, reply.get_data(as_text=True)[:500])
    return reply


def _attempt(client: Client, tail: str = "") -> TestResponse:
    enter(client, "dai-hoi")
    return client.get(start(client, "dai-hoi") + tail)


def _staff(client: Client, role: Role, address: str) -> TestResponse:
    signed_in(client, role)
    return client.get(address)


def _file(client: Client, kind: str) -> TestResponse:
    page = client.get("/").get_data(as_text=True)
    found = re.search(rf'"(/static/[^"#]+\.{kind})', page)
    assert found is not None
    return client.get(found[1])


Ask = Callable[[Client], TestResponse]
ROUTES: dict[str, tuple[int, Ask]] = {
    "home": (200, lambda client: client.get("/")),
    "contest": (200, lambda client: client.get("/c/dai-hoi")),
    "board": (200, lambda client: client.get("/c/dai-hoi/standings")),
    "QR code": (200, lambda client: client.get("/c/dai-hoi/qr.svg")),
    "health": (200, lambda client: client.get("/healthz")),
    "entry": (200, lambda client: client.get("/c/dai-hoi/enter")),
    "entered": (303, lambda client: enter(client, "dai-hoi")),
    "attempt": (200, _attempt),
    "sheet": (200, lambda client: _attempt(client, "/sheet")),
    "sign-in": (200, lambda client: client.get("/login")),
    "organiser": (200, lambda client: _staff(client, Role.ORGANISER, "/manage")),
    "unit": (200, lambda client: _staff(client, Role.UNIT_VIEWER, "/unit")),
    "refused": (403, lambda client: _staff(client, Role.EDITOR, "/manage")),
    "redirect": (303, lambda client: client.get("/manage")),
    "no such page": (404, lambda client: client.get("/khong-co")),
    "no such attempt": (404, lambda client: client.get("/attempts/1-khongco/sheet")),
    "wrong method": (405, lambda client: client.delete("/")),
    "no token": (400, lambda client: client.post("/login", csrf=False)),
    "from another site": (403, lambda client: client.post("/", headers={"Sec-Fetch-Site": "cross-site"})),
    "style": (200, lambda client: _file(client, "css")),
    "icons": (200, lambda client: _file(client, "svg")),
    "no such file": (404, lambda client: client.get("/static/khong-co.css")),
}
PUBLIC_FILES = {"QR code", "style", "icons"}
FIXED = [
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
    ("Referrer-Policy", "same-origin"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Cross-Origin-Embedder-Policy", "require-corp"),
    ("Strict-Transport-Security", "max-age=31536000; includeSubDomains"),
]


def policy(response: TestResponse) -> dict[str, set[str]]:
    """The response's content security policy."""
    parts = (part.split() for part in response.headers["Content-Security-Policy"].split(";"))
    return {name: set(sources) for name, *sources in parts}


@pytest.mark.parametrize("route", ROUTES)
def test_the_policy_lets_nothing_in_from_elsewhere(replies: dict[str, TestResponse], route: str) -> None:
    """Everything is forbidden first; what is allowed is our own, and nothing is inline."""
    found = policy(replies[route])
    assert found["default-src"] == {"'none'"}
    assert found["script-src"] == found["style-src"] == found["form-action"] == {"'self'"}
    assert found["base-uri"] == found["frame-ancestors"] == {"'none'"}
    assert set().union(*found.values()) <= {
        "'none'",
        "'self'",
        "data:",
    }  # so no unsafe-inline, no unsafe-eval
    assert [name for name, sources in found.items() if "data:" in sources] == ["img-src"]


@pytest.mark.parametrize("route", ROUTES)
@pytest.mark.parametrize("name, value", FIXED)
def test_the_fixed_headers(replies: dict[str, TestResponse], route: str, name: str, value: str) -> None:
    """Once each, on every class of route."""
    assert replies[route].headers.getlist(name) == [value]


@pytest.mark.parametrize("route", ROUTES)
def test_sensors_are_off_and_no_other_site_may_read(replies: dict[str, TestResponse], route: str) -> None:
    """No camera, microphone or place; nothing about the software; no reading from other origins."""
    headers = replies[route].headers
    assert all(f"{sensor}=()" in headers["Permissions-Policy"] for sensor in ("camera", "microphone"))
    assert "geolocation=()" in headers["Permissions-Policy"]
    assert "X-Powered-By" not in headers
    assert "Access-Control-Allow-Origin" not in headers


@pytest.mark.parametrize("route", ROUTES)
def test_the_grade_is_far_above_the_best(replies: dict[str, TestResponse], route: str) -> None:
    """At least 130 points where 100 is A+, and no penalty, on every class of route."""
    found = points(replies[route])
    assert not {name: value for name, value in found.items() if value < 0}
    assert score(replies[route]) >= 130, found


def test_the_grade_notices_what_is_missing() -> None:
    """The negative control: bare headers, and each header taken away or weakened."""
    assert score(TestResponse([], "200 OK", Headers(), EnvironBuilder().get_request())) < 50
    weak = {"Content-Security-Policy": "default-src 'self' 'unsafe-inline'", "Set-Cookie": "a=b; Path=/"}
    reply = TestResponse([], "200 OK", Headers(weak), EnvironBuilder().get_request())
    assert {"unsafe-inline script", "cookie without Secure", "cookie without HttpOnly"} <= set(points(reply))
    assert score(reply) < 0


def test_only_files_that_are_the_same_for_all_may_be_kept(replies: dict[str, TestResponse]) -> None:
    """Every page and reply is no-store, errors too."""
    kept = {route for route, reply in replies.items() if reply.headers.get("Cache-Control") != "no-store"}
    # Without anything of the reader's own on them: the browser asks each time whether it is still so.
    shared = {"home", "contest", "board"}
    assert kept == PUBLIC_FILES | shared
    assert {replies[route].headers["Cache-Control"] for route in shared} == {"private, no-cache"}
    assert not {route for route in PUBLIC_FILES if "Set-Cookie" in replies[route].headers}


def test_cookies_are_for_this_host_and_out_of_reach_of_scripts(replies: dict[str, TestResponse]) -> None:
    """The entrant's session and the browser's mark: __Host-, Secure, HttpOnly, SameSite, no Domain."""
    cookies = replies["entered"].headers.getlist("Set-Cookie")
    assert sorted(cookie.partition("=")[0] for cookie in cookies) == ["__Host-device", "__Host-quiz"]
    for cookie in cookies:
        attributes = {part.strip() for part in cookie.split(";")}
        assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= attributes
        assert "Domain" not in cookie


def test_signing_out_clears_what_the_browser_kept(app: Flask, client: Client) -> None:
    """A29: the next person at a shared computer finds nothing."""
    signed_in(client, Role.ORGANISER)
    assert client.post("/logout").headers["Clear-Site-Data"] == '"cache", "storage"'


def test_without_https_browsers_are_not_told_to_insist_on_it(app: Flask, client: Client) -> None:
    """`make run` on a laptop must not lock its address out of plain HTTP for a year."""
    assert "Strict-Transport-Security" not in client.get("/").headers
