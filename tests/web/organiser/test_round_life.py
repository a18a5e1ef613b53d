"""A round from draft to published by the buttons of the pages, and what stands in the way."""

from dataclasses import replace
from datetime import timedelta

import pytest

from quiz.accounts.permissions import Role
from quiz.audit.models import AuditEvent
from quiz.contests import queries
from quiz.contests.definition import MatrixCell, PaperRule
from quiz.contests.phases import RoundState
from quiz.core import clock
from quiz.core.database import db
from tests.support.factories import make_bank, make_contest, round_definition
from tests.support.staff import make_staff, sign_in_as, signed_in

DECISION = {
    "decision_number": "12-QĐ/BTG",
    "decision_date": "30/11/2026",
    "decision_signer": "Nguyễn Văn An",
}
STEP = "/manage/c/cuoc-thi/rounds/1/{}"


def _round(**changes):
    """A round that is open at this very moment."""
    now = clock.now()
    times = {"opens_at": now - timedelta(days=1), "closes_at": now + timedelta(days=6)}
    return replace(round_definition(), **(times | changes))


def _state(app) -> str:
    with app.app_context():
        db.session.rollback()
        return queries.get_round(queries.get_contest("cuoc-thi"), 1).state


def approved_by_another(client, path: str):
    """The reply to the approval of a second person, who goes on using the client."""
    with client.application.app_context():
        sign_in_as(client, make_staff("nguoi-thu-hai"))
    return client.post(f"{path}/approve")


def test_a_whole_life(app, client):
    with app.app_context():
        make_bank()
        make_contest("cuoc-thi", _round(), state=RoundState.DRAFT)
    signed_in(client)
    for action, state in (
        ("open", "ready"),
        ("pause", "paused"),
        ("resume", "ready"),
        ("close", "closed"),
        ("freeze", "frozen"),
        ("publish", "published"),
    ):
        page = client.get(STEP.format(action))
        assert page.status_code == 200
        reply = client.post(STEP.format(action), data=DECISION)
        assert reply.status_code == 303, reply.text
        if action == "publish":
            reply = approved_by_another(client, reply.location)
        assert reply.location == "/manage/c/cuoc-thi/?round=1"
        assert _state(app) == state
        assert "alert-success" in client.get(reply.location).text
    with app.app_context():
        actions = [event.action for event in db.session.query(AuditEvent).filter_by(actor_kind="staff")]
    assert actions.count("round_published") == 1


def test_a_scheduled_round_opens_at_once(app, client):
    now = clock.now()
    with app.app_context():
        make_bank()
        make_contest("cuoc-thi", _round(opens_at=now + timedelta(days=1)))
    signed_in(client)
    page = client.get("/manage/c/cuoc-thi/").text
    assert "Mở ngay" in page
    assert client.post(STEP.format("open"), data={"when": "now"}).status_code == 303
    assert "Đang mở" in client.get("/manage/c/cuoc-thi/").text


def test_a_draft_may_wait_for_its_time_or_open_at_once(app, client):
    now = clock.now()
    with app.app_context():
        make_bank()
        make_contest("cuoc-thi", _round(opens_at=now + timedelta(days=1)), state=RoundState.DRAFT)
    signed_in(client)
    assert 'name="when" value="planned"' in client.get(STEP.format("open")).text
    assert client.post(STEP.format("open"), data={"when": "planned"}).status_code == 303
    assert "Sắp mở" in client.get("/manage/c/cuoc-thi/").text


def test_a_thin_bank_does_not_open_and_says_what_is_missing(app, client):
    thin = PaperRule("bank", matrix=(MatrixCell("Chủ đề A", None, 2), MatrixCell("Chủ đề B", None, 9)))
    with app.app_context():
        make_bank(questions=4)
        make_contest("cuoc-thi", _round(paper=thin), state=RoundState.DRAFT)
    signed_in(client)
    dashboard = client.get("/manage/c/cuoc-thi/").text
    assert "cần 2, có 2" in dashboard
    assert "cần 9, có 2" in dashboard
    assert "chưa đủ điều kiện mở" in dashboard
    reply = client.post(STEP.format("open"))
    assert reply.status_code == 409
    assert "<li>Chủ đề “Chủ đề B”: cần 9, có 2</li>" in reply.text  # in the words of the checklist
    assert 'role="alert"' in reply.text
    assert _state(app) == "draft"


def test_a_missing_bank_is_named(app, client):
    with app.app_context():
        make_contest("cuoc-thi", _round(), state=RoundState.DRAFT)
    signed_in(client)
    assert "chưa có ngân hàng “bank”" in client.get("/manage/c/cuoc-thi/").text
    assert client.post(STEP.format("open")).status_code == 409


@pytest.mark.parametrize("action", ["resume", "freeze", "publish"])
def test_a_step_that_the_phase_does_not_allow_is_refused(action, app, client):
    with app.app_context():
        make_bank()
        make_contest("cuoc-thi", _round())
    signed_in(client)
    reply = client.post(STEP.format(action))
    assert reply.status_code == 409
    assert "chưa có gì thay đổi" in reply.text
    assert _state(app) == "ready"


def test_what_waits_stands_on_the_first_page(app, client):
    with app.app_context():
        make_bank()
        make_contest("cuoc-thi", _round(), state=RoundState.CLOSED)
        make_contest("hai", _round(), state=RoundState.FROZEN)
        make_contest("ba", _round(), state=RoundState.DRAFT)
    signed_in(client)
    page = client.get("/manage").text
    for words in ("Chốt kết quả Tuần 1", "Công bố kết quả Tuần 1", "Tuần 1 còn là bản nháp"):
        assert words in page


def test_auditors_see_no_buttons(app, client):
    with app.app_context():
        make_bank()
        make_contest("cuoc-thi", _round())
    signed_in(client, Role.AUDITOR)
    page = client.get("/manage/c/cuoc-thi/").text
    assert "/rounds/1/close" not in page
    assert "/rounds/1/edit" not in page
