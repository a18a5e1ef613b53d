"""Editing contests and rounds on pages: the rules of definitions hold, and refusals change nothing."""

import re
from datetime import timedelta
from decimal import Decimal
from html import unescape

import pytest

from quiz.contests import queries
from quiz.contests.definition import (
    ContestDefinition,
    ContestSettings,
    MatrixCell,
    PaperRule,
    PublishTime,
    parse_definition,
)
from quiz.contests.phases import RoundAction
from quiz.contests.service import apply_definition, change_state, definition_of
from quiz.core import clock
from quiz.core.database import db
from quiz.scoring.ranking import Criterion
from tests.support.factories import make_bank, round_definition
from tests.support.forms import fields_of
from tests.support.staff import ACTOR, signed_in

ROUND = "/manage/c/cuoc-thi/rounds/1/edit"
CONTEST = "/manage/c/cuoc-thi/edit"


def _definition(app):
    with app.app_context():
        db.session.rollback()
        return definition_of(queries.get_contest("cuoc-thi"))


@pytest.fixture
def setup(app, client):
    """A contest with one round, a draft or open, and an organiser at work."""

    def make(*, is_open=False, **changes):
        now = clock.now()
        opens = now + timedelta(days=-1 if is_open else 1)
        two_cells = (MatrixCell("Chủ đề B", None, 2), MatrixCell("Chủ đề A", None, 4))
        wanted = {
            "opens_at": opens,
            "closes_at": now + timedelta(days=6),
            "paper": PaperRule("bank", matrix=two_cells),
            "ranking": (Criterion.CORRECT_COUNT, Criterion.PREDICTION_ERROR, Criterion.DURATION),
        }
        definition = ContestDefinition(
            "cuoc-thi",
            ContestSettings("Cuộc thi", organiser="Ban Tổ chức", hotline="0212 000 0000"),
            rounds=(round_definition(**(wanted | changes)),),
        )
        with app.app_context():
            make_bank()
            apply_definition(definition, actor=ACTOR, now=now)
            if is_open:
                before = opens - timedelta(hours=1)
                change_state(queries.get_contest("cuoc-thi"), 1, RoundAction.OPEN, actor=ACTOR, now=before)
        signed_in(client)

    return make


def test_sending_a_round_as_it_came_changes_nothing(setup, app, client):
    setup(is_open=True)
    before = _definition(app)
    reply = client.post(ROUND, data=fields_of(client.get(ROUND).text, ROUND))
    assert reply.status_code == 303, reply.text
    assert _definition(app) == before


def test_a_share_of_the_bank_is_kept_and_one_too_small_is_said(setup, app, client):
    setup()
    data = fields_of(client.get(ROUND).text, ROUND)
    data["exposure_cap"], data["do"] = "40", "refresh"
    page = client.post(ROUND, data=data).text
    assert "Chủ đề “Chủ đề A”: ngân hàng có 6 câu, được thấy 2, mỗi đề lấy 4." in page
    assert "Chủ đề “Chủ đề B”: ngân hàng" not in page
    data.pop("do")
    assert client.post(ROUND, data=data).status_code == 303
    assert _definition(app).rounds[0].paper.exposure_cap == Decimal("0.4")
    data["exposure_cap"] = "101"
    assert client.post(ROUND, data=data).status_code == 422
    data["exposure_cap"] = ""
    client.post(ROUND, data=data)
    assert _definition(app).rounds[0].paper.exposure_cap is None


def test_a_draft_takes_every_change(setup, app, client):
    setup()
    data = fields_of(client.get(ROUND).text, ROUND)
    for name, value in {
        "name": "Tuần đầu",
        "opens_day": "05/01/2030",
        "opens_time": "08:30",
        "closes_day": "2030-01-12",
        "closes_time": "17:00",
        "minutes": "20",
        "limit": "",
        "cell-0-0": "3",
        "finish": "let_finish",
        "must_answer_all": "y",
        "score": "after_close",
    }.items():
        data[name] = value
    assert client.post(ROUND, data=data).status_code == 303
    saved = _definition(app).rounds[0]
    assert (saved.name, saved.minutes, saved.attempts.limit) == ("Tuần đầu", 20, None)
    assert saved.opens_at.isoformat() == "2030-01-05T01:30:00+00:00"
    assert saved.closes_at.isoformat() == "2030-01-12T10:00:00+00:00"
    assert {(cell.topic, cell.count) for cell in saved.paper.matrix} == {("Chủ đề A", 3), ("Chủ đề B", 2)}
    assert saved.must_answer_all


