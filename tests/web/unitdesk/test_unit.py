"""/unit: a unit's own figures and those below it; nobody else's; nothing that is being predicted."""

from datetime import timedelta

import pytest
from flask import Flask

from quiz.accounts.permissions import Permission, Role
from quiz.accounts.service import create_staff
from quiz.attempts import service
from quiz.attempts.sheets import Sheet
from quiz.audit.actors import Actor
from quiz.contests.definition import PredictionRule
from quiz.contests.models import Contest
from quiz.core import clock
from quiz.core.database import db
from quiz.scoring.prediction import Target
from quiz.units.queries import get_tree
from quiz.units.service import import_tree
from tests.support.citizen import open_contest
from tests.support.client import Client
from tests.support.factories import KEYRING, make_entry, unit_id
from tests.support.ladder import Step, climb, ladder

PASSWORD = "suoi chay qua cau treo"
UNITS = """code,parent_code,name,kind,headcount
14,,Tỉnh Sơn La,tỉnh,
03688,14,Xã Mường Chiên,xã,
03646,14,Phường Tô Hiệu,phường,
"""


@ladder(Step("GET", "/unit", Permission.SEE_OWN_UNIT))
def test_access(client: Client, app: Flask, step: Step) -> None:
    """Unit accounts only."""
    climb(client, step)


@pytest.fixture
def unit_account(app: Flask, client: Client) -> Client:
    """Signed in as the commune 03688, in an open contest with three people of 03688 and one of 03646."""
    open_contest(app, prediction=PredictionRule(Target.ATTEMPTS))
    with app.app_context():
        now = clock.now()
        import_tree(UNITS.encode(), "units.csv", "son-la", actor=Actor.system(), now=now)
        tree = get_tree("son-la")
        contest = db.session.query(Contest).one()
        contest.tree_id = tree.id
        db.session.commit()
        create_staff(
            "xa-chien",
            name="Xã Mường Chiên",
            role=Role.UNIT_VIEWER,
            password=PASSWORD,
            tree_id=tree.id,
            unit_code="03688",
            actor=Actor.system(),
            now=now,
        )
        for number, code in ((1, "03688"), (2, "03688"), (3, "03688"), (4, "03646")):
            entry = make_entry(contest, number, unit_id=unit_id(contest, code))
            began = now - timedelta(minutes=10)
            attempt = service.start(contest, entry.id, 1, now=began, keyring=KEYRING)
            sheet = Sheet(1, {1: (1,)}, (), "5")
            service.submit(attempt.code, sheet, entry_id=entry.id, now=now, keyring=KEYRING)
    signed = client.post("/login", data={"username": "xa-chien", "password": PASSWORD})
    assert signed.status_code == 303
    return client


def test_own_people_are_counted(unit_account: Client) -> None:
    """Three, not four."""
    page = unit_account.get("/unit").get_data(as_text=True)
    assert "Xã Mường Chiên" in page
    assert '<b class="th-num th-num-hero">3</b>' in page
    assert "Phường Tô Hiệu" not in page


def test_the_predicted_number_stays_hidden_here_too(unit_account: Client) -> None:
    """Attempts are predicted: no count of attempts and no list by day while the round is open."""
    page = unit_account.get("/unit").get_data(as_text=True)
    assert "hiện sau khi đóng vòng" in page
    assert "Lượt thi theo ngày" in page
    assert "Xem bằng bảng số" not in page


@pytest.mark.parametrize(
    "address",
    ["/unit?unit=03646", "/unit?unit=14", "/unit?unit=SL-XA", "/unit?contest=khac", "/unit?round=7"],
)
def test_nothing_outside_the_own_subtree(unit_account: Client, address: str) -> None:
    """A09: brothers, the unit above, unknown contests and rounds are all the same 404."""
    assert unit_account.get(address).status_code == 404
