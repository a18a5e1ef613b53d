"""The page that counts the predicted number once more."""

from quiz.accounts.permissions import Role
from quiz.contests.definition import PredictionRule
from quiz.contests.models import Round
from quiz.core.database import db
from quiz.scoring.prediction import Target
from tests.support.factories import make_entry
from tests.support.lists import finish, listed_contest, play
from tests.support.staff import signed_in

PAGE = "/manage/c/cuoc-thi/rounds/1/actual"


def _frozen(app) -> None:
    """Two attempts, and somebody changed the stored number to 5."""
    with app.app_context():
        contest = listed_contest(rounds=1, prediction=PredictionRule(Target.ATTEMPTS))
        for number in (1, 2):
            play(contest, make_entry(contest, number).id, 1, 4, prediction="4")
        finish(contest.id, 1)
        db.session.get(Round, (contest.id, 1)).actual_number = "3195"
        db.session.commit()


def test_the_number_is_shown_and_counted_again_with_a_reason(app, client):
    _frozen(app)
    signed_in(client)
    assert PAGE in client.get("/manage/c/cuoc-thi/").text
    page = client.get(PAGE).text
    assert "3.195" in page
    assert "Chốt lại là 2" in page
    assert client.post(PAGE, data={"seen": "2", "reason": ""}).status_code == 422
    stale = client.post(PAGE, data={"seen": "1", "reason": "Bỏ đăng ký giả"})
    assert (stale.status_code, "Xem lại rồi xác nhận" in stale.text) == (422, True)
    reply = client.post(PAGE, data={"seen": "2", "reason": "Bỏ đăng ký giả"})
    assert reply.status_code == 303
    assert "số thực tế là 2" in client.get(reply.location).text
    assert "Tính lại số thực tế" in client.get("/manage/c/cuoc-thi/audit").text


def test_the_ladder_of_access(app, client):
    _frozen(app)
    assert client.get(PAGE).status_code == 303
    signed_in(client, Role.AUDITOR)
    assert client.get(PAGE).status_code == 403
    assert client.post(PAGE).status_code == 403
    assert client.put(PAGE).status_code == 405


def test_before_freezing_there_is_nothing_to_count(app, client):
    with app.app_context():
        listed_contest(rounds=1)
    signed_in(client)
    page = client.get(PAGE)
    assert page.status_code == 409
    assert "không có câu dự đoán" in page.text
    assert client.get(PAGE.replace("/1/", "/9/")).status_code == 404
