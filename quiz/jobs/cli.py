"""`flask work`."""

import os
import signal
import threading
from datetime import timedelta

import click
from flask import current_app
from flask.cli import with_appcontext

from quiz.core import clock
from quiz.jobs import service
from quiz.jobs.running import registered
from quiz.jobs.worker import run_next

_PAUSE = 1.0  # seconds between two looks for work: one indexed query
_RECOVER_EVERY = timedelta(seconds=30)


@click.command("work")
@click.option("--once", is_flag=True, help="Do what waits now, then end.")
@click.option("--with-parent", is_flag=True, help="Stop when the process that started this one has ended.")
@with_appcontext
def work(once: bool, with_parent: bool) -> None:
    """Do long jobs, such as large imports and statistics, one after the other.

    Stops at once on TERM: a job that can be repeated is put back, any other is finished first.

    Example: flask work --once
    """
    context = current_app.app_context  # current_app is a proxy; its bound method is the application's own
    stop = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: stop.set())
    parent = os.getppid() if with_parent else None
    recovered = clock.now() - _RECOVER_EVERY
    while not stop.is_set() and (parent is None or os.getppid() == parent):
        with context():  # gives the connection back before the pause
            if clock.now() - recovered >= _RECOVER_EVERY:
                service.recover(registered(), now=clock.now())
                recovered = clock.now()
            found = run_next(registered(), clock=clock.now, context=context, stop=stop)
        if once and not found:
            return
        if not found:
            stop.wait(_PAUSE)
