"""Complaints about results: the entrant's page, the organisers' queue, the answer."""

import pytest
from flask import Flask

from quiz.accounts.permissions import Permission
from quiz.attempts.models import Attempt
from quiz.attempts.service import submit
from quiz.attempts.sheets import Sheet
from quiz.contests.models import Contest, Round
from quiz.core import clock
from quiz.core.database import db, transaction
from tests.support.citizen import enter, open_contest, start
from tests.support.client import Client
from tests.support.factories import KEYRING
from tests.support.ladder import Step, climb
from tests.support.staff import signed_in

OWN, QUEUE = "/c/dai-hoi/complaints", "/manage/c/dai-hoi/complaints"
WORDS = "Câu 3 có hai đáp án đúng"


@pytest.fixture
def attempt(app: Flask, client: Client) -> str:
    """An attempt that was handed in; the round is frozen now. Its address."""
    slug = open_contest(app)
    enter(client, slug)
    path = start(client, slug)
    with app.app_context():
        row = db.session.query(Attempt).one()
        sheet = Sheet(1, {}, (), "5")
        submit(row.code, sheet, entry_id=row.entry_id, now=clock.now(), keyring=KEYRING)
    close(app)
    return path


def close(app: Flask, state: str = "frozen") -> None:
    with app.app_context(), transaction() as session:
        contest = session.query(Contest).one()
        row = session.get_one(Round, (contest.id, 1))
        row.state, row.state_since = state, clock.now()


def complain(client: Client, words: str = WORDS) -> int:
    return client.post(OWN, data={"round": "1", "words": words}).status_code


def test_from_the_result_to_the_answer(client: Client, attempt: str) -> None:
    assert f'href="{OWN}?round=1"' in client.get(attempt).text
    assert "đến 3 ngày sau khi công bố" in client.get(OWN).text
    assert complain(client, "") == 422
    assert complain(client) == 303
    own = client.get(OWN).text
    assert "Khiếu nại số 1, Tuần 1" in own
    assert WORDS in own
    assert "Chờ trả lời" in own
    signed_in(client)
    assert "1 khiếu nại kết quả chờ trả lời" in client.get("/manage/c/dai-hoi/").text
    assert "1 khiếu nại kết quả chưa trả lời" in client.get("/manage/c/dai-hoi/rounds/1/publish").text
    assert WORDS not in client.get(QUEUE).text
    assert WORDS in client.get(f"{QUEUE}/1").text
    assert client.post(f"{QUEUE}/1", data={"words": "Đã xem"}).status_code == 422
    reply = {"verdict": "upheld", "words": "Đã nhận thêm đáp án B"}
    assert client.post(f"{QUEUE}/1", data=reply).status_code == 303
    assert client.post(f"{QUEUE}/1", data=reply).status_code == 409
    assert "Khiếu nại đúng" in client.get(QUEUE).text
    result = client.get(attempt).text
    assert "Khiếu nại số 1, Tuần 1: Khiếu nại đúng" in result
    assert "Xem khiếu nại và câu trả lời" in result
    told = client.get(OWN).text
    assert "Đã nhận thêm đáp án B" in told
    assert "người khiếu nại" not in told
    log = client.get("/manage/c/dai-hoi/audit").text
    assert "Trả lời khiếu nại kết quả" in log
    assert WORDS not in log


def test_only_ones_own_are_seen(app: Flask, client: Client, attempt: str) -> None:
    assert complain(client) == 303
    stranger = app.test_client()
    assert stranger.get(OWN).status_code == 404
    other = Client(app)
    with app.app_context(), transaction() as session:
        session.query(Round).one().state = "ready"
    enter(other, "dai-hoi", name="Quàng Văn Dũng", phone="0987 654 321")
    close(app)
    assert other.get(OWN).status_code == 200
    assert WORDS not in other.get(OWN).text


def test_closed_when_the_days_are_over_and_where_there_are_none(app: Flask, client: Client, attempt: str):
    with app.app_context(), transaction() as session:
        contest = session.query(Contest).one()
        contest.settings_data = contest.settings_data | {"complaints_days": 0}
    assert complain(client) == 422
    assert OWN not in client.get(attempt).text
    assert "chưa có vòng nào nhận khiếu nại" in client.get(OWN).text


def test_the_days_are_set_on_the_page_of_the_contest(app: Flask, client: Client) -> None:
    open_contest(app)
    signed_in(client)
    page = client.get("/manage/c/dai-hoi/edit").text
    assert 'name="complaints_days"' in page
    form = {"title": "Cuộc thi", "study": "always", "complaints_days": "61"}
    assert client.post("/manage/c/dai-hoi/edit", data=form).status_code == 422


@pytest.mark.parametrize(
    "method,path,right,works",
    [
        ("GET", QUEUE, Permission.SEE_CONTESTS, 200),
        ("GET", f"{QUEUE}/1", Permission.JUDGE_ENTRIES, 200),
        ("POST", f"{QUEUE}/1", Permission.JUDGE_ENTRIES, 422),
    ],
)
def test_who_gets_in(client: Client, attempt: str, method: str, path: str, right: Permission, works: int):
    assert complain(client) == 303
    unknown = f"{QUEUE}/9" if path != QUEUE else "/manage/c/khong-co/complaints"
    with client.session_transaction() as session:
        session.clear()
    climb(client, Step(method, path, right, unknown, works))
