"""A request's id, its line in the log, slow statements: found again, and nothing about a person."""

import io
import json
import logging
import re
from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import text

from quiz.app import create_app
from quiz.core import seen
from quiz.core.database import db
from quiz.core.settings import load_settings
from quiz.core.statements import set_threshold
from quiz.web.logs import JsonLines
from quiz.web.seeing import shortened
from tests.support import canary
from tests.support.citizen import enter, open_contest, revision_of, start
from tests.support.client import Client

_PROXY_ID = "7f3a91c2d4e5f60718293a4b5c6d7e8f"


@pytest.fixture
def lines(monkeypatch) -> Iterator[io.StringIO]:
    """What the product writes in production, a line of JSON each."""
    out = io.StringIO()
    handler, own = logging.StreamHandler(out), logging.getLogger("quiz")
    handler.setFormatter(JsonLines())
    level = own.level
    own.addHandler(handler)
    own.setLevel(logging.DEBUG)
    monkeypatch.setattr("quiz.web.seeing.write_line", lambda line: out.write(line + "\n"))
    yield out
    own.setLevel(level)
    own.removeHandler(handler)


@pytest.fixture
def watched(request: pytest.FixtureRequest, app: Flask, databases) -> Flask:
    """The same database behind a proxy, with a line for each request."""
    form = getattr(request, "param", "json")
    given = databases.environment(app.config["SETTINGS"].database_url)
    made = create_app(
        load_settings(given | {"QUIZ_LOG": form, "QUIZ_LOG_REQUESTS": "1", "QUIZ_PROXIES": "1"})
    )
    made.test_client_class = Client
    return made


def requests_in(lines: io.StringIO) -> list[dict[str, object]]:
    found = [json.loads(line) for line in lines.getvalue().splitlines()]
    return [line for line in found if line["logger"] == "quiz.web.seeing"]


def test_every_reply_carries_an_id_of_its_own(app: Flask, client: Client) -> None:
    ids = [client.get("/healthz").headers["X-Request-ID"] for _ in range(2)]
    assert all(re.fullmatch("[a-f][0-9a-f]{15}", one) for one in ids)
    assert ids[0] != ids[1]
    given = client.get("/healthz", headers={"X-Request-ID": _PROXY_ID}).headers["X-Request-ID"]
    assert given != _PROXY_ID, "without a proxy anybody could choose it"


@pytest.mark.parametrize("given", ["0987650321", "Quàng Thị Hoàng Yến", "a" * 65, "a b", "", "{}"])
def test_only_a_wellformed_id_is_taken_from_the_proxy(watched: Flask, given: str) -> None:
    client = watched.test_client()
    taken = client.get("/healthz", headers={"X-Request-ID": _PROXY_ID}).headers["X-Request-ID"]
    assert taken == _PROXY_ID
    sent = client.get("/healthz", headers={"X-Request-ID": given.encode().decode("latin-1")})
    assert sent.headers["X-Request-ID"] != given


def test_a_line_says_what_was_asked_and_what_it_cost(watched: Flask, lines: io.StringIO) -> None:
    open_contest(watched)
    reply = watched.test_client().get(
        "/c/dai-hoi/standings?q=123", headers={"X-Forwarded-For": "203.0.113.77", "X-Request-ID": _PROXY_ID}
    )
    line = requests_in(lines)[-1]
    assert line["route"] == "/c/<slug>/standings"
    assert (line["method"], line["status"], line["request_id"]) == ("GET", 200, _PROXY_ID)
    assert line["network"] == "203.0.113.0/24"
    assert line["bytes"] == len(reply.data)
    assert isinstance(line["statements"], int)
    assert 0 < line["statements"] < 20
    assert line["ms"] >= line["db_ms"] > 0  # type: ignore[operator]  # numbers


@pytest.mark.parametrize("watched", ["text"], indirect=True)
def test_for_people_a_line_is_a_sentence(watched: Flask, lines: io.StringIO) -> None:
    watched.test_client().get("/healthz?q=Huong", headers={"X-Request-ID": _PROXY_ID})
    assert re.fullmatch(r"7f3a91c2 GET /healthz 200: \d+\.\d ms, 0 statements\n", lines.getvalue())


