"""/manage/documents: who gets in, and a file from choosing to saving."""

import io

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from quiz.accounts.permissions import Permission, Role
from quiz.documents import queries
from tests.support.client import Client
from tests.support.documents import TEXT, make_document
from tests.support.ladder import Step, climb, ladder
from tests.support.pdf import make_pdf
from tests.support.staff import signed_in

SEE, EDIT = Permission.SEE_BANKS, Permission.MANAGE_BANKS
AT = "/manage/documents"


def send(client: Client, data: bytes = TEXT.encode(), slug: str = "lich-su", **fields: str) -> TestResponse:
    return client.post(
        AT,
        data={"slug": slug, "file": (io.BytesIO(data), "van-ban.txt"), **fields},
        content_type="multipart/form-data",
    )


def count(app: Flask) -> int:
    with app.app_context():
        return sum(row.passages for row in queries.list_documents())


@ladder(
    Step("GET", AT, SEE),
    Step("POST", AT, EDIT, works=422),
    Step("GET", f"{AT}/lich-su", SEE, unknown=f"{AT}/nothing"),
    Step("POST", f"{AT}/lich-su", EDIT, works=422, unknown=f"{AT}/nothing"),
    Step("GET", f"{AT}/lich-su/coverage", SEE, unknown=f"{AT}/nothing/coverage"),
    Step("GET", f"{AT}/passages.json", SEE),
    Step("GET", f"{AT}/import/" + "x" * 32, EDIT, works=404),
    Step("POST", f"{AT}/import/" + "x" * 32, EDIT, works=404),
)
def test_access(client: Client, app: Flask, step: Step) -> None:
    with app.app_context():
        make_document()
    climb(client, step)


def test_a_file_is_shown_before_it_is_saved(client: Client, app: Flask) -> None:
    signed_in(client)
    sent = send(client, number="12-NQ/TU", issuer="Tỉnh ủy")
    assert sent.status_code == 303
    page = client.get(sent.location).get_data(as_text=True)
    assert "LỊCH SỬ CÁC KỲ ĐẠI HỘI" in page
    assert "I. Đại hội lần thứ nhất" in page
    assert "Lưu 3 đoạn" in page
    assert count(app) == 0
    saved = client.post(sent.location, data={"seen_edition": "0"})
    assert (saved.status_code, saved.location, count(app)) == (303, f"{AT}/lich-su", 3)
    page = client.get(saved.location).get_data(as_text=True)
    assert "Đã lưu 3 đoạn: 3 mới" in page
    assert "12-NQ/TU" in page
    assert client.get(sent.location).status_code == 404, "what was saved is not kept"


def test_a_newer_edition_is_compared_first(client: Client, app: Flask) -> None:
    with app.app_context():
        make_document()
    signed_in(client)
    newer = TEXT.replace("13 đại biểu", "mười ba đại biểu").replace("1951", "1951 vào mùa xuân")
    at = send(client, newer.encode()).location
    page = client.get(at).get_data(as_text=True)
    assert page.count("Trước đây") == 2
    assert 'name="seen_edition" value="1"' in page
    with app.app_context():
        make_document(text=TEXT + "\nThêm một câu.")
    late = client.post(at, data={"seen_edition": "1"})
    assert late.status_code == 409
    assert "Có người vừa nạp một bản khác" in late.get_data(as_text=True)


@pytest.mark.parametrize(
    "data, words",
    [
        (b"", "không có chữ nào"),
        (make_pdf([], []), "chỉ có hình chụp"),
        (b"PK\x03\x04 broken", "bị hỏng"),
    ],
)
def test_a_refused_file_is_explained(client: Client, app: Flask, data: bytes, words: str) -> None:
    signed_in(client)
    refused = send(client, data)
    assert refused.status_code == 422
    assert words in refused.get_data(as_text=True)
    assert count(app) == 0


@pytest.mark.parametrize(
    "fields, words",
    [
        ({"slug": "Sai mã"}, "chữ thường không dấu"),
        ({"slug": ""}, "chưa nhập mã"),
        ({"title": "x" * 301}, "300"),
        ({"link": "javascript:alert(1)"}, "https://"),
    ],
)
def test_what_the_form_refuses(client: Client, app: Flask, fields: dict[str, str], words: str) -> None:
    signed_in(client)
    refused = send(client, **fields)
    assert refused.status_code == 422
    assert words in refused.get_data(as_text=True)
    assert count(app) == 0


def test_a_document_is_searched_and_renamed(client: Client, app: Flask) -> None:
    with app.app_context():
        make_document()
    signed_in(client)
    found = client.get(f"{AT}/lich-su?q=tuyen+quang").get_data(as_text=True)
    assert "đoan-1" not in found
    assert ("doan-2" in found, "doan-1" in found) == (True, False)
    assert "Không thấy đoạn nào" in client.get(f"{AT}/lich-su?q=zzz").get_data(as_text=True)
    renamed = client.post(f"{AT}/lich-su", data={"title": "Tên mới", "link": "https://vi.du/a"})
    assert renamed.status_code == 303
    page = client.get(f"{AT}/lich-su").get_data(as_text=True)
    assert "Tên mới" in page
    assert 'href="https://vi.du/a"' in page
    signed_in(client, Role.AUDITOR)
    assert "Nạp bản mới" not in client.get(f"{AT}/lich-su").get_data(as_text=True)


def test_passages_for_the_picker(client: Client, app: Flask) -> None:
    with app.app_context():
        make_document()
    signed_in(client, Role.EDITOR)
    reply = client.get(f"{AT}/passages.json?q=ma+cao&document=lich-su")
    assert reply.json == {
        "passages": [
            {
                "address": "lich-su/1",
                "document": "LỊCH SỬ CÁC KỲ ĐẠI HỘI",
                "mark": 1,
                "heading": "I. Đại hội lần thứ nhất",
                "text": "Đại hội họp tại Ma Cao vào cuối tháng 3 năm 1935, có 13 đại biểu.",
            }
        ]
    }
    assert client.get(f"{AT}/passages.json?document=khong-co").json == {"passages": []}
