"""What one-time codes cost, for organisers: the page, the alarm, the check before a round opens."""

from contextlib import suppress
from dataclasses import replace
from datetime import datetime

import pytest
from flask import Flask

from quiz.accounts.permissions import Permission
from quiz.contests.definition import Unique, Way
from quiz.contests.models import Contest
from quiz.contests.phases import RoundState
from quiz.core import clock
from quiz.core.database import db, transaction
from quiz.signin import service
from quiz.signin.codes import Purpose
from quiz.signin.contacts import Channel, Contact
from quiz.signin.errors import CodeRefused
from quiz.signin.senders import Senders
from tests.support.client import Client
from tests.support.codes import Outbox, outbox_of
from tests.support.factories import KEYRING, make_bank, make_contest, round_definition
from tests.support.ladder import Step, climb, ladder
from tests.support.staff import signed_in

PAGE = "/manage/codes"


@ladder(Step("GET", PAGE, Permission.SEE_CONTESTS))
def test_who_may_see_it(client: Client, step: Step):
    climb(client, step)


def spend(app: Flask, box: Outbox, count: int, now: datetime) -> None:
    with app.app_context():
        for number in range(count):
            contact = Contact(Channel.PHONE, f"+849{number:08}")
            asker = service.Asker(Purpose.ENTRY, 1, f"10.0.0.{number}")
            with suppress(CodeRefused):
                service.send_code(contact, asker, senders=box.senders(10), site="", now=now, keyring=KEYRING)


def test_the_alarm_is_on_every_page_of_the_workspace(app: Flask, client: Client):
    signed_in(client)
    now = clock.now()
    with outbox_of(app, budget=10) as box:
        spend(app, box, 7, now)
        assert "đang chờ:" not in client.get("/manage").get_data(as_text=True)
        spend(app, box, 1, now)
        assert "đang chờ:" in client.get("/manage").get_data(as_text=True)
        assert "Sắp hết lượt" in client.get(PAGE).get_data(as_text=True)
        spend(app, box, 20, now)
        page = client.get(PAGE).get_data(as_text=True)
        assert "Hết lượt gửi mã" in page
        assert len(box.sent) == 10
        log = client.get("/manage/audit").get_data(as_text=True)
        assert "Sắp hết lượt gửi mã trong ngày" in log
        assert "Hết lượt gửi mã trong ngày" in log


def offer(app: Flask, *ways: Way, **changes: object) -> None:
    with app.app_context():
        make_bank()
        contest = make_contest("nho", round_definition(prediction=None), state=RoundState.DRAFT)
        with transaction():
            contest = db.session.merge(contest)
            contest.entry_data = replace(contest.entry, ways=ways, **changes).as_dict()  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "ways, has_sender, is_said",
    [
        ((Way.FORM,), False, False),
        ((Way.CODE,), False, True),
        ((Way.CODE,), True, False),
        ((Way.FORM, Way.ACCOUNT), False, True),
        ((Way.OIDC,), True, True),
    ],
)
def test_ways_that_cannot_be_served_are_said_before_the_round_opens(
    app: Flask, client: Client, ways: tuple[Way, ...], has_sender: bool, is_said: bool
):
    offer(app, *ways)
    signed_in(client)
    with outbox_of(app) as box:
        app.extensions["senders"] = box.senders() if has_sender else Senders({}, 500)
        page = client.get("/manage/c/nho/").get_data(as_text=True)
    assert ("Cách vào dự thi" in page) is is_said


def test_ways_are_chosen_on_the_page_and_have_to_fit(app: Flask, client: Client):
    offer(app, Way.ACCOUNT, unique=Unique.ACCOUNT)
    signed_in(client)
    edit = "/manage/c/nho/entry"
    page = client.get(edit).get_data(as_text=True)
    assert page.count('name="ways"') == len(Way)
    off = dict.fromkeys(("gender", "email", "national_id", "unit", "workplace", "address", "category"), "off")
    form = off | {
        "birth_date": "required",
        "birth": "date",
        "phone": "required",
        "unique": "account",
        "consent_version": "1",
        "retention_months": "12",
    }
    assert client.post(edit, data=form | {"ways": []}).status_code == 422
    assert client.post(edit, data=form | {"ways": ["form", "bồ câu"]}).status_code == 422
    wrong = client.post(edit, data=form | {"ways": ["form", "account"]})
    assert wrong.status_code == 422
    assert 'id="ways-loi"' in wrong.get_data(as_text=True)
    right = client.post(edit, data=form | {"ways": ["account", "oidc"]})
    assert right.status_code == 303, right.get_data(as_text=True)
    with app.app_context():
        contest = db.session.query(Contest).one()
        assert contest.entry.ways == (Way.ACCOUNT, Way.OIDC)
