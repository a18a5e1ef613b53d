"""People who entered with one number, on the organisers' page."""

import re
from datetime import timedelta

import pytest
from flask import Flask

from quiz.accounts.permissions import Permission
from quiz.contests.definition import Unique
from quiz.contests.queries import get_contest
from quiz.core import clock
from quiz.entries.shared_numbers import browse_open
from tests.support.client import Client
from tests.support.factories import make_bank, make_contest, make_entry, round_definition
from tests.support.ladder import Step, climb, ladder
from tests.support.staff import signed_in

PAGE = "/manage/c/so-chung/numbers"
PHONE = "+84912345678"


def shared(app: Flask, unique: Unique) -> str:
    """Two people with one number, and its keyed hash."""
    now = clock.now()
    with app.app_context():
        make_bank()
        times = {"opens_at": now - timedelta(days=1), "closes_at": now + timedelta(days=1)}
        contest = make_contest("so-chung", round_definition(**times), unique=unique)
        make_entry(contest, 1, phone=PHONE)
        return make_entry(contest, 2, phone=PHONE).phone_key or ""


@pytest.fixture
def key(app: Flask) -> str:
    """Under the rule of one phone."""
    return shared(app, Unique.PHONE)


@ladder(
    Step("GET", PAGE, Permission.SEE_CONTESTS, unknown="/manage/c/khong-co/numbers"),
    Step("POST", f"{PAGE}/phone/x", Permission.JUDGE_ENTRIES, f"{PAGE}/fax/x", 422),
    Step("POST", f"{PAGE}/keep", Permission.JUDGE_ENTRIES, "/manage/c/khong-co/numbers/keep", 422),
    Step("POST", f"{PAGE}/decisions/5/undo", Permission.JUDGE_ENTRIES, works=422),
)
@pytest.mark.usefixtures("key")
def test_who_may_decide(client: Client, step: Step):
    climb(client, step)


def seen(page: str) -> str:
    found = re.search(r'name="seen" value="([^"]+)"', page)
    assert found is not None
    return found[1]


def test_one_is_kept_and_the_decision_taken_back(client: Client, key: str):
    signed_in(client)
    entrants = client.get("/manage/c/so-chung/entrants").text
    assert entrants.count("2 người chung số") == 2
    assert entrants.count("Tranh chấp") == 1
    page = client.get(PAGE).text
    assert "Tranh chấp" in page
    assert "Khai số đã có người dùng" in page
    assert "09•• ••• 678" in page
    assert PHONE not in page
    assert "912345678" not in page
    first = seen(page).split(",")[0]
    data = {"keep": first, "seen": seen(page), "reason": "Đã gọi, đúng người"}
    assert client.post(f"{PAGE}/phone/{key}", data=data).status_code == 303
    page = client.get(PAGE).text
    assert "Không có số nào chờ xét" in page
    assert "Chỉ công nhận Lò Thị Hương 1" in page
    assert "Không tính: Lò Thị Hương 2" in page
    assert "Bị loại" in client.get("/manage/c/so-chung/entrants").text
    found = re.search(r"decisions/(\d+)/undo", page)
    assert found is not None
    undo = f"{PAGE}/decisions/{found[1]}/undo"
    assert client.post(undo, data={"reason": ""}).status_code == 422
    assert client.post(undo, data={"reason": "Nhầm"}).status_code == 303
    page = client.get(PAGE).text
    assert "Đã hoàn tác: Nhầm" in page
    assert "Tranh chấp" in page
    assert client.post(undo, data={"reason": "Nhầm"}).status_code == 422
    log = client.get("/manage/audit?contest=so-chung").text
    assert "Xét số dùng chung" in log
    assert "lý do: Đã gọi, đúng người" in log


@pytest.mark.parametrize(
    "changes, words",
    [
        ({"keep": ""}, "chọn công nhận cả nhóm hay chỉ một người"),
        ({"reason": ""}, "cần ghi lý do"),
        ({"seen": "5"}, "có người vừa đăng ký thêm"),
    ],
)
def test_what_is_missing_is_said_and_nothing_changes(
    app: Flask, client: Client, key: str, changes: dict[str, str], words: str
):
    signed_in(client)
    data = {"keep": "all", "seen": seen(client.get(PAGE).text), "reason": "x"} | changes
    reply = client.post(f"{PAGE}/phone/{key}", data=data)
    assert reply.status_code == 422
    assert words in reply.text
    with app.app_context():
        assert browse_open(get_contest("so-chung")).total == 1


def test_families_are_kept_together(app: Flask, client: Client):
    key = shared(app, Unique.PHONE_NAME_BIRTH_DATE)
    with app.app_context():
        contest = get_contest("so-chung")
        other = make_entry(contest, 3, phone="+84987654321")
        make_entry(contest, 4, phone="+84987654321")
        second = other.phone_key
    signed_in(client)
    page = client.get(PAGE).text
    assert "Dùng chung" in page
    assert "chưa ai bị chặn" in page
    assert "2 số dùng chung chờ xét" in client.get("/manage/c/so-chung/").text
    groups = re.findall(r'name="group" value="([^"]+)"', page)
    assert {group.split("|")[1] for group in groups} == {key, second}
    assert client.post(f"{PAGE}/keep", data={"reason": "x"}).status_code == 422
    assert client.post(f"{PAGE}/keep", data={"group": groups, "reason": "Người một nhà"}).status_code == 303
    page = client.get(PAGE).text
    assert "Không có số nào chờ xét" in page
    assert page.count("Công nhận cả 2 người") == 2


def test_another_contests_people_are_not_decided_about(app: Flask, client: Client, key: str):
    """A09: numbers and decisions of one contest under another's address."""
    with app.app_context():
        make_contest("khac")
    signed_in(client)
    data = {"keep": "all", "seen": "1", "reason": "x"}
    assert client.post(f"/manage/c/khac/numbers/phone/{key}", data=data).status_code == 404
    assert client.post("/manage/c/khac/numbers/decisions/5/undo", data={"reason": "x"}).status_code == 404
