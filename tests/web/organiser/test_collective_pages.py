"""Collective rankings on pages: in sentences, tried before they are saved, refused in words."""

from dataclasses import fields, replace
from html import unescape

import pytest
from flask import Flask
from werkzeug.datastructures import MultiDict

from quiz.accounts.permissions import Permission
from quiz.contests.definition import ListDefinition, Prize, parse_definition
from quiz.contests.models import Contest
from quiz.contests.queries import get_contest
from quiz.core.database import db
from quiz.organiser.collective_forms import CollectiveForm, rule_values
from quiz.scoring.collective import Formula, Gate, Measure, Over
from tests.support.client import Client
from tests.support.definitions import COLLECTIVE
from tests.support.factories import make_bank, make_contest
from tests.support.ladder import Step, climb, ladder
from tests.support.lists import add_lists
from tests.support.staff import make_tree, signed_in

PAGE = "/manage/c/cuoc-thi/collective"
FORM = {
    "name": "Giải phong trào",
    "level": "xã, phường",
    "formula": "sum",
    "components-0-measure": "participation_rate",
    "components-0-weight": "1",
    "components-1-measure": "attempts",
    "components-1-weight": "0,5",
    "components-1-points": "10, 9, 8",
    "gates-0-kind": "participants",
    "gates-0-least": "5",
    "ties-0": "participants",
    "over": "each",
    "step": "save",
}


def _contest(app: Flask) -> None:
    with app.app_context():
        make_bank()
        contest, tree = make_contest(), make_tree()
        contest.tree_id, contest.settings_data = tree.id, {**contest.settings_data, "tree": tree.slug}
        db.session.commit()


@ladder(
    Step("GET", PAGE, Permission.EDIT_CONTESTS, PAGE.replace("cuoc-thi", "khong-co")),
    Step("POST", f"{PAGE}/1", Permission.EDIT_CONTESTS, works=422),
    Step("POST", f"{PAGE}/1/remove", Permission.EDIT_CONTESTS, works=404),
)
def test_the_ladder(step: Step, app: Flask, client: Client) -> None:
    _contest(app)
    climb(client, step)


@pytest.fixture
def desk(app: Flask, client: Client) -> Client:
    _contest(app)
    signed_in(client)
    return client


def _rules(app: Flask) -> tuple[object, ...]:
    with app.app_context():
        contest: Contest = get_contest("cuoc-thi")
        return contest.collective


def test_a_rule_is_tried_saved_changed_and_removed(desk: Client, app: Flask) -> None:
    assert "Chưa có giải tập thể nào." in desk.get(PAGE).text
    assert desk.get(f"{PAGE}/2").status_code == 404
    tried = unescape(desk.post(f"{PAGE}/1", data={**FORM, "step": "preview"}).text)
    assert "Xếp theo tổng của: tỷ lệ dự thi tính thành điểm (mỗi phần trăm một điểm)" in tried
    assert "điểm thứ hạng theo số lượt thi (hạng 1 được 10, hạng 2 được 9, hạng 3 được 8" in tried
    assert (
        "Chưa có tổng số người của đơn vị nên chưa xếp hạng được." in tried
    )  # no headcounts in this contest
    assert _rules(app) == ()
    saved = desk.post(f"{PAGE}/1", data=FORM, follow_redirects=True)
    assert "Đã lưu giải tập thể." in saved.text
    (rule,) = _rules(app)
    assert rule.formula is Formula.SUM
    assert [one.measure for one in rule.components] == [Measure.PARTICIPATION_RATE, Measure.ATTEMPTS]
    assert rule.components[1].points == (10, 9, 8)
    assert rule.gates == (Gate(None, participants=5),)
    simple = {**FORM, "formula": "participants", "gates-0-kind": ""}
    changed = unescape(desk.post(f"{PAGE}/1", data=simple, follow_redirects=True).text)
    assert "số liệu là giả định vì chưa có ai dự thi" in changed
    assert "70 người trong ?, 140 lượt, 560 câu đúng" in changed  # seven tenths of a hundred
    gone = desk.post(f"{PAGE}/1/remove", follow_redirects=True)
    assert "Đã bỏ giải tập thể." in gone.text
    assert _rules(app) == ()


