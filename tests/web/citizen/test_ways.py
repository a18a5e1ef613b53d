"""The ways into a contest without JavaScript: by code, back by code, and replies that tell nothing."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy import select

from quiz.contests.definition import Unique, Way
from quiz.core.database import db
from quiz.entries.models import Entry
from tests.support.citizen import enter, open_contest, start
from tests.support.client import Client
from tests.support.codes import Outbox, open_ways, outbox_of
from tests.support.staff import signed_in

PHONE = "0912 345 678"


@pytest.fixture
def outbox(app: Flask) -> Iterator[Outbox]:
    """What would have been sent."""
    with outbox_of(app) as box:
        yield box


@pytest.fixture
def other(app: Flask) -> Client:
    """A second browser."""
    made = app.test_client()
    assert isinstance(made, Client)
    return made


def ask(client: Client, slug: str, contact: str = PHONE):
    return client.post(f"/c/{slug}/code", data={"contact": contact})


def prove(client: Client, slug: str, outbox: Outbox, contact: str = PHONE):
    assert ask(client, slug, contact).location == f"/c/{slug}/code/check"
    return client.post(f"/c/{slug}/code/check", data={"code": outbox.code})


def entries(app: Flask) -> list[Entry]:
    with app.app_context():
        return list(db.session.scalars(select(Entry)))


def test_a_contest_with_only_the_form_goes_straight_to_it(app: Flask, client: Client):
    slug = open_contest(app)
    assert client.get(f"/c/{slug}/ways").location == f"/c/{slug}/enter"
    assert "signin" not in client.get(f"/c/{slug}/enter").get_data(as_text=True)
    assert client.post(f"/c/{slug}/code", data={"contact": PHONE}).status_code == 404


def test_without_a_code_nobody_enters(app: Flask, client: Client, outbox: Outbox):
    slug = open_ways(app, Way.CODE)
    assert client.get(f"/c/{slug}/enter").location == f"/c/{slug}/ways"
    assert enter(client, slug).location == f"/c/{slug}/ways"
    assert client.get(f"/c/{slug}/enter/who").location == f"/c/{slug}/ways"
    assert client.get(f"/c/{slug}/code/check").location == f"/c/{slug}/ways"
    assert client.get(f"/c/{slug}/resume").location == f"/c/{slug}/ways"
    assert entries(app) == []


def test_in_by_code_and_back_by_code(app: Flask, client: Client, other: Client, outbox: Outbox):
    slug = open_ways(app, Way.CODE)
    page = client.get(f"/c/{slug}/ways").get_data(as_text=True)
    assert 'name="contact"' in page
    assert prove(client, slug, outbox).location == f"/c/{slug}/enter/who"
    assert outbox.sent[0][0] == "+84912345678"
    assert client.get(f"/c/{slug}/enter/who").location == f"/c/{slug}/enter"
    form = client.get(f"/c/{slug}/enter").get_data(as_text=True)
    assert 'name="phone"' not in form
    assert "09•• ••• 678" in form
    # What somebody types instead of the proven number does not count.
    assert enter(client, slug, phone="0987654321").status_code == 303
    attempt = start(client, slug)
    (entry,) = entries(app)
    assert entry.phone_tail == "678"
    assert entry.proved_at is not None

    assert prove(other, slug, outbox).location == f"/c/{slug}/enter/who"
    assert other.get(f"/c/{slug}/enter/who").status_code == 303
    assert other.get(attempt).status_code == 200
    assert other.get(f"/c/{slug}/enter").location == f"/c/{slug}/ways", "the proof has served"
    assert len(entries(app)) == 1


def test_a_family_behind_one_number_chooses(app: Flask, client: Client, other: Client, outbox: Outbox):
    slug = open_ways(app, Way.FORM, Way.CODE, unique=Unique.PHONE_NAME_BIRTH_DATE)
    enter(client, slug)
    enter(client, slug, name="Lò Văn Thành", birth_year="1960")
    first, second = entries(app)
    prove(other, slug, outbox)
    page = other.get(f"/c/{slug}/enter/who").get_data(as_text=True)
    assert f'value="{first.id}"' in page
    assert f'value="{second.id}"' in page
    assert "Lò Văn Thành" not in page, "names are masked"
    assert f'href="/c/{slug}/enter"' in page
    assert other.post(f"/c/{slug}/enter/who", data={"entry": "1"}).status_code == 404
    assert other.post(f"/c/{slug}/enter/who", data={"entry": str(second.id)}).status_code == 303
    assert start(other, slug)
    assert other.post(f"/c/{slug}/enter/who", data={"entry": str(first.id)}).location == f"/c/{slug}/ways"


def test_a_code_typed_in_another_browser_proves_nothing(
    app: Flask, client: Client, other: Client, outbox: Outbox
):
    slug = open_ways(app, Way.CODE)
    ask(client, slug)
    code = outbox.code
    assert other.post(f"/c/{slug}/code/check", data={"code": code}).location == f"/c/{slug}/ways"
    ask(other, slug, "0987 654 321")
    if outbox.code != code:
        assert other.post(f"/c/{slug}/code/check", data={"code": code}).status_code == 422


def test_wrong_codes_are_told_with_the_tries_that_remain(app: Flask, client: Client, outbox: Outbox):
    slug = open_ways(app, Way.CODE)
    ask(client, slug)
    bad = f"{(int(outbox.code) + 1) % 1_000_000:06}"
    assert "6 chữ số" in client.post(f"/c/{slug}/code/check", data={"code": "12"}).get_data(as_text=True)
    for left in (4, 3, 2, 1):
        reply = client.post(f"/c/{slug}/code/check", data={"code": bad})
        assert reply.status_code == 422
        assert f"Còn {left} lần" in reply.get_data(as_text=True)
    over = client.post(f"/c/{slug}/code/check", data={"code": bad}).get_data(as_text=True)
    assert 'name="code"' not in over
    assert client.post(f"/c/{slug}/code", data={"again": "y"}).location == f"/c/{slug}/code/check"
    spaced = f"{outbox.code[:3]} {outbox.code[3:]}"
    assert client.post(f"/c/{slug}/code/check", data={"code": spaced}).status_code == 303


def test_known_and_unknown_numbers_get_the_same_reply(app: Flask, client: Client, outbox: Outbox):
    """A10: status, length and headers; both numbers get a message, so there is nothing to time either."""
    slug = open_ways(app, Way.FORM, Way.CODE)
    enter(client, slug)
    replies = set()
    for contact in (PHONE, "0987 654 678"):
        browser = app.test_client()
        asked = ask(browser, slug, contact)
        page = browser.get(f"/c/{slug}/code/check")
        wrong = browser.post(f"/c/{slug}/code/check", data={"code": "abcdef"})
        replies.add(
            tuple(
                (one.status_code, len(one.data), frozenset(one.headers.keys()))
                for one in (asked, page, wrong)
            )
        )
    assert len(replies) == 1
    assert len(outbox.sent) == 2


def test_who_proves_a_shared_number_is_known_to_the_organisers(
    app: Flask, client: Client, other: Client, outbox: Outbox
):
    """A12: whoever entered first with somebody's number cannot type the code that goes to it."""
    slug = open_ways(app, Way.FORM, Way.CODE)
    enter(client, slug, name="Người Đến Trước")
    prove(other, slug, outbox)
    assert f'href="/c/{slug}/enter"' in other.get(f"/c/{slug}/enter/who").get_data(as_text=True)
    assert enter(other, slug).status_code == 303
    first, second = sorted(entries(app), key=lambda entry: entry.registered_at)
    assert (first.proved_at, second.name) == (None, "Lò Thị Hương")
    assert second.proved_at is not None
    assert start(client, slug)
    assert start(other, slug)
    staff = app.test_client()
    assert isinstance(staff, Client)
    signed_in(staff)
    page = staff.get(f"/manage/c/{slug}/numbers").get_data(as_text=True)
    assert page.count("Đã nhập mã gửi về số này") == 1


