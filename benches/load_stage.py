"""What the load bench plays on: the product and the bare programs, each under gunicorn, on one database.

The contest holds as many people and attempts as are asked for, in a round that is open now. A second one is
published, with an attempt to be looked through.
"""

import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from flask import session
from flask.sessions import SecureCookieSessionInterface
from flask_wtf.csrf import generate_csrf
from sqlalchemy import delete, insert, inspect, text

from benches.board_rows import SLUG, fill
from drills.stage import Stage
from quiz.attempts import service
from quiz.attempts.result_models import ListResult
from quiz.attempts.sheets import Sheet
from quiz.contests.definition import AttemptRule, MatrixCell, PaperRule, RoundDefinition
from quiz.contests.models import Contest, Round, StandingList
from quiz.contests.phases import RoundState
from quiz.contests.queries import get_contest
from quiz.core import clock
from quiz.core.database import db, transaction
from quiz.core.settings import ROOT
from quiz.entries.models import Entry
from tests.support.factories import KEYRING, make_bank, make_contest, make_entry, round_definition
from tests.support.live import free_port

QUESTIONS, _BANK = 20, 200
_UNITS, _EACH = 200, 5
_OVER = "xong-roi"
_PAPER = PaperRule(bank="load", matrix=(MatrixCell(None, None, QUESTIONS),))
_TICKS = os.sysconf("SC_CLK_TCK")
# As in production, but thousands of people sit behind one address here.
SERVER = {"QUIZ_LIMITS": "1", "QUIZ_NETWORK_PER_MINUTE": "10000000", "QUIZ_CHALLENGE": "off"}


@dataclass(frozen=True, slots=True)
class Seat:
    """Somebody who has entered: what their browser sends along."""

    cookie: str
    token: str


@dataclass
class Ground:
    """A database with its servers: the product, the same with nothing kept, and the bare programs."""

    stage: Stage
    attempts: int
    ports: dict[str, int] = field(default_factory=dict)
    masters: dict[str, int] = field(default_factory=dict)
    seats: list[Seat] = field(default_factory=list)
    review: str = ""

    @property
    def path(self) -> str:
        """The contest's address."""
        return f"/c/{SLUG}"

    def cpu(self, server: str) -> float:
        """Processor seconds of its workers so far."""
        return sum(_cpu(pid) for pid in workers_of(self.masters[server]))

    def database_cpu(self) -> float:
        """Processor seconds of the database so far; 0 where it is a part of the workers."""
        if self.stage.cluster is None:
            return 0.0
        head = int((self.stage.cluster.data / "postmaster.pid").read_text().split()[0])
        return sum(_cpu(pid) for pid in (head, *workers_of(head)))

    def take(self, count: int) -> list[Seat]:
        """So many people who have not started yet."""
        if len(self.seats) < count:
            self.seats += _seats(self, count)
        taken, self.seats = self.seats[:count], self.seats[count:]
        return taken


@contextmanager
def ground(kind: str, attempts: int, servers: tuple[str, ...] = ("product",)) -> Iterator[Ground]:
    """A database of this kind with so many attempts, and these servers on it. Raises Unavailable."""
    stage = Stage(kind, 1, server=SERVER)
    found = Ground(stage, attempts)
    with stage.app.app_context():
        _fill(attempts)
        found.review = _published()
        _tidy()
        db.session.remove()
        db.engine.dispose()
    with stage, ExitStack() as running:
        found.ports["product"], found.masters["product"] = stage.port, stage.master
        for name in servers:
            if name != "product":
                port, pid = running.enter_context(_server(stage, f"benches.load_{name}:app"))
                found.ports[name], found.masters[name] = port, pid
        yield found


