"""Who does something too often waits a stated time; a village behind one address does not."""

import json

import pytest
from flask import Flask
from sqlalchemy.exc import OperationalError

from quiz.accounts.permissions import Role
from quiz.core.database import db
from quiz.entries.models import Entry
from quiz.limits.deeds import LIMITS, Deed
from quiz.web.limiting import limit_of
from tests.support.citizen import enter, open_contest, start
from tests.support.client import Client
from tests.support.databases import KINDS
from tests.support.limits import browser, fields, person, post, set_limits
from tests.support.staff import signed_in

ENTER = "/c/dai-hoi/enter"
SAVES = ("answers", "save_sheet", "submit")
STAFF = ("/manage", "/account", "/unit")  # who is not signed in is sent to sign in, whatever they send
START = "/c/dai-hoi/rounds/1/start"
RESUME = {
    "resume-phone": "0912 345 678",
    "resume-birth_day": "15",
    "resume-birth_month": "8",
    "resume-birth_year": "1962",
}


@pytest.fixture(autouse=True)
def contest(app: Flask) -> str:
    return open_contest(app)


@pytest.mark.parametrize("app", KINDS, indirect=True)
def test_500_people_behind_one_address_enter_and_start(app: Flask) -> None:
    """F20: a school at eight o'clock. From the 61st on a minute browsers are asked for proof of work."""
    refused = []
    for number in range(500):
        client = browser(app, "113.160.1.2")
        for address, data in ((ENTER, person(number)), (START, None)):
            reply = post(client, address, data)
            if reply.status_code != 303:
                refused.append((number, address, reply.status_code))
    assert not refused
    with app.app_context():
        assert db.session.query(Entry).count() == 500


def test_the_network_has_an_end_too(app: Flask) -> None:
    set_limits(app, challenge="off", network_per_minute=300)
    statuses = [browser(app).post(ENTER, data={"step": "save"}).status_code for _ in range(303)]
    assert statuses == [422] * 300 + [429] * 3
    assert browser(app, "113.160.9.9").post(ENTER, data={"step": "save"}).status_code == 422


def test_forged_addresses_fall_into_one_bucket(app: Flask) -> None:
    """A23: no proxy is configured, so that what a request says about its own origin means nothing."""
    set_limits(app, challenge="off", network_per_minute=300)
    statuses = []
    for number in range(303):
        forged = {"X-Forwarded-For": f"113.160.{number % 250}.7", "X-Real-IP": f"10.0.0.{number % 250}"}
        statuses.append(browser(app).post(ENTER, data={"step": "save"}, headers=forged).status_code)
    assert statuses == [422] * 300 + [429] * 3


def test_the_page_says_what_happened_and_how_long(app: Flask, client: Client) -> None:
    for _ in range(30):
        assert client.post("/c/dai-hoi/resume", data=RESUME).status_code != 500
    reply = client.post("/c/dai-hoi/resume", data=RESUME)
    page = reply.get_data(as_text=True)
    assert reply.status_code == 429
    seconds = int(reply.headers["Retry-After"])
    assert 0 < seconds <= 1200
    assert f'data-again="{seconds}"' in page
    assert "Máy này vừa vào lại nhiều lần liên tiếp." in page
    assert fields(reply) | RESUME == fields(reply), "what was typed goes along"
    assert "csrf_token" in fields(reply)


def test_reading_loads_again_by_itself(app: Flask, client: Client) -> None:
    client.set_cookie("device", "a" * 22)
    for _ in range(30):
        assert client.get("/receipts?code=TH-7K4M9-2QX4C").status_code == 404
    reply = client.get("/receipts?code=TH-7K4M9-2QX4C")
    assert reply.status_code == 429
    again = 'href="/receipts?code=TH-7K4M9-2QX4C"'
    assert again in reply.get_data(as_text=True), "without a script: a link to the same page"
    assert client.get("/receipts").status_code == 200, "the empty form is no search"


