"""The organisers' page of devices and people that begin most attempts."""

from flask import Flask
from sqlalchemy import update

from quiz.accounts.permissions import Role
from quiz.core.database import db
from quiz.entries.models import Entry
from tests.support.citizen import enter, open_contest, start
from tests.support.client import Client
from tests.support.staff import signed_in

HERE = "/manage/c/dai-hoi/starts"


def test_a_device_of_many_is_named_without_judging(app: Flask, client: Client) -> None:
    open_contest(app)
    phones = [f"0912 345 67{number}" for number in range(5)]
    for phone, name in zip(phones, ("Lò A", "Lò B", "Lò C", "Lò D", "Lò E"), strict=True):
        enter(client, "dai-hoi", phone=phone, name=name)
        start(client, "dai-hoi")
    signed_in(client, Role.ORGANISER)
    page = client.get(HERE).get_data(as_text=True)
    assert "Nhiều người" in page
    assert "Lò A" in page
    assert "không tự loại ai" in page
    with app.app_context():
        key = db.session.query(Entry).first().device_key  # type: ignore[union-attr]  # just entered
    assert key is not None
    assert f"Máy {key[:6].upper()}" in page
    assert key not in page, "the hash itself is nobody's business"


def test_nothing_yet(app: Flask, client: Client) -> None:
    open_contest(app)
    signed_in(client, Role.AUDITOR)
    page = client.get(HERE).get_data(as_text=True)
    assert "Chưa có máy nào bắt đầu từ 2 lượt." in page
    assert HERE in client.get("/manage/c/dai-hoi/entrants").get_data(as_text=True)


def test_marks_that_were_erased_leave_people_alone(app: Flask, client: Client) -> None:
    open_contest(app)
    enter(client, "dai-hoi")
    start(client, "dai-hoi")
    with app.app_context():
        db.session.execute(update(Entry).values(device_key=None))
        db.session.commit()
    signed_in(client, Role.ORGANISER)
    assert client.get(HERE).status_code == 200


def test_ladder(app: Flask, client: Client) -> None:
    open_contest(app)
    assert client.get(HERE).location.startswith("/login")
    signed_in(client, Role.EDITOR)
    assert client.get(HERE).status_code == 403
    signed_in(client, Role.OWNER)
    assert client.get("/manage/c/none/starts").status_code == 404
    assert client.post(HERE).status_code == 405
