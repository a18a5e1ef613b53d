"""What a unit works with: targets, who is missing, its headcount, files, the weekly report."""

import csv
import io
from datetime import date, timedelta
from html import unescape

import openpyxl
import pytest
from flask import Flask

from quiz.accounts.permissions import Role
from quiz.attempts import service
from quiz.attempts.sheets import Sheet
from quiz.audit.actors import Actor
from quiz.audit.models import AuditEvent
from quiz.collective import queries
from quiz.collective.service import save_facts
from quiz.collective.values import UnitFact
from quiz.contests.definition import CollectiveDefinition, PredictionRule, PublishRule
from quiz.contests.models import Contest, ContestUnit
from quiz.contests.queries import get_contest
from quiz.core import clock
from quiz.core.database import db
from quiz.entries.roster_reading import RosterRow
from quiz.entries.rosters import save_roster
from quiz.scoring.collective import Formula
from quiz.scoring.prediction import Target
from quiz.units.queries import get_tree
from quiz.units.service import import_tree
from quiz.web.filters import local
from tests.support.citizen import open_contest
from tests.support.client import Client
from tests.support.factories import KEYRING, make_entry, unit_id
from tests.support.staff import make_staff, sign_in_as

TREE = """code,parent_code,name,kind,headcount
14,,Tỉnh Sơn La,tỉnh,
SL-XA,14,Các xã,nhóm,
03688,SL-XA,Xã Mường Chiên,xã,
03646,SL-XA,Phường Tô Hiệu,phường,
"""
PEOPLE = ((1, "03688"), (2, "03688"), (3, "03688"), (4, "03646"))


def _desk(
    app: Flask, client: Client, unit: str = "SL-XA", target: Target | None = None, **changes: object
) -> Client:
    """Signed in as a unit; three people of 03688 and one of 03646 have taken part, 03688 has two people."""
    open_contest(app, prediction=PredictionRule(target) if target else None, **changes)
    with app.app_context():
        now = clock.now()
        import_tree(TREE.encode(), "units.csv", "don-vi", actor=Actor.system(), now=now)
        contest, tree = db.session.query(Contest).one(), get_tree("don-vi")
        contest.tree_id = tree.id
        db.session.commit()
        for number, code in PEOPLE:
            entry = make_entry(contest, number, unit_id=unit_id(contest, code))
            attempt = service.start(contest, entry.id, 1, now=now - timedelta(minutes=9), keyring=KEYRING)
            service.submit(
                attempt.code,
                Sheet(1, {1: (1,)}, (), "5"),
                entry_id=entry.id,
                now=now,
                keyring=KEYRING,
            )
        facts = (
            UnitFact("SL-XA", {"": 8}, people_target=5, attempts_target=8),
            UnitFact("03688", {"": 2}),
            UnitFact("03646", {"": 4}, attempts_target=4),
        )
        day = now.date() - timedelta(days=3)
        save_facts(contest, facts, round_number=1, as_of=day, staff_id=1, actor=Actor.system(), now=now)
        sign_in_as(client, make_staff("don-vi", Role.UNIT_VIEWER, tree=tree, unit_code=unit))
    return client


def _rows(data: bytes) -> list[tuple[object, ...]]:
    return list(openpyxl.load_workbook(io.BytesIO(data)).active.iter_rows(values_only=True))


def test_targets_days_and_a_unit_with_too_many_people(app: Flask, client: Client) -> None:
    page = _desk(app, client).get("/unit").get_data(as_text=True)
    assert "4 trong 8 người, còn 4 người" in page
    assert f"số liệu ngày {clock.now().date() - timedelta(days=3):%d/%m/%Y}" in page
    assert "Người dự thi, Tuần 1: đạt 80,0%" in unescape(page)  # 4 of 5
    assert "Lượt thi, Tuần 1: đạt 50,0%" in unescape(page)  # 4 of 8
    assert page.count("sai số liệu") == 1  # three of two: never 150 %
    assert "150" not in page
    assert "Phường Tô Hiệu: 25,0%" in page


def test_a_place_is_not_told_while_boards_stand_still(app: Flask, client: Client) -> None:
    desk = _desk(
        app,
        client,
        unit="03688",
        closes_at=clock.now() + timedelta(minutes=20),
        publish=PublishRule(freeze_minutes=60),
    )
    page = desk.get("/unit").get_data(as_text=True)
    assert '<span class="th-num-label">Hạng</span><b class="th-num">–</b>' in page
    assert "trong 2 đơn vị" not in page


