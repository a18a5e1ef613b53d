"""A round's statistics from its attempts: those that count, by wording, the same on both databases."""

import threading
from datetime import timedelta

import pytest
from flask import current_app
from sqlalchemy import event, update

from quiz.analysis import queries, service
from quiz.analysis.asking import subject
from quiz.audit.actors import Actor
from quiz.bank.queries import usage_of
from quiz.contests.definition import AttemptRule
from quiz.contests.models import Contest, Round
from quiz.contests.phases import RoundAction
from quiz.contests.queries import get_contest
from quiz.core.database import db, transaction
from quiz.entries.models import Entry
from quiz.job_kinds import JOBS
from quiz.jobs.queries import find_latest
from quiz.jobs.worker import run_waiting
from quiz.organiser.rounds import move_round
from tests.support.factories import KEYRING, NOW, make_entry
from tests.support.sittings import RIGHT, fixed_contest, play, sit

ACTOR = Actor.system("tests")
# Marks by person, from the worked example of tests/unit/question_bank/test_statistics.py, a fourth question
# that everybody got, and one empty answer.
FIVE = [
    (2, 3, 4, 1),
    (2, 3, 1, 1),
    (2, 1, 2, 1),
    (1, 3, None, 1),
    (2, 4, 4, 1),
]


def figures(contest: Contest, number: int = 1):
    return {row.question.number: row.figures for row in queries.list_items(contest.id, number)}


def test_worked_by_hand():
    contest = fixed_contest()
    play(contest, FIVE)
    made = service.analyse_round(contest, 1, now=NOW)
    assert (made.attempts, made.closed) == (5, 5)
    # Totals 4 3 2 2 3: mean 14/5, variance 7/10. Marks vary by 1/5, 3/10, 3/10, 0.
    assert made.mean == pytest.approx(14 / 5)
    assert made.deviation == pytest.approx((7 / 10) ** 0.5)
    assert made.alpha == pytest.approx(4 / 3 * (1 - (8 / 10) / (7 / 10)))
    assert made.distribution == [[2, 2], [3, 2], [4, 1]]
    found = figures(contest)
    assert [found[n].facility for n in (1, 2, 3, 4)] == pytest.approx([4 / 5, 3 / 5, 2 / 5, 1])
    # The fourth adds one to every R, which changes no correlation.
    assert found[2].discrimination == pytest.approx(100 * (-3 / 20) / (3 / 10 * 7 / 10) ** 0.5)
    assert found[2].efficiency == pytest.approx(100 * (-3 / 20) / (7 / 20))
    assert found[4].discrimination is None
    assert found[3].tally["unanswered"] == 1
    assert found[3].tally["picks"]["3"] == [[2.0, 1], [3.0, 1]]


def test_one_attempt_of_each_person_counts_and_all_are_usage():
    contest = fixed_contest(attempts=AttemptRule(limit=3))
    play(contest, FIVE)
    entry = make_entry(contest, 6)
    for picks in ((1, 1, 1, 2), RIGHT, (1, 1, 1, 2)):
        sit(contest, entry.id, picks)
    made = service.analyse_round(contest, 1, now=NOW)
    assert (made.attempts, made.closed) == (6, 8)
    found = figures(contest)
    assert found[1].facility == pytest.approx(5 / 6)  # the best one counts
    usage = usage_of([found[1].question_id])[found[1].question_id]
    assert (usage.drawn, usage.right_count) == (8, 5)
    assert [(one.contest_slug, one.round_name) for one in usage.rounds] == [("cuoc-thi", "Tuần 1")]


def test_who_is_disqualified_is_left_out():
    contest = fixed_contest()
    play(contest, FIVE)
    with transaction() as session:
        first = session.query(Entry).order_by(Entry.id).first()
        session.execute(update(Entry).where(Entry.id == first.id).values(status="disqualified"))
    assert service.analyse_round(contest, 1, now=NOW).attempts == 4


def test_computing_again_replaces_everything():
    contest = fixed_contest()
    play(contest, FIVE)
    service.analyse_round(contest, 1, now=NOW)
    before = {number: row.facility for number, row in figures(contest).items()}
    play(contest, [(1, 1, 1, 2)], first=6)
    service.analyse_round(contest, 1, now=NOW + timedelta(hours=1))
    after = figures(contest)
    assert after[1].facility == pytest.approx(before[1] * 5 / 6)
    assert queries.find_analysis(contest.id, 1).computed_at == NOW + timedelta(hours=1)
    assert len(after) == 4


def test_two_workers_at_once_leave_one_set_of_figures():
    contest = fixed_contest()
    play(contest, FIVE)
    app, slug = current_app._get_current_object(), contest.slug
    db.session.rollback()
    failed = []

    def work():
        with app.app_context():
            try:
                service.analyse_round(get_contest(slug), 1, now=NOW)
            except Exception as error:
                failed.append(error)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failed
    assert len(figures(contest)) == 4


def test_nothing_played_gives_an_empty_analysis():
    contest = fixed_contest()
    made = service.analyse_round(contest, 1, now=NOW)
    assert (made.attempts, made.mean, made.alpha, made.distribution) == (0, None, None, [])
    assert figures(contest) == {}


def test_attempts_are_read_in_chunks_of_their_own(monkeypatch):
    monkeypatch.setattr(queries, "_CHUNK", 2)
    contest = fixed_contest(attempts=AttemptRule(limit=3))
    play(contest, FIVE)
    entry = make_entry(contest, 6)
    for _ in range(3):
        sit(contest, entry.id, RIGHT)
    contest_id = contest.id
    db.session.rollback()
    open_then = []
    sent = []

    def note(_connection, _cursor, statement, *_rest):
        sent.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    chunks = []
    for chunk in queries.iterate_sittings(contest_id, 1):
        open_then.append(db.session().in_transaction())
        chunks.append(chunk)
    event.remove(db.engine, "before_cursor_execute", note)
    assert [len(chunk) for chunk in chunks] == [2, 2, 2, 2]
    assert sum(one.counts for chunk in chunks for one in chunk) == 6
    assert not any(open_then)
    assert len([one for one in sent if "attempts" in one]) == 5


def test_closing_and_freezing_ask_for_it_once():
    contest = fixed_contest()
    play(contest, FIVE)
    later = NOW + timedelta(minutes=30)
    for action in (RoundAction.CLOSE, RoundAction.FREEZE):
        move_round(contest, 1, action, actor=ACTOR, now=later, keyring=KEYRING)
    assert run_waiting(JOBS, clock=lambda: later) == 1
    job = find_latest(service.KIND, subject(contest.id, 1))
    assert (job.state, job.result) == ("done", {"attempts": 5, "closed": 5})
    assert len(figures(contest)) == 4


def test_housekeeping_asks_when_a_round_has_ended_or_grown():
    contest = fixed_contest()
    play(contest, FIVE)

    def due(now):
        asked = service.request_due(now=now)
        run_waiting(JOBS, clock=lambda: now)
        return asked

    assert due(NOW) == 1
    assert due(NOW + timedelta(minutes=30)) == 0  # computed within the hour
    assert due(NOW + timedelta(hours=2)) == 0  # nobody came
    play(contest, [RIGHT], first=6)
    assert due(NOW + timedelta(hours=3)) == 1
    over = db.session.get(Round, (contest.id, 1)).closes_at
    assert due(over + timedelta(minutes=1)) == 1
    assert due(over + timedelta(minutes=2)) == 0
