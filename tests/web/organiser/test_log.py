"""The log on the organisers' pages."""

import pytest
from flask import Flask

from quiz.accounts.permissions import Permission, Role
from quiz.audit.exporting import check_lines
from quiz.audit.service import Action, record
from quiz.contests.queries import get_contest
from tests.support.client import Client
from tests.support.factories import KEYRING, NOW, make_bank, make_contest
from tests.support.ladder import Step, climb, ladder
from tests.support.staff import ACTOR, signed_in


@pytest.fixture(autouse=True)
def contest(app: Flask) -> None:
    with app.app_context():
        make_bank()
        make_contest()
        contest_id = get_contest("cuoc-thi").id
        record(Action.ROUND_OPENED, "round 1", actor=ACTOR, now=NOW, contest_id=contest_id)
        record(Action.BANK_CREATED, "lich-su", actor=ACTOR, now=NOW)


@ladder(
    Step("GET", "/manage/c/cuoc-thi/audit", Permission.SEE_AUDIT, "/manage/c/khong-co/audit"),
    Step("GET", "/manage/c/cuoc-thi/audit.jsonl", Permission.SEE_AUDIT, "/manage/c/khong-co/audit.jsonl"),
)
def test_who_may_read_it(client: Client, step: Step) -> None:
    climb(client, step)


def test_a_contest_shows_its_own_log_and_where_the_chain_ends(client: Client) -> None:
    signed_in(client, Role.AUDITOR)
    page = client.get("/manage/c/cuoc-thi/audit").get_data(as_text=True)
    assert "Mở vòng" in page
    assert "Lập ngân hàng" not in page
    assert "Việc cuối: số 1" in page
    assert "/manage/c/cuoc-thi/audit.jsonl" in page
    assert "Lập ngân hàng" in client.get("/manage/audit").get_data(as_text=True)


def test_the_file_proves_itself(client: Client) -> None:
    signed_in(client)
    reply = client.get("/manage/c/cuoc-thi/audit.jsonl")
    assert reply.headers["Content-Disposition"] == 'attachment; filename="nhat-ky-cuoc-thi.jsonl"'
    assert reply.headers["Cache-Control"] == "no-store"
    verdict = check_lines(reply.get_data(as_text=True).splitlines(), KEYRING)
    assert (verdict.events, verdict.findings, verdict.is_sealed) == (1, (), True)
