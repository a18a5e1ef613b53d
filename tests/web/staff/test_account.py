"""One's own account: password and sessions."""

import re

import pytest
from flask import Flask

from quiz.accounts.permissions import Role
from tests.support.client import Client
from tests.support.staff import PASSWORD, make_staff, sign_in_as, signed_in

NEW = "mười bảy con trâu qua suối"
FORM = {"old": PASSWORD, "new": NEW, "again": NEW}


@pytest.mark.parametrize(
    "method, path", [("GET", "/account"), ("POST", "/account/password"), ("POST", "/account/sessions")]
)
def test_only_for_those_who_signed_in(client: Client, method: str, path: str) -> None:
    reply = client.open(path, method=method)
    assert reply.status_code == 303
    assert reply.location.startswith("/login")
    assert client.open(path, method="DELETE").status_code == 405


@pytest.mark.parametrize("role", list(Role))
def test_everybody_has_the_page(client: Client, role: Role) -> None:
    signed_in(client, role)
    assert client.get("/account").status_code == 200


def test_another_password_ends_the_other_sessions(client: Client, app: Flask) -> None:
    with app.app_context():
        staff = make_staff()
        other = app.test_client()
        assert isinstance(other, Client)
        sign_in_as(other, staff)
        sign_in_as(client, staff)
    assert other.get("/account").status_code == 200
    assert client.post("/account/password", data=FORM).status_code == 303
    assert "Đã đổi mật khẩu" in client.get("/account").get_data(as_text=True)
    assert other.get("/account").status_code == 303
    client.post("/logout")
    assert client.post("/login", data={"username": "ha.nguyen", "password": NEW}).status_code == 303


@pytest.mark.parametrize(
    "changes, words",
    [
        ({"old": "wrong wrong wrong"}, "Mật khẩu đang dùng không đúng"),
        ({"new": "bảy chữ", "again": "bảy chữ"}, "ít nhất 15 ký tự"),
        ({"new": "matkhaumatkhau12", "again": "matkhaumatkhau12"}, "dễ đoán"),
        ({"again": "khác khác khác khác"}, "hai lần gõ không giống nhau"),
        ({"old": ""}, "chưa nhập mật khẩu"),
    ],
)
def test_what_is_refused(client: Client, changes: dict[str, str], words: str) -> None:
    signed_in(client)
    refused = client.post("/account/password", data=FORM | changes)
    assert refused.status_code == 422
    text = refused.get_data(as_text=True)
    assert words in text
    assert not any(value in text for value in changes.values() if value)


def test_a_password_that_was_given_opens_one_page(client: Client, app: Flask) -> None:
    """ASVS 6.4.1: it is replaced before anything else is done with it."""
    words = ("staff", "create", "ha.nguyen", "--name", "Nguyễn Thị Minh Hà", "--role", "organiser")
    done = app.test_cli_runner().invoke(args=words)
    given = next(line.split()[1] for line in done.output.splitlines() if line.startswith("password"))
    client.post("/login", data={"username": "ha.nguyen", "password": given})
    for path in ("/manage", "/manage/audit"):
        assert client.get(path).location == "/account"
    assert "do người khác cấp" in client.get("/account").get_data(as_text=True)
    same = client.post("/account/password", data={"old": given, "new": given, "again": given})
    assert same.status_code == 422
    assert client.post("/account/password", data=FORM | {"old": given}).status_code == 303
    assert client.get("/manage").status_code == 200


def test_out_everywhere(client: Client, app: Flask) -> None:
    with app.app_context():
        staff = make_staff()
        other = app.test_client()
        assert isinstance(other, Client)
        sign_in_as(other, staff)
        sign_in_as(client, staff)
    page = client.get("/account").text
    (elsewhere,) = re.findall(r'formaction="(/account/sessions/\d+/end)"', page)
    for address in (elsewhere, "/account/sessions"):
        assert client.post(address).status_code == 422, "the password again"
        assert client.post(address, data={"password": "not this password"}).status_code == 422
    assert other.get("/account").status_code == 200
    assert client.post("/account/sessions", data={"password": PASSWORD}).status_code == 303
    assert client.get("/account").status_code == 303
    assert other.get("/account").status_code == 303


def test_guessing_the_old_password_is_slowed(client: Client) -> None:
    """Whoever finds an open session must not find the password, too."""
    signed_in(client)
    statuses = [
        client.post("/account/password", data=FORM | {"old": "wrong wrong wrong"}).status_code for _ in "1234"
    ]
    assert statuses == [422, 422, 422, 429]
    assert client.post("/account/password", data=FORM).status_code == 429
