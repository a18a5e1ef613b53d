"""Combined lists on pages: added, put in order without JavaScript, fixed once a round has opened, removed."""

from datetime import timedelta

import pytest

from quiz.accounts.permissions import Role
from quiz.contests.definition import (
    Admission,
    ContestDefinition,
    ContestSettings,
    ListDefinition,
    OpenHours,
    Take,
    Weekday,
)
from quiz.contests.phases import RoundAction
from quiz.contests.queries import get_contest
from quiz.contests.service import apply_definition, change_state, definition_of
from quiz.core import clock
from quiz.core.database import db
from quiz.scoring.prediction import Stated
from quiz.scoring.ranking import Criterion
from tests.support.factories import make_bank, round_definition
from tests.support.forms import fields_of
from tests.support.staff import ACTOR, signed_in

LISTS = "/manage/c/cuoc-thi/lists"
ROUND = "/manage/c/cuoc-thi/rounds/2/edit"


@pytest.fixture
def contest(app, client):
    """Two draft rounds, tomorrow; an organiser signed in."""
    now = clock.now()
    times = {"opens_at": now + timedelta(days=1), "closes_at": now + timedelta(days=6)}
    ranking = (Criterion.CORRECT_COUNT, Criterion.PREDICTION_ERROR)
    rounds = tuple(round_definition(number, ranking=ranking, **times) for number in (1, 2))
    definition = ContestDefinition(
        "cuoc-thi", ContestSettings("Cuộc thi", organiser="Ban Tổ chức", hotline="0212"), rounds=rounds
    )
    with app.app_context():
        make_bank()
        apply_definition(definition, actor=ACTOR, now=now)
    signed_in(client)


def _stored(app) -> ContestDefinition:
    with app.app_context():
        db.session.rollback()
        return definition_of(get_contest("cuoc-thi"))


def test_a_list_is_added_and_put_in_order(app, client, contest):
    assert "Chưa có bảng chung nào" in client.get(LISTS).text
    form = fields_of(client.get(f"{LISTS}/new").text, f"{LISTS}/1")
    assert form.getlist("rounds") == ["1", "2"]
    moved = client.post(f"{LISTS}/1", data={**form.to_dict(flat=False), "do": "up:duration"})
    form = fields_of(moved.text, f"{LISTS}/1")
    assert form.getlist("ranking") == ["duration", "correct_count", "attempts"]
    assert _stored(app).lists == ()
    form.setlist("name", ["Tháng 11"])
    form.setlist("take", ["best"])
    assert client.post(f"{LISTS}/1", data=form).status_code == 303
    order = (Criterion.DURATION, Criterion.CORRECT_COUNT, Criterion.ATTEMPTS)
    assert _stored(app).lists == (ListDefinition(1, "Tháng 11", (1, 2), Take.BEST, ranking=order),)
    assert "Tháng 11" in client.get(LISTS).text


def test_what_is_wrong_stands_at_its_field(client, contest):
    form = fields_of(client.get(f"{LISTS}/new").text, f"{LISTS}/1")
    form.setlist("rounds", ["1"])
    form.setlist("min_rounds", ["2"])
    reply = client.post(f"{LISTS}/1", data=form)
    assert reply.status_code == 422
    assert "Cần 2 vòng nhưng bảng chung chỉ có 1" in reply.text


def test_once_a_round_is_open_only_the_name_changes(app, client, contest):
    form = fields_of(client.get(f"{LISTS}/new").text, f"{LISTS}/1")
    client.post(f"{LISTS}/1", data=form)
    with app.app_context():
        change_state(get_contest("cuoc-thi"), 1, RoundAction.OPEN, actor=ACTOR, now=clock.now(), at_once=True)
    form = fields_of(client.get(f"{LISTS}/1").text, f"{LISTS}/1")
    form.setlist("take", ["best"])
    refused = client.post(f"{LISTS}/1", data=form)
    assert (refused.status_code, "không đổi cách xếp" in refused.text) == (409, True)
    form.setlist("take", ["sum"])
    form.setlist("name", ["Chung cuộc"])
    assert client.post(f"{LISTS}/1", data=form).status_code == 303
    assert client.post(f"{LISTS}/1/remove").status_code == 422
    assert client.post(f"{LISTS}/1/remove", data={"sure": "y"}).status_code == 409
    assert [one.name for one in _stored(app).lists] == ["Chung cuộc"]


def test_the_ladder_of_access(app, client, contest):
    other = app.test_client()
    assert other.get(LISTS).status_code == 303
    signed_in(other, Role.AUDITOR)
    for path in (LISTS, f"{LISTS}/new", f"{LISTS}/1"):
        assert other.get(path).status_code == 403
    assert client.get(f"{LISTS}/7").status_code == 404
    assert client.post(f"{LISTS}/7/remove").status_code == 404


def test_a_round_gets_hours_qualifiers_and_the_prediction_that_counts(app, client, contest):
    form = fields_of(client.get(ROUND).text, ROUND)
    assert client.post(ROUND, data=form).status_code == 303
    assert _stored(app).rounds[1].windows is None
    form.setlist("hours_days", ["mon", "tue"])
    form.setlist("hours_from", ["8:00"])
    form.setlist("hours_to", ["22:00"])
    form.setlist("admits_source", ["round:1"])
    form.setlist("admits_top", ["100"])
    form.setlist("stated", ["first"])
    assert client.post(ROUND, data=form).status_code == 303
    changed = _stored(app).rounds[1]
    assert changed.windows == OpenHours((Weekday.MON, Weekday.TUE), "08:00", "22:00")
    assert changed.admits == Admission(of_round=1, top=100)
    assert changed.prediction is not None
    assert changed.prediction.counts is Stated.FIRST
    again = fields_of(client.get(ROUND).text, ROUND)
    client.post(ROUND, data=again)
    assert _stored(app).rounds[1] == changed
    again.setlist("hours_to", ["25h"])
    assert client.post(ROUND, data=again).status_code == 422