def test_a_place_is_told_while_boards_move(app: Flask, client: Client) -> None:
    desk = _desk(app, client, unit="03688")
    page = desk.get("/unit").get_data(as_text=True)
    assert '<span class="th-num-label">Hạng</span><b class="th-num">1</b>' in page
    assert "trong 2 đơn vị" in page
    assert "/c/dai-hoi/enter?unit=03688" in page
    with app.app_context():
        rules = (CollectiveDefinition("Giải tỷ lệ"), CollectiveDefinition("Giải lượt", Formula.ATTEMPTS))
        contest = db.session.query(Contest).one()
        contest.collective_data = [rule.as_dict() for rule in rules]
        contest.version += 1
        db.session.commit()
    page = desk.get("/unit").get_data(as_text=True)
    assert '<span class="th-num-label">Hạng, Giải tỷ lệ</span><b class="th-num">–</b>' in page  # 3 of 2
    assert '<span class="th-num-label">Hạng, Giải lượt</span><b class="th-num">1</b>' in page


def test_files_keep_zeros_and_calculate_nothing(app: Flask, client: Client) -> None:
    desk = _desk(app, client)
    with app.app_context():
        unit = db.session.query(ContestUnit).filter_by(code="03646").one()
        unit.name = "=HYPERLINK(1)"
        contest = get_contest("dai-hoi")
        contest.units_at = clock.now()
        db.session.commit()
    rows = _rows(desk.get("/unit/figures.xlsx").data)
    assert ("03688", "Xã Mường Chiên", 2, 3, 3) in [row[:5] for row in rows]
    assert ("03646", "=HYPERLINK(1)", 4, 1, 1, 0.25) in [row[:6] for row in rows]
    text = desk.get("/unit/figures.csv").data.decode("utf-8-sig")
    table = list(csv.reader(io.StringIO(text)))
    assert [row[0] for row in table[1:]] == ["03646", "03688"]
    assert table[1][1] == "'=HYPERLINK(1)"
    assert desk.get("/unit/figures.pdf").status_code == 404


def test_the_report_of_a_week(app: Flask, client: Client) -> None:
    desk = _desk(app, client)
    page = desk.get("/unit/report").get_data(as_text=True)
    today = local(clock.now()).date()
    monday = today - timedelta(days=today.weekday())
    assert "Cả đơn vị" in page
    rows = {row[0]: row for row in _rows(desk.get("/unit/report.xlsx").data)}
    #                 headcount people attempts rate  target of      reached share
    assert rows["03646"][2:10] == (4, 1, 1, 0.25, 4, "lượt", 1, 0.25)
    assert rows["03688"][2:10] == (2, 3, 3, "sai số liệu", None, None, None, None)
    assert rows["SL-XA"][2:10] == (8, 4, 4, 0.5, 5, "người", 4, 0.8)
    assert desk.get("/unit/report.csv?week=nonsense").status_code == 200
    assert f"Từ {monday:%d/%m/%Y} đến" in page


def test_a_week_hides_what_is_predicted(app: Flask, client: Client) -> None:
    desk = _desk(app, client, target=Target.PARTICIPANTS)
    rows = {row[0]: row for row in _rows(desk.get("/unit/report.xlsx").data)}
    assert rows["SL-XA"][3] is None  # people
    assert rows["SL-XA"][4] == 4  # attempts
    assert rows["SL-XA"][5] is None  # rate
    assert rows["SL-XA"][8:10] == (None, None)  # how much of the people asked for
    assert rows["SL-XA"][11] is None  # mean
    page = desk.get("/unit").get_data(as_text=True)
    assert "80,0%" not in page
    hidden = desk.get("/unit/absent").get_data(as_text=True)
    assert "Danh sách hiện sau khi đóng vòng" in hidden
    assert desk.post("/unit/absent.csv").status_code == 404


