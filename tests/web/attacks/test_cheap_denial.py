"""A28: cheap denial. Long fields, deep JSON, large bodies, many fields: refused, and nothing is stored."""

import json

import pytest
from flask import Flask

from quiz.app import ENTRANT_BODY_BYTES
from quiz.core.database import db
from quiz.entries.models import Entry
from tests.support.citizen import FORM, enter, open_contest, start
from tests.support.client import Client

ENTER = "/c/dai-hoi/enter"
LONG = "a" * 50_000


@pytest.fixture(autouse=True)
def contest(app: Flask) -> None:
    app.config["SHOW_ERROR_PAGES"] = True  # a crash is a 500, not an exception of the test
    open_contest(app)


def entries(app: Flask) -> int:
    with app.app_context():
        return db.session.query(Entry).count()


@pytest.mark.parametrize("name", [*FORM, "step", "may_publish", "unknown"])
@pytest.mark.parametrize("step", ["check", "save"])
def test_long_fields_of_the_entry_form(app: Flask, client: Client, name: str, step: str) -> None:
    reply = client.post(ENTER, data=FORM | {"step": step} | {name: LONG})
    assert reply.status_code < 500
    if name in {"name", "birth_day", "birth_month", "birth_year", "phone", "unit"}:
        assert reply.status_code == 422
        assert entries(app) == 0


@pytest.mark.parametrize("field", ["resume-phone", "resume-birth_day", "resume-birth_year", "resume-name"])
def test_long_fields_of_coming_back(client: Client, field: str) -> None:
    assert client.post("/c/dai-hoi/resume", data={field: LONG}).status_code == 422


@pytest.mark.parametrize("field", ["username", "password", "next"])
def test_long_fields_of_signing_in(client: Client, field: str) -> None:
    sent = {"username": "ha.nguyen", "password": "not the password"} | {field: LONG}
    assert client.post("/login", data=sent).status_code == 422


@pytest.mark.parametrize(
    "address", ["/receipts?code=", "/c/dai-hoi/standings?q=", "/c/dai-hoi/standings/units?q=", "/?lang="]
)
def test_long_searches(client: Client, address: str) -> None:
    assert client.get(address + LONG).status_code in (200, 404, 422)


DEEP = [
    "[" * 30_000,
    "[" * 15_000 + "]" * 15_000,
    '{"a":' * 9_000 + "1" + "}" * 9_000,
    '{"revision":1,"answers":' + "[" * 5_000 + "]" * 5_000 + "}",
    '{"revision":' + "9" * 40_000 + "}",
    '{"revision":1e999}',
    '{"revision":1,"prediction":"' + "9" * 40_000 + '"}',
]


@pytest.mark.parametrize("body", DEEP, ids=range(len(DEEP)))
def test_deep_and_huge_json(client: Client, body: str) -> None:
    enter(client, "dai-hoi")
    address = start(client, "dai-hoi")
    saved = client.put(f"{address}/sheet", data=body, content_type="application/json")
    assert saved.status_code in (400, 422), "saving"
    assert saved.is_json
    handed = client.post(f"{address}/submit", data={"sheet": body})
    assert handed.status_code in (303, 400, 409, 413), "handing in"
    sheet = client.get(f"{address}/sheet").get_json()
    assert sheet["revision"] == 0
    good = {"revision": 1, "answers": {"1": [1]}, "flags": [], "prediction": None}
    assert client.put(f"{address}/sheet", json=good).status_code == 200, "the attempt goes on"


def test_a_body_above_64_kilobytes_is_not_read(app: Flask, client: Client) -> None:
    assert ENTRANT_BODY_BYTES == 64 * 1024
    enter(client, "dai-hoi")
    address = start(client, "dai-hoi")
    body = json.dumps({"revision": 1, "prediction": "9" * ENTRANT_BODY_BYTES})
    replies = [
        client.put(f"{address}/sheet", data=body, content_type="application/json"),
        client.post(f"{address}/answers", data={"q1": body}),
        client.post(f"{address}/submit", data={"sheet": body}),
        client.post(ENTER, data=FORM | {"name": body}),
        client.post("/c/dai-hoi/resume", data={"resume-phone": body}),
        client.post("/login", data={"username": body}),
    ]
    # The token may stand in a body that is not read: then it is missing.
    assert {reply.status_code for reply in replies} <= {400, 413}
    assert client.get(f"{address}/sheet").get_json()["revision"] == 0


def test_thousands_of_fields(app: Flask, client: Client) -> None:
    fields = {f"f{number}": "" for number in range(8_000)}
    assert client.post(ENTER, data=FORM | fields | {"step": "save"}).status_code in (303, 400, 413)
    assert entries(app) <= 1
