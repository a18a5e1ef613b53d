"""Complaints have a number, a date by which they are answered, and one answer."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from quiz.audit.actors import Actor
from quiz.audit.models import AuditEvent
from quiz.complaints import queries
from quiz.complaints.service import MOST_IN_A_ROUND, ComplaintRefused, answer, complain
from quiz.complaints.verdicts import Verdict
from quiz.contests.models import Contest, Round
from quiz.contests.phases import RoundState
from quiz.contests.queries import get_contest
from quiz.core.database import db, transaction
from quiz.core.errors import DomainError, NotFound
from quiz.privacy.erasure import erase
from quiz.privacy.own_data import own_data
from quiz.privacy.showing import as_file
from tests.support.factories import KEYRING, NOW, make_entry
from tests.support.parallel import at_once
from tests.support.sittings import fixed_contest

HA = Actor.staff(7, "Nguyễn Thị Minh Hà")
DAY = timedelta(days=1)


@pytest.fixture
def contest() -> Contest:
    """A round that was frozen a moment ago."""
    made = fixed_contest()
    set_state(made, RoundState.FROZEN)
    return made


def set_state(contest: Contest, state: RoundState) -> None:
    with transaction() as session:
        row = session.get_one(Round, (contest.id, 1))
        row.state, row.state_since = state.value, NOW


def test_a_complaint_is_numbered_and_answered_once(contest: Contest) -> None:
    entry = make_entry(contest)
    first = complain(contest, 1, entry.id, " Câu 3 có hai đáp án ", now=NOW)
    second = complain(contest, 1, make_entry(contest, 2).id, "Bài nộp đúng giờ", now=NOW + DAY)
    assert (first.number, second.number, first.words) == (1, 2, "Câu 3 có hai đáp án")
    assert first.due_at == NOW + 3 * DAY
    assert queries.count_waiting(contest.id, NOW + 3.5 * DAY) == queries.Waiting(2, 1)
    assert [one.number for one in queries.list_waiting(contest.id)] == [1, 2]
    answer(contest, 1, Verdict.UPHELD, "Đã nhận thêm đáp án B", actor=HA, now=NOW)
    with pytest.raises(ComplaintRefused, match="complaint_answered"):
        answer(contest, 1, Verdict.DISMISSED, "Không", actor=HA, now=NOW)
    (own,) = queries.list_complaints_of(contest.id, entry.id)
    assert (own.verdict, own.answer, own.answered_name) == ("upheld", "Đã nhận thêm đáp án B", HA.name)
    assert queries.count_waiting(contest.id, NOW, 1).count == 1
    lines = db.session.scalars(select(AuditEvent).where(AuditEvent.action.like("complaint_%"))).all()
    assert [line.action for line in lines].count("complaint_made") == 2
    assert not [line for line in lines if "Câu 3" in str(line.detail)]


def test_what_is_refused(contest: Contest) -> None:
    entry = make_entry(contest)
    for words in (" ", "x" * 2_001):
        with pytest.raises(ComplaintRefused, match="complaint_length"):
            complain(contest, 1, entry.id, words, now=NOW)
    with pytest.raises(NotFound):
        complain(contest, 9, entry.id, "x", now=NOW)
    with pytest.raises(NotFound):
        answer(contest, 1, Verdict.UPHELD, "x", actor=HA, now=NOW)
    for _turn in range(MOST_IN_A_ROUND):
        complain(contest, 1, entry.id, "Một điều nữa", now=NOW)
    with pytest.raises(ComplaintRefused, match="complaints_enough"):
        complain(contest, 1, entry.id, "Một điều nữa", now=NOW)
    set_state(contest, RoundState.PUBLISHED)
    with pytest.raises(ComplaintRefused, match="complaints_closed"):
        complain(contest, 1, make_entry(contest, 2).id, "Muộn", now=NOW + 3 * DAY)


def test_many_at_once_get_a_number_each(contest: Contest, app: Flask) -> None:
    people, slug = [make_entry(contest, number).id for number in range(1, 7)], contest.slug
    turns = iter(range(6))

    def act() -> int:
        return complain(get_contest(slug), 1, people[next(turns)], "Xin xem lại", now=NOW).number

    assert sorted(at_once(app, 6, act)) == [1, 2, 3, 4, 5, 6]


def test_one_person_at_once_stays_within_the_number_of_complaints(contest: Contest, app: Flask) -> None:
    entry, slug = make_entry(contest).id, contest.slug

    def act() -> str:
        try:
            complain(get_contest(slug), 1, entry, "Xin xem lại", now=NOW)
        except DomainError as error:
            return error.code
        return "made"

    assert at_once(app, 6, act).count("made") == MOST_IN_A_ROUND


def test_words_are_the_persons_own_data_and_go_with_the_person(contest: Contest) -> None:
    entry = make_entry(contest)
    complain(contest, 1, entry.id, "Tôi là Lò Thị Hương", now=NOW)
    answer(contest, 1, Verdict.DISMISSED, "Chào bà Hương", actor=HA, now=NOW)
    (told,) = as_file(own_data(contest, entry, keyring=KEYRING, now=NOW), NOW)["complaints"]
    assert (told["words"], told["answer"]) == ("Tôi là Lò Thị Hương", "Chào bà Hương")
    erase(contest.id, [entry.id], now=NOW)
    db.session.expire_all()
    kept = queries.get_complaint(contest.id, 1)
    assert (kept.words, kept.answer, kept.verdict) == ("", "", "dismissed")