def test_coming_back_by_code_proves_an_entry_of_the_form(
    app: Flask, client: Client, other: Client, outbox: Outbox
):
    slug = open_ways(app, Way.FORM, Way.CODE)
    enter(client, slug)
    assert entries(app)[0].proved_at is None
    prove(other, slug, outbox)
    other.post(f"/c/{slug}/enter/who", data={"entry": str(entries(app)[0].id)})
    assert entries(app)[0].proved_at is not None


def test_who_does_not_remember_is_led_to_the_code(app: Flask, client: Client):
    slug = open_ways(app, Way.FORM, Way.CODE)
    assert f'href="/c/{slug}/ways"' in client.get(f"/c/{slug}/resume").get_data(as_text=True)
    ways = client.get(f"/c/{slug}/ways").get_data(as_text=True)
    assert f'href="/c/{slug}/resume"' in ways


def test_the_rules_say_how_people_come_in(app: Flask, client: Client):
    slug = open_ways(app, Way.CODE, Way.ACCOUNT)
    page = client.get(f"/c/{slug}/rules").get_data(as_text=True)
    assert "Vào dự thi bằng: mã xác nhận gửi về điện thoại hoặc thư điện tử; tài khoản có mật khẩu." in page


def test_limits_and_failures_are_said_in_words(app: Flask, client: Client, outbox: Outbox):
    slug = open_ways(app, Way.FORM, Way.CODE)
    outbox.broken = "code_sender_away"
    reply = ask(client, slug)
    assert reply.status_code == 503
    assert "máy gửi tin không trả lời" in reply.get_data(as_text=True)
    assert f'href="/c/{slug}/enter"' in reply.get_data(as_text=True), "the other way stays open"
    outbox.broken = ""
    for _ in range(3):
        assert ask(client, slug).status_code == 303
    assert ask(client, slug).status_code == 429
    assert ask(client, slug, "khong phai so").status_code == 422


def test_where_no_code_can_be_sent_the_page_says_so(app: Flask, client: Client):
    slug = open_ways(app, Way.CODE)
    former = app.extensions["senders"]
    app.extensions["senders"] = replace(former, by_channel={})
    try:
        page = client.get(f"/c/{slug}/ways").get_data(as_text=True)
        assert 'name="contact"' not in page
        assert "Lúc này chưa gửi được mã" in page
    finally:
        app.extensions["senders"] = former