def test_a_password_never_stands_in_the_page(app: Flask, client: Client) -> None:
    client.set_cookie("device", "a" * 22)
    sent = {"username": "ha.nguyen", "password": "a very secret password"}
    replies = [client.post("/login", data=sent) for _ in range(31)]
    assert replies[-1].status_code == 429
    page = replies[-1].get_data(as_text=True)
    assert "secret" not in page
    assert 'href="/login"' in page


def test_json_for_scripts(app: Flask, client: Client) -> None:
    for _ in range(30):
        client.post("/c/dai-hoi/resume", data=RESUME)
    reply = client.post("/c/dai-hoi/resume", json={})
    assert reply.status_code == 429
    assert reply.get_json()["error"] == "too_many"
    assert int(reply.headers["Retry-After"]) > 0


def test_saving_and_handing_in_are_never_limited(app: Flask) -> None:
    views = app.view_functions
    names = ("answers", "save_sheet", "sheet", "submit", "confirm", "play", "line")
    free = {f"attempts.{name}" for name in names}
    assert free <= set(views)
    sent = {name: limit_of(views[name], "/attempts/x") for name in free}
    assert {name for name, limit in sent.items() if limit is None} >= {f"attempts.{one}" for one in SAVES}
    assert not [name for name in free if hasattr(views[name], "limited") and views[name].limited]


def test_a_full_network_does_not_hold_up_those_who_are_inside(app: Flask, client: Client) -> None:
    enter(client, "dai-hoi")
    address = start(client, "dai-hoi")
    set_limits(app, challenge="off", network_per_minute=300)
    for _ in range(301):
        browser(app).post(START)
    assert client.post(START).status_code == 303, "leads to the running attempt"
    assert client.get(address).status_code == 200
    assert client.get(f"{address}/sheet").status_code == 200


def test_every_door_has_a_limit(app: Flask) -> None:
    """Whatever a stranger can send is limited without anybody thinking of it, or is here with its reason."""
    free = {
        "attempts.answers",  # of one's own running attempt
        "attempts.save_sheet",
        "attempts.submit",
        "accounts.logout",
        "signin.sign_out",
    }
    views = app.view_functions
    doors = {
        rule.endpoint: limit_of(views[rule.endpoint], rule.rule)
        for rule in app.url_map.iter_rules()
        if (rule.methods or set()) - {"GET", "HEAD", "OPTIONS"} and not rule.rule.startswith(STAFF)
    }
    assert {name for name, limit in doors.items() if limit is None} == free
    marks = [getattr(view, "limited", None) for view in views.values()]
    assert {mark.deed for mark in marks if mark} == set(LIMITS) - {Deed.WAITED}


def test_staff_have_their_own_bucket(app: Flask, client: Client) -> None:
    signed_in(client)
    for _ in range(20):
        assert client.get("/manage/banks/none/export.csv").status_code == 404
    assert client.get("/manage/banks/none/export.csv").status_code == 429
    other = browser(app)
    signed_in(other, Role.OWNER)
    assert other.get("/manage/banks/none/export.csv").status_code == 404


def test_where_counts_cannot_be_kept_nobody_is_shut_out(
    app: Flask, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_args: object, **_kwargs: object) -> None:
        raise OperationalError("INSERT", {}, Exception("disk full"))

    monkeypatch.setattr("quiz.limits.store.Counters._execute", broken)
    assert client.post(ENTER, data=person(1)).status_code == 303


def test_attempts_of_one_person_keep_a_distance(app: Flask, client: Client) -> None:
    """A08: nobody leafs through the bank by starting again and again."""
    enter(client, "dai-hoi")
    address = start(client, "dai-hoi")
    sheet = json.dumps({"revision": 1, "answers": {}, "prediction": "5"})
    client.post(f"{address}/submit", data={"sheet": sheet})
    set_limits(app, start_spacing=60)
    reply = client.post(START)
    assert reply.status_code == 429
    assert 50 <= int(reply.headers["Retry-After"]) <= 60
    assert "Lượt trước vừa mới bắt đầu" in reply.get_data(as_text=True)
    set_limits(app, start_spacing=0)
    assert client.post(START).location != address