def test_nothing_about_a_person_is_written_on_the_whole_way(watched: Flask, lines: io.StringIO) -> None:
    """Entering, looking up, answering, handing in, own data; and addresses that were typed wrong."""
    open_contest(watched)
    client = watched.test_client()
    client.get(f"/c/dai-hoi/standings?q={canary.PHONE[-3:]}&name={canary.NAME}")
    enter(client, "dai-hoi", name=canary.NAME, phone=canary.PHONE)
    address = start(client, "dai-hoi")
    code = address.rpartition("/")[2]
    revision = revision_of(client.get(address).get_data(as_text=True))
    client.post(f"{address}/answers", data={"revision": revision, "q1": "1", "prediction": "314159"})
    sheet = {"revision": 9, "answers": {"1": [1]}, "flags": [], "prediction": "314159"}
    assert client.put(f"{address}/sheet", json=sheet).status_code == 200
    client.post(f"{address}/submit", data={"sheet": ""})
    assert "TH-" in client.get(address).get_data(as_text=True), "it was handed in"
    for path in ("/me/data", f"/c/dai-hoi/{canary.NAME}", f"/{canary.PHONE}", f"/attempts/{code}x"):
        client.get(path, headers={"User-Agent": canary.NAME, "Referer": f"/?q={canary.NATIONAL_ID}"})
    written = lines.getvalue()
    assert len(requests_in(lines)) >= 11
    assert canary.found_in(written) == []
    assert code not in written
    assert "314159" not in written


def test_the_error_page_shows_what_the_log_has(app: Flask, client: Client, lines: io.StringIO) -> None:
    app.config["SHOW_ERROR_PAGES"] = True
    broken, app.view_functions["public.home"] = app.view_functions["public.home"], lambda: 1 // 0
    try:
        reply = client.get("/")
    finally:
        app.view_functions["public.home"] = broken
        app.config["SHOW_ERROR_PAGES"] = False
    told = json.loads(lines.getvalue().splitlines()[-1])
    assert reply.status_code == 500
    assert told["request_id"] == reply.headers["X-Request-ID"]
    assert (told["level"], told["route"]) == ("error", "/")
    assert "ZeroDivisionError" in told["trace"]
    first = told["request_id"]
    assert f"{first[:4]} {first[4:8]}" in reply.get_data(as_text=True)


def test_slow_statements_are_logged_with_their_route_and_without_values(
    app: Flask, lines: io.StringIO
) -> None:
    statement = text("SELECT 1 WHERE :name <> ''")
    with app.app_context():
        try:
            set_threshold(0)
            db.session.execute(statement, {"name": canary.NAME})
            assert lines.getvalue() == ""
            set_threshold(1)
            with seen.doing("analysis.round", "42"):
                db.session.connection().connection.driver_connection.create_function("wait", 0, _wait)
                db.session.execute(text("SELECT wait() WHERE :name <> ''"), {"name": canary.NAME})
        finally:
            set_threshold(500)
    line = json.loads(lines.getvalue())
    assert (line["route"], line["request_id"]) == ("analysis.round", "42")
    assert line["statement"] == "SELECT wait() WHERE ? <> ''"
    assert line["ms"] >= 1
    assert canary.found_in(lines.getvalue()) == []


def _wait() -> int:
    """Slow by work, not by the clock of the test."""
    return sum(range(1_000_000)) % 7


@pytest.mark.parametrize(
    "address, part",
    [
        ("203.0.113.77", "203.0.113.0/24"),
        ("::ffff:203.0.113.77", "203.0.113.0/24"),
        ("2001:db8:7:8::9", "2001:db8:7::/48"),
        ("", "unknown"),
        (None, "unknown"),
    ],
)
def test_addresses_are_shortened(address: str | None, part: str) -> None:
    assert shortened(address) == part
