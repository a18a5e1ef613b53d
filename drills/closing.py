"""R15, R16, R17: nobody hands in, the sweeper dies, the clock jumps."""

import os
import signal
import subprocess
import time
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import select, update

from drills.outcome import Outcome, Run, told
from drills.people import Person
from drills.stage import Stage
from quiz.attempts.closing import marks_of
from quiz.attempts.models import Attempt, Result
from quiz.contests.definition_settings import GRACE_SECONDS
from quiz.contests.models import Contest, Round
from quiz.core import clock
from quiz.core.database import db, transaction


def nobody_returns(run: Run) -> Outcome:
    """Tabs are closed before the end: papers are closed with every acknowledged answer, swept or not."""
    with Stage(run.kind, run.seed, broken=run.broken) as stage:
        contest = stage.contest()
        people = _saved(stage, contest, 20)
        _end_all(stage, clock.now() - timedelta(seconds=1))
        before = [person.ask("GET", f"/attempts/{person.code}") for person in people]
        _end_all(stage, clock.now() - timedelta(seconds=GRACE_SECONDS + 1))
        expected = _marks(stage)
        began = time.monotonic()
        swept = stage.flask("housekeeping")
        seconds = time.monotonic() - began
        rows = _rows(stage)
        lost = stage.lost()
    wrong = [row.code for row in rows if row.correct_count != expected[row.code]]
    checks = {
        "the page shows a result before the sweep": all(reply.status == 200 for reply in before),
        "all closed": swept.returncode == 0 and all(row.closed_at for row in rows),
        "the marks are those of the saved answers": not wrong,
        "no more time than was given": all((row.duration_ms or 0) <= 15 * 60 * 1000 for row in rows),
        "nothing lost": not lost,
    }
    return told(checks, f"{len(rows)} papers closed in {seconds:.1f} s, wrong marks {len(wrong)}")


def sweeper_dies(run: Run) -> Outcome:
    """Housekeeping is killed midway, then runs twice at once: each paper is closed once, none is left."""
    with Stage(run.kind, run.seed, broken=run.broken) as stage:
        contest = stage.contest()
        count = run.times(200)
        _saved(stage, contest, count)
        _end_all(stage, clock.now() - timedelta(seconds=GRACE_SECONDS + 1))
        first = _sweeper(stage)
        _wait_for_some(stage, first)
        first.send_signal(signal.SIGKILL)
        first.wait()
        half = {row.id: (row.closed_at, row.receipt) for row in _rows(stage) if row.closed_at}
        both = [_sweeper(stage), _sweeper(stage)]
        codes = [one.wait(120) for one in both]
        rows = _rows(stage)
        with stage.app.app_context():
            results = len(db.session.scalars(select(Result.entry_id)).all())
            db.session.remove()
    changed = [row.id for row in rows if row.id in half and (row.closed_at, row.receipt) != half[row.id]]
    checks = {
        "both ended well": codes == [0, 0],
        "none left": all(row.closed_at for row in rows),
        "none closed twice": not changed,
        "one result each": results == count,
    }
    return told(checks, f"killed after {len(half)} of {count}, closed twice {len(changed)}")


def clock_jumps(run: Run) -> Outcome:
    """The server's clock goes ten minutes back after the end, then forward: no paper opens again."""
    with Stage(run.kind, run.seed, broken=run.broken) as stage:
        contest = stage.contest()
        people = _saved(stage, contest, 5)
        for person in people:
            person.submit()
        before = [(row.code, row.closed_at, row.receipt) for row in _rows(stage)]
        statuses = []
        for minutes in (-10, 10):
            stage.stop_server()
            stage.environment["DRILL_CLOCK"] = str(minutes * 60)
            stage.start_server(module="drills.shifted:app")
            for person in people:
                person.hang_up()
                person.choose()
                reply = person.ask(
                    "PUT", f"/attempts/{person.code}/sheet", person.sheet(), "application/json"
                )
                statuses.append(reply.status)
                person.submit()
        after = [(row.code, row.closed_at, row.receipt) for row in _rows(stage)]
    checks = {"saves refused": set(statuses) == {410}, "papers unchanged": sorted(before) == sorted(after)}
    return told(checks, f"{len(statuses)} saves answered {sorted(set(statuses))}")


def _saved(stage: Stage, contest: Contest, count: int) -> list[Person]:
    """People with some acknowledged answers."""
    people = stage.people(contest, count)
    for person in people:
        person.start()
        for _ in range(3):
            person.choose()
        person.save()
        person.hang_up()
    return people


def _end_all(stage: Stage, deadline: datetime) -> None:
    with stage.app.app_context(), transaction() as session:
        session.execute(
            update(Attempt).values(
                started_at=deadline - timedelta(minutes=15),
                deadline_at=deadline,
                accepts_until=deadline + timedelta(seconds=GRACE_SECONDS),
            )
        )


def _rows(stage: Stage) -> Sequence[Attempt]:
    with stage.app.app_context():
        rows = db.session.scalars(select(Attempt).order_by(Attempt.id)).all()
        db.session.expunge_all()
        db.session.remove()
    return rows


def _marks(stage: Stage) -> dict[str, int]:
    with stage.app.app_context():
        round_ = db.session.scalars(select(Round)).one()
        marks = {row.code: marks_of(row, round_).correct for row in db.session.scalars(select(Attempt))}
        db.session.remove()
    return marks


def _sweeper(stage: Stage) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [*stage.flask_words(), "housekeeping"],
        env={**os.environ, **stage.environment},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def _wait_for_some(stage: Stage, sweeper: subprocess.Popen[bytes]) -> None:
    """Until the sweeper has closed something, or has ended."""
    while sweeper.poll() is None and not any(row.closed_at for row in _rows(stage)):
        time.sleep(0.01)
