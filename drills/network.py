"""R07, R22: replies get lost, and some clients hardly move."""

import socket
import threading
import time
from collections import Counter

from sqlalchemy import select

from drills.outcome import Outcome, Run, told
from drills.people import Crowd
from drills.proxy import LossyProxy
from drills.stage import Stage
from quiz.attempts.models import Attempt, Result
from quiz.core.database import db

_PEOPLE = 16
_SLOW = 200


def lost_replies(run: Run) -> Outcome:
    """Every third reply to a start, save or submit is lost after the server has done it."""
    with Stage(run.kind, run.seed, broken=run.broken) as stage:
        contest = stage.contest()
        people = stage.people(contest, _PEOPLE)
        with LossyProxy(stage.port, 1 / 3, stage.dice) as proxy:
            for person in people:
                person.port = proxy.port
            with Crowd(people):
                time.sleep(run.times(10))
            for person in people:
                person.submit()
        with stage.app.app_context():
            rows = db.session.execute(select(Attempt.entry_id, Attempt.revision, Attempt.answers)).all()
            results = len(db.session.scalars(select(Result.entry_id)).all())
            db.session.remove()
        lost, ledger = stage.lost(), stage.ledger
    per_person = Counter(entry_id for entry_id, _revision, _answers in rows)
    checks = {
        "one attempt each": len(per_person) == _PEOPLE and set(per_person.values()) == {1},
        "one result each": results == _PEOPLE,
        "nothing lost": not lost,
        "no strange reply": not ledger.strange,
    }
    return told(checks, f"{proxy.dropped} replies dropped, {ledger.figures(lost)}")


def slow_clients(run: Run) -> Outcome:
    """200 clients at 100 bytes a second, or silent, or deaf; the others hardly notice."""
    own = {"GUNICORN_CMD_ARGS": "--worker-class gthread"} if run.broken else None
    with Stage(run.kind, run.seed, broken=run.broken, server=own) as stage:
        people = stage.people(stage.contest(), _PEOPLE)
        seconds = run.times(10)
        with Crowd(people):
            time.sleep(seconds)
            calm = stage.ledger.share(0.95)
            with _Slow(stage.port, run.times(_SLOW)):
                time.sleep(2)
                stage.ledger.waits.clear()
                time.sleep(seconds)
                crowded, saves = stage.ledger.share(0.95), len(stage.ledger.waits)
            stage.ledger.waits.clear()
            time.sleep(seconds)
            calm = max(calm, stage.ledger.share(0.95))  # before and after: others are at work on the machine
        lost, ledger = stage.lost(), stage.ledger
    checks = {
        "people go on saving": saves >= _PEOPLE,
        "p95 below twice the calm one": crowded < max(2 * calm, 0.1),
        "nothing lost": not lost,
        "no strange reply": not ledger.strange,
    }
    return told(
        checks,
        f"p95 {calm * 1000:.0f} ms alone, {crowded * 1000:.0f} ms in {saves} saves beside slow clients",
    )


class _Slow:
    """A third each: the head comes slowly, the body does, nothing comes. A few ask and never read."""

    def __init__(self, port: int, count: int) -> None:
        self._port, self._count = port, count
        self._stop = threading.Event()

    def __enter__(self) -> None:
        self._lines = [self._call() for _ in range(self._count)]
        self._thread = threading.Thread(target=self._drip, daemon=True)
        self._thread.start()

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()
        for line in self._lines:
            line.close()

    def _call(self) -> socket.socket:
        line = socket.socket()
        line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        line.connect(("127.0.0.1", self._port))
        line.setblocking(False)
        return line

    def _drip(self) -> None:
        place = 0
        while not self._stop.wait(0.1):
            for number, line in enumerate(self._lines):
                try:
                    line.send(self._piece(number, place))
                except BlockingIOError:
                    continue
                except OSError:
                    line.close()
                    self._lines[number] = self._call()  # let go by the server: at it again
            place += 10

    def _piece(self, number: int, place: int) -> bytes:
        if number % 20 == 0:
            return b"" if place else b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n" * 40
        head = b"POST /attempts/x/submit HTTP/1.1\r\nHost: a\r\nContent-Length: 9000\r\n"
        slowly = head + b"X-Slow: " + b"a" * 10_000
        if number % 3 == 0:
            return slowly[place : place + 10]
        if number % 3 == 1:
            return b"a" * 10 if place else head + b"\r\n"
        return b""