def test_the_matrix_of_an_open_round_is_kept(setup, app, client):
    setup(is_open=True)
    before = _definition(app)
    data = fields_of(client.get(ROUND).text, ROUND)
    data["cell-0-0"] = "1"
    reply = client.post(ROUND, data=data)
    assert reply.status_code == 409
    assert "không đổi được nữa: ma trận đề" in reply.text
    assert _definition(app) == before


def test_an_open_round_may_close_later(setup, app, client):
    setup(is_open=True)
    data = fields_of(client.get(ROUND).text, ROUND)
    data["closes_day"] = "01/02/2031"
    assert client.post(ROUND, data=data).status_code == 303
    assert _definition(app).rounds[0].closes_at.year == 2031


@pytest.mark.parametrize(
    "changes, words",
    [
        ({"closes_day": "01/01/2020"}, "giờ đóng"),
        ({"closes_day": "31/02/2030"}, "Ngày đóng"),
        ({"opens_time": "25:00"}, "Giờ mở"),
        ({"minutes": "ba"}, "Thời gian làm bài"),
        ({"cell-0-0": "ba"}, "“ba” trong ma trận đề không phải số câu"),
        ({"cell-0-0": "", "cell-1-0": ""}, "Đề thi chưa có câu nào"),
        ({"target": ""}, "không có câu dự đoán"),
        ({"name": ""}, "chưa nhập tên vòng"),
        ({"score": "after_publication", "key": "after_close"}, "Đáp án hiện trước điểm"),
    ],
)
def test_what_does_not_agree_comes_back_with_words(changes, words, setup, app, client):
    setup()
    before = _definition(app)
    data = fields_of(client.get(ROUND).text, ROUND)
    for name, value in changes.items():
        data[name] = value
    reply = client.post(ROUND, data=data)
    assert reply.status_code == 422
    assert words in unescape(reply.text)
    assert 'id="loi"' in reply.text
    assert _definition(app) == before


def test_when_boards_are_shown_and_stand_still_is_set_on_the_page(setup, app, client):
    setup()
    data = fields_of(client.get(ROUND).text, ROUND)
    data["board"], data["freeze_minutes"] = "after_close", "30"
    assert client.post(ROUND, data=data).status_code == 303
    publish = _definition(app).rounds[0].publish
    assert (publish.board, publish.freeze_minutes) == (PublishTime.AFTER_CLOSE, 30)
    data["freeze_minutes"] = "-1"
    assert "từ 0 đến 1440 phút" in client.post(ROUND, data=data).text


def test_the_order_of_the_ranking_moves_by_buttons_without_saving(setup, app, client):
    setup()
    before = _definition(app)
    data = fields_of(client.get(ROUND).text, ROUND)
    for deed, expected in (
        ("up:duration", ["correct_count", "duration", "prediction_error"]),
        ("drop:correct_count", ["duration", "prediction_error"]),
        ("add", ["duration", "prediction_error", "submitted_at"]),
        ("down:duration", ["prediction_error", "duration", "submitted_at"]),
    ):
        data["do"], data["criterion"] = deed, "submitted_at"
        page = client.post(ROUND, data=data)
        assert page.status_code == 200
        data = fields_of(page.text, ROUND)
        assert data.getlist("ranking") == expected
    assert _definition(app) == before
    assert client.post(ROUND, data=data).status_code == 303
    assert [one.value for one in _definition(app).rounds[0].ranking] == expected


def test_the_matrix_shows_what_the_bank_has(setup, client):
    setup()
    data = fields_of(client.get(ROUND).text, ROUND)
    data["cell-0-0"], data["do"] = "9", "refresh"
    page = client.post(ROUND, data=data).text
    assert "thiếu 3, có 6" in page


