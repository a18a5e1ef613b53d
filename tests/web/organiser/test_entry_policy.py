"""The page of the rules of entering: every rule in words, the definition's own checks, examples that hold."""

from datetime import date, timedelta
from html import unescape

import pytest
from flask import Flask

from quiz.accounts.permissions import Permission
from quiz.contests import queries
from quiz.contests.definition import (
    Birth,
    Category,
    ContestDefinition,
    ContestSettings,
    EntryFields,
    EntryPolicy,
    Presence,
    Unique,
)
from quiz.contests.definition_entry import Way
from quiz.contests.phases import RoundAction
from quiz.contests.service import apply_definition, change_state, definition_of
from quiz.core import clock
from quiz.core.database import db
from tests.support.client import Client
from tests.support.factories import make_bank, make_contest, round_definition
from tests.support.ladder import Step, climb, ladder
from tests.support.plain_forms import press
from tests.support.staff import ACTOR, make_tree, signed_in

PAGE = "/manage/c/cuoc-thi/entry"
FULL = EntryPolicy(
    fields=EntryFields(
        gender=Presence.OPTIONAL,
        email=Presence.REQUIRED,
        unit=Presence.REQUIRED,
        category=Presence.REQUIRED,
    ),
    birth=Birth.YEAR,
    categories=(Category("hoc-sinh", "Học sinh: phổ thông"), Category("can-bo", "Cán bộ")),
    unique=Unique.PHONE_NAME_BIRTH_DATE,
    ways=(Way.FORM, Way.CODE),
    min_age=14,
    max_age=35,
    age_on=date(2026, 11, 16),
    units=("03646", "03808"),
    consent="Đoạn một.\n\nĐoạn hai.",
    consent_version="2026-10",
    retention_months=24,
)


@ladder(
    Step("GET", PAGE, Permission.EDIT_CONTESTS, "/manage/c/khong-co/entry"),
    Step("POST", PAGE, Permission.EDIT_CONTESTS, "/manage/c/khong-co/entry", works=422),
)
def test_the_ladder(step: Step, app: Flask, client: Client) -> None:
    with app.app_context():
        make_contest(policy=EntryPolicy())
    climb(client, step)


@pytest.fixture
def setup(app: Flask, client: Client):
    """A contest with these rules, and an organiser at work."""

    def make(policy: EntryPolicy, *, is_open: bool = False) -> Client:
        now = clock.now()
        opens = now + timedelta(days=-1 if is_open else 1)
        definition = ContestDefinition(
            "cuoc-thi",
            ContestSettings("Cuộc thi", tree="son-la"),
            entry=policy,
            rounds=(round_definition(prediction=None, opens_at=opens, closes_at=now + timedelta(days=6)),),
        )
        with app.app_context():
            make_bank()
            make_tree()
            apply_definition(definition, actor=ACTOR, now=now)
            if is_open:
                before = opens - timedelta(hours=1)
                change_state(queries.get_contest("cuoc-thi"), 1, RoundAction.OPEN, actor=ACTOR, now=before)
        signed_in(client)
        return client

    return make


def stored(app: Flask) -> EntryPolicy:
    """The rules as they are saved."""
    with app.app_context():
        db.session.rollback()
        return definition_of(queries.get_contest("cuoc-thi")).entry


@pytest.mark.parametrize("policy", [EntryPolicy(), FULL], ids=["usual", "full"])
@pytest.mark.parametrize("is_open", [False, True], ids=["draft", "open"])
def test_sending_it_as_it_came_changes_nothing(policy: EntryPolicy, is_open: bool, setup, app: Flask) -> None:
    client = setup(policy, is_open=is_open)
    saved = press(client, client.get(PAGE), PAGE)
    assert saved.status_code == 200
    assert "Không có gì thay đổi." in unescape(saved.text)
    assert stored(app) == policy


def test_every_rule_can_be_set_on_the_page(setup, app: Flask) -> None:
    client = setup(EntryPolicy())
    values = {
        "gender": "optional",
        "email": "required",
        "unit": "required",
        "category": "required",
        "birth": "year",
        "categories": "hoc-sinh: Học sinh: phổ thông\ncan-bo: Cán bộ",
        "unique": "phone+name+birth_date",
        "ways": ["form", "code"],
        "min_age": "14",
        "max_age": "35",
        "age_on": "16/11/2026",
        "units": "03646\n03808\n03646",
        "consent": "Đoạn một.\r\n\r\nĐoạn hai.",
        "consent_version": "2026-10",
        "retention_months": "24",
    }
    saved = press(client, client.get(PAGE), PAGE, values=values)
    assert "Đã lưu." in unescape(saved.text)
    assert stored(app) == FULL


def test_a_category_by_its_name_alone_gets_a_code(setup, app: Flask) -> None:
    client = setup(EntryPolicy())
    press(client, client.get(PAGE), PAGE, values={"categories": "Học sinh, sinh viên"})
    assert stored(app).categories == (Category("hoc-sinh-sinh-vien", "Học sinh, sinh viên"),)


@pytest.mark.parametrize(
    "changes,status,said",
    [
        ({"phone": "off"}, 422, "số điện thoại"),
        ({"min_age": "500"}, 422, "từ 1 đến 120"),
        ({"min_age": "40", "max_age": "30"}, 422, "dưới tuổi nhỏ nhất"),
        ({"age_on": "31/2/2026"}, 422, "Tuổi tính đến ngày"),
        ({"category": "required"}, 422, "chưa có đối tượng nào"),
        ({"categories": "Mã Lạ!: A"}, 422, "chưa đúng: viết mã"),
        ({"ways": []}, 422, "chọn ít nhất một cách"),
        ({"consent": "Lời mới."}, 422, "cần số bản mới"),
        ({"units": "03646"}, 422, "Đặt đơn vị thành “Bắt buộc”"),
        ({"units": "99999", "unit": "required"}, 409, "Không có đơn vị mã “99999”"),
        ({"unique": "account"}, 422, ""),
        ({"retention_months": ""}, 422, "chưa nhập số tháng"),
    ],
)
def test_rules_that_do_not_agree_are_refused(changes, status: int, said: str, setup, app: Flask) -> None:
    client = setup(EntryPolicy())
    reply = press(client, client.get(PAGE), PAGE, values=changes)
    assert reply.status_code == status
    assert said in unescape(reply.text)
    assert stored(app) == EntryPolicy()


def test_what_makes_one_person_is_fixed_once_a_round_has_opened(setup, app: Flask) -> None:
    client = setup(EntryPolicy(), is_open=True)
    page = client.get(PAGE)
    assert "không đổi cách nhận ra một người được nữa" in unescape(page.text)
    for changes in ({"unique": "flag"}, {"unique": "phone+name+birth_date", "birth": "year"}):
        reply = press(client, client.get(PAGE), PAGE, values=changes)
        assert reply.status_code == 409
        assert "chống trùng" in unescape(reply.text)
    assert stored(app) == EntryPolicy()


def test_each_rule_shows_what_it_does_to_a_family(setup) -> None:
    page = unescape(setup(EntryPolicy()).get(PAGE).text)
    assert page.count('<div data-rule="') == len(Unique)
    phone = page.split('<div data-rule="0">')[1].split('<div data-rule="1">')[0]
    assert phone.count("Ban Tổ chức xét trước khi trao giải") == 2
    assert "Về đúng đăng ký đã có" in phone
