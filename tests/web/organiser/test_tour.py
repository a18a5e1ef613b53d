"""The first steps through the demo: there with the demo, put away and brought back, never in production."""

from dataclasses import replace
from datetime import timedelta

import pytest

from quiz.accounts.permissions import Role
from quiz.core import clock
from quiz.demo.service import SLUG
from quiz.organiser.tour import DEMO, STEPS
from tests.support.factories import make_bank, make_contest, round_definition
from tests.support.staff import signed_in

CARD = "Làm quen với cuộc thi mẫu"


def _load(app, slug):
    now = clock.now()
    weeks = [(number, now + timedelta(days=7 * number)) for number in (-1, 0, 1)]
    rounds = [
        round_definition(number + 2, opens_at=at, closes_at=at + timedelta(days=6)) for number, at in weeks
    ]
    with app.app_context():
        make_bank()
        make_contest(slug, *rounds)


def test_the_steps_are_about_the_demos_contest():
    assert DEMO == SLUG
    assert len({str(step.words) for step in STEPS}) == 6


def test_they_are_put_away_and_brought_back(app, client):
    _load(app, DEMO)
    signed_in(client)
    text = client.get("/manage").text
    assert CARD in text
    assert f"/manage/c/{DEMO}/?round=3" in text
    assert client.post("/manage/tour", data={"tour": "away"}).status_code == 303
    text = client.get("/manage").text
    assert CARD not in text
    assert "Hiện lại các bước làm quen" in text
    client.post("/manage/tour", data={"tour": ""})
    assert CARD in client.get("/manage").text


def test_only_steps_that_the_person_may_take(app, client):
    _load(app, DEMO)
    signed_in(client, Role.AUDITOR)
    text = client.get("/manage").text
    assert CARD in text
    assert "Nhập câu hỏi từ tệp" not in text


@pytest.mark.parametrize("slug, env", [("cuoc-thi", "development"), (DEMO, "production")])
def test_nobody_else_sees_them(slug, env, app, client, monkeypatch):
    _load(app, slug)
    signed_in(client)
    monkeypatch.setitem(app.config, "SETTINGS", replace(app.config["SETTINGS"], env=env))
    text = client.get("/manage").text
    assert CARD not in text
    assert "làm quen" not in text
