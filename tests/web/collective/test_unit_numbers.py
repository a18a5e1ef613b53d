"""Numbers of units: from a file with a preview, typed, proposed by the unit; boards follow."""

import io
from datetime import timedelta
from html import unescape

import openpyxl
from flask import Flask

from quiz.accounts.permissions import Permission
from quiz.audit.actors import Actor
from quiz.collective import queries
from quiz.collective.service import propose_headcount
from quiz.contests.definition import CollectiveDefinition
from quiz.contests.queries import find_unit, get_contest
from quiz.core import clock
from quiz.core.database import transaction
from quiz.scoring.collective import Formula
from tests.support.client import Client
from tests.support.factories import make_bank, make_contest
from tests.support.ladder import Step, climb, ladder
from tests.support.staff import signed_in

PAGE = "/manage/c/cuoc-thi/unit-numbers"
FILE = "Mã đơn vị;Tên đơn vị;Tổng số người;Chỉ tiêu người\n03646;Phường Tô Hiệu;2.044;1900\n"


@ladder(
    Step("GET", PAGE, Permission.EDIT_CONTESTS, PAGE.replace("cuoc-thi", "khong-co")),
    Step("POST", PAGE, Permission.EDIT_CONTESTS, works=422),
    Step("GET", f"{PAGE}/unit/03646", Permission.EDIT_CONTESTS, f"{PAGE}/unit/9"),
    Step("POST", f"{PAGE}/proposals/1", Permission.EDIT_CONTESTS, works=422),
)
def test_the_ladder(step: Step, app: Flask, client: Client) -> None:
    with app.app_context():
        make_bank()
        make_contest()
    climb(client, step)


def _desk(app: Flask, client: Client) -> Client:
    with app.app_context():
        make_bank()
        make_contest()
    signed_in(client)
    return client


def _headcount(app: Flask) -> tuple[int | None, object]:
    with app.app_context():
        unit = find_unit(get_contest("cuoc-thi").id, "03646")
        assert unit is not None
        return unit.headcount, unit.headcount_on


def _send(client: Client, text: str):
    today = clock.now().date() - timedelta(days=1)
    data = {"file": (io.BytesIO(text.encode()), "so.csv"), "as_of": today.isoformat(), "target_round": "1"}
    return client.post(PAGE, data=data, content_type="multipart/form-data", follow_redirects=True)


def test_a_file_is_seen_before_it_is_saved(app: Flask, client: Client) -> None:
    desk = _desk(app, client)
    refused = _send(desk, FILE + "99999;Xã lạ;12;\n")
    assert refused.status_code == 422
    assert "Cuộc thi không có đơn vị mã “99999”." in unescape(refused.text)
    preview = _send(desk, FILE)
    assert preview.status_code == 200
    assert ">2.044<" in preview.text
    assert "chỉ tiêu cho Tuần 1" in preview.text
    assert _headcount(app) == (None, None)
    saved = desk.post(preview.request.path, follow_redirects=True)
    assert "Đã lưu: 1 tổng số người, 1 chỉ tiêu, 0 điểm thành tích." in saved.text
    yesterday = clock.now().date() - timedelta(days=1)
    assert _headcount(app) == (2044, yesterday)
    assert f"ngày {yesterday:%d/%m/%Y}" in saved.text
    assert desk.post(preview.request.path).status_code == 404  # a second click saves nothing


def test_the_template_has_every_unit_with_its_code_as_text(app: Flask, client: Client) -> None:
    desk = _desk(app, client)
    book = openpyxl.load_workbook(io.BytesIO(desk.get(f"{PAGE}/template.xlsx").data))
    rows = list(book.active.iter_rows(values_only=True))
    assert rows[0][:3] == ("Mã đơn vị", "Tên đơn vị", "Tổng số người")
    assert [row[0] for row in rows[1:]] == ["14", "SL-XA", "03646", "03688"]


def test_one_unit_is_typed_and_shows_its_history(app: Flask, client: Client) -> None:
    desk = _desk(app, client)
    today = clock.now().date() - timedelta(days=1)
    fields = {"as_of": today.isoformat(), "target_round": "1", "merit": "8,5"}
    wrong = desk.post(f"{PAGE}/unit/03646", data={**fields, "people": "nhiều"})
    assert wrong.status_code == 422
    assert "viết số nguyên, ví dụ 641." in wrong.text
    assert "chưa ghi lý do." in wrong.text
    right = {**fields, "people": "641", "people_target": "600", "reason": "Tổ chức tốt"}
    page = desk.post(f"{PAGE}/unit/03646", data=right, follow_redirects=True)
    assert "Đã lưu: 1 tổng số người, 1 chỉ tiêu, 1 điểm thành tích." in page.text
    assert 'value="8,5"' in page.text
    assert "đã duyệt" in page.text


def test_merit_of_a_rule_of_its_own_list(app: Flask, client: Client) -> None:
    desk = _desk(app, client)
    assert 'name="merit_list"' not in desk.get(f"{PAGE}/unit/03646").text
    rules = [CollectiveDefinition("Giải", Formula.MERIT, merit_list=name) for name in ("", "Tuyên truyền")]
    with app.app_context(), transaction():
        get_contest("cuoc-thi").collective_data = [rule.as_dict() for rule in rules]
    fields = {"target_round": "0", "reason": "Làm sớm"}
    for name, points in (("", "8,5"), ("Tuyên truyền", "3")):
        saved = desk.post(f"{PAGE}/unit/03646", data={**fields, "merit_list": name, "merit": points})
        assert saved.status_code == 303
        assert f'value="{points}"' in desk.get(saved.location).text
    unknown = desk.post(f"{PAGE}/unit/03646", data={**fields, "merit_list": "x", "merit": "1"})
    assert unknown.status_code == 422
    assert '<td class="n">8,5</td>' in desk.get(PAGE).text
    assert '<td class="n">3</td>' in desk.get(f"{PAGE}?merit=Tuyên truyền").text
    file = {"as_of": "01/11/2026", "target_round": "0", "merit_list": "Tuyên truyền"}
    csv = "Mã đơn vị,Điểm thành tích,Lý do\n03688,4,Đủ\n".encode()
    seen = desk.post(PAGE, data={**file, "file": (io.BytesIO(csv), "a.csv")}, follow_redirects=True)
    assert "điểm thành tích vào danh sách Tuyên truyền" in seen.text
    assert desk.post(seen.request.path).status_code == 303
    assert '<td class="n">4</td>' in desk.get(f"{PAGE}?merit=Tuyên truyền").text
    assert '<td class="n">4</td>' not in desk.get(PAGE).text


def test_a_proposal_is_approved(app: Flask, client: Client) -> None:
    desk = _desk(app, client)
    with app.app_context():
        contest, now = get_contest("cuoc-thi"), clock.now()
        propose_headcount(
            contest,
            "03646",
            655,
            as_of=now.date() - timedelta(days=1),
            note="=2+3 theo danh sách",
            staff_id=1,
            actor=Actor.system(),
            now=now,
        )
        (row,) = queries.list_proposed(contest.id)
        address = f"{PAGE}/proposals/{row.id}"
    assert "1 đơn vị đề nghị tổng số người" in desk.get("/manage/c/cuoc-thi/").text
    assert "=2+3 theo danh sách" in desk.get(PAGE).text
    assert desk.post(address, data={"decision": "maybe"}).status_code == 422
    done = desk.post(address, data={"decision": "approve"}, follow_redirects=True)
    assert "Đã ghi quyết định." in done.text
    assert _headcount(app)[0] == 655
    assert desk.post(address, data={"decision": "approve"}).status_code == 409
