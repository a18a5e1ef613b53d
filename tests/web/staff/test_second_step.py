"""The second step through the pages, without JavaScript."""

import html
import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask import Flask

from quiz.accounts.permissions import Role
from quiz.accounts.queries import find_staff
from quiz.accounts.second_step import code_at
from quiz.core import clock
from tests.support.client import Client
from tests.support.staff import PASSWORD, SECRET, make_staff, sign_in_as, with_second_step

RIGHT = {"username": "ha.nguyen", "password": PASSWORD}


@pytest.fixture
def two_steps(app: Flask) -> tuple[str, ...]:
    """An organiser who signs in with two steps; the recovery codes."""
    with app.app_context():
        return with_second_step(make_staff())


@pytest.fixture
def required(app: Flask) -> Iterator[None]:
    """An installation that asks owners and organisers for the second step."""
    settings = app.config["SETTINGS"]
    app.config["SETTINGS"] = replace(settings, two_step_roles=frozenset({"owner", "organiser"}))
    yield
    app.config["SETTINGS"] = settings


def code() -> str:
    return code_at(SECRET, clock.now())


def test_in_by_two_steps(client: Client, two_steps: tuple[str, ...]) -> None:
    first = client.post("/login", data=RIGHT | {"next": "/manage/banks"})
    assert (first.status_code, first.location) == (303, "/login/code?next=/manage/banks")
    assert client.get("/manage").location.startswith("/login"), "half in is not in"
    page = client.get(first.location).get_data(as_text=True)
    assert 'autocomplete="one-time-code"' in page
    assert client.post("/login/code", data={}).status_code == 422
    wrong = client.post("/login/code", data={"code": "000 000"})
    assert wrong.status_code == 422
    assert "Mã không đúng" in wrong.get_data(as_text=True)
    entered = client.post("/login/code", data={"code": code(), "next": "/manage/banks"})
    assert (entered.status_code, entered.location) == (303, "/manage/banks")
    assert client.get("/manage").status_code == 200
    with client.session_transaction() as session:
        assert "half_in" not in session


def test_in_by_a_recovery_code(client: Client, two_steps: tuple[str, ...]) -> None:
    client.post("/login", data=RIGHT)
    assert client.post("/login/code", data={"recovery": two_steps[0]}).status_code == 303
    assert "còn 9 mã" in client.get("/account").get_data(as_text=True)


def test_the_second_page_alone_leads_to_the_first(client: Client) -> None:
    for reply in (
        client.get("/login/code?next=/manage"),
        client.post("/login/code", data={"code": "123456"}),
    ):
        assert reply.status_code == 303
        assert reply.location.startswith("/login")
        assert "code" not in reply.location


def test_who_is_closed_out_between_the_steps(client: Client, two_steps: tuple[str, ...], app: Flask) -> None:
    client.post("/login", data=RIGHT)
    app.test_cli_runner().invoke(args=["staff", "disable", "ha.nguyen"])
    reply = client.post("/login/code", data={"code": code()})
    assert (reply.status_code, reply.location) == (303, "/login")
    assert "5 phút" in client.get("/login").get_data(as_text=True)


def sealed_and_secret(page: str) -> tuple[str, str]:
    sealed = re.search(r'name="sealed"[^>]*value="([^"]+)"', page)
    secret = re.search(r"secret=([A-Z2-7]{32})", html.unescape(page))
    assert sealed is not None
    assert secret is not None
    return sealed[1], secret[1]


def set_up(client: Client) -> str:
    """Scan, type the first code; the page of recovery codes."""
    page = client.get("/account/second-step").get_data(as_text=True)
    assert 'src="data:image/svg+xml' in page
    sealed, secret = sealed_and_secret(page)
    form = {"sealed": sealed, "code": "000000", "password": PASSWORD}
    again = client.post("/account/second-step", data=form)
    assert again.status_code == 422
    assert sealed_and_secret(again.get_data(as_text=True))[1] == secret, "nobody scans twice for a slip"
    form["code"] = code_at(secret, clock.now())
    assert client.post("/account/second-step", data=form | {"password": "x" * 16}).status_code == 422
    done = client.post("/account/second-step", data=form)
    assert done.status_code == 200
    assert done.headers["Cache-Control"] == "no-store"
    return done.get_data(as_text=True)


def test_setting_it_up_and_giving_it_up(client: Client, app: Flask) -> None:
    with app.app_context():
        sign_in_as(client, make_staff())
    codes = re.findall(r"<code>([a-z2-9]{4}-[a-z2-9]{4}-[a-z2-9]{4})</code>", set_up(client))
    assert len(codes) == 10
    assert "đang bật" in client.get("/account").get_data(as_text=True)
    assert client.get("/account/second-step").get_data(as_text=True).count('src="data:image') == 0
    again = {"password": PASSWORD}
    renewed = client.post("/account/second-step/codes", data=again).get_data(as_text=True)
    assert codes[0] not in renewed
    assert client.post("/account/second-step/off", data={"password": "wrong wrong wrong"}).status_code == 422
    assert client.post("/account/second-step/off", data=again).status_code == 303
    with app.app_context():
        staff = find_staff("ha.nguyen")
        assert staff is not None
        assert staff.totp_cipher is None


def test_another_accounts_seal_is_worth_nothing(client: Client, app: Flask) -> None:
    other = app.test_client()
    assert isinstance(other, Client)
    with app.app_context():
        sign_in_as(client, make_staff())
        sign_in_as(other, make_staff("dung.cam"))
    sealed, secret = sealed_and_secret(other.get("/account/second-step").get_data(as_text=True))
    form = {"sealed": sealed, "code": code_at(secret, clock.now()), "password": PASSWORD}
    reply = client.post("/account/second-step", data=form)
    assert reply.status_code == 422
    assert secret not in html.unescape(reply.get_data(as_text=True))


@pytest.mark.usefixtures("required")
def test_where_it_is_asked_for_nothing_works_before(client: Client, app: Flask) -> None:
    with app.app_context():
        sign_in_as(client, make_staff())
    for path in ("/manage", "/manage/audit", "/manage/banks"):
        reply = client.get(path)
        assert (reply.status_code, reply.location) == (303, "/account/second-step")
    assert "quyền lớn" in client.get("/account/second-step").get_data(as_text=True)
    set_up(client)
    assert client.get("/manage").status_code == 200
    off = client.post("/account/second-step/off", data={"password": PASSWORD})
    assert off.status_code == 422
    assert "không tắt được" in off.get_data(as_text=True)


@pytest.mark.usefixtures("required")
def test_other_roles_are_not_asked(client: Client, app: Flask) -> None:
    with app.app_context():
        sign_in_as(client, make_staff("bien-soan", Role.EDITOR))
    assert client.get("/manage/banks").status_code == 200
