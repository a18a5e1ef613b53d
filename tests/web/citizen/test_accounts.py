"""Entrants' accounts on the pages: opened by code, entered with, signed out of; apart from staff."""

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import select

from quiz.contests.definition import Unique, Way
from quiz.core.database import db
from quiz.entries.models import Entry
from quiz.signin.models import EntrantAccount
from tests.support.citizen import enter, start
from tests.support.client import Client
from tests.support.codes import Outbox, open_ways, outbox_of

PHONE, PASSWORD = "0912 345 678", "suối chảy qua cầu"


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


def prove(client: Client, outbox: Outbox, contact: str = PHONE) -> None:
    assert client.post("/me/new", data={"contact": contact}).location == "/me/code"
    assert client.post("/me/code", data={"code": outbox.code}).location == "/me/password"


def open_account(client: Client, outbox: Outbox, contact: str = PHONE, password: str = PASSWORD):
    prove(client, outbox, contact)
    return client.post("/me/password", data={"password": password, "again": password})


def sign_in(client: Client, contact: str = PHONE, password: str = PASSWORD):
    return client.post("/me/sign-in", data={"contact": contact, "password": password})


def count(app: Flask, model: type) -> int:
    with app.app_context():
        return len(db.session.scalars(select(model)).all())


def test_unique_by_account_from_sign_up_to_another_device(
    app: Flask, client: Client, other: Client, outbox: Outbox
):
    slug = open_ways(app, Way.ACCOUNT, unique=Unique.ACCOUNT)
    assert client.get(f"/c/{slug}/enter").location == f"/c/{slug}/ways"
    assert enter(client, slug).location == f"/c/{slug}/ways"
    ways = client.get(f"/c/{slug}/ways").get_data(as_text=True)
    onward = f"/me/sign-in?next=/c/{slug}/enter/who"
    assert f'href="{onward}"' in ways
    assert client.get(onward).status_code == 200
    assert open_account(client, outbox).location == f"/c/{slug}/enter/who"
    assert client.get(f"/c/{slug}/enter/who").location == f"/c/{slug}/enter"
    assert enter(client, slug).status_code == 303
    attempt = start(client, slug)

    other.get(onward)
    assert sign_in(other).location == f"/c/{slug}/enter/who"
    assert other.get(f"/c/{slug}/enter/who").status_code == 303
    assert other.get(attempt).status_code == 200
    # One account, one entry: another name under it is refused.
    assert enter(other, slug, name="Lò Văn Thành").status_code == 409
    assert count(app, Entry) == 1
    with app.app_context():
        assert db.session.scalars(select(Entry)).one().account_id is not None


def test_a_forgotten_password_leads_to_no_second_account(
    app: Flask, client: Client, other: Client, outbox: Outbox
):
    open_account(client, outbox)
    assert client.get("/me/account").status_code == 200
    prove(other, outbox)
    page = other.get("/me/password").get_data(as_text=True)
    assert 'name="keep"' in page
    assert other.post("/me/password", data={"keep": "y"}).location == "/me/account"
    assert client.get("/me/account").status_code == 200
    third = app.test_client()
    assert open_account(third, outbox, password="đèo cao gió lộng").location == "/me/account"
    for former in (client, other):
        assert former.get("/me/account").location == "/me/sign-in"
    assert sign_in(client).status_code == 422
    assert sign_in(client, password="đèo cao gió lộng").status_code == 303
    assert count(app, EntrantAccount) == 1


def test_replies_do_not_tell_who_has_an_account(app: Flask, client: Client, outbox: Outbox):
    """A10 for accounts: signing in and asking for a code answer alike."""
    open_account(client, outbox)
    told, asked = set(), set()
    for contact in (PHONE, "0987 654 678"):
        browser = app.test_client()
        replies = [sign_in(browser, contact, "đèo cao gió lộng") for _ in range(4)]
        told.add(tuple((one.status_code, len(one.data.replace(contact.encode(), b""))) for one in replies))
        reply = browser.post("/me/new", data={"contact": contact})
        page = browser.get("/me/code")
        asked.add((reply.status_code, reply.location, page.status_code, len(page.data)))
    assert len(told) == 1
    assert [status for status, _length in told.pop()] == [422, 422, 422, 429]
    assert len(asked) == 1


