"""The organisers' list of prizes and the public one."""

import re
from datetime import timedelta

import pytest
from flask import Flask

from quiz.accounts.permissions import Permission, Role
from quiz.contests.definition import CollectiveDefinition, Prize
from quiz.contests.models import Contest
from quiz.contests.phases import RoundAction
from quiz.contests.queries import get_contest
from quiz.core.database import transaction
from quiz.organiser.rounds import move_round
from quiz.scoring.collective import Formula
from quiz.standings.prizes import list_awards
from tests.support.client import Client
from tests.support.factories import KEYRING, NOW, make_entry, unit_id
from tests.support.ladder import Step, climb, ladder
from tests.support.sittings import RIGHT, fixed_contest, sit
from tests.support.staff import ACTOR, make_staff, sign_in_as

PAGE = "/manage/c/cuoc-thi/rounds/1/awards"
PUBLIC = "/c/cuoc-thi/rounds/1/winners"


@pytest.fixture
def contest(app: Flask) -> Contest:
    """A frozen round: two prizes, three people, of whom the second does not want to be named."""
    with app.app_context():
        made = fixed_contest(prizes=(Prize("Giải Nhất", 1), Prize("Giải Nhì", 1, "500.000 đồng")))
        for number in (1, 2, 3):
            entry = make_entry(made, number, may_publish=number != 2)
            sit(made, entry.id, (*RIGHT[: 5 - number], *(None,) * (number - 1)))
        for action in (RoundAction.CLOSE, RoundAction.FREEZE):
            move_round(made, 1, action, actor=ACTOR, now=NOW + timedelta(days=7), keyring=KEYRING)
    return made


@ladder(
    Step("GET", PAGE, Permission.SEE_CONTESTS, "/manage/c/khac/rounds/1/awards"),
    Step("POST", PAGE, Permission.PUBLISH, "/manage/c/cuoc-thi/rounds/9/awards", works=303),
)
def test_access(client: Client, contest: Contest, step: Step) -> None:
    climb(client, step)


def test_a_winner_is_checked_refused_and_the_next_one_moves_up(client: Client, contest: Contest) -> None:
    with client.application.app_context():
        sign_in_as(client, make_staff("btc", Role.ORGANISER))
    with client.application.app_context():
        first = list_awards(1, 1)[0].entry_id
    page = client.get(PAGE).get_data(as_text=True)
    assert "Lò Thị Hương 1" in page
    assert "500.000 đồng" in page
    assert "Không công bố tên" in page
    assert "Lò Thị Hương 3" not in page
    assert client.post(f"{PAGE}/{first}/check", data={"called": "1", "note": "<b>9h</b>"}).status_code == 303
    page = client.get(PAGE).get_data(as_text=True)
    assert re.search(r'name="called" value="1" checked', page)
    assert "&lt;b&gt;9h" in page
    assert client.post(f"{PAGE}/{first}/refuse", data={"reason": " "}).status_code == 422
    assert client.post(f"{PAGE}/{first}/refuse", data={"reason": "Khai sai"}).status_code == 303
    page = client.get(PAGE).get_data(as_text=True)
    assert "Lò Thị Hương 3" in page
    assert "Không trao giải: Lò Thị Hương 1" in page
    calls = client.get("/manage/c/cuoc-thi/rounds/1/winners").get_data(as_text=True)
    assert "2 người đạt giải" in calls
    assert client.post(f"{PAGE}/ties", data={"seen": "1 2", "how": "order"}).status_code == 422


def test_the_public_list_comes_with_publication_and_names_who_agreed(
    client: Client, contest: Contest
) -> None:
    assert client.get(PUBLIC).status_code == 404
    with client.application.app_context():
        at = NOW + timedelta(days=8)
        move_round(get_contest("cuoc-thi"), 1, RoundAction.PUBLISH, actor=ACTOR, now=at, keyring=KEYRING)
    page = client.get(PUBLIC).get_data(as_text=True)
    assert "Lò Thị Hương 1" in page
    assert "Lò Thị Hương 2<" not in page
    assert "Phường Tô Hiệu" in page
    assert not re.search(r"\+?849\d{8}|1962", page)


def test_units_are_checked_and_refused(client: Client, contest: Contest) -> None:
    with client.application.app_context():
        rule = CollectiveDefinition("Tập thể <xã>", Formula.PARTICIPANTS, prizes=(Prize("Cờ", 1, "2 triệu"),))
        with transaction() as session:
            session.get_one(Contest, 1).collective_data = [rule.as_dict()]
        sign_in_as(client, make_staff("btc", Role.ORGANISER))
        unit = unit_id(get_contest("cuoc-thi"))
    assert "Kết quả đã đổi" in client.get(PAGE).get_data(as_text=True)
    assert client.post(PAGE).status_code == 303
    page = client.get(PAGE).get_data(as_text=True)
    assert "Tập thể &lt;xã&gt;" in page
    assert "2 triệu" in page
    form = {"rule": "Tập thể <xã>", "told": "1", "note": "Đã gọi"}
    assert client.post(f"{PAGE}/units/{unit}/check", data=form).status_code == 303
    assert re.search(r'name="told" value="1" checked', client.get(PAGE).get_data(as_text=True))
    assert client.post(f"{PAGE}/units/{unit}/check", data={"rule": "Khác"}).status_code == 404
    assert client.post(f"{PAGE}/units/{unit}/refuse", data=form).status_code == 422
    assert client.post(f"{PAGE}/units/ties", data=form | {"seen": "1 2"}).status_code == 422
    assert client.post(f"{PAGE}/units/{unit}/refuse", data=form | {"reason": "Tự rút"}).status_code == 303
    page = client.get(PAGE).get_data(as_text=True)
    assert "Không trao giải tập thể: Phường Tô Hiệu" in page
    assert "2 triệu" not in page
