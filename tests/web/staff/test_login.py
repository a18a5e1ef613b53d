"""Signing in and out through the pages."""

import re
from http.cookies import SimpleCookie

import pytest
from flask import Flask

from quiz.accounts.models import FailedLogin
from quiz.accounts.permissions import Role
from quiz.core.database import db
from tests.support.client import Client
from tests.support.staff import PASSWORD, make_staff

WRONG = {"username": "ha.nguyen", "password": "not the password"}
RIGHT = {"username": "ha.nguyen", "password": PASSWORD}


@pytest.fixture(autouse=True)
def organiser(app: Flask) -> None:
    with app.app_context():
        make_staff()


def test_the_page(client: Client) -> None:
    page = client.get("/login")
    assert page.status_code == 200
    text = page.get_data(as_text=True)
    assert 'autocomplete="current-password"' in text
    assert 'autocomplete="username"' in text
    assert page.headers["Cache-Control"] == "no-store"


def test_in_and_out(client: Client) -> None:
    entered = client.post("/login", data=RIGHT)
    assert entered.status_code == 303
    assert client.get("/account").status_code == 200
    cookie = client.get_cookie("quiz")
    assert cookie is not None
    left = client.post("/logout")
    assert (left.status_code, left.location) == (303, "/login")
    assert '"cache"' in left.headers["Clear-Site-Data"]
    assert client.get("/account").status_code == 303
    client.set_cookie("quiz", cookie.value)
    assert client.get("/account").status_code == 303, "a copied cookie is worth nothing after signing out"


def test_leaving_needs_post_and_never_fails(client: Client) -> None:
    assert client.get("/logout").status_code == 405
    assert client.post("/logout").status_code == 303


def test_a_wrong_password_is_told_in_neutral_words(client: Client) -> None:
    texts = []
    for username in ("ha.nguyen", "nobody"):
        refused = client.post("/login", data=WRONG | {"username": username})
        assert refused.status_code == 422
        text = re.sub(r'value="[^"]*"', "", refused.get_data(as_text=True))
        texts.append(text)
        assert "Tên đăng nhập hoặc mật khẩu không đúng" in text
        assert WRONG["password"] not in text
    assert texts[0] == texts[1]


@pytest.mark.parametrize("data", [{}, {"username": "ha.nguyen"}, {"password": PASSWORD}])
def test_empty_fields_are_named(client: Client, data: dict[str, str]) -> None:
    refused = client.post("/login", data=data)
    assert refused.status_code == 422
    assert "data-focus" in refused.get_data(as_text=True)


def test_guessing_is_slowed_with_a_time_to_wait(client: Client, app: Flask) -> None:
    for _ in range(3):
        assert client.post("/login", data=WRONG).status_code == 422
    waiting = client.post("/login", data=RIGHT)
    assert waiting.status_code == 429
    assert 0 < int(waiting.headers["Retry-After"]) <= 30
    assert "1 phút" in waiting.get_data(as_text=True)
    with app.app_context():
        assert db.session.query(FailedLogin).count() == 6


@pytest.mark.parametrize(
    "target, leads_to",
    [
        ("/manage/banks?q=dai", "/manage/banks?q=dai"),
        ("//evil.example", None),
        ("https://evil.example", None),
        ("/\\evil.example", None),
        ("javascript:alert(1)", None),
        ("", None),
    ],
)
def test_where_signing_in_leads(client: Client, target: str, leads_to: str | None) -> None:
    page = client.get("/login", query_string={"next": target}).get_data(as_text=True)
    assert "evil" not in page
    assert "javascript:" not in page
    entered = client.post("/login", data=RIGHT | {"next": target})
    assert entered.status_code == 303
    assert entered.location.startswith("/")
    assert not entered.location.startswith("//")
    assert entered.location == leads_to or leads_to is None
    again = client.get("/login", query_string={"next": target})
    assert again.status_code == 303
    assert again.location == entered.location


@pytest.mark.parametrize(
    "role, begins_at",
    [
        (Role.EDITOR, "/manage/banks"),
        (Role.REVIEWER, "/manage/banks/review"),
        (Role.ORGANISER, "/manage"),
        (Role.AUDITOR, "/manage"),
        (Role.UNIT_VIEWER, "/unit"),
    ],
)
def test_where_the_work_of_a_role_begins(client: Client, app: Flask, role: Role, begins_at: str) -> None:
    with app.app_context():
        make_staff("someone", role)
    entered = client.post("/login", data={"username": "someone", "password": PASSWORD})
    assert entered.location == begins_at


def test_signing_in_makes_a_fresh_session(client: Client) -> None:
    with client.session_transaction() as session:
        session["entries"] = {"7": "42"}
        session["left_by_someone"] = "x"
    client.post("/login", data=RIGHT)
    with client.session_transaction() as session:
        assert session["entries"] == {"7": "42"}, "a running attempt on the same phone goes on"
        assert "left_by_someone" not in session


def test_a_known_browser_is_not_kept_waiting_by_others(client: Client, app: Flask) -> None:
    entered = client.post("/login", data=RIGHT)
    mark = SimpleCookie(
        next(one for one in entered.headers.getlist("Set-Cookie") if one.startswith("known="))
    )
    assert mark["known"]["httponly"]
    assert mark["known"]["samesite"] == "Strict"
    client.post("/logout")
    stranger = app.test_client()
    for n in range(4):
        stranger.post("/login", data=WRONG, environ_base={"REMOTE_ADDR": f"198.51.100.{n}"})
    assert stranger.post("/login", data=RIGHT).status_code == 429
    assert client.post("/login", data=RIGHT).status_code == 303