WRONG = (
    ({"name": ""}, "chưa đặt tên."),
    ({"components-0-measure": "", "components-1-measure": ""}, "chưa có thành phần nào bên dưới."),
    ({"components-1-points": "mười"}, "chỉ viết các số nguyên, cách nhau bằng dấu phẩy."),
    ({"components-1-points": "1, 10"}, "Điểm thứ hạng tăng ở hạng sau."),
    ({"components-0-weight": "0"}, "viết số lớn hơn 0, ví dụ 1 hoặc 0,5."),
    ({"components-0-measure": "prize_points", "components-0-prizes": "Nhất"}, "viết như: Nhất 10; Nhì 8"),
    ({"gates-0-kind": "rate", "gates-0-least": "130"}, "viết phần trăm từ 1 đến 100."),
    ({"rounds": "7"}, "Không có vòng 7 tính kết quả."),
)


def test_what_is_wrong_is_told_and_nothing_saved(desk: Client, app: Flask) -> None:
    for changes, said in WRONG:
        reply = desk.post(f"{PAGE}/1", data={**FORM, **changes})
        assert reply.status_code == 422, changes
        assert said in unescape(reply.text)
        assert _rules(app) == ()


def test_a_unit_may_not_compete_with_one_above_it(desk: Client, app: Flask) -> None:
    reply = desk.post(f"{PAGE}/1", data={**FORM, "level": "xã, phường, nhóm"})
    assert reply.status_code == 409
    assert "Phường Tô Hiệu thuộc Các xã mà cả hai cùng xếp một bảng." in unescape(reply.text)
    assert _rules(app) == ()


def test_the_form_gives_back_what_it_was_given(app: Flask) -> None:
    (rule,) = parse_definition(COLLECTIVE).collective
    with app.test_request_context():
        shown = CollectiveForm(formdata=None, data=rule_values(rule))
        sent = {field.name: field.data for field in shown if isinstance(field.data, str)}
        for row in (*shown.components, *shown.gates):
            sent |= {field.name: field.data or "" for field in row.form}
        sent |= {field.name: field.data for field in shown.ties} | {"divisions": "y"}
        filled = CollectiveForm(formdata=MultiDict(sent), meta={"csrf": False})
        filled.offer_lists({2: "Tháng 11"})
        assert filled.rule() == rule


def test_a_rule_of_a_file_with_many_parts_keeps_them_all(app: Flask) -> None:
    """Every key of a definition has its field; rows grow with what a file says."""
    (rule,) = parse_definition(COLLECTIVE).collective
    many = replace(
        rule,
        components=rule.components * 2,
        gates=tuple(Gate(edge, participants=1) for edge in range(10, 80, 10)),
        tie=tuple(Measure)[:6],
        of_list=2,
        merit_list="Tuyên truyền",
        rounds=(),
        over=Over.EACH,
    )
    told = {field.name for field in fields(many) if getattr(many, field.name) != field.default}
    assert told == {field.name for field in fields(many)} - {"rounds", "over"}  # a list has its own rounds
    with app.test_request_context():
        shown = CollectiveForm(formdata=None, data=rule_values(many))
        shown.offer_lists({2: "Tháng 11"})
        assert (len(shown.components), len(shown.gates), len(shown.ties)) == (9, 8, 7)
        sent = {field.name: field.data for field in shown if isinstance(field.data, str)}
        for row in (*shown.components, *shown.gates):
            sent |= {field.name: field.data or "" for field in row.form}
        sent |= {field.name: field.data for field in shown.ties} | {"divisions": "y"}
        again = CollectiveForm(formdata=MultiDict(sent), meta={"csrf": False})
        again.offer_lists({2: "Tháng 11"})
        assert again.rule() == many


def test_a_ranking_on_a_combined_list_with_prizes(desk: Client, app: Flask) -> None:
    with app.app_context():
        add_lists(get_contest("cuoc-thi").id, ListDefinition(1, "Tháng 11", (1,)))
    assert "bảng chung: Tháng 11" in desk.get(f"{PAGE}/1").text
    sent = {**FORM, "of_list": "1", "components-1-of_list": "1", "prizes": "Giải Nhất | 1 | 5.000.000 đồng"}
    page = unescape(desk.post(f"{PAGE}/1", data=sent, follow_redirects=True).text)
    assert "Tính theo bảng chung “Tháng 11”: mỗi người một lần" in page
    assert "số lượt thi trên bảng chung “Tháng 11”" in page
    (rule,) = _rules(app)
    assert (rule.of_list, rule.components[1].of_list) == (1, 1)
    assert rule.prizes == (Prize("Giải Nhất", 1, "5.000.000 đồng"),)
    wrong = desk.post(f"{PAGE}/1", data={**sent, "rounds": "1", "prizes": "Nhất | nhiều"})
    assert wrong.status_code == 422
    assert "viết như: Giải Nhất | 1 | 5.000.000 đồng." in unescape(wrong.text)
