"""The pages of webhooks: who may, the secret once, what was sent, and an address's whole life."""

import re

import pytest

from quiz.accounts.permissions import Permission
from quiz.hooks.events import ROUND_EVENTS
from quiz.hooks.service import add
from tests.support.factories import NOW, make_bank, make_contest
from tests.support.forms import fields_of
from tests.support.ladder import Step, climb, ladder
from tests.support.receiver import receiver
from tests.support.staff import ACTOR, signed_in

PAGE = "/manage/c/cuoc-thi/hooks"
ADDRESS = "https://tin.example.vn/nhan?ma=1"


@pytest.fixture
def hook_id(app) -> int:
    """An address of an open round's contest."""
    with app.app_context():
        make_bank()
        contest = make_contest()
        return add(contest, ADDRESS, ROUND_EVENTS, loopback_ok=False, actor=ACTOR, now=NOW).id


@ladder(
    Step("GET", PAGE, Permission.EDIT_CONTESTS, unknown="/manage/c/khac/hooks"),
)
def test_who_may(client, hook_id, step):
    climb(client, step)


def test_another_contests_address_is_not_found(app, client, hook_id):
    with app.app_context():
        make_contest("khac")
    signed_in(client)
    assert client.get(f"{PAGE}/{hook_id}").status_code == 200
    for path in ("", "/ping", "/secret", "/off", "/remove", "/deliveries/1"):
        reply = client.open(f"/manage/c/khac/hooks/{hook_id}{path}", method="POST" if path else "GET")
        assert reply.status_code == 404, path


def test_added_tried_changed_and_removed(client, hook_id):
    """With a real receiver; jobs are over before the page that follows is shown."""
    signed_in(client)
    with receiver() as there:
        form = fields_of(client.get(PAGE).text, PAGE)
        assert form.getlist("events") == [event.value for event in ROUND_EVENTS]
        added = client.post(PAGE, data={**form.to_dict(flat=False), "address": there.url})
        secret = re.search(r"thwh_[\w-]{43}", added.text)
        assert added.status_code == 200
        assert secret is not None
        page = re.search(rf"{PAGE}/\d+(?=/ping)", added.text)
        assert page is not None
        assert secret[0] not in client.get(page[0]).text
        assert client.post(f"{page[0]}/ping").status_code == 303
        assert len(there.got) == 1
        shown = client.get(page[0]).text
        assert all(words in shown for words in ("Tin thử", "Đã nhận", "trả lời 200", "1/9"))
        there.statuses = [500]
        again = re.search(rf"{page[0]}/deliveries/\d+", shown)
        assert again is not None
        client.post(again[0])
        shown = client.get(page[0]).text
        assert len(there.got) == 2
        assert all(
            words in shown
            for words in ("Đang chờ gửi", "trả lời 500", "gửi lại", "mọi lần gửi đều không được")
        )
        assert "thwh_" in client.post(f"{page[0]}/secret").text
        assert "Khóa cũ còn dùng được" in client.get(page[0]).text
        client.post(f"{page[0]}/events", data={"events": ["round.published"]})
        client.post(f"{page[0]}/off")
    shown = client.get(page[0]).text
    assert "Địa chỉ này đang tắt" in shown
    assert "Không gửi, địa chỉ đã tắt" in shown
    assert "Gửi tin thử</span>" not in shown
    client.post(f"{page[0]}/on")
    assert client.post(f"{page[0]}/remove").location == PAGE
    assert there.url not in client.get(PAGE).text


@pytest.mark.parametrize(
    "address, words",
    [
        ("http://tin.example.vn/", "phải bắt đầu bằng https://"),
        ("https://192.168.1.5/", "thuộc mạng nội bộ"),
        ("https://tin.example.vn:22/", "cổng 443 hoặc 8443"),
        (ADDRESS, "đã có"),
        ("", "chưa nhập địa chỉ"),
    ],
)
def test_what_is_wrong_stands_at_its_field(client, hook_id, address, words):
    signed_in(client)
    reply = client.post(PAGE, data={"address": address, "events": ["round.opened"]})
    assert (reply.status_code, words in reply.text) == (422, True)


def test_an_act_on_the_page_of_a_round_is_sent(client, hook_id):
    """The whole way: the step of the round, the event, the job, the post."""
    signed_in(client)
    with receiver() as there:
        client.post(PAGE, data={"address": there.url, "events": ["round.closed"]})
        step = "/manage/c/cuoc-thi/rounds/1/close"
        form = fields_of(client.get(step).text, step)
        assert client.post(step, data=form).status_code == 303
        assert [b'"event":"round.closed"' in body for _, body in there.got] == [True]
