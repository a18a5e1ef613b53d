"""Every error page says what happened, what became of the answers, what to do, and whom to call."""

import dataclasses
import re

import pytest
from sqlalchemy.exc import OperationalError

from quiz.web import errors
from quiz.web.errors import error_page
from tests.support.citizen import enter, open_contest, start

STATUSES = (400, 403, 404, 405, 409, 410, 413, 422, 429, 500, 503)


@pytest.fixture
def answered(app, monkeypatch):
    """Somebody answers for the site."""
    source = {"QUIZ_HOTLINE": "0212 111 222", "QUIZ_HOTLINE_HOURS": "7:30–17:00"}
    monkeypatch.setitem(app.config, "SETTINGS", dataclasses.replace(app.config["SETTINGS"], source=source))


@pytest.mark.parametrize("status", STATUSES)
def test_a_page_says_all_four(app, answered, status):
    with app.test_request_context("/nowhere"):
        page, code = error_page(status)
    assert code == status
    terms = re.findall(r"<dt>([^<]+)</dt><dd>(.+?)</dd>", page)
    assert dict(terms).keys() >= {"Bài đang làm", "Việc cần làm", "Hỗ trợ"}
    assert 'href="tel:0212111222"' in page
    assert 'name="robots" content="noindex"' in page
    assert page.count("<h1>") == 1


def test_staff_read_nothing_of_answers(app):
    with app.test_request_context("/manage/c/x"):
        page, _ = error_page(403)
    assert "Bài đang làm" not in page


def test_busy_asks_again_by_itself_unless_something_was_sent(app):
    with app.test_request_context("/c/x"):
        assert 'data-again="20"' in error_page(503)[0]
    with app.test_request_context("/c/x", method="POST"):
        assert "data-again" not in error_page(503)[0]


def test_somebody_elses_attempt_leads_back_in(app, client):
    address = start_of_attempt(app, client)
    reply = app.test_client().get(address)
    assert reply.status_code == 404
    page = reply.get_data(as_text=True)
    assert "Vào lại bằng số điện thoại và ngày sinh" in page


def test_the_database_may_be_away_from_every_part_of_the_page(app, client, monkeypatch):
    slug = open_contest(app)
    app.config["SHOW_ERROR_PAGES"] = True

    def away(*_args, **_more):
        raise OperationalError("SELECT", {}, Exception("gone"))

    monkeypatch.setattr("quiz.contests.queries.find_contest", away)
    monkeypatch.setattr("quiz.contests.queries.get_contest", away)
    reply = client.get(f"/c/{slug}/rules")
    assert reply.status_code == 503
    assert reply.headers["Retry-After"] == str(errors._RETRY_SECONDS)
    assert "Máy chủ đang bận" in reply.get_data(as_text=True)


def start_of_attempt(app, client) -> str:
    slug = open_contest(app)
    enter(client, slug)
    return start(client, slug)
