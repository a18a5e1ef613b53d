"""Attempts by the time at which they began, and the queue in figures; the same on both databases."""

from datetime import UTC, datetime, timedelta

from quiz.attempts.models import Attempt
from quiz.attempts.queries import count_overdue
from quiz.audit.actors import Actor
from quiz.core.database import db, transaction
from quiz.core.signs import measure_database
from quiz.jobs.queries import queue_figures
from quiz.jobs.service import enqueue
from quiz.standings.queries import Activity, Starts, activity, count_starts
from tests.support.factories import NOW, make_entry
from tests.support.sittings import RIGHT, fixed_contest, sit

QUARTER = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)


def test_attempts_fall_into_the_quarter_in_which_they_began(app):
    contest = fixed_contest()
    one, two = (make_entry(contest, number).id for number in (1, 2))
    sit(contest, one, RIGHT, now=NOW)
    sit(contest, two, RIGHT, now=NOW + timedelta(minutes=14, seconds=59))
    sit(contest, one, RIGHT, now=NOW + timedelta(minutes=15))
    spoilt = sit(contest, two, RIGHT, now=NOW + timedelta(minutes=20))
    with transaction():
        db.session.get_one(Attempt, (contest.id, spoilt.id)).voided_at = NOW
    assert count_starts(contest.id, 1) == [
        Starts(QUARTER, first=2, again=0),
        Starts(QUARTER + timedelta(minutes=15), first=0, again=1),
    ]
    later = QUARTER + timedelta(minutes=15)
    assert activity(contest.id, 1, [(QUARTER, later), (later, later + timedelta(days=1))]) == [
        Activity(2, 3),
        Activity(2, 2),
        Activity(1, 1),
    ]
    assert count_starts(contest.id, 2) == []


def test_what_the_health_of_the_system_is_read_from(app):
    since = NOW - timedelta(days=1)
    assert queue_figures(NOW, since).oldest is None
    enqueue("kind", {}, subject="subject", actor=Actor.system("tests"), now=NOW)
    queue = queue_figures(NOW + timedelta(minutes=3), since)
    assert (queue.waiting, queue.oldest, queue.working, queue.failed) == (1, NOW, 0, 0)
    contest = fixed_contest()
    sit(contest, make_entry(contest).id, RIGHT)
    assert count_overdue(NOW + timedelta(days=9)) == 0  # it was handed in
    signs = measure_database()
    assert signs.seconds >= 0
    assert (signs.ahead is None) == (db.engine.dialect.name == "sqlite")
