"""What a drill plays on: a database, the real server on it, a contest, and people who know their address."""

import os
import random
import shutil
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from types import TracebackType
from typing import Any

from flask import Flask
from flask_migrate import upgrade

from drills.cluster import Cluster
from drills.ledger import Ledger
from drills.people import Person, sign_in
from quiz.app import create_app
from quiz.bank.queries import find_bank
from quiz.contests.models import Contest
from quiz.core import clock
from quiz.core.caches import forget_all
from quiz.core.database import db
from quiz.core.settings import ROOT, load_settings
from tests.support.factories import make_bank, make_contest, make_entry, round_definition
from tests.support.live import free_port
from tests.support.run import make_folder

_READY_SECONDS = 90.0
_SETTLED = 2.0
_KEYS = {
    "QUIZ_SECRET_KEY": "secret key of the drills, 0123456789",
    "QUIZ_DATA_KEY": "data key of the drills, 9876543210",
}


class Stage:
    """One database of the kind and one server; both end with the block, the folder with them."""

    def __init__(self, kind: str, seed: int, *, broken: str = "", server: Mapping[str, str] | None = None):
        forget_all()  # the drill before had another database
        self.kind, self.seed, self.broken = kind, seed, broken
        self.dice = random.Random(seed)
        self.ledger = Ledger()
        self.folder = make_folder()
        self.cluster = Cluster(self.folder) if kind == "postgresql" else None
        address = self.cluster.address if self.cluster else f"sqlite:///{self.folder / 'drill.sqlite3'}"
        self.environment = {
            "QUIZ_ENV": "production",
            "QUIZ_HOSTS": "127.0.0.1",
            "QUIZ_HTTPS": "0",
            "DATABASE_URL": address,
            "QUIZ_VAR": str(self.folder / "var"),
            "QUIZ_STARTS_PER_SECOND": "0",
            # Thousands of people behind 127.0.0.1, each of them as fast as a program.
            "QUIZ_LIMITS": "0",
            "QUIZ_START_SPACING": "0",
            "DRILL_BREAK": broken,
            **_KEYS,
        }
        self.app: Flask = create_app(load_settings(self.environment))
        with self.app.app_context():
            upgrade()
            db.engine.dispose()
        self.port = free_port()
        self._server_settings = dict(server or {})
        self._server: subprocess.Popen[bytes] | None = None
        self._renewed = 0  # the master that took over, where there was one
        self._supervised = threading.Event()
        self.log = self.folder / "server.log"

    def __enter__(self) -> "Stage":
        """The server answers when this returns."""
        try:
            self.start_server()
        except TimeoutError as error:
            self.__exit__(type(error), error, None)
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Everything ends; the log is shown where the drill broke off."""
        self._supervised.clear()
        for line in self.ledger.lines:
            line.close()
        self.stop_server()
        with self.app.app_context():
            db.session.remove()
            db.engine.dispose()
        if self.cluster:
            self.cluster.stop()
        if error is not None and self.log.exists():
            sys.stderr.write(self.log.read_text(errors="replace")[-4000:])
        shutil.rmtree(self.folder, ignore_errors=True)

    def contest(self, slug: str = "dien-tap", **changes: Any) -> Contest:
        """A contest that is open now, with a bank of a dozen questions."""
        now = clock.now()
        times = {"opens_at": now - timedelta(hours=1), "closes_at": now + timedelta(hours=2)}
        with self.app.app_context():
            if find_bank("bank") is None:
                make_bank()
            contest = make_contest(slug, round_definition(**(times | changes)))
            db.session.refresh(contest)
            db.session.expunge(contest)
        return contest

    def people(self, contest: Contest, count: int) -> list[Person]:
        """So many entrants, signed in."""
        made = []
        with self.app.app_context():
            numbers = [make_entry(contest, number).id for number in range(1, count + 1)]
            db.session.remove()
        for entry_id in numbers:
            cookie, token = sign_in(self.app, contest.id, entry_id)
            dice = random.Random(self.dice.randrange(2**32))
            made.append(Person(self.port, cookie, token, contest.slug, dice, self.ledger))
        return made

    def elsewhere(self) -> str:
        """The address of another, empty database of the same kind."""
        if self.cluster is None:
            return f"sqlite:///{self.folder / 'elsewhere.sqlite3'}"
        return self.cluster.new_database("elsewhere")

    def lost(self) -> list[str]:
        """Acknowledged sheets that the database does not have."""
        if self.broken:
            time.sleep(_SETTLED)  # what a broken server does late must not pass for lost
        return self.ledger.lost(self.app)

    def start_server(self, module: str = "") -> None:
        """Start gunicorn and wait until it answers; with another application than the product's own."""
        surroundings = {
            **os.environ,
            **self.environment,
            "HOST": "127.0.0.1",
            "PORT": str(self.port),
            "WEB_CONCURRENCY": "2",
            "PYTHONPATH": str(ROOT),
            **self._server_settings,
        }
        module = module or ("drills.broken:app" if self.broken else "")
        # Not `python -m gunicorn`: after USR2 that would look for its own parts in place of Python's.
        words = [str(Path(sys.executable).with_name("gunicorn")), *([module] if module else [])]
        with self.log.open("ab") as output:
            self._server = subprocess.Popen(words, cwd=ROOT, env=surroundings, stdout=output, stderr=output)
        self.wait_ready()

    def wait_ready(self) -> float:
        """Seconds until the server answers. Raises TimeoutError."""
        began = time.monotonic()
        while time.monotonic() - began < _READY_SECONDS:
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=2):
                    return time.monotonic() - began
            except (OSError, urllib.error.HTTPError):
                time.sleep(0.05)
        raise TimeoutError(f"the server does not answer:\n{self.log.read_text(errors='replace')[-2000:]}")

    def supervise(self) -> None:
        """Start the server again whenever it has died, as systemd would."""
        self._supervised.set()
        threading.Thread(target=self._watch, daemon=True).start()

    def _watch(self) -> None:
        while self._supervised.is_set():
            if self._server is not None and self._server.poll() is not None and self._supervised.is_set():
                self.start_server()
            time.sleep(0.1)

    @property
    def master(self) -> int:
        """The process id of gunicorn's master."""
        assert self._server is not None
        return self._renewed or self._server.pid

    def workers(self) -> list[int]:
        """The process ids of the workers."""
        return _children(self.master)

    def kill_all(self) -> None:
        """End the master and all workers without a word."""
        for pid in (self.master, *self.workers()):
            kill(pid)

    def signal(self, what: signal.Signals) -> None:
        """A signal to the master."""
        os.kill(self.master, what)

    def renew(self) -> None:
        """USR2: another master takes over the open sockets; the old one ends when the new workers answer."""
        assert self._server is not None
        others = set(self.workers())
        self.signal(signal.SIGUSR2)
        end = time.monotonic() + _READY_SECONDS
        while not (new := [pid for pid in self.workers() if pid not in others and len(_children(pid)) >= 2]):
            if time.monotonic() > end:
                raise TimeoutError(f"no second master:\n{self.log.read_text(errors='replace')[-2000:]}")
            time.sleep(0.1)
        time.sleep(_SETTLED)  # its workers load the application
        self.signal(signal.SIGTERM)
        self._server.wait(_READY_SECONDS)
        self._renewed = new[0]

    def flask(self, *words: str) -> subprocess.CompletedProcess[str]:
        """One command of the product on this database."""
        return subprocess.run(
            [*self.flask_words(), *words],
            cwd=ROOT,
            env={**os.environ, **self.environment},
            capture_output=True,
            text=True,
            check=False,
        )

    def flask_words(self) -> list[str]:
        """How a command of the product begins; a broken product has broken commands."""
        module = "drills.broken" if self.broken else "wsgi"
        return [sys.executable, "-m", "flask", "--app", module]

    def stop_server(self) -> None:
        """End the server in order."""
        if self._renewed:
            os.kill(self._renewed, signal.SIGTERM)
            end = time.monotonic() + 15
            while Path(f"/proc/{self._renewed}").exists() and time.monotonic() < end:
                time.sleep(0.1)
        if self._server is None or self._server.poll() is not None:
            return
        self._server.terminate()
        try:
            self._server.wait(15)
        except subprocess.TimeoutExpired:
            self._server.kill()
            self._server.wait()


def kill(pid: int) -> None:
    """End a process without a word; one that is gone is fine."""
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return


def _children(pid: int) -> list[int]:
    try:
        return [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except FileNotFoundError:
        return []
