"""R27: two application servers behind nginx and PgBouncer; each is killed in turn while people take part."""

import threading
import time

import psycopg
from sqlalchemy import func, select

from drills.fleet import Server
from drills.fronts import POOLED, Nginx, Pooler
from drills.load import persons
from drills.outcome import Outcome, Run, told
from drills.people import Crowd, HandingIn, Person
from drills.stage import Stage
from quiz.attempts.models import Attempt, Result
from quiz.backups.revisions import newest_revision
from quiz.contests.models import Contest
from quiz.core.database import db
from tests.support.next_step import CAREFUL, migrations_with

_SAVERS, _HAND_IN = 12, 400
_POOL = 6  # connections to the database for two servers with two workers each
_HOSTS = ("127.0.0.2", "127.0.0.3")
_BY_NGINX = (" 502", " 504")  # a server went while it answered; the page asks again


def one_of_two_dies(run: Run) -> Outcome:
    """kill -9 of a whole server, then of the other one: people go on at the one that is left."""
    with Stage(run.kind, run.seed, broken=run.broken) as stage:
        contest = stage.contest()
        stage.stop_server()  # this drill has its own two
        direct = stage.environment["DATABASE_URL"]
        with Pooler(stage, _POOL) as pooler:
            assert isinstance(pooler, Pooler)
            stage.environment["DATABASE_URL"] = pooler.address
            servers = [_server(stage, host, run) for host in _HOSTS]
            with servers[0], servers[1], Nginx(stage, servers) as nginx, _Watch(direct) as watch:
                assert isinstance(nginx, Nginx)
                people = persons(stage, contest, _SAVERS + _HAND_IN)
                gone, coming = _kill_in_turn(stage, run, servers, _at(people, nginx.port))
            commands = _commands(stage)
            stage.environment["DATABASE_URL"] = direct
        lost = [*gone, *stage.lost()]
        attempts, doubled, results = _counts(stage, contest)
    ledger, handed_in = stage.ledger, len(coming)
    strange = [one for one in ledger.strange if not one.endswith(_BY_NGINX)]
    checks = {
        "nothing lost": not lost,
        "one attempt each": doubled == 0 and attempts == _SAVERS + handed_in,
        "handed in and scored": results == handed_in > 0,
        "both served": not strange and ledger.worst() <= 10,
        "few connections": 0 < watch.most <= _POOL,
        "commands through the pooler": all(commands.values()),
    }
    wrong = [name for name, good in commands.items() if not good]
    return told(
        checks,
        f"{2 * run.times(2)} servers killed; {attempts} attempts, doubled {doubled}, {handed_in} handed in; "
        f"{watch.most} connections to the database; {ledger.figures(lost)}"
        + (f"; commands: {wrong}" if wrong else ""),
    )


def _server(stage: Stage, host: str, run: Run) -> Server:
    own = {"QUIZ_PROXIES": "1"}
    return Server(stage, host=host, module="drills.broken:app" if run.broken else "", settings=own)


def _at(people: list[Person], port: int) -> list[Person]:
    for person in people:
        person.port = port
    return people


def _kill_in_turn(
    stage: Stage, run: Run, servers: list[Server], people: list[Person]
) -> tuple[set[str], list[Person]]:
    """What was lost at once, and who handed in."""
    gone: set[str] = set()
    with Crowd(people[:_SAVERS]), HandingIn(people[_SAVERS:]) as coming:
        for _ in range(run.times(2)):
            for server in servers:
                time.sleep(stage.dice.uniform(1.5, 2.5))
                server.kill()
                gone.update(stage.lost())
                time.sleep(2)
                server.start()
        time.sleep(1)
    return gone, coming.done


def _commands(stage: Stage) -> dict[str, bool]:
    """Long reads, reports and a migration, all through the pooler."""
    folder = stage.folder / "next"
    folder.mkdir()
    steps = migrations_with(folder, CAREFUL, newest_revision())
    asked = {
        "boards": ("standings", "verify", "dien-tap"),
        "log": ("audit", "verify"),
        "migration": ("db", "upgrade", "-d", steps, "-x", "large=attempts"),
    }
    return {name: stage.flask(*words).returncode == 0 for name, words in asked.items()}


def _counts(stage: Stage, contest: Contest) -> tuple[int, int, int]:
    """Attempts, people with more than one, and results."""
    with stage.app.app_context():
        each = db.session.scalars(
            select(func.count()).where(Attempt.contest_id == contest.id).group_by(Attempt.entry_id)
        ).all()
        results = db.session.scalar(select(func.count()).where(Result.contest_id == contest.id))
        db.session.remove()
    return sum(each), sum(one > 1 for one in each), results or 0


class _Watch:
    """The most connections that the database had to the pooler."""

    def __init__(self, address: str) -> None:
        self._address = address.replace("postgresql+psycopg", "postgresql")
        self._stop = threading.Event()
        self.most = 0

    def __enter__(self) -> "_Watch":
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()

    def _look(self) -> None:
        with psycopg.connect(self._address, autocommit=True) as connection:
            while not self._stop.wait(0.1):
                row = connection.execute(
                    "SELECT count(*) FROM pg_stat_activity WHERE usename = %s", [POOLED]
                ).fetchone()
                assert row is not None
                self.most = max(self.most, int(row[0]))
