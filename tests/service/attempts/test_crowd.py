"""The short way into a line that is there: the same tickets as by the long way, and never one too many."""

from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from quiz.attempts import crowd, line, service
from quiz.attempts.errors import MustWait
from quiz.attempts.models import Attempt, Ticket, WaitingLine
from quiz.contests.definition import AttemptRule
from quiz.contests.models import Contest, Round
from quiz.contests.phases import RoundState
from quiz.core.caches import forget_all
from quiz.core.database import db, transaction
from quiz.entries.models import Entry
from tests.support.factories import KEYRING, NOW, make_bank, make_contest, make_entry, round_definition
from tests.support.parallel import at_once

RATE = 5.0
FULL = 10  # so many come in at once at this rate; one more waits


@pytest.fixture
def contest() -> Contest:
    """A contest with people inside, one in line, and the next ones before the door."""
    make_bank()
    contest = make_contest(
        "cuoc-thi", round_definition(number=1, attempts=AttemptRule(limit=1)), round_definition(number=2)
    )
    for number in range(1, FULL + 1):
        service.start(contest, make_entry(contest, number).id, 1, now=NOW, keyring=KEYRING, rate=RATE)
    with pytest.raises(MustWait):
        service.start(contest, make_entry(contest, 90).id, 1, now=NOW, keyring=KEYRING, rate=RATE)
    forget_all()
    return contest


def join(contest: Contest, entry_id: int, *, seconds: float = 0, number: int = 1) -> bool:
    return crowd.join_line(crowd.door_of(contest.slug, number), entry_id, now=at(seconds), rate=RATE)


def at(seconds: float) -> datetime:
    return NOW + timedelta(seconds=seconds)


def tickets() -> list[int]:
    db.session.rollback()
    return sorted(db.session.scalars(select(Ticket.number)))


def issued() -> int:
    db.session.rollback()
    return db.session.scalars(select(WaitingLine.issued)).one()


def test_newcomers_get_the_next_tickets(contest: Contest) -> None:
    people = [make_entry(contest, number).id for number in range(20, 26)]
    assert all(join(contest, one) for one in people)
    db.session.rollback()
    assert [line.find_ticket(contest.id, 1, one).number for one in people] == list(range(2, 8))  # type: ignore[union-attr]
    assert issued() == 7


def test_the_long_way_leads_in_when_the_ticket_is_called(contest: Contest) -> None:
    entry_id = make_entry(contest, 20).id
    assert join(contest, entry_id)
    with pytest.raises(MustWait):
        service.start(contest, entry_id, 1, now=at(0.2), keyring=KEYRING, rate=RATE)
    assert service.start(contest, entry_id, 1, now=at(0.5), keyring=KEYRING, rate=RATE).number == 1
    assert tickets() == [1]


def test_nobody_stands_twice(contest: Contest, app: Flask) -> None:
    entry_id = make_entry(contest, 20).id
    slug = contest.slug

    def press() -> bool:
        return crowd.join_line(crowd.door_of(slug, 1), entry_id, now=NOW, rate=RATE)

    done = at_once(app, 12, press)
    assert any(done)
    assert (tickets(), issued()) == ([1, 2], 2)


def test_a_crowd_at_once_gets_one_ticket_each(contest: Contest, app: Flask) -> None:
    people = [make_entry(contest, number).id for number in range(20, 50)]
    slug = contest.slug
    forget_all()

    def press() -> bool:
        return crowd.join_line(crowd.door_of(slug, 1), people.pop(), now=NOW, rate=RATE)

    assert all(at_once(app, 30, press))
    assert tickets() == list(range(1, 32))
    assert issued() == 31


def test_who_is_inside_or_has_used_up_the_attempts_gets_no_ticket(contest: Contest) -> None:
    inside = db.session.scalars(select(Attempt.entry_id).order_by(Attempt.entry_id)).first()
    assert inside is not None
    assert not join(contest, inside)  # a paper is running
    with transaction() as session:
        session.get_one(
            Attempt, (contest.id, session.scalars(select(Attempt.id).where(Attempt.entry_id == inside)).one())
        ).closed_at = NOW
    assert not join(contest, inside)  # the only attempt is used up
    assert join(contest, inside, number=2)  # in the next round it is not
    assert not join(contest, 12345)  # nobody


def test_who_was_set_aside_gets_no_ticket(contest: Contest) -> None:
    entry = make_entry(contest, 20)
    with transaction() as session:
        session.get_one(Entry, (contest.id, entry.id)).status = "disqualified"
    assert not join(contest, entry.id)


@pytest.mark.parametrize("state", [RoundState.PAUSED, RoundState.CLOSED])
def test_a_door_that_is_shut_gives_no_ticket(contest: Contest, state: RoundState) -> None:
    entry_id = make_entry(contest, 20).id
    with transaction() as session:
        session.get_one(Round, (contest.id, 1)).state = state.value
    forget_all()
    assert not join(contest, entry_id)


def test_a_line_that_ran_empty_or_was_moved_gives_no_ticket(contest: Contest) -> None:
    """What the process remembers is a second old at most; the row is asked again as it is changed."""
    entry_id = make_entry(contest, 20).id
    assert crowd.is_crowd(NOW, RATE)  # remembered from here on
    with transaction() as session:
        row = session.get_one(WaitingLine, line.ONLY)
        row.called, row.called_at = row.issued, NOW
    assert not join(contest, entry_id)
    assert tickets() == [1]
    assert not crowd.is_crowd(at(10), RATE)
    assert not join(contest, entry_id, seconds=10)


def test_without_a_line_there_is_no_crowd(app: Flask) -> None:
    assert not crowd.is_crowd(NOW, RATE)
    assert not crowd.is_crowd(NOW, 0)


def test_the_place_of_a_new_ticket_is_never_told_by_an_older_line(contest: Contest) -> None:
    """A process that saw the line run empty must not call the first of the next one at once."""
    assert not crowd.is_crowd(at(30), RATE)  # the one in line was called long ago; remembered for a second
    with transaction() as session:
        row = session.get_one(WaitingLine, line.ONLY)
        row.issued, row.called, row.called_at = 2, 1, at(30)
    assert line.place_of(2, now=at(30), rate=RATE, is_given=True).wait_ms == 200
