"""`flask work` as a process: it shows how far it is, and stops without losing or repeating anything."""

import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager

import pytest

from quiz.audit.actors import Actor
from quiz.core import clock
from quiz.core.database import db
from quiz.core.settings import ROOT
from quiz.jobs import queries, service

ACTOR = Actor.system("tests")


@contextmanager
def worker(databases, app, *words):
    address = app.config["SETTINGS"].database_url
    surroundings = {**os.environ, **databases.environment(address), "QUIZ_WORKER": "separate"}
    command = [sys.executable, "-m", "tests.support.slow_worker", *words]
    process = subprocess.Popen(command, cwd=ROOT, env=surroundings)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def ask(kind, to):
    job_id = service.enqueue(kind, {"to": to}, actor=ACTOR, now=clock.now()).id
    db.session.rollback()
    return job_id


def until(job_id, condition):
    end = time.monotonic() + 30
    while time.monotonic() < end:
        job = queries.get_job(job_id)
        db.session.rollback()  # the next look must see what the worker has written since
        if condition(job):
            return job
        time.sleep(0.1)
    pytest.fail(f"{job!r} after 30 seconds")


def test_it_shows_how_far_it_is_and_ends(app, databases):
    job_id = ask("patient", 30)
    with worker(databases, app) as process:
        half = until(job_id, lambda job: job.done)
        assert (half.state, half.total, half.message) == ("running", 30, "counting")
        done = until(job_id, lambda job: job.state == "done")
        assert (done.done, done.result, done.runs) == (30, {"counted": 30}, 1)
        process.send_signal(signal.SIGTERM)
        assert process.wait(10) == 0


def test_once_it_does_what_waits_and_ends(app, databases):
    jobs = [ask("patient", 1) for _ in range(3)]
    with worker(databases, app, "--once") as process:
        assert process.wait(30) == 0
    assert [until(job_id, lambda job: True).state for job_id in jobs] == ["done"] * 3


def test_told_to_stop_it_puts_a_repeatable_job_back(app, databases):
    job_id = ask("again", 600)
    with worker(databases, app) as process:
        until(job_id, lambda job: job.done)
        process.send_signal(signal.SIGTERM)
        assert process.wait(10) == 0
    job = until(job_id, lambda job: job.state == "queued")
    assert job.runs == 0


def test_told_to_stop_it_finishes_a_job_that_cannot_be_repeated(app, databases):
    job_id = ask("patient", 30)
    with worker(databases, app) as process:
        until(job_id, lambda job: job.done)
        process.send_signal(signal.SIGTERM)
        assert process.wait(20) == 0
    assert until(job_id, lambda job: True).state == "done"