def test_rounds_are_added_and_drafts_removed(setup, app, client):
    setup()
    reply = client.post("/manage/c/cuoc-thi/rounds")
    assert reply.location == "/manage/c/cuoc-thi/rounds/2/edit"
    first, second = _definition(app).rounds
    assert second.name == "Tuần 2"
    assert second.opens_at == first.opens_at + timedelta(days=5)
    assert second.closes_at == first.closes_at + timedelta(days=5)
    remove = "/manage/c/cuoc-thi/rounds/2/remove"
    assert client.post(remove).status_code == 422
    assert client.post(remove, data={"sure": "y"}).status_code == 303
    assert len(_definition(app).rounds) == 1


def test_an_open_round_is_not_removed(setup, app, client):
    setup(is_open=True)
    reply = client.post("/manage/c/cuoc-thi/rounds/1/remove", data={"sure": "y"})
    assert reply.status_code == 409
    assert len(_definition(app).rounds) == 1


def test_the_contest_is_edited(setup, app, client):
    setup()
    data = fields_of(client.get(CONTEST).text, CONTEST)
    data["title"], data["decision_number"], data["decision_date"] = "Tên mới <b>", "12-KH", "01/10/2026"
    reply = client.post(CONTEST, data=data)
    assert reply.status_code == 303, reply.text
    saved = _definition(app)
    assert saved.title == "Tên mới <b>"
    assert saved.settings.decision is not None
    assert saved.settings.decision.date.isoformat() == "2026-10-01"
    assert "Tên mới &lt;b&gt;" in client.get("/manage").text


@pytest.mark.parametrize(
    "changes, status, words",
    [
        ({"title": ""}, 422, "chưa nhập tên cuộc thi"),
        ({"decision_number": "12"}, 422, "cần cả ngày văn bản"),
    ],
)
def test_the_contest_keeps_its_rules(changes, status, words, setup, app, client):
    setup(is_open=True)
    before = _definition(app)
    data = fields_of(client.get(CONTEST).text, CONTEST)
    for name, value in changes.items():
        data[name] = value
    reply = client.post(CONTEST, data=data)
    assert reply.status_code == status, reply.text
    assert words in unescape(reply.text)
    assert _definition(app) == before


def test_the_definition_goes_out_and_comes_in(setup, app, client):
    setup()
    file = client.get("/manage/c/cuoc-thi/definition.toml")
    assert "attachment" in file.headers["Content-Disposition"]
    assert parse_definition(file.text) == _definition(app)
    text = file.text.replace("cuoc-thi", "ban-sao", 1)
    reply = client.post("/manage/contests/new", data={"text": text})
    assert reply.location == "/manage/c/ban-sao/"
    same = client.post("/manage/contests/new", data={"text": text}, follow_redirects=True)
    assert "không có gì thay đổi" in same.text


def test_a_wrong_definition_comes_back_with_its_lines(setup, client):
    setup()
    reply = client.post("/manage/contests/new", data={"text": '[contest]\nslug = "a"\ntitel = "x"\n'})
    assert reply.status_code == 422
    assert "Dòng 3" in reply.text
    assert client.get("/manage/c/a/").status_code == 404


@pytest.mark.parametrize("data", [{}, {"text": "  "}])
def test_an_empty_definition_is_refused(data, setup, client):
    setup()
    assert client.post("/manage/contests/new", data=data).status_code == 422


def test_made_up_people_stand_in_the_order_of_the_page_before_it_is_saved(setup, app, client):
    def heads(page: str) -> list[str]:
        sample = page[page.index('id="thu-xep-hang"') :]
        return re.findall(r'<th scope="col">([^<]+)</th>', sample[: sample.index("</thead>")])

    setup()
    before, page = _definition(app), client.get(ROUND).text
    data = fields_of(page, ROUND)
    data.setlist("ranking", ["duration", "correct_count"])
    data["do"] = "refresh"
    tried = client.post(ROUND, data=data).text
    assert heads(tried)[2:4] != heads(page)[2:4]
    assert _definition(app) == before  # nothing was saved
