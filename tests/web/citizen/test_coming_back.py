"""Another device needs the entrant's own proof, is logged without personal data, and organisers see it."""

import pytest
from flask import Flask
from sqlalchemy import select

from quiz.audit.models import AuditEvent
from quiz.core.database import db
from tests.support.citizen import enter, open_contest, start
from tests.support.client import Client
from tests.support.staff import signed_in

PROOF = {
    "resume-phone": "0912 345 678",
    "resume-birth_day": "15",
    "resume-birth_month": "8",
    "resume-birth_year": "1962",
}


@pytest.fixture
def other(app: Flask) -> Client:
    """A second device."""
    made = app.test_client()
    assert isinstance(made, Client)
    return made


def returns(app: Flask) -> list[AuditEvent]:
    """The lines of the log about coming back."""
    with app.app_context():
        wanted = select(AuditEvent).where(AuditEvent.action == "entrant_returned")
        return list(db.session.scalars(wanted))


def test_the_same_paper_on_another_device_after_the_proof(app: Flask, client: Client, other: Client):
    slug = open_contest(app)
    enter(client, slug)
    attempt = start(client, slug)
    assert other.get(attempt).status_code == 404
    assert other.post(f"/c/{slug}/resume", data=PROOF | {"resume-birth_day": "16"}).status_code == 422
    assert other.get(attempt).status_code == 404
    assert returns(app) == []
    assert other.post(f"/c/{slug}/resume", data=PROOF).status_code == 303
    assert other.get(attempt).status_code == 200
    assert start(other, slug) == attempt
    (line,) = returns(app)
    assert line.actor_kind == "entrant"
    assert (line.actor_name, line.detail) == ("", {})  # who by number and when; nothing personal
    assert line.subject == f"entry {line.actor_id}"


def test_the_device_that_already_acts_for_the_person_is_no_other(app: Flask, client: Client):
    slug = open_contest(app)
    enter(client, slug)
    client.post(f"/c/{slug}/resume", data=PROOF)
    enter(client, slug)
    assert returns(app) == []


def test_entering_again_with_the_same_data_is_coming_back(app: Flask, client: Client, other: Client):
    slug = open_contest(app)
    enter(client, slug)
    enter(other, slug)
    assert len(returns(app)) == 1


def test_organisers_see_when_the_person_came_back(app: Flask, client: Client, other: Client):
    slug = open_contest(app)
    enter(client, slug)
    other.post(f"/c/{slug}/resume", data=PROOF)
    entry_id = returns(app)[0].actor_id
    signed_in(client)
    page = client.get(f"/manage/c/{slug}/entrants/{entry_id}").get_data(as_text=True)
    assert "Vào lại trên thiết bị khác" in page
    assert "Chưa lần nào" not in page
    # the contest's log is about what staff did; the crowd would drown it
    assert "Người dự thi vào lại" not in client.get("/manage/log").get_data(as_text=True)
