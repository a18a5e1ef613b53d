"""The pages of what takes two people: asking, looking, approving, declining; the rule and its switch."""

from datetime import timedelta

import pytest
from flask import Flask

from quiz.accounts.permissions import Permission, Role
from quiz.audit.models import AuditEvent
from quiz.contests import queries
from quiz.contests.phases import RoundState
from quiz.core import clock
from quiz.core.database import db
from tests.support.client import Client
from tests.support.definitions import SMALL
from tests.support.factories import make_bank, make_contest, round_definition
from tests.support.ladder import Step, climb
from tests.support.staff import make_staff, sign_in_as, signed_in

PUBLISH = "/manage/c/cuoc-thi/rounds/1/publish"
RULE = "/manage/c/cuoc-thi/two-persons"
DECISION = {
    "decision_number": "12-QĐ/BTG",
    "decision_date": "30/11/2026",
    "decision_signer": "Trưởng ban Hoàng Văn Bình",
}


@pytest.fixture
def frozen(app: Flask) -> None:
    """A frozen round without entrants."""
    now = clock.now()
    with app.app_context():
        make_bank()
        times = {"opens_at": now - timedelta(days=2), "closes_at": now - timedelta(days=1)}
        make_contest("cuoc-thi", round_definition(**times), state=RoundState.FROZEN)


def become(client: Client, username: str, role: Role = Role.ORGANISER) -> None:
    with client.application.app_context():
        sign_in_as(client, make_staff(username, role))


def asked(client: Client) -> str:
    """The address of a request that a first person has just made."""
    become(client, "nguoi-mot")
    reply = client.post(PUBLISH, data=DECISION)
    assert reply.status_code == 303, reply.text
    return str(reply.location)


def state(app: Flask) -> str:
    with app.app_context():
        db.session.rollback()
        return queries.get_round(queries.get_contest("cuoc-thi"), 1).state


@pytest.mark.usefixtures("frozen")
def test_who_sees_and_who_decides(client: Client) -> None:
    path = asked(client)
    client.post("/logout")
    climb(client, Step("GET", path, Permission.SEE_CONTESTS, "/manage/c/cuoc-thi/approvals/5"))


@pytest.mark.usefixtures("frozen")
@pytest.mark.parametrize("act", ["approve", "decline", "withdraw"])
def test_only_who_may_publish_decides(client: Client, act: str) -> None:
    path = asked(client)
    for role in (Role.AUDITOR, Role.EDITOR):
        become(client, role.value, role)
        assert client.post(f"{path}/{act}").status_code == 403
        assert client.post(f"/manage/c/cuoc-thi/approvals/5/{act}").status_code == 403
    become(client, "nguoi-hai")
    assert client.post(f"/manage/c/cuoc-thi/approvals/5/{act}", data={"reason": "x"}).status_code == 404
    assert client.get(f"{path}/{act}").status_code == 405


@pytest.mark.usefixtures("frozen")
def test_two_people_and_a_decision(app: Flask, client: Client) -> None:
    path = asked(client)
    own = client.get(path).text
    assert "cần một người khác duyệt" in own
    assert "/approve" not in own
    refused = client.post(f"{path}/approve")
    assert refused.status_code == 409
    assert "Không tự duyệt đề nghị của chính mình" in refused.text
    assert "Chờ duyệt: Công bố kết quả Tuần 1" in client.get("/manage").text
    become(client, "nguoi-hai", Role.OWNER)
    assert "Cần bạn duyệt: Công bố kết quả Tuần 1" in client.get("/manage/c/cuoc-thi/").text
    assert "Đang chờ người thứ hai duyệt" in client.get(PUBLISH).text
    page = client.get(path).text
    assert "12-QĐ/BTG" in page
    assert "Duyệt và công bố" in page
    done = client.post(f"{path}/approve")
    assert done.status_code == 303
    assert state(app) == "published"
    assert "Cần bạn duyệt" not in client.get("/manage").text
    assert "Đã duyệt" in client.get("/manage/c/cuoc-thi/approvals").text
    history = client.get("/manage/c/cuoc-thi/").text.split("Diễn biến của vòng")[1]
    for words in ("Đóng, đang xét kết quả", "Đề nghị công bố", "Công bố kết quả", "Quyết định số 12-QĐ/BTG"):
        assert words in history
    assert "Người dùng nguoi-hai · Người dùng nguoi-mot đề nghị" in history
    assert "người đề nghị: Người dùng nguoi-mot" in client.get("/manage/c/cuoc-thi/audit").text