def test_signing_out_here_and_everywhere(app: Flask, client: Client, other: Client, outbox: Outbox):
    open_account(client, outbox)
    sign_in(other)
    assert client.post("/me/sign-out").status_code == 303
    assert client.get("/me/account").location == "/me/sign-in"
    assert other.get("/me/account").status_code == 200
    sign_in(client)
    client.post("/me/sign-out", data={"everywhere": "y"})
    assert other.get("/me/account").location == "/me/sign-in"


def test_who_lends_a_phone_signs_out_with_one_button(app: Flask, client: Client, outbox: Outbox):
    slug = open_ways(app, Way.ACCOUNT, unique=Unique.ACCOUNT)
    open_account(client, outbox)
    page = client.get(f"/c/{slug}/enter").get_data(as_text=True)
    assert "Không phải bạn?" in page
    assert 'href="/me/account"' in page
    prove(client, outbox, "0987 654 321")
    assert client.post("/me/forget").status_code == 303
    assert client.get("/me/account").location == "/me/sign-in"
    assert client.get("/me/password").location == "/me/new"


def test_without_a_proof_no_password_is_set(app: Flask, client: Client, outbox: Outbox):
    assert client.get("/me/password").location == "/me/new"
    reply = client.post("/me/password", data={"password": PASSWORD, "again": PASSWORD})
    assert reply.location == "/me/new"
    assert client.post("/me/password", data={"keep": "y"}).location == "/me/new"
    assert count(app, EntrantAccount) == 0


def test_a_weak_or_mistyped_password_is_told(app: Flask, client: Client, outbox: Outbox):
    prove(client, outbox)
    for password, again in (("matkhau123", "matkhau123"), (PASSWORD, "khác"), ("", "")):
        reply = client.post("/me/password", data={"password": password, "again": again})
        assert reply.status_code == 422
    assert count(app, EntrantAccount) == 0


def test_an_entrants_account_is_no_key_to_the_workspace(app: Flask, client: Client, outbox: Outbox):
    open_account(client, outbox)
    assert client.get("/manage").location.startswith("/login")
    assert client.post("/login", data={"username": PHONE, "password": PASSWORD}).status_code == 422


@pytest.mark.parametrize("target", ["https://evil.example", "//evil.example", "/\\evil.example"])
def test_after_signing_in_nobody_is_sent_elsewhere(app: Flask, client: Client, outbox: Outbox, target: str):
    open_account(client, outbox)
    client.post("/me/sign-out")
    client.get("/me/sign-in", query_string={"next": target})
    assert sign_in(client).location == "/me/account"


def test_closing_forgets_what_can_be_read_and_opens_no_second_entry(
    app: Flask, client: Client, other: Client, outbox: Outbox
):
    slug = open_ways(app, Way.ACCOUNT, unique=Unique.ACCOUNT)
    open_account(client, outbox)
    enter(client, slug)
    assert client.post("/me/account/close").status_code == 422
    assert client.post("/me/account/close", data={"sure": "y"}).location == "/"
    assert client.get("/me/account").location == "/me/sign-in"
    assert sign_in(client).status_code == 422
    with app.app_context():
        row = db.session.scalars(select(EntrantAccount)).one()
        assert (row.contact_cipher, row.name_cipher, row.password_hash) == (None, None, None)
    prove(other, outbox)
    assert 'name="keep"' not in other.get("/me/password").get_data(as_text=True)
    other.post("/me/password", data={"password": PASSWORD, "again": PASSWORD})
    assert other.get(f"/c/{slug}/enter/who").status_code == 303
    assert enter(other, slug, name="Lò Văn Thành").status_code == 409
    assert (count(app, EntrantAccount), count(app, Entry)) == (1, 1)


def test_the_form_knows_what_the_account_knows(app: Flask, client: Client, outbox: Outbox):
    slug = open_ways(app, Way.ACCOUNT, unique=Unique.ACCOUNT)
    open_account(client, outbox)
    page = client.get(f"/c/{slug}/enter").get_data(as_text=True)
    assert 'value="0912345678"' in page


def test_without_senders_no_account_can_be_opened(app: Flask, client: Client):
    with outbox_of(app) as box:
        app.extensions["senders"] = box.senders().__class__({}, 500)
        assert client.get("/me/new").status_code == 404
        assert "/me/new" not in client.get("/me/sign-in").get_data(as_text=True)