def _roster(app: Flask) -> None:
    """Four people of the roster; number 1 has entered and taken part, the last is of another unit."""
    rows = (
        RosterRow(1, "MA-001X", "Lò Thị Hương 1", date(1962, 8, 15), unit="03688"),
        RosterRow(2, "MA-002X", "Lò Văn Phanh", date(1958, 1, 1), unit="Xã Mường Chiên"),
        RosterRow(3, "MA-003X", "Giàng A Dơ", date(1984, 2, 1), unit="03688"),
        RosterRow(4, "MA-004X", "Mùa A Sình", date(1979, 3, 1), unit="03646"),
    )
    with app.app_context():
        contest = get_contest("dai-hoi")
        save_roster(contest, rows, removes_gone=False, actor=Actor.system(), keyring=KEYRING, now=clock.now())
        db.session.execute(
            db.text(
                "UPDATE entries SET roster_id = (SELECT min(id) FROM roster_people) "
                "WHERE id = (SELECT min(id) FROM entries)"
            )
        )
        db.session.commit()


def test_who_has_not_taken_part_within_the_own_subtree(app: Flask, client: Client) -> None:
    desk = _desk(app, client, unit="03688")
    assert "Chưa có danh sách" in desk.get("/unit/absent").get_data(as_text=True)
    _roster(app)
    page = desk.get("/unit/absent").get_data(as_text=True)
    assert "Lò Văn Phanh" in page
    assert "Giàng A Dơ" in page
    assert "1958" in page
    assert "01/01/1958" not in page
    assert "Lò Thị Hương 1" not in page  # has taken part
    assert "Mùa A Sình" not in page  # another unit's
    assert "MA-002X" not in page  # the code is a way in
    found = desk.get("/unit/absent?q=giang").get_data(as_text=True)
    assert "Giàng A Dơ" in found
    assert "Lò Văn Phanh" not in found
    assert desk.get("/unit/absent?unit=03646").status_code == 404
    data = desk.post("/unit/absent.csv?round=1").data
    assert data.startswith(b"\xef\xbb\xbf")
    assert [line.split(",") for line in data.decode("utf-8-sig").split("\r\n")[1:-1]] == [
        ["1", "Lò Văn Phanh", "1958", "Xã Mường Chiên", ""],
        ["2", "Giàng A Dơ", "1984", "Xã Mường Chiên", ""],
    ]
    found, everybody = (_rows(desk.post(f"/unit/absent.xlsx{q}").data) for q in ("?q=giang", ""))
    assert len(found) == len(everybody) - 1
    assert desk.post("/unit/absent.pdf").status_code == 404
    assert desk.post("/unit/absent.csv?unit=03646").status_code == 404
    with app.app_context():
        taken = db.session.query(AuditEvent).filter_by(action="data_exported", subject="unit 03688").all()
        assert [event.detail["people"] for event in taken] == [2, 1, 2]
    assert desk.get("/unit/report?unit=03646").status_code == 404
    assert desk.get("/unit/figures.xlsx?unit=14").status_code == 404


def test_a_unit_proposes_its_headcount(app: Flask, client: Client) -> None:
    desk = _desk(app, client, unit="03688")
    assert desk.post("/unit/headcount?unit=03646", data={"people": "9"}).status_code == 404
    wrong = desk.post("/unit/headcount", data={"people": "chín", "as_of": ""})
    assert wrong.status_code == 422
    assert "chưa có ngày của số liệu." in wrong.text
    tomorrow = clock.now().date() + timedelta(days=2)
    early = desk.post("/unit/headcount", data={"people": "9", "as_of": tomorrow.isoformat()})
    assert early.status_code == 422
    sent = desk.post(
        "/unit/headcount",
        data={"people": "9", "as_of": clock.now().date().isoformat(), "note": "Danh sách"},
        follow_redirects=True,
    )
    assert "Số này được tính sau khi duyệt." in sent.text
    assert "chờ duyệt" in sent.text
    with app.app_context():
        (row,) = queries.list_proposed(get_contest("dai-hoi").id)
        assert row.people == 9


@pytest.mark.parametrize("path", ["absent", "headcount", "report"])
def test_a_unit_without_contest_is_told_so(app: Flask, client: Client, path: str) -> None:
    with app.app_context():
        sign_in_as(client, make_staff("don-vi", Role.UNIT_VIEWER))
    assert "Chưa có cuộc thi nào cho đơn vị này." in client.get(f"/unit/{path}").get_data(as_text=True)
