"""Help for people in the middle of an attempt, from the organisers' pages."""

from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask

from quiz.accounts.permissions import Permission
from quiz.attempts import queries, service
from quiz.attempts.sheets import Sheet
from quiz.contests.models import Contest
from quiz.core import clock
from quiz.core.database import db
from tests.support.client import Client
from tests.support.factories import KEYRING, make_bank, make_contest, make_entry, round_definition
from tests.support.ladder import Step, climb, ladder
from tests.support.staff import signed_in

HELP = "/manage/c/dang-mo/rounds/1/help"


@pytest.fixture
def person(app: Flask) -> tuple[int, str]:
    """An entrant with a running attempt in a round that is open at this moment: (entry id, code)."""
    now = clock.now()
    with app.app_context():
        make_bank()
        times = {"opens_at": now - timedelta(days=1), "closes_at": now + timedelta(days=1)}
        contest = make_contest("dang-mo", round_definition(**times))
        entry = make_entry(contest, 1)
        attempt = service.start(contest, entry.id, 1, now=now, keyring=KEYRING)
        return entry.id, attempt.code


@ladder(
    Step("GET", HELP, Permission.RUN_ROUNDS, unknown="/manage/c/dang-mo/rounds/9/help"),
    Step("POST", f"{HELP}/time", Permission.RUN_ROUNDS, "/manage/c/x/rounds/1/help/time", 422),
    Step("POST", f"{HELP}/words", Permission.RUN_ROUNDS, "/manage/c/x/rounds/1/help/words", 422),
    Step("POST", f"{HELP}/words/end", Permission.RUN_ROUNDS, works=303),
)
@pytest.mark.usefixtures("person")
def test_who_may_help(client: Client, step: Step):
    climb(client, step)


@ladder(
    Step("GET", "", Permission.SEE_CONTESTS),
    Step("POST", "/time/1", Permission.RUN_ROUNDS, works=422),
    Step("POST", "/need", Permission.RUN_ROUNDS, works=422),
    Step("POST", "/give-back/{code}", Permission.RUN_ROUNDS, "/give-back/x", 422),
)
def test_who_may_see_and_help_one_person(client: Client, person: tuple[int, str], step: Step):
    entry_id, code = person
    address = f"/manage/c/dang-mo/entrants/{entry_id}"
    unknown = address + step.unknown if step.unknown else "/manage/c/dang-mo/entrants/5" + step.path
    climb(client, replace(step, path=address + step.path.format(code=code), unknown=unknown))


def test_more_time_and_words_reach_the_page(client: Client, person: tuple[int, str]):
    _entry_id, code = person
    signed_in(client)
    with client.application.app_context():
        before = queries.get_attempt(code).deadline_at
    reply = client.post(f"{HELP}/time", data={"unit": "", "minutes": "10", "reason": "Mất điện"})
    assert reply.status_code == 303
    assert client.post(f"{HELP}/words", data={"words": "Cứ làm tiếp"}).status_code == 303
    with client.application.app_context():
        assert queries.get_attempt(code).deadline_at - before == timedelta(minutes=10)
    page = client.get(HELP).get_data(as_text=True)
    assert "Thêm 10 phút cho mọi người đang làm" in page
    assert "Lý do: Mất điện" in page
    assert "Cứ làm tiếp" in page


def test_a_refusal_says_why_and_changes_nothing(client: Client, person: tuple[int, str]):
    _entry_id, code = person
    signed_in(client)
    with client.application.app_context():
        before = queries.get_attempt(code).deadline_at
    reply = client.post(f"{HELP}/time", data={"unit": "03688", "minutes": "10", "reason": "x"})
    assert reply.status_code == 422
    assert "không có ai trong số đó đang làm bài" in reply.get_data(as_text=True)
    with client.application.app_context():
        assert queries.get_attempt(code).deadline_at == before


def test_an_attempt_is_given_back_and_may_be_taken_again(client: Client, person: tuple[int, str]):
    entry_id, code = person
    signed_in(client)
    address = f"/manage/c/dang-mo/entrants/{entry_id}"
    with client.application.app_context():
        sheet = Sheet(1, {1: (1,)}, (), "5")
        service.submit(code, sheet, entry_id=entry_id, now=clock.now(), keyring=KEYRING)
        contest_id = db.session.query(Contest.id).filter_by(slug="dang-mo").scalar()
    assert "Trả lại lượt này" in client.get(address).get_data(as_text=True)
    reply = client.post(f"{address}/give-back/{code}", data={"reason": "Máy hỏng"})
    assert reply.status_code == 303
    page = client.get(address).get_data(as_text=True)
    assert "Đã trả lại, không tính" in page
    assert "Máy hỏng" in page
    with client.application.app_context():
        assert queries.find_result(contest_id, 1, entry_id) is None


def test_a_need_is_noted_and_shown(client: Client, person: tuple[int, str]):
    entry_id, _code = person
    signed_in(client)
    address = f"/manage/c/dang-mo/entrants/{entry_id}"
    data = {"extra_percent": "50", "hides_clock": "y", "reason": "Đọc chậm"}
    assert client.post(f"{address}/need", data=data).status_code == 303
    assert "Đọc chậm" in client.get(address).get_data(as_text=True)
    bad = client.post(f"{address}/need", data=data | {"extra_percent": "900"})
    assert bad.status_code == 422
    assert "từ 0 đến 300 phần trăm" in bad.get_data(as_text=True)
