"""After an attempt: given back, too late, a corrected key, a pause; each told truly to the entrant."""

from dataclasses import dataclass
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import update

from quiz.attempts import helping, queries, service
from quiz.attempts.models import Attempt
from quiz.attempts.sheets import Sheet
from quiz.contests.models import Round
from quiz.contests.queries import get_contest_by_id
from quiz.core import clock
from quiz.core.database import transaction
from tests.support.citizen import enter, open_contest, start
from tests.support.client import Client
from tests.support.factories import KEYRING
from tests.support.staff import ACTOR

MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class Sat:
    """An attempt of the client's person."""

    address: str
    code: str
    entry_id: int
    contest_id: int


@pytest.fixture
def sat(app: Flask, client: Client) -> Sat:
    """An attempt that has just begun."""
    slug = open_contest(app, prediction=None)
    enter(client, slug)
    address = start(client, slug)
    code = address.rpartition("/")[2]
    with app.app_context():
        attempt = queries.get_attempt(code)
        return Sat(address, code, attempt.entry_id, attempt.contest_id)


def save(app: Flask, sat: Sat, sheet: Sheet) -> None:
    with app.app_context():
        service.save(sat.code, sheet, entry_id=sat.entry_id, now=clock.now())


def submit(app: Flask, sat: Sat, sheet: Sheet | None = None) -> None:
    with app.app_context():
        service.submit(sat.code, sheet, entry_id=sat.entry_id, now=clock.now(), keyring=KEYRING)


def end_long_ago(app: Flask, sat: Sat) -> None:
    """The deadline and its grace passed."""
    with app.app_context(), transaction() as session:
        over = clock.now() - 2 * MINUTE
        times = {"started_at": over - 15 * MINUTE, "deadline_at": over, "accepts_until": over + MINUTE / 2}
        session.execute(update(Attempt).where(Attempt.code == sat.code).values(**times))


def test_a_given_back_attempt_says_that_it_does_not_count(app: Flask, client: Client, sat: Sat) -> None:
    submit(app, sat, Sheet(1, {1: (1,)}))
    assert "Lượt này không tính" not in client.get(sat.address).text
    with app.app_context():
        contest = get_contest_by_id(sat.contest_id)
        helping.give_back(contest, sat.code, reason="máy hỏng", actor=ACTOR, now=clock.now())
    page = client.get(sat.address).text
    assert "Lượt này không tính" in page
    assert "Ban Tổ chức đã trả lại lượt này" in page
    assert "3 lượt" in page  # all attempts are left again


def test_what_was_saved_in_time_is_not_called_late(app: Flask, client: Client, sat: Sat) -> None:
    """The page hands in everything it knows after the grace: only what is new came late."""
    save(app, sat, Sheet(1, {1: (1,), 2: (2,)}))
    end_long_ago(app, sat)
    submit(app, sat, Sheet(2, {1: (1,), 2: (2,)}))
    assert "sau khi hết giờ" not in client.get(sat.address).text


def test_only_the_new_answers_are_called_late(app: Flask, client: Client, sat: Sat) -> None:
    save(app, sat, Sheet(1, {1: (1,), 2: (2,)}))
    end_long_ago(app, sat)
    reply = client.put(
        f"{sat.address}/sheet", json={"revision": 2, "answers": {"1": [1], "2": [3], "3": [4]}}
    )
    assert reply.status_code == 410
    assert "2 câu gửi đến sau khi hết giờ nên không được tính." in client.get(sat.address).text


@pytest.mark.parametrize("revision,is_told", [(5, True), (2, False)])
def test_a_newer_sheet_after_handing_in_is_kept_apart(
    app: Flask, client: Client, sat: Sat, revision: int, is_told: bool
) -> None:
    """Another device had more: it cannot count, but is not lost without a word. A stale one is no news."""
    submit(app, sat, Sheet(3, {1: (1,)}))
    submit(app, sat, Sheet(revision, {1: (1,), 2: (2,)}))
    with app.app_context():
        attempt = queries.get_attempt(sat.code)
        assert attempt.answers == {"1": [1]}
        assert (attempt.late_sheet is not None) == is_told
    assert ("1 câu gửi đến sau khi bài đã nộp" in client.get(sat.address).text) == is_told


def test_a_pause_is_said_for_as_long_as_it_lasts(app: Flask, client: Client, sat: Sat) -> None:
    """In the page, and in what the page hears while it is open."""
    assert client.get(f"{sat.address}/sheet").json["notice"] is None
    with app.app_context(), transaction() as session:
        paused = {"state": "paused", "state_since": clock.now()}
        session.execute(update(Round).where(Round.contest_id == sat.contest_id).values(**paused))
    heard = client.get(f"{sat.address}/sheet").json
    assert heard["paused"]
    assert heard["notice"] == "Vòng thi đang tạm dừng. Thời gian tạm dừng không bị trừ."
    assert heard["notice"] in client.get(sat.address).text


def test_a_corrected_key_is_marked_in_the_review(app: Flask, client: Client, sat: Sat) -> None:
    submit(app, sat, Sheet(1, {1: (1,)}))
    with app.app_context(), transaction() as session:
        revision = queries.get_attempt(sat.code).paper[0][0]
        values = {"state": "published", "closes_at": clock.now() - MINUTE, "state_since": clock.now()}
        session.execute(update(Round).where(Round.contest_id == sat.contest_id).values(**values))
    assert "Đáp án đã điều chỉnh" not in client.get(sat.address).text
    correct_key(app, sat, revision)
    page = client.get(sat.address).text
    assert page.count("Đáp án đã điều chỉnh") == 1
    assert "Không tính" in page


def correct_key(app: Flask, sat: Sat, revision: int) -> None:
    """The question does not count any more."""
    with app.app_context(), transaction() as session:
        round_ = session.get_one(Round, (sat.contest_id, 1))
        round_.corrections_data = {str(revision): {"void": True}}
