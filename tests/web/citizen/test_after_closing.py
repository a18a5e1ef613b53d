"""After closing: nobody new, but whoever was there comes back, to work that goes on or to look at it."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import update

from quiz.attempts.models import Attempt
from quiz.contests.definition import Unique
from quiz.contests.models import Round
from quiz.contests.phases import RoundState
from quiz.core import clock
from quiz.core.database import transaction
from tests.support.citizen import FORM, enter, open_contest, start
from tests.support.client import Client
from tests.support.factories import make_bank, make_contest, round_definition
from tests.web.citizen.test_coming_back import PROOF

HOUR = timedelta(hours=1)
SLUG = "dai-hoi"


@pytest.fixture
def other(app: Flask) -> Client:
    """A second device."""
    made = app.test_client()
    assert isinstance(made, Client)
    return made


def close(app: Flask, state: RoundState = RoundState.READY) -> None:
    """The rounds closed an hour ago; attempts that run have another hour, as added time gives it."""
    now = clock.now()
    with app.app_context(), transaction() as session:
        session.execute(update(Round).values(closes_at=now - HOUR, state=state.value, state_since=now - HOUR))
        session.execute(update(Attempt).values(deadline_at=now + HOUR, accepts_until=now + HOUR))


def test_who_still_has_time_goes_on_working_on_another_device(app: Flask, client: Client, other: Client):
    open_contest(app, SLUG)
    enter(client, SLUG)
    attempt = start(client, SLUG)
    close(app)
    assert other.get(f"/c/{SLUG}/enter").location == f"/c/{SLUG}/resume"
    page = other.get(f"/c/{SLUG}/resume")
    assert "không nhận người mới" in page.text
    back = other.post(f"/c/{SLUG}/resume", data=PROOF)
    assert back.location == f"/c/{SLUG}/mine"
    ready = other.get(back.location, follow_redirects=True)
    assert "Làm tiếp bài thi" in ready.text
    assert attempt in ready.text
    assert other.put(f"{attempt}/sheet", json={"revision": 1, "answers": {"1": [1]}}).status_code == 200


def test_the_review_is_open_on_a_new_device_after_publication(app: Flask, client: Client, other: Client):
    open_contest(app, SLUG, prediction=None)
    enter(client, SLUG)
    attempt = start(client, SLUG)
    client.post(f"{attempt}/submit")
    close(app, RoundState.PUBLISHED)
    assert "Xem lại bài đã thi" in other.get(f"/c/{SLUG}").text
    other.post(f"/c/{SLUG}/resume", data=PROOF)
    ready = other.get(f"/c/{SLUG}/mine", follow_redirects=True)
    assert attempt in ready.text
    assert "Xem lại bài thi" in other.get(attempt).text


def test_nobody_new_comes_in(app: Flask, client: Client):
    open_contest(app, SLUG)
    close(app)
    assert enter(client, SLUG).status_code == 409
    assert client.post(f"/c/{SLUG}/resume", data=PROOF).status_code == 422
    assert client.get(f"/c/{SLUG}/mine").location == f"/c/{SLUG}/enter"


def test_people_who_share_phone_and_birth_date_add_the_name(app: Flask, client: Client, other: Client):
    with app.app_context():
        make_bank()
        now = clock.now()
        times = {"opens_at": now - HOUR, "closes_at": now + HOUR}
        make_contest(SLUG, round_definition(**times), unique=Unique.PHONE_NAME_BIRTH_DATE)
    enter(client, SLUG)
    enter(client, SLUG, name="Lò Thị Hoa")
    close(app)
    asked = other.post(f"/c/{SLUG}/resume", data=PROOF)
    assert asked.status_code == 422
    assert 'name="resume-name"' in asked.text
    assert "Nhập thêm họ và tên" in asked.text
    assert other.post(f"/c/{SLUG}/resume", data=PROOF | {"resume-name": "lo thi hoa"}).status_code == 303
    assert "Lò Thị Hoa" in other.get(f"/c/{SLUG}/mine", follow_redirects=True).text


def test_a_paper_that_runs_comes_before_the_round_that_has_opened(app: Flask, client: Client, other: Client):
    now = clock.now()
    with app.app_context():
        make_bank()
        first = round_definition(1, opens_at=now - HOUR, closes_at=now + HOUR, prediction=None)
        make_contest(SLUG, first, round_definition(2, opens_at=now - HOUR, closes_at=now + 2 * HOUR))
    enter(client, SLUG)
    attempt = start(client, SLUG)
    with app.app_context(), transaction() as session:
        session.execute(update(Round).where(Round.number == 1).values(closes_at=now))
    other.post(f"/c/{SLUG}/resume", data=PROOF)
    assert other.get(f"/c/{SLUG}/mine").location == f"/c/{SLUG}/rounds/1"
    other.post(f"{attempt}/submit")
    assert other.get(f"/c/{SLUG}/mine").location == f"/c/{SLUG}/rounds/2"
    assert f'href="/c/{SLUG}/rounds/1"' in other.get(f"/c/{SLUG}/rounds/2").text


def test_the_form_of_entry_stays_for_who_is_early(app: Flask, client: Client):
    open_contest(app, SLUG)
    assert client.get(f"/c/{SLUG}/enter").status_code == 200
    assert client.post(f"/c/{SLUG}/enter", data=FORM).status_code == 200
    assert "Chưa từng đăng ký?" in client.get(f"/c/{SLUG}/resume").text
