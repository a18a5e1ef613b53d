"""Several collective rules in one contest: each has its boards, under an address of its own."""

from datetime import date, timedelta
from html import unescape

from flask import Flask

from quiz.attempts import service
from quiz.attempts.sheets import Sheet
from quiz.audit.actors import Actor
from quiz.collective.service import save_facts
from quiz.collective.values import UnitFact
from quiz.contests.definition import CollectiveDefinition
from quiz.contests.models import Contest
from quiz.core import clock
from quiz.core.database import db
from quiz.scoring.collective import Component, Formula, Measure
from tests.support.citizen import open_contest
from tests.support.client import Client
from tests.support.factories import KEYRING, make_entry, unit_id

COMMUNES = "xã, phường"
RULES = (
    CollectiveDefinition("Giải tỷ lệ", Formula.PARTICIPATION_RATE, COMMUNES),
    CollectiveDefinition(
        "Giải phong trào",
        Formula.SUM,
        COMMUNES,
        components=(Component(Measure.PARTICIPANTS), Component(Measure.ATTEMPTS, points=(10, 9))),
        bands=(3,),
    ),
)


def _contest(app: Flask) -> None:
    """Two people of 03646, which has four, and one of 03688, which has one."""
    open_contest(app, prediction=None)
    with app.app_context():
        contest, now = db.session.query(Contest).one(), clock.now()
        contest.collective_data = [rule.as_dict() for rule in RULES]
        db.session.commit()
        for number, code in ((1, "03646"), (2, "03646"), (3, "03688")):
            entry = make_entry(contest, number, unit_id=unit_id(contest, code))
            began = now - timedelta(minutes=9)
            attempt = service.start(contest, entry.id, 1, now=began, keyring=KEYRING)
            sheet = Sheet(1, {1: (1,)}, (), "")
            service.submit(attempt.code, sheet, entry_id=entry.id, now=now, keyring=KEYRING)
        facts = (UnitFact("03646", {"": 4}), UnitFact("03688", {"": 1}))
        day = date(2026, 11, 1)
        save_facts(contest, facts, round_number=1, as_of=day, staff_id=1, actor=Actor.system(), now=now)


def test_each_rule_has_its_own_board(app: Flask, client: Client) -> None:
    _contest(app)
    page = unescape(client.get("/c/dai-hoi/standings/units").text)
    assert page.index("Xã Mường Chiên") < page.index("Phường Tô Hiệu")  # 100 % before 50 %
    assert "100,0%" in page
    assert '<option value="2">Giải phong trào</option>' in page
    assert "Tổng số người: số liệu ngày 01/11/2026." in page
    second = unescape(client.get("/c/dai-hoi/standings/units?rule=2").text)
    assert '<option value="2" selected>Giải phong trào</option>' in second
    assert "Từ 3 người</h3>" in second
    assert "Dưới 3 người</h3>" in second
    assert "<b>12</b>" in second  # two people and ten points: the first of its own board
    assert "<b>11</b>" in second  # one person and ten points
    assert second.count('<li class="top">') == 2
    assert "/c/dai-hoi/units/03646?round=1&rule=2" in second
    unit = unescape(client.get("/c/dai-hoi/units/03646?round=1&rule=2").text)
    assert "Hạng 1 trong 1 đơn vị cùng khối · từ 3 người" in unit
    assert "(tổng số người: số liệu ngày 01/11/2026)" in unit
    assert client.get("/c/dai-hoi/standings/units?rule=3").status_code == 404
    assert client.get("/c/dai-hoi/units/03646?rule=0").status_code == 404