def _fill(attempts: int) -> None:
    """The board's own rows, in a round of twenty questions that is open; no combined list."""
    fill(attempts // _EACH, _EACH, _UNITS)
    make_bank("load", _BANK)
    now = clock.now()
    opened = _round(now - timedelta(days=10), now + timedelta(days=10))
    contest = get_contest(SLUG)
    with transaction() as session:
        for model in (ListResult, StandingList):
            session.execute(delete(model).where(model.contest_id == contest.id))
        round_ = session.get_one(Round, (contest.id, 1))
        round_.settings_data, round_.list_numbers = opened.as_dict(), None
        round_.opens_at, round_.closes_at = opened.opens_at, opened.closes_at
        round_.state = RoundState.READY.value


def _round(opens_at: datetime, closes_at: datetime) -> RoundDefinition:
    return round_definition(
        opens_at=opens_at, closes_at=closes_at, paper=_PAPER, attempts=AttemptRule(limit=1000), minutes=30
    )


def _published() -> str:
    """An attempt of a round that is published with its key; its code."""
    now = clock.now()
    contest = make_contest(_OVER, _round(now - timedelta(days=1), now + timedelta(days=1)))
    entry = make_entry(contest, 1)
    attempt = service.start(contest, entry.id, 1, now=now, keyring=KEYRING)
    sheet = Sheet(1, {place: (place % 4 + 1,) for place in range(1, QUESTIONS + 1)}, (), "7")
    service.submit(attempt.code, sheet, entry_id=entry.id, now=now + timedelta(minutes=5), keyring=KEYRING)
    with transaction() as session:
        round_ = session.get_one(Round, (contest.id, 1))
        round_.state, round_.state_since = RoundState.PUBLISHED.value, now
    return attempt.code


def _tidy() -> None:
    """What the database does by itself in the hours of a round."""
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        is_sqlite = connection.dialect.name == "sqlite"
        connection.execute(text("ANALYZE" if is_sqlite else "VACUUM ANALYZE"))
        if not is_sqlite:
            connection.execute(text("CHECKPOINT"))


def _seats(here: Ground, count: int) -> list[Seat]:
    """Entrants copied from a real one, signed in here and in the published contest."""
    app = here.stage.app
    with app.app_context():
        contest, over = get_contest(SLUG), get_contest(_OVER)
        columns = _columns(contest)
        first = int(columns["id"])
        numbers = [first + number for number in range(1, count + 1)]
        with transaction() as session_:
            rows = [columns | {"id": one, "identity_key": f"load {one}"} for one in numbers]
            session_.execute(insert(Entry), rows)
        reader = db.session.scalar(db.select(Entry.id).where(Entry.contest_id == over.id))
        entries = [{str(contest.id): str(one), str(over.id): str(reader)} for one in numbers]
        db.session.remove()
    return [_seat(here.stage, one) for one in entries]


def _columns(contest: Contest) -> dict[str, Any]:
    known = db.session.scalar(db.select(db.func.max(Entry.id)).where(Entry.contest_id == contest.id)) or 0
    row = make_entry(contest, known % 10**7, unit_id=a_unit(contest))
    return {one.key: getattr(row, one.key) for one in inspect(Entry).mapper.column_attrs}


def a_unit(contest: Contest) -> int:
    """The id of a unit of the contest."""
    found = db.session.scalar(
        text("SELECT max(id) FROM contest_units WHERE contest_id = :id"), {"id": contest.id}
    )
    return int(found)


def _seat(stage: Stage, entries: dict[str, str]) -> Seat:
    app = stage.app
    with app.test_request_context("/"):
        session["entries"] = entries
        token = generate_csrf()
        assert isinstance(app.session_interface, SecureCookieSessionInterface)
        serializer = app.session_interface.get_signing_serializer(app)
        assert serializer is not None
        value = serializer.dumps(dict(session))
    return Seat(f"{app.config['SESSION_COOKIE_NAME']}={value}", token)


@contextmanager
def _server(stage: Stage, module: str) -> Iterator[tuple[int, int]]:
    """Another program under the product's gunicorn settings on the same database; its port and master."""
    port = free_port()
    surroundings = {**os.environ, **stage.environment, **SERVER, "PORT": str(port), "PYTHONPATH": str(ROOT)}
    words = [str(Path(sys.executable).with_name("gunicorn")), module]
    if module.endswith("_bare:app"):
        database = stage.environment["DATABASE_URL"].replace("drill.sqlite3", "bare.sqlite3")
        surroundings |= {"DATABASE_URL": database}
    with stage.log.open("ab") as output:
        process = subprocess.Popen(words, cwd=ROOT, env=surroundings, stdout=output, stderr=output)
    try:
        _wait(port)
        yield port, process.pid
    finally:
        process.terminate()
        process.wait(30)


def _wait(port: int) -> None:
    end = time.monotonic() + 120
    while True:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=2).close()
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.05)
        else:
            return


def workers_of(pid: int) -> list[int]:
    """The processes that this one has started."""
    return [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def _cpu(pid: int) -> float:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except FileNotFoundError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / _TICKS
