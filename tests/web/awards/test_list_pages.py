"""The prizes of a combined list: the organisers' pages, its papers, and the public list."""

import pytest
from flask import Flask

from quiz.accounts.permissions import Permission, Role
from quiz.contests.definition import ListDefinition, Prize
from quiz.contests.phases import RoundAction
from quiz.contests.queries import get_contest
from quiz.organiser.rounds import move_round
from quiz.standings.prizes import list_awards
from tests.support.client import Client
from tests.support.factories import KEYRING, NOW, make_entry
from tests.support.ladder import Step, climb, ladder
from tests.support.lists import listed_contest, play
from tests.support.staff import ACTOR, make_staff, sign_in_as

PAGE, PAPERS = "/manage/c/cuoc-thi/lists/1/awards", "/manage/c/cuoc-thi/lists/1/papers"
PUBLIC = "/c/cuoc-thi/lists/1/winners"
REASON = {"reason": "Trình ký báo cáo kết quả"}


@pytest.fixture
def frozen(app: Flask) -> None:
    """Two frozen rounds, and a list over both with one prize and two people."""
    prizes = (Prize("Giải Nhất", 1, "5.000.000 đồng"),)
    with app.app_context():
        contest = listed_contest(ListDefinition(1, "Chung cuộc", (1, 2), prizes=prizes), rounds=2)
        for number in (1, 2):
            entry = make_entry(contest, number)
            for round_number in (1, 2):
                play(contest, entry.id, round_number, 5 - number)
        _move(RoundAction.CLOSE, RoundAction.FREEZE)


def _move(*actions: RoundAction) -> None:
    for number in (1, 2):
        for action in actions:
            move_round(get_contest("cuoc-thi"), number, action, actor=ACTOR, now=NOW, keyring=KEYRING)


@ladder(
    Step("GET", PAGE, Permission.SEE_CONTESTS, "/manage/c/cuoc-thi/lists/9/awards"),
    Step("POST", PAGE, Permission.PUBLISH, "/manage/c/cuoc-thi/lists/9/awards", works=303),
    Step("GET", PAPERS, Permission.SEE_PERSONAL_DATA, "/manage/c/khac/lists/1/papers"),
)
def test_access(client: Client, frozen: None, step: Step) -> None:
    climb(client, step)


def test_from_the_check_to_certificates(client: Client, frozen: None) -> None:
    with client.application.app_context():
        sign_in_as(client, make_staff("btc", Role.ORGANISER))
        first = list_awards(1, 2, 1)[0].entry_id
    lists = client.get("/manage/c/cuoc-thi/lists").get_data(as_text=True)
    assert f'href="{PAGE}"' in lists
    page = client.get(PAGE).get_data(as_text=True)
    assert "Lò Thị Hương 1" in page
    assert "5.000.000 đồng" in page
    assert f'action="{PAGE}/{first}/check"' in page
    assert client.post(f"{PAGE}/{first}/check", data={"called": "1"}).location == f"{PAGE}#nguoi-{first}"
    assert client.post(f"{PAGE}/{first}/refuse", data={"reason": ""}).status_code == 422
    assert client.post(f"{PAGE}/{first}/refuse", data={"reason": "Khai sai"}).status_code == 303
    assert "Lò Thị Hương 2" in client.get(PAGE).get_data(as_text=True)
    report = client.post(f"{PAPERS}/report", data=REASON | {"format": "docx"})
    assert report.headers["Content-Disposition"] == 'attachment; filename="bao-cao-cuoc-thi-bang-1.docx"'
    assert client.post(f"{PAPERS}/certificates/winner", data=REASON).status_code == 409
    assert client.get(PUBLIC).status_code == 404
    with client.application.app_context():
        _move(RoundAction.PUBLISH)
    assert client.post(f"{PAPERS}/certificates/winner", data=REASON).location == PAPERS
    assert "Đang có hiệu lực: 1 giấy" in client.get(PAPERS).get_data(as_text=True)
    public = client.get(PUBLIC).get_data(as_text=True)
    assert "Lò Thị Hương 2" in public
    assert '/c/cuoc-thi/standings?round=chung-1"' in public
    board = client.get("/c/cuoc-thi/standings?round=chung-1").get_data(as_text=True)
    assert f'href="{PUBLIC}"' in board
    assert client.get("/c/cuoc-thi/lists/9/winners").status_code == 404


def test_prizes_of_a_list_are_typed_line_by_line(client: Client, frozen: None) -> None:
    with client.application.app_context():
        sign_in_as(client, make_staff("btc", Role.ORGANISER))
    address = "/manage/c/cuoc-thi/lists/1"
    page = client.get(address).get_data(as_text=True)
    assert "Giải Nhất | 1 | 5.000.000 đồng</textarea>" in page
    form = {
        "name": "Chung cuộc",
        "rounds": ["1", "2"],
        "take": "sum",
        "min_rounds": "1",
        "publish": "at_once",
    }
    form |= {"counts": "best_then_earliest", "ranking": ["correct_count", "duration", "attempts"]}
    wrong = client.post(address, data=form | {"prizes": "Giải | nhiều"})
    assert wrong.status_code == 422
    assert "viết như: Giải Nhất" in wrong.get_data(as_text=True)
