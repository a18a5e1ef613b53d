"""A job is there exactly when the act that asked for it is, is done once, and ends in words."""

import threading
from datetime import timedelta

import pytest
from flask import current_app

from quiz.audit.actors import Actor
from quiz.core.database import transaction
from quiz.core.errors import DomainError, NotFound
from quiz.jobs import queries, service
from quiz.jobs.handlers import Handler
from quiz.jobs.running import run_unattended
from quiz.jobs.states import KEPT, LOST, MOST_RUNS
from quiz.jobs.worker import run_waiting
from tests.support.factories import NOW

ACTOR = Actor.staff(7, "Hà")


def clock():
    return NOW


def ask(kind="add", params=None, **changes):
    return service.enqueue(kind, params or {"a": 1, "b": 2}, **({"actor": ACTOR, "now": NOW} | changes)).id


def add(params, progress, actor, now):
    progress(1, 2, "adding")
    return {"sum": params["a"] + params["b"], "for": actor.name, "at": now.isoformat()}


def refuse(_params, _progress, _actor, _now):
    with transaction():
        service.enqueue("lost with the rest", {}, actor=ACTOR, now=NOW)
        raise DomainError("too_few", there=3, of=object)


def break_down(*_):
    raise ZeroDivisionError


HANDLERS = {
    "add": Handler(add, "Cộng", is_repeatable=True),
    "once": Handler(add, "Một lần"),
    "refuse": Handler(refuse, "Từ chối"),
    "break": Handler(break_down, "Hỏng"),
}


def test_a_job_is_done_and_keeps_its_result():
    job_id = ask()
    assert run_waiting(HANDLERS, clock=clock) == 1
    job = queries.get_job(job_id)
    assert (job.state, job.done, job.total) == ("done", 2, 2)
    assert job.result == {"sum": 3, "for": "Hà", "at": NOW.isoformat()}
    assert job.finished_at == NOW
    assert run_waiting(HANDLERS, clock=clock) == 0


def test_it_waits_exactly_when_the_act_was_saved():
    def ask_and_fail():
        with transaction():
            ask()
            break_down()

    with pytest.raises(ZeroDivisionError):
        ask_and_fail()
    assert not queries.has_waiting(NOW)
    with transaction():
        ask()
    assert queries.has_waiting(NOW)


def test_the_longest_waiting_comes_first():
    late, early = ask(now=NOW), ask(now=NOW - timedelta(minutes=5))
    assert [service.claim(now=NOW).job_id for _ in range(2)] == [early, late]
    assert service.claim(now=NOW) is None


def test_of_one_subject_only_one_waits():
    first = ask(subject="vòng 1")
    assert ask(subject="vòng 1") == first
    assert ask(subject="vòng 2") != first
    run_waiting(HANDLERS, clock=clock)
    again = ask(subject="vòng 1")
    assert again != first
    assert queries.find_latest("add", "vòng 1").id == again


def test_errors_are_kept_by_code_and_nothing_half_done_stays():
    refused, broken, unknown = ask("refuse"), ask("break"), ask("no such kind")
    assert run_waiting(HANDLERS, clock=clock) == 3
    found = [queries.get_job(one) for one in (refused, broken, unknown)]
    assert [one.state for one in found] == ["failed"] * 3
    assert found[0].result == {"error": "too_few", "params": {"there": 3, "of": "<class 'object'>"}}
    assert [one.result["error"] for one in found[1:]] == ["job_failed", "job_unknown"]
    assert queries.find_latest("lost with the rest", "") is None


def test_two_workers_never_take_the_same_job():
    wanted = {ask() for _ in range(20)}
    app = current_app._get_current_object()
    taken = []

    def work():
        with app.app_context():
            while claim := service.claim(now=NOW):
                taken.append(claim.job_id)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(taken) == sorted(wanted)


def test_a_job_whose_worker_died_runs_again_or_is_told_of():
    again, once = ask("add"), ask("once")
    for _ in range(2):
        service.claim(now=NOW)
    assert service.recover(HANDLERS, now=NOW + LOST - timedelta(seconds=1)) == (0, 0)
    assert service.recover(HANDLERS, now=NOW + LOST) == (1, 1)
    assert queries.get_job(again).state == "queued"
    assert queries.get_job(once).result["error"] == "job_lost"


def test_a_job_that_kills_its_workers_is_not_tried_for_ever():
    job_id = ask()
    for run in range(1, MOST_RUNS + 1):
        assert service.claim(now=NOW).run == run
        service.recover(HANDLERS, now=NOW + LOST)
    assert queries.get_job(job_id).state == "failed"


def test_a_worker_thought_dead_cannot_end_the_job_of_another():
    ask()
    slow = service.claim(now=NOW)
    service.recover(HANDLERS, now=NOW + LOST)
    quick = service.claim(now=NOW + LOST)
    service.finish(slow, {"sum": 0}, now=NOW + LOST)
    assert queries.get_job(slow.job_id).state == "running"
    service.finish(quick, {"sum": 3}, now=NOW + LOST)
    assert queries.get_job(slow.job_id).result == {"sum": 3}


def test_what_ended_long_ago_is_forgotten():
    old, fresh, waiting = ask(), ask("break"), ask(now=NOW + timedelta(hours=1))
    run_waiting(HANDLERS, clock=clock)
    service.forget_old(now=NOW + KEPT)
    assert queries.get_job(old).state == "done"
    service.forget_old(now=NOW + KEPT + timedelta(seconds=1))
    assert queries.get_job(waiting).state == "queued"
    for gone in (old, fresh):
        with pytest.raises(NotFound):
            queries.get_job(gone)


def test_housekeeping_does_what_no_worker_came_for(monkeypatch):
    monkeypatch.setitem(current_app.extensions, "jobs", HANDLERS)
    monkeypatch.setattr("quiz.jobs.running.clock.now", lambda: NOW)
    fresh = ask()
    assert run_unattended() == 0  # a worker may still come
    assert queries.get_job(fresh).state == "queued"
    old = ask(now=NOW - timedelta(minutes=2))
    service.claim(now=NOW, before=NOW - timedelta(minutes=1))
    assert ask(now=NOW - timedelta(minutes=2)) != old
    assert run_unattended() == 0  # one is at work
    service.recover(HANDLERS, now=NOW + LOST)
    assert run_unattended() == 2
    assert queries.get_job(fresh).state == "queued"
