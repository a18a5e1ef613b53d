"""Requests: asked, answered, done, refused, taken back; each in the log, none twice."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from quiz.audit.actors import Actor
from quiz.audit.models import AuditEvent
from quiz.contests.models import Contest
from quiz.core.database import db
from quiz.core.errors import NotFound
from quiz.entries.queries import get_entry
from quiz.privacy import queries, service
from quiz.privacy.errors import RequestInvalid, RequestRefused
from quiz.privacy.kinds import Kind, State
from quiz.privacy.models import DataRequest
from tests.support.factories import KEYRING, NOW, make_contest, make_entry
from tests.support.parallel import at_once
from tests.support.staff import make_staff


@pytest.fixture
def contest(app: Flask) -> Contest:
    """A contest with two people."""
    made = make_contest()
    make_entry(made, 1)
    return made


@pytest.fixture
def officer(app: Flask) -> Actor:
    """Who answers."""
    staff = make_staff()
    return Actor.staff(staff.id, staff.name)


def ask(contest: Contest, kind: Kind = Kind.ERASE, **wish: str) -> DataRequest:
    """Ask as the first person."""
    return service.ask(contest, make_entry(contest, 1).id, kind, wish=wish, now=NOW, keyring=KEYRING)


def test_what_is_written_is_encrypted_for_its_row(contest: Contest) -> None:
    asked = ask(contest, Kind.OBJECT, words="Đừng gọi số 0912 345 678")
    assert asked.wish_cipher is not None
    assert "0912" not in asked.wish_cipher
    assert service.wish_of(asked, KEYRING) == {"words": "Đừng gọi số 0912 345 678"}


def test_asking_twice_leads_to_the_request_that_waits(contest: Contest) -> None:
    assert ask(contest).id == ask(contest).id
    assert len(queries.list_waiting(contest.id)) == 1


def test_ten_clicks_at_once_make_one_request(app: Flask, contest: Contest) -> None:
    entry_id, contest_id = make_entry(contest, 1).id, contest.id

    def send() -> int:
        mine = db.session.get(Contest, contest_id)
        assert mine is not None
        return service.ask(mine, entry_id, Kind.ERASE, now=NOW, keyring=KEYRING).id

    assert len(set(at_once(app, 10, send))) == 1


def test_an_objection_needs_words(contest: Contest) -> None:
    with pytest.raises(RequestInvalid, match="words_needed"):
        ask(contest, Kind.OBJECT, words="  ")


def test_an_answer_stops_only_the_first_clock(contest: Contest, officer: Actor) -> None:
    asked = ask(contest)
    late = NOW + timedelta(days=5)
    assert queries.count_queue(contest.id, late).late == 1
    service.answer(contest, asked.id, "Đang xét giải, xong thứ Sáu.", actor=officer, now=NOW)
    assert queries.count_queue(contest.id, late) == queries.QueueCounts(1, 0)
    assert queries.count_queue(contest.id, NOW + timedelta(days=12)).late == 1


def test_refusing_needs_a_reason_and_ends_it(contest: Contest, officer: Actor) -> None:
    asked = ask(contest)
    with pytest.raises(RequestInvalid, match="answer_needed"):
        service.refuse(contest, asked.id, " ", actor=officer, now=NOW)
    service.refuse(contest, asked.id, "Đang giải quyết khiếu nại.", actor=officer, now=NOW)
    again = queries.get_request(contest.id, asked.id)
    assert (again.state, again.wish_cipher) == (State.REFUSED.value, None)
    assert get_entry(contest.id, asked.entry_id).status == "active"
    with pytest.raises(RequestRefused, match="request_is_over"):
        service.fulfil(contest, asked.id, "", actor=officer, now=NOW, keyring=KEYRING)


def test_only_the_person_takes_it_back(contest: Contest) -> None:
    asked, other = ask(contest), make_entry(contest, 2)
    with pytest.raises(NotFound):
        service.take_back(contest, other.id, asked.id, now=NOW)
    service.take_back(contest, asked.entry_id, asked.id, now=NOW)
    assert not queries.list_waiting(contest.id)
    assert queries.get_request(contest.id, asked.id).state == State.TAKEN_BACK.value


def test_withdrawing_the_agreement_to_publish_is_done_at_once(contest: Contest) -> None:
    entry = make_entry(contest, 1)
    assert entry.may_publish
    for _time in range(2):
        service.publish_no_more(contest, entry.id, now=NOW, keyring=KEYRING)
    assert not get_entry(contest.id, entry.id).may_publish
    kept = queries.list_requests_of(contest.id, entry.id)
    assert [(one.kind, one.state) for one in kept] == [("withdraw", "done")]


def test_another_contests_request_is_not_found(contest: Contest, officer: Actor) -> None:
    asked, other = ask(contest), make_contest("khac")
    with pytest.raises(NotFound):
        service.fulfil(other, asked.id, "", actor=officer, now=NOW, keyring=KEYRING)


def test_the_log_names_no_person(contest: Contest, officer: Actor) -> None:
    service.fulfil(contest, ask(contest).id, "Đã xóa.", actor=officer, now=NOW, keyring=KEYRING)
    for event in db.session.scalars(select(AuditEvent).where(AuditEvent.contest_id == contest.id)):
        assert "Hương" not in f"{event.subject} {event.detail}"
