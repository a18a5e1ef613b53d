"""`flask housekeeping`."""

import os
import time
from datetime import datetime, timedelta

import click
from flask import current_app
from flask.cli import with_appcontext

from quiz.attempts.service import close_expired
from quiz.bank.pictures import sweep
from quiz.contests.queries import list_contests
from quiz.core import clock
from quiz.jobs.running import run_unattended

_SWEEP_EVERY = timedelta(hours=1)
_swept: datetime | None = None


@click.command("housekeeping")
@click.option("--every", type=click.IntRange(1), help="Go on, with this many seconds between two runs.")
@click.option("--with-parent", is_flag=True, help="Stop when the process that started this one has ended.")
@with_appcontext
def housekeeping(every: int | None, with_parent: bool) -> None:
    """Close attempts whose time is over, so that boards show them, and do jobs that no worker does.

    Correctness does not wait for this.

    Example: flask housekeeping --every 30
    """
    parent = os.getppid()
    while True:
        with current_app.app_context():  # gives the connection back before the pause
            run_once()
        if every is None:
            return
        time.sleep(every)
        if with_parent and os.getppid() != parent:
            return


def _sweep() -> None:
    """Forget pictures that no question shows, once an hour."""
    global _swept
    if _swept is not None and clock.now() - _swept < _SWEEP_EVERY:
        return
    _swept = clock.now()
    if gone := sweep(now=_swept):
        click.echo(f"forgot {gone} pictures that no question shows")


def run_once() -> None:
    """One run over all contests, then the jobs; a failed attempt is named and the others go on."""
    for contest_id in [contest.id for contest in list_contests()]:
        done, failed = close_expired(contest_id, now=clock.now(), keyring=current_app.extensions["keyring"])
        if done:
            click.echo(f"contest {contest_id}: closed {done} attempts whose time was over")
        if failed:
            click.echo(f"contest {contest_id}: could not close attempts {failed}", err=True)
    _sweep()
    if jobs := run_unattended():
        click.echo(f"did {jobs} jobs that no worker came for")
