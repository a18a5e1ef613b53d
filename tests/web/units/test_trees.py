"""/manage/units: who gets in, and a file from choosing to saving."""

import io

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from quiz.accounts.permissions import Permission, Role
from quiz.core.settings import ROOT
from quiz.units import queries
from tests.support.client import Client
from tests.support.ladder import Step, climb, ladder
from tests.support.staff import make_tree, signed_in

FILE = (ROOT / "demo" / "units-son-la.csv").read_bytes()
SEE, EDIT = Permission.SEE_UNITS, Permission.EDIT_UNITS


def send(client: Client, data: bytes = FILE, slug: str = "son-la", **fields: str) -> TestResponse:
    return client.post(
        "/manage/units",
        data={"slug": slug, "file": (io.BytesIO(data), "units.csv"), **fields},
        content_type="multipart/form-data",
    )


def count(app: Flask) -> int:
    with app.app_context():
        return sum(row.units for row in queries.list_trees())


@ladder(
    Step("GET", "/manage/units", SEE),
    Step("POST", "/manage/units", EDIT, works=422),
    Step("GET", "/manage/units/son-la", SEE, unknown="/manage/units/nothing"),
    Step("GET", "/manage/units/import/" + "x" * 32, EDIT, works=404),
    Step("POST", "/manage/units/import/" + "x" * 32, EDIT, works=404),
)
def test_access(client: Client, app: Flask, step: Step) -> None:
    with app.app_context():
        make_tree()
    climb(client, step)


def test_a_file_is_shown_before_it_is_saved(client: Client, app: Flask) -> None:
    signed_in(client)
    sent = send(client, name="Tỉnh Sơn La mới")
    assert sent.status_code == 303
    page = client.get(sent.location).get_data(as_text=True)
    assert "Xã Mường La" in page
    assert "Nhập 115 đơn vị" in page
    assert count(app) == 0
    saved = client.post(sent.location)
    assert saved.status_code == 303
    assert saved.location == "/manage/units/son-la"
    assert count(app) == 115
    assert "Đã nhập: thêm 115" in client.get(saved.location).get_data(as_text=True)
    assert "Tỉnh Sơn La mới" in client.get("/manage/units").get_data(as_text=True)
    assert client.get(sent.location).status_code == 404, "what was saved is not kept"


def test_a_wrong_file_is_named_line_by_line_and_not_kept(client: Client, app: Flask) -> None:
    signed_in(client)
    refused = send(client, b"code,parent_code,name,kind,headcount\n14,,T\xe1\xbb\x89nh,x,nhi\xe1\xbb\x81u\n")
    assert refused.status_code == 422
    text = refused.get_data(as_text=True)
    assert "Dòng 2, cột “headcount”" in text
    assert "không phải số" in text
    assert "<form" in text
    assert "Nhập 1 đơn vị" not in text
    assert count(app) == 0


@pytest.mark.parametrize(
    "fields, words",
    [
        ({"slug": "Sơn La"}, "chữ thường không dấu"),
        ({"slug": ""}, "chưa nhập mã cây"),
        ({"name": "x" * 301}, "300"),
    ],
)
def test_what_the_form_refuses(client: Client, app: Flask, fields: dict[str, str], words: str) -> None:
    signed_in(client)
    refused = send(client, **fields)
    assert refused.status_code == 422
    assert words in refused.get_data(as_text=True)
    assert count(app) == 0


def test_units_that_are_gone_need_a_tick(client: Client, app: Flask) -> None:
    with app.app_context():
        make_tree()
    signed_in(client)
    less = b"\n".join(FILE.splitlines()[:-1]) + b"\n"
    address = send(client, less).location
    assert "Không còn trong tệp" in client.get(address).get_data(as_text=True)
    refused = client.post(address)
    assert refused.status_code == 422
    assert count(app) == 115
    assert client.post(address, data={"remove_missing": "y"}).status_code == 303
    assert count(app) == 114


def test_a_kept_file_is_its_senders_alone(client: Client, app: Flask) -> None:
    signed_in(client)
    address = send(client).location
    other = app.test_client()
    assert isinstance(other, Client)
    signed_in(other, Role.OWNER)
    assert other.get(address).status_code == 404
    assert other.post(address).status_code == 404
    assert count(app) == 0


def test_searching_and_the_order_of_the_tree(client: Client, app: Flask) -> None:
    with app.app_context():
        make_tree()
    signed_in(client, Role.AUDITOR)
    page = client.get("/manage/units/son-la").get_data(as_text=True)
    assert page.index("Tỉnh Sơn La") < page.index("Khối các cơ quan Đảng tỉnh") < page.index("Xã Mường La")
    assert "Nhập lại từ tệp" not in page, "those who only look see no buttons for changing"
    found = client.get("/manage/units/son-la?q=muong+la").get_data(as_text=True)
    assert "Xã Mường La" in found
    assert "Xã Mường Chiên" not in found
    assert "Không thấy đơn vị nào" in client.get("/manage/units/son-la?q=zzz").get_data(as_text=True)
    for odd in ("?page=99", "?page=-1", "?page=x", "?q=%25_%27%22<script>", "?page=" + "9" * 30):
        assert client.get("/manage/units/son-la" + odd).status_code == 200
