"""R05, R06: the disk is full, or the database stands still for a while."""

import resource
import sqlite3
import threading
import time
from collections.abc import Callable

import psycopg
from sqlalchemy.engine import make_url

from drills.outcome import Outcome, Run, told
from drills.people import Crowd, Person
from drills.stage import Stage

_PEOPLE = 16


def full_disk(run: Run) -> Outcome:
    """No file of the server's processes may grow: saves are refused, pages still open, then all is well.

    A limit on the size of files stands for the full disk; SQLite meets it in the same call.
    """
    with Stage(run.kind, run.seed, broken=run.broken) as stage:
        people = stage.people(stage.contest(), _PEOPLE)
        seconds = run.times(20)
        with Crowd(people):
            time.sleep(1)
            _limit(stage, 4096)
            time.sleep(0.5)
            stage.ledger.refused.clear()
            during = len(stage.ledger.waits)
            readable = all(_reads(person) for person in people[:4])
            time.sleep(seconds)
            saved = len(stage.ledger.waits) - during
            refused = dict(stage.ledger.refused)
            _limit(stage, resource.RLIM_INFINITY)
            time.sleep(3)
        lost, ledger = stage.lost(), stage.ledger
    checks = {
        "saves refused with 503": set(refused) == {503} and not saved,
        "pages open": readable,
        "nothing lost": not lost,
        "no strange reply": not ledger.strange,
    }
    return told(checks, f"{seconds} s full: {refused.get(503, 0)} refusals, {ledger.figures(lost)}")


def stall(run: Run) -> Outcome:
    """Somebody holds the lock that saving needs for ten seconds."""
    with Stage(run.kind, run.seed, broken=run.broken) as stage:
        people = stage.people(stage.contest(), _PEOPLE)
        with Crowd(people):
            time.sleep(3)
            calm = stage.ledger.share(0.95)
            _hold(stage, run.times(10))
            time.sleep(10)
            stage.ledger.waits, before = [], stage.ledger.waits
            time.sleep(3)
            after, saves = stage.ledger.share(0.95), len(stage.ledger.waits)
            worst = max(before + stage.ledger.waits)
        lost, ledger = stage.lost(), stage.ledger
    checks = {
        "nobody waits over 15 s": worst <= 15,
        "people save again": saves >= _PEOPLE,
        # Somebody stuck shows in seconds; tenths are what others do on the machine.
        "normal ten seconds after": after <= max(2 * calm, 0.5),
        "nothing lost": not lost,
        "no strange reply": not ledger.strange,
    }
    figures = f"p95 {calm * 1000:.0f} ms before, {after * 1000:.0f} ms after, longest wait {worst:.1f} s"
    return told(checks, figures)


def _limit(stage: Stage, size: int) -> None:
    for pid in stage.workers():
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))


def _reads(person: Person) -> bool:
    """The attempt's page opens, asked on another connection than the one that saves."""
    other = Person(person.port, person.cookie, person.token, person.slug, person.dice, person.ledger)
    return other.ask("GET", f"/attempts/{person.code}").status == 200


def _hold(stage: Stage, seconds: float) -> None:
    address = make_url(stage.environment["DATABASE_URL"])
    holding = threading.Thread(target=_HOLD[stage.kind], args=(address, seconds), daemon=True)
    holding.start()
    holding.join()


def _hold_sqlite(address: object, seconds: float) -> None:
    path = str(address).removeprefix("sqlite:///")
    connection = sqlite3.connect(path, timeout=10, isolation_level=None)
    connection.execute("BEGIN IMMEDIATE")
    time.sleep(seconds)
    connection.rollback()
    connection.close()


def _hold_postgresql(address: object, seconds: float) -> None:
    plain = str(address).replace("postgresql+psycopg", "postgresql")
    with psycopg.connect(plain) as connection:
        connection.execute("LOCK TABLE attempts IN ACCESS EXCLUSIVE MODE")
        time.sleep(seconds)
        connection.rollback()


_HOLD: dict[str, Callable[[object, float], None]] = {
    "sqlite": _hold_sqlite,
    "postgresql": _hold_postgresql,
}
