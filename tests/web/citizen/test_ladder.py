"""The citizen's addresses: what works, what is somebody else's, what does not exist, what lacks the token."""

from collections.abc import Callable

import pytest
from flask import Flask

from tests.support.citizen import enter, open_contest, start
from tests.support.client import Client

PUBLIC = [
    "/",
    "/c/dai-hoi",
    "/c/dai-hoi/rules",
    "/c/dai-hoi/qr.svg",
    "/c/dai-hoi/enter",
    "/c/dai-hoi/resume",
    "/c/dai-hoi/standings",
    "/c/dai-hoi/standings?round=1&page=3&q=123",
    "/c/dai-hoi/standings/units",
    "/c/dai-hoi/units/03688",
    "/receipts",
    "/healthz",
    "/readyz",
]
OWN = ["", "/sheet", "/confirm"]


@pytest.mark.parametrize("address", PUBLIC)
def test_public_pages_work_for_everybody(app: Flask, client: Client, address: str) -> None:
    """Without an entry and without a sign-in."""
    open_contest(app)
    assert client.get(address).status_code == 200


@pytest.mark.parametrize(
    "address",
    [
        "/c/khong-co",
        "/c/khong-co/enter",
        "/c/khong-co/resume",
        "/c/khong-co/mine",
        "/c/khong-co/standings",
        "/c/dai-hoi/units/99999",
        "/c/dai-hoi/rounds/9",
        "/c/dai-hoi/standings?round=9",
        "/attempts/1-khongco",
        "/attempts/khong-phai-ma",
        "/attempts/1-00000000000000000000000000/sheet",
        "/receipts?code=TH-00000-00000",
    ],
)
def test_what_does_not_exist_is_404(app: Flask, client: Client, address: str) -> None:
    """A page that helps, never an error."""
    open_contest(app)
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("tail", OWN)
def test_an_attempt_is_its_entrants_alone(app: Flask, client: Client, tail: str) -> None:
    """A09: with another entrant's session, and with none, every address of an attempt is 404."""
    slug = open_contest(app)
    enter(client, slug)
    mine = start(client, slug)
    assert client.get(mine + tail).status_code == 200
    other = app.test_client()
    assert other.get(mine + tail).status_code == 404
    assert isinstance(other, Client)
    enter(other, slug, phone="0987 654 321", name="Cầm Văn Dũng")
    assert other.get(mine + tail).status_code == 404
    sheet = {"revision": 1, "answers": {"1": [1]}}
    assert other.put(f"{mine}/sheet", json=sheet).status_code == 404
    assert other.post(f"{mine}/answers", data={"revision": "0", "q1": "1"}).status_code == 404
    assert other.post(f"{mine}/submit").status_code == 404


@pytest.mark.parametrize(
    "method, address",
    [
        ("post", "/c/dai-hoi/enter"),
        ("post", "/c/dai-hoi/resume"),
        ("post", "/c/dai-hoi/rounds/1/start"),
        ("put", "/attempts/1-00000000000000000000000000/sheet"),
        ("post", "/attempts/1-00000000000000000000000000/submit"),
        ("post", "/attempts/1-00000000000000000000000000/answers"),
    ],
)
def test_unsafe_requests_need_the_token_and_our_own_pages(
    app: Flask, client: Client, method: str, address: str
) -> None:
    """A21: no token 400, from another site 403."""
    open_contest(app)
    send: Callable[..., object] = getattr(client, method)
    assert send(address, csrf=False).status_code == 400  # type: ignore[attr-defined]  # a response
    foreign = {"Sec-Fetch-Site": "cross-site"}
    assert send(address, headers=foreign).status_code == 403  # type: ignore[attr-defined]  # a response


@pytest.mark.parametrize(
    "method, address",
    [
        ("post", "/"),
        ("delete", "/c/dai-hoi"),
        ("get", "/c/dai-hoi/rounds/1/start"),
        ("post", "/c/dai-hoi/mine"),
    ],
)
def test_a_wrong_method_is_405(app: Flask, client: Client, method: str, address: str) -> None:
    """And the page says what to do."""
    open_contest(app)
    assert getattr(client, method)(address).status_code == 405


def test_without_an_entry_the_way_leads_to_the_form(app: Flask, client: Client) -> None:
    """Ready and start do not refuse, they show the way."""
    open_contest(app)
    for reply in (client.get("/c/dai-hoi/rounds/1"), client.post("/c/dai-hoi/rounds/1/start")):
        assert reply.status_code == 303
        assert reply.location == "/c/dai-hoi/enter"


def test_forms_take_no_columns(app: Flask, client: Client) -> None:
    """A27: names of columns in the form change nothing."""
    slug = open_contest(app)
    extra = {"status": "disqualified", "id": "1", "registered_at": "2020-01-01", "identity_key": "x"}
    assert enter(client, slug, **extra).status_code == 303
    address = start(client, slug)
    sheet = {"revision": 1, "answers": {}, "correct_count": 6, "deadline_at": "2099-01-01", "number": 9}
    assert client.put(f"{address}/sheet", json=sheet).status_code == 200
    stored = client.get(f"{address}/sheet").get_json()
    assert stored["remaining_ms"] <= 15 * 60 * 1000


@pytest.mark.parametrize(
    "body",
    [
        None,
        [],
        {"revision": 0},
        {"revision": "1"},
        {"revision": True},
        {"revision": 1, "answers": {"0": [1]}},
        {"revision": 1, "answers": {"1": ["A"]}},
        {"revision": 1, "answers": {"1": list(range(1, 60))}},
        {"revision": 1, "flags": [0]},
        {"revision": 1, "prediction": 12},
    ],
)
def test_a_malformed_sheet_is_refused_and_changes_nothing(app: Flask, client: Client, body: object) -> None:
    """422 with words; the stored sheet stays."""
    slug = open_contest(app)
    enter(client, slug)
    address = start(client, slug)
    reply = client.put(f"{address}/sheet", json=body)
    assert reply.status_code == 422
    assert reply.get_json()["message"]
    assert client.get(f"{address}/sheet").get_json()["revision"] == 0


def test_the_protocol_of_the_sheet(app: Flask, client: Client) -> None:
    """200, the same 200 again, 409 with the newer sheet, 410 after handing in."""
    slug = open_contest(app)
    enter(client, slug)
    address = start(client, slug)
    sheet = {"revision": 4, "answers": {"1": [2]}, "flags": [3], "prediction": "3195"}
    first = client.put(f"{address}/sheet", json=sheet)
    assert first.status_code == 200
    assert set(first.get_json()) == {"revision", "saved_at", "remaining_ms"}
    again = client.put(f"{address}/sheet", json=sheet)
    assert (again.status_code, again.get_json()["saved_at"]) == (200, first.get_json()["saved_at"])
    older = client.put(f"{address}/sheet", json=sheet | {"revision": 3, "answers": {"1": [1]}})
    assert older.status_code == 409
    assert {name: older.get_json()[name] for name in sheet} == sheet
    handed_in = client.post(f"{address}/submit")
    assert (handed_in.status_code, handed_in.location) == (303, address)
    assert client.post(f"{address}/submit").location == address
    assert client.put(f"{address}/sheet", json=sheet | {"revision": 9}).status_code == 410
