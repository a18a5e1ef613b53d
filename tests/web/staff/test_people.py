"""The owner's page of everybody who works here."""

import re

import pytest
from flask import Flask

from quiz.accounts.permissions import Permission, Role
from quiz.accounts.queries import find_staff, list_invitations
from quiz.core import clock
from tests.support.client import Client
from tests.support.ladder import Step, climb, ladder
from tests.support.staff import PASSWORD, make_staff, make_tree, sign_in_as, signed_in, with_second_step

INVITE = {"name": "Cầm Văn Dũng", "username": "dung.cam", "role": "organiser", "days": "3"}


def id_of(app: Flask, username: str) -> int:
    with app.app_context():
        staff = find_staff(username)
        assert staff is not None
        return staff.id


def link_of(client: Client, **changes: str) -> str:
    reply = client.post("/manage/staff/invitations", data=INVITE | changes)
    assert reply.status_code == 200
    found = re.search(r"https?://[^/]+(/join/[\w-]+)", reply.get_data(as_text=True))
    assert found is not None
    return found[1]


@ladder(
    Step("GET", "/manage/staff", Permission.EDIT_STAFF),
    Step("POST", "/manage/staff/invitations", Permission.EDIT_STAFF, works=422),
    Step("GET", "/manage/staff/1", Permission.EDIT_STAFF, works=404),
    Step("POST", "/manage/staff/1/role", Permission.EDIT_STAFF, works=404),
    Step("POST", "/manage/staff/1/disable", Permission.EDIT_STAFF, works=404),
    Step("POST", "/manage/staff/invitations/1/withdraw", Permission.EDIT_STAFF, works=404),
)
def test_for_owners_only(client: Client, step: Step) -> None:
    climb(client, step)


def test_from_the_invitation_to_the_first_day(client: Client, app: Flask) -> None:
    signed_in(client, Role.OWNER)
    link = link_of(client)
    assert "Cầm Văn Dũng" in client.get("/manage/staff").get_data(as_text=True)
    guest = app.test_client()
    page = guest.get(link)
    assert page.headers["Cache-Control"] == "no-store"
    assert "Ban Tổ chức" in page.get_data(as_text=True)
    assert guest.post(link, data={"new": "short", "again": "short"}).status_code == 422
    assert guest.post(link, data={"new": PASSWORD, "again": "other"}).status_code == 422
    assert guest.post(link, data={"new": PASSWORD, "again": PASSWORD}).location == "/login"
    assert guest.post("/login", data={"username": "dung.cam", "password": PASSWORD}).location == "/manage"
    for method in ("GET", "POST"):
        assert guest.open(link, method=method).status_code == 410
    assert guest.get("/join/no-such-link").status_code == 404


def test_a_link_that_was_withdrawn(client: Client, app: Flask) -> None:
    signed_in(client, Role.OWNER)
    link = link_of(client)
    with app.app_context():
        [row] = list_invitations(clock.now())
    assert client.post(f"/manage/staff/invitations/{row.id}/withdraw").status_code == 303
    assert client.get(link).status_code == 410


@pytest.mark.parametrize(
    "changes, words",
    [
        ({"name": ""}, "chưa nhập họ và tên"),
        ({"username": "Hà"}, "3 đến 40 chữ"),
        ({"username": "owner"}, "Đã có tài khoản"),
        ({"days": "30"}, "từ 1 đến 14 ngày"),
        ({"role": "god"}, ""),
        ({"role": "unit_viewer", "unit": "99999"}, "Không có đơn vị mang mã này"),
    ],
)
def test_what_is_wrong_stands_beside_its_field(client: Client, changes: dict[str, str], words: str) -> None:
    signed_in(client, Role.OWNER)
    reply = client.post("/manage/staff/invitations", data=INVITE | changes)
    assert reply.status_code == 422
    assert words in reply.get_data(as_text=True)


def test_a_units_account_sees_its_own_unit(client: Client, app: Flask) -> None:
    with app.app_context():
        make_tree()
    signed_in(client, Role.OWNER)
    link = link_of(client, role="unit_viewer", tree="son-la", unit="03808")
    guest = app.test_client()
    guest.post(link, data={"new": PASSWORD, "again": PASSWORD})
    entered = guest.post("/login", data={"username": "dung.cam", "password": PASSWORD})
    assert entered.location == "/unit"


def test_another_role_and_a_reason(client: Client, app: Flask) -> None:
    signed_in(client, Role.OWNER)
    with app.app_context():
        make_staff()
    address = f"/manage/staff/{id_of(app, 'ha.nguyen')}"
    assert client.get(address).status_code == 200
    assert client.post(f"{address}/role", data={"role": "auditor"}).status_code == 422, "without a reason"
    done = client.post(f"{address}/role", data={"role": "auditor", "reason": "chuyển sang giám sát"})
    assert done.location == address
    log = client.get("/manage/audit").get_data(as_text=True)
    assert "Đổi quyền của tài khoản" in log
    assert "chuyển sang giám sát" in log


def test_closing_opening_and_signing_out(client: Client, app: Flask) -> None:
    signed_in(client, Role.OWNER)
    other = app.test_client()
    assert isinstance(other, Client)
    with app.app_context():
        staff = make_staff()
        with_second_step(staff)
        sign_in_as(other, staff)
    address = f"/manage/staff/{id_of(app, 'ha.nguyen')}"
    why = {"reason": "nghỉ việc"}
    assert client.post(f"{address}/disable").status_code == 422
    assert client.post(f"{address}/disable", data=why).location == address
    assert other.get("/manage").status_code == 303
    assert client.post(f"{address}/enable", data=why).status_code == 303
    assert client.post(f"{address}/end_sessions", data=why).status_code == 303
    assert client.post(f"{address}/drop_second_step", data=why).status_code == 303
    assert other.post("/login", data={"username": "ha.nguyen", "password": PASSWORD}).location == "/manage"
    assert client.post(f"{address}/explode", data=why).status_code == 404


@pytest.mark.parametrize("deed", ["disable", "drop_second_step"])
def test_not_oneself(client: Client, app: Flask, deed: str) -> None:
    signed_in(client, Role.OWNER)
    address = f"/manage/staff/{id_of(app, 'owner')}"
    reply = client.post(f"{address}/{deed}", data={"reason": "thử"})
    assert reply.status_code == 422
    assert "chính mình" in reply.get_data(as_text=True)
    assert client.post(f"{address}/role", data={"role": "editor", "reason": "thử"}).status_code == 422
