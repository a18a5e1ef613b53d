"""Who does the jobs of this application: its kinds, and what happens where no worker is."""

from collections.abc import Sequence
from datetime import timedelta

from flask import Flask, Response, current_app

from quiz.core import clock
from quiz.jobs import queries, service
from quiz.jobs.handlers import Chore, Handlers
from quiz.jobs.worker import run_waiting

# Where a worker should be, housekeeping does what has waited this long while nobody is at work.
_NOBODY_CAME = timedelta(minutes=1)


def init_app(app: Flask, handlers: Handlers, chores: Sequence[Chore] = ()) -> None:
    """Remember the kinds; with QUIZ_WORKER=at-once a job is over before the page that follows is shown.

    app.config["JOBS_ARE_HELD"] keeps them waiting nevertheless.
    """
    app.extensions["jobs"] = dict(handlers)
    app.extensions["chores"] = tuple(chores)
    if app.config["SETTINGS"].worker != "at-once":
        return

    @app.after_request
    def do_what_was_asked(response: Response) -> Response:
        if service.has_asked() and not app.config.get("JOBS_ARE_HELD"):
            run_waiting(registered(), clock=clock.now)
        return response


def registered() -> Handlers:
    """The kinds of jobs of this application (quiz/job_kinds.py)."""
    handlers: Handlers = current_app.extensions["jobs"]
    return handlers


def run_asked() -> int:
    """Do everything that waits, here and now; how many jobs that were. For commands that prepare data."""
    return run_waiting(registered(), clock=clock.now)


def run_unattended() -> int:
    """Part of housekeeping: ask for what is due, then do what no worker does; how many jobs that were.

    That is all that waits where no worker is expected, else what nobody came for in a minute.
    """
    handlers, now = registered(), clock.now()
    for chore in current_app.extensions["chores"]:
        chore(now=now)
    service.recover(handlers, now=now)
    service.forget_old(now=now)
    if current_app.config["SETTINGS"].worker == "none":
        return run_waiting(handlers, clock=clock.now)
    if queries.has_working(now) or not queries.has_waiting(now - _NOBODY_CAME):
        return 0
    return run_waiting(handlers, clock=clock.now, older_than=_NOBODY_CAME)
