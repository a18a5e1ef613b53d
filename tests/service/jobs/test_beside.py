"""gunicorn.conf.py starts the worker beside the server and ends it with the server."""

import time

from quiz.analysis.service import request_round
from quiz.audit.actors import Actor
from quiz.core import clock
from quiz.core.database import db
from quiz.jobs import queries
from tests.support.live import serve
from tests.support.sittings import RIGHT, fixed_contest, play


def wait_for(condition):
    end = time.monotonic() + 40
    while not condition():
        assert time.monotonic() < end, "not within 40 seconds"
        time.sleep(0.2)


def state_of(job_id):
    state = queries.get_job(job_id).state
    db.session.rollback()  # the next look must see what the worker has written since
    return state


def test_a_job_is_done_beside_the_server_and_the_worker_ends_with_it(app, databases, run_folder):
    contest = fixed_contest()
    play(contest, [RIGHT] * 3)
    job_id = request_round(contest, 1, actor=Actor.system("tests"), now=clock.now()).id
    db.session.rollback()
    environment = databases.environment(app.config["SETTINGS"].database_url) | {"QUIZ_WORKER": "beside"}
    with serve(app, environment, run_folder):
        wait_for(lambda: state_of(job_id) == "done")
    # The server has gone, and its worker with it: nobody takes the next job.
    again = request_round(contest, 1, actor=Actor.system("tests"), now=clock.now()).id
    db.session.rollback()
    time.sleep(2.5)
    assert state_of(again) == "queued"
