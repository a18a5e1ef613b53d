"""F18 on the pages: the unit before and after the first start; units found without JavaScript."""

import pytest
from flask import Flask

from quiz.contests.queries import get_contest
from quiz.entries import queries
from tests.support.citizen import FORM, enter, open_contest, start
from tests.support.client import Client
from tests.support.factories import unit_id
from tests.support.staff import signed_in

SLUG = "dai-hoi"
PAGE = f"/c/{SLUG}/unit"


@pytest.fixture(autouse=True)
def contest(app: Flask) -> None:
    open_contest(app, SLUG, prediction=None)


def unit_code(app: Flask, code: str) -> bool:
    """Whether the only entrant belongs to the unit."""
    with app.app_context():
        contest = get_contest(SLUG)
        (entry,) = queries.browse_entries(contest.id).rows
        return entry.unit_id == unit_id(contest, code)


def change(client: Client, code: str, reason: str = "") -> int:
    return client.post(PAGE, data={"unit": code, "reason": reason, "step": "send"}).status_code


def test_the_ladder(client: Client):
    assert client.get(PAGE).location == f"/c/{SLUG}/enter"
    assert client.post(PAGE).location == f"/c/{SLUG}/enter"
    assert client.post(f"{PAGE}/withdraw").location == f"/c/{SLUG}/enter"
    assert client.get("/c/khong-co/unit").status_code == 404
    assert client.get(f"{PAGE}/withdraw").status_code == 405
    enter(client, SLUG)
    assert client.post(PAGE, csrf=False).status_code == 400
    assert client.get(PAGE).status_code == 200


def test_before_the_first_start_it_is_changed_at_once(app: Flask, client: Client):
    enter(client, SLUG)
    assert f'href="{PAGE}"' in client.get(f"/c/{SLUG}/rounds/1").text
    assert "Tỉnh Sơn La › Các xã" in client.get(PAGE).text
    assert change(client, "03646") == 303
    assert unit_code(app, "03646")
    assert change(client, "") == 422
    assert change(client, "SL-XA") == 422  # a heading is no unit
    assert change(client, "03646") == 422  # it is that already
    assert unit_code(app, "03646")


def test_after_the_first_start_the_organisers_decide(app: Flask, client: Client):
    enter(client, SLUG)
    client.post(start(client, SLUG) + "/submit")
    assert "chốt từ lượt thi đầu tiên" in client.get(PAGE).text
    assert change(client, "03646") == 422  # without a reason
    assert change(client, "03646", "Chọn nhầm xã") == 303
    assert unit_code(app, "03688")
    page = client.get(PAGE).text
    assert "đổi sang Phường Tô Hiệu" in page
    assert "Chọn nhầm xã" in page
    signed_in(client)
    desk = "/manage/c/dai-hoi/unit-requests"
    assert "1 yêu cầu đổi đơn vị" in client.get("/manage/c/dai-hoi/").text
    number = client.get(desk).text.split('name="request" value="')[1].split('"')[0]
    ticked = {"request": number, "verdict": "approve"}
    assert client.post(desk, data=ticked).status_code == 422
    assert client.post(desk, data=ticked | {"reason": "Đúng hộ khẩu", "request": []}).status_code == 422
    assert client.post(desk, data=ticked | {"reason": "Đúng hộ khẩu"}).status_code == 303
    assert unit_code(app, "03646")
    assert "Đúng hộ khẩu" in client.get(PAGE).text
    assert "Đúng hộ khẩu" in client.get(desk).text
    log = client.get("/manage/audit?contest=dai-hoi").text
    assert "từ đơn vị: 03688 · sang đơn vị: 03646" in log
    board = client.get(f"/c/{SLUG}/units/03646").text
    assert "Phường Tô Hiệu" in board


def test_a_request_is_withdrawn(app: Flask, client: Client):
    enter(client, SLUG)
    client.post(start(client, SLUG) + "/submit")
    change(client, "03646", "Chọn nhầm xã")
    assert client.post(f"{PAGE}/withdraw").status_code == 303
    assert "Đã rút lại" in client.get(PAGE).text
    assert unit_code(app, "03688")


@pytest.mark.parametrize("field", ["unit", "unit_id", "unit_fixed_at"])
def test_no_other_form_changes_the_unit(app: Flask, client: Client, field: str):
    """Entering again, starting, saving and handing in with a unit in the form: it stays."""
    enter(client, SLUG)
    attempt = start(client, SLUG)
    enter(client, SLUG, **{field: "03646"})
    client.post(f"/c/{SLUG}/rounds/1/start", data={field: "03646"})
    client.put(f"{attempt}/sheet", json={"revision": 1, "answers": {}, field: "03646"})
    client.post(f"{attempt}/submit", data={field: "03646"})
    assert unit_code(app, "03688")


@pytest.mark.parametrize(
    "typed, found, missing",
    [
        ("muong chien", "Xã Mường Chiên", "Phường Tô Hiệu"),
        ("TÔ hiệu", "Phường Tô Hiệu", "Xã Mường Chiên"),
        ("03688", "Xã Mường Chiên", "Phường Tô Hiệu"),
        ("hieu phuong", "Phường Tô Hiệu", "Xã Mường Chiên"),
    ],
)
def test_units_are_found_without_javascript(client: Client, typed: str, found: str, missing: str):
    """By name without diacritics, by words in any order, by code; what was typed elsewhere stays."""
    data = FORM | {"unit": "", "unit_q": typed, "step": "find"}
    page = client.post(f"/c/{SLUG}/enter", data=data)
    assert page.status_code == 200
    assert f" selected>{found}</option>" in page.text
    assert missing not in page.text
    assert "1 đơn vị phù hợp" in page.text
    assert 'value="Lò Thị Hương"' in page.text
    assert "Lỗi:" not in page.text


def test_nothing_found_is_said_and_all_come_back(client: Client):
    data = FORM | {"unit": "", "unit_q": "ha noi", "step": "find"}
    assert "Không thấy đơn vị nào" in client.post(f"/c/{SLUG}/enter", data=data).text
    page = client.post(f"/c/{SLUG}/enter", data=data | {"unit_q": " "}).text
    assert "Xã Mường Chiên" in page
    assert "Phường Tô Hiệu" in page


def test_the_check_shows_where_the_unit_belongs(client: Client):
    page = client.post(f"/c/{SLUG}/enter", data=FORM | {"step": "check"}).text
    assert "Tỉnh Sơn La › Các xã" in page
