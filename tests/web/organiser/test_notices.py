"""A notice from the organiser's page to the pages that everybody reads."""

import re

import pytest

from quiz.accounts.permissions import Role
from tests.support.factories import make_bank, make_contest
from tests.support.staff import signed_in

PAGE = "/manage/c/cuoc-thi/notices"
WORDS = "Vòng 2 lùi đến 08:00 thứ Hai <b>"
SHOWN = "Vòng 2 lùi đến 08:00 thứ Hai &lt;b&gt;"


@pytest.fixture(autouse=True)
def _contests(app):
    with app.app_context():
        make_bank()
        make_contest()
        make_contest("khac")


def test_everybody_reads_it_until_it_is_ended(app, client):
    signed_in(client)
    assert client.post(PAGE, data={"words": WORDS, "level": "warning"}).status_code == 303
    for path in ("/", "/c/cuoc-thi", "/c/cuoc-thi/rules", "/c/cuoc-thi/standings"):
        assert SHOWN in app.test_client().get(path).text, path
    assert SHOWN not in client.get("/c/khac").text
    page = client.get(PAGE).text
    assert "Đang hiện" in page
    number = re.search(r"notice=(\d+)", page)
    assert number is not None
    edit = client.get(f"{PAGE}?notice={number[1]}").text
    assert SHOWN in edit
    assert client.post(f"{PAGE}/{number[1]}", data={"words": "Đã mở.", "level": "info"}).status_code == 303
    assert "Đã mở." in client.get("/c/cuoc-thi").text
    assert client.post(f"{PAGE}/{number[1]}/end").status_code == 303
    assert "Đã mở." not in client.get("/c/cuoc-thi").text
    assert "Đã hết" in client.get(PAGE).text


@pytest.mark.parametrize(
    "data, words",
    [
        ({"words": ""}, "chưa có nội dung."),
        ({"words": "a", "until_time": "08:00"}, "chưa có ngày cho giờ này."),
        ({"words": "a", "until_day": "01/01/2020"}, "Lúc gỡ phải sau lúc hiện"),
    ],
)
def test_what_is_wrong_is_said_at_its_place(client, data, words):
    signed_in(client)
    reply = client.post(PAGE, data={"level": "info", **data})
    assert reply.status_code in (409, 422)
    assert words in reply.text


def test_whose_it_is(client):
    signed_in(client, Role.AUDITOR)
    assert client.get(PAGE).status_code == 403
    signed_in(client)
    assert client.get(f"{PAGE}?notice=5").status_code == 404
    assert client.post(f"{PAGE}/5/end").status_code == 404
