"""The personal link: who followed it and took part is counted, once, and only where that may be seen."""

import re

from sqlalchemy import update

from quiz.accounts.permissions import Permission, Role
from quiz.attempts import service
from quiz.attempts.sheets import Sheet
from quiz.contests.definition import PredictionRule
from quiz.contests.queries import get_contest
from quiz.core import clock
from quiz.core.database import db, transaction
from quiz.entries.models import Entry
from quiz.entries.referrals import read_referral, referral_code
from quiz.scoring.prediction import Target
from tests.support.citizen import enter, open_contest
from tests.support.client import Client
from tests.support.factories import KEYRING
from tests.support.ladder import Step, climb, ladder
from tests.support.staff import make_staff, sign_in_as


def _new_client(app) -> Client:
    made = app.test_client()
    assert isinstance(made, Client)
    return made


def _own_link(client: Client) -> str:
    page = client.get("/c/dai-hoi/invite").get_data(as_text=True)
    found = re.search(r"/c/dai-hoi/r/[0-9a-z]+-[0-9a-f]{8}(?=\")", page)
    assert found is not None
    return found[0]


def _come_by(app, link: str, name: str, phone: str) -> Client:
    client = _new_client(app)
    assert client.get(link).status_code == 303
    assert enter(client, "dai-hoi", name=name, phone=phone).status_code == 303
    return client


def _hand_in(app, phone_tail: str) -> None:
    with app.app_context():
        contest, now = get_contest("dai-hoi"), clock.now()
        entry = db.session.query(Entry).filter_by(phone_tail=phone_tail).one()
        attempt = service.start(contest, entry.id, 1, now=now, keyring=KEYRING)
        service.submit(attempt.code, Sheet(1, {}, (), "5"), entry_id=entry.id, now=now, keyring=KEYRING)


def _said(client: Client) -> str:
    page = client.get("/c/dai-hoi/invite").get_data(as_text=True)
    found = re.search(r'<p class="th-lead">(\d+) người đã dự thi', page)
    return found[1] if found else page


def test_who_came_by_the_link_and_handed_in_is_counted(app, client):
    open_contest(app, prediction=None)
    assert client.get("/c/dai-hoi/invite").location == "/c/dai-hoi/enter"
    enter(client, "dai-hoi")
    link = _own_link(client)
    _come_by(app, link, "Quàng Văn Một", "0912 000 001")
    second = _come_by(app, link, "Quàng Văn Hai", "0912 000 002")
    assert _said(client) == "0"  # entered, nothing handed in
    _hand_in(app, "001")
    _hand_in(app, "002")
    assert _said(client) == "2"
    enter(second, "dai-hoi", name="Quàng Văn Hai", phone="0912 000 002")  # comes again: the same person
    assert _said(client) == "2"
    with app.app_context(), transaction() as session:
        session.execute(update(Entry).where(Entry.phone_tail == "002").values(status="disqualified"))
    assert _said(client) == "1"


def test_nobody_invites_themselves(app, client):
    """Neither by their own link nor by entering others on the same phone."""
    open_contest(app, prediction=None)
    enter(client, "dai-hoi")
    link = _own_link(client)
    assert client.get(link).location == "/c/dai-hoi"
    client.get("/")
    with client.session_transaction() as session:
        session["invited"] = {str(_contest_id(app)): str(_entry_id(app))}
    enter(client, "dai-hoi", name="Quàng Văn Ba", phone="0912 000 003")
    _hand_in(app, "003")
    stranger = _new_client(app)
    with app.app_context():
        inviter = db.session.query(Entry).filter(Entry.phone_tail != "003").one()
        contest_id, inviter_id = inviter.contest_id, inviter.id
    with stranger.session_transaction() as session:
        session["entries"] = {str(contest_id): str(inviter_id)}
    assert _said(stranger) == "0"


def _contest_id(app) -> int:
    with app.app_context():
        return get_contest("dai-hoi").id


def _entry_id(app) -> int:
    with app.app_context():
        return db.session.query(Entry).one().id


def test_a_code_that_is_not_ours_leads_to_the_contest_and_means_nobody(app, client):
    open_contest(app)
    for code in ("x", "1-00000000", "zzzzzzzzzzzzzzzz-12345678", "-", "đ-12345678"):
        assert client.get(f"/c/dai-hoi/r/{code}").location == "/c/dai-hoi"
    enter(client, "dai-hoi")
    with app.app_context():
        assert db.session.query(Entry).one().referred_by is None
    code = referral_code(KEYRING, 1, 123456789)
    assert read_referral(KEYRING, 1, code) == 123456789
    assert read_referral(KEYRING, 2, code) is None


def test_the_count_is_secret_while_people_are_predicted(app, client):
    open_contest(app, prediction=PredictionRule(Target.PARTICIPANTS))
    enter(client, "dai-hoi")
    _come_by(app, _own_link(client), "Quàng Văn Một", "0912 000 001")
    _hand_in(app, "001")
    assert "giữ kín con số dự đoán" in _said(client)


@ladder(Step("GET", "/manage/c/dai-hoi/referrals", Permission.SEE_CONTESTS, "/manage/c/khong-co/referrals"))
def test_the_organisers_list(app, client, step):
    open_contest(app, prediction=None)
    inviter = _new_client(app)
    enter(inviter, "dai-hoi")
    _come_by(app, _own_link(inviter), "Quàng Văn Một", "0912 000 001")
    _hand_in(app, "001")
    climb(client, step)
    organiser = _new_client(app)
    with app.app_context():
        sign_in_as(organiser, make_staff("chu-he-thong", Role.OWNER))
    page = organiser.get(step.path).get_data(as_text=True)
    assert "Lò Thị Hương" in page
    assert "Quàng Văn Một" not in page