@pytest.mark.usefixtures("frozen")
def test_declining_says_why_and_withdrawing_is_ones_own(app: Flask, client: Client) -> None:
    path = asked(client)
    become(client, "nguoi-hai")
    assert client.post(f"{path}/withdraw").status_code == 409
    silent = client.post(f"{path}/decline", data={"reason": ""})
    assert silent.status_code == 422
    assert "cần ghi lý do" in silent.text
    assert client.post(f"{path}/decline", data={"reason": "Chưa đối chiếu"}).status_code == 303
    page = client.get(path).text
    assert "Chưa đối chiếu" in page
    assert "Duyệt và công bố" not in page
    again = client.post(PUBLISH, data=DECISION).location
    assert client.post(f"{again}/withdraw").status_code == 303
    assert client.post(f"{again}/approve").status_code == 409
    assert state(app) == "frozen"


@pytest.mark.usefixtures("frozen")
def test_the_decision_is_asked_for(app: Flask, client: Client) -> None:
    become(client, "nguoi-mot")
    for part in DECISION:
        reply = client.post(PUBLISH, data=DECISION | {part: ""})
        assert reply.status_code == 422
        assert "chưa nhập" in reply.text
    assert client.post(PUBLISH, data=DECISION | {"decision_date": "31/02/2026"}).status_code == 422
    assert state(app) == "frozen"


@pytest.mark.usefixtures("frozen")
def test_alone_one_is_told_the_two_ways_out(app: Flask, client: Client) -> None:
    become(client, "mot-minh", Role.OWNER)
    page = client.get(PUBLISH).text
    assert "Chưa có người thứ hai nào duyệt được" in page
    assert 'href="/people"' in page or "Mời người vào làm việc" in page
    assert RULE in page
    assert client.post(RULE, data={"rule": "off"}).status_code == 422
    assert client.post(RULE, data={"rule": "off", "reason": "Cơ quan có một người"}).status_code == 303
    assert "Người thứ hai" not in client.get(PUBLISH).text
    assert client.post(PUBLISH, data=DECISION | {"decision_date": ""}).status_code == 422
    assert client.post(PUBLISH).status_code == 303
    assert state(app) == "published"
    with app.app_context():
        (line,) = db.session.query(AuditEvent).filter_by(action="two_persons_off")
        assert line.detail["reason"] == "Cơ quan có một người"


@pytest.mark.usefixtures("frozen")
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_only_owners_switch_the_rule(client: Client, method: str) -> None:
    works = 200 if method == "GET" else 422
    climb(client, Step(method, RULE, Permission.WAIVE_SECOND_PERSON, "/manage/c/khong-co/two-persons", works))


def test_no_file_switches_the_rule_off(app: Flask, client: Client) -> None:
    signed_in(client, Role.OWNER)
    with app.app_context():
        make_bank("lich-su")
    waived = SMALL.replace("[contest]\n", "[contest]\ntwo_persons = false\n", 1)
    refused = client.post("/manage/contests/new", data={"text": waived})
    assert client.post("/manage/contests/new", data={"text": SMALL}).status_code == 303
    for reply in (refused, client.post("/manage/contests/new", data={"text": waived})):
        assert reply.status_code == 409
        assert "Quy tắc hai người không tắt bằng tệp" in reply.text
    client.post("/manage/c/nho/two-persons", data={"rule": "off", "reason": "Một người"})
    assert client.post("/manage/contests/new", data={"text": waived}).status_code == 303
    assert "two_persons = false" in client.get("/manage/c/nho/definition.toml").text
