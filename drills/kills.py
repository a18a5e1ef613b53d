"""R01, R02, R03, R23: processes die or are replaced while people save."""

import signal
import time

from drills.outcome import Outcome, Run, told
from drills.people import Crowd
from drills.stage import Stage, kill

_PEOPLE = 16


def worker_dies(run: Run) -> Outcome:
    """kill -9 one worker at random moments."""
    with Stage(run.kind, run.seed, broken=run.broken) as stage:
        people = stage.people(stage.contest(), _PEOPLE)
        kills = run.times(20)
        with Crowd(people):
            for _ in range(kills):
                time.sleep(stage.dice.uniform(0.2, 0.8))
                if workers := stage.workers():
                    kill(stage.dice.choice(workers))
        lost, ledger = stage.lost(), stage.ledger
    checks = {"nothing lost": not lost, "no strange reply": not ledger.strange, "waits": ledger.worst() <= 3}
    return told(checks, f"{kills} kills, {ledger.figures(lost)}")


def all_die(run: Run) -> Outcome:
    """kill -9 the master and all workers; a supervisor starts the server again."""
    with Stage(run.kind, run.seed, broken=run.broken) as stage:
        people = stage.people(stage.contest(), _PEOPLE)
        backs: list[float] = []
        gone: set[str] = set()
        stage.supervise()
        with Crowd(people):
            for _ in range(run.times(3)):
                time.sleep(stage.dice.uniform(0.5, 1.5))
                began = time.monotonic()
                stage.kill_all()
                time.sleep(0.2)
                gone.update(stage.ledger.lost(stage.app))  # now: the next save would hide it
                stage.wait_ready()
                backs.append(time.monotonic() - began)
            time.sleep(0.5)
        lost, ledger = [*gone, *stage.lost()], stage.ledger
    checks = {
        "nothing lost": not lost,
        "no strange reply": not ledger.strange,
        "back in 5 s": max(backs) <= 5,
    }
    return told(checks, f"back after {max(backs):.1f} s at most, {ledger.figures(lost)}")


def database_dies(run: Run) -> Outcome:
    """kill -9 the database server; its supervisor starts it again."""
    with Stage(run.kind, run.seed, broken=run.broken) as stage:
        assert stage.cluster is not None
        people = stage.people(stage.contest(), _PEOPLE)
        with Crowd(people):
            time.sleep(1)
            began = time.monotonic()
            stage.cluster.kill()
            time.sleep(0.5)
            stage.cluster.start()
            up = time.monotonic() - began
            time.sleep(3)
        lost, ledger = stage.lost(), stage.ledger
    checks = {"nothing lost": not lost, "only 503": not ledger.strange, "waits": ledger.worst() <= 15}
    return told(checks, f"database up after {up:.1f} s, {ledger.figures(lost)}")


def release(run: Run) -> Outcome:
    """USR2: a new master, then HUP: new workers take over while people save; no request fails."""
    with Stage(run.kind, run.seed, broken=run.broken, server={"WEB_PRELOAD": "0"}) as stage:
        people = stage.people(stage.contest(), _PEOPLE)
        turns = run.times(3)
        with Crowd(people):
            time.sleep(1)
            if not run.broken:
                stage.renew()
            for _ in range(turns):
                time.sleep(1)
                # The broken server is stopped and started, as a release by hand would.
                if run.broken:
                    stage.kill_all()
                    stage.start_server()
                else:
                    stage.signal(signal.SIGHUP)
            time.sleep(2)
        lost, ledger = stage.lost(), stage.ledger
    checks = {
        "nothing lost": not lost,
        "no failed request": not ledger.refused,
        "no strange reply": not ledger.strange,
    }
    return told(checks, f"one by USR2, {turns} by HUP, {ledger.figures(lost)}")
