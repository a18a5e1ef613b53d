"""The demo on a server of its own, and somebody whose attempt is running: what pages are measured on."""

import os
import secrets
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from flask import Flask, session

from quiz.app import create_app
from quiz.attempts import service
from quiz.contests.models import Contest
from quiz.contests.queries import get_contest, list_units
from quiz.core import clock
from quiz.core.settings import ROOT, load_settings
from quiz.demo.service import SLUG
from quiz.entries.person import Person
from quiz.entries.service import register
from quiz.web.entrants import remember_entrant
from tests.support.live import serve

_OPEN_ROUND = 2
# As a real installation serves, but for the certificate: browsers trust the loopback without one.
_PRODUCTION = {"QUIZ_ENV": "production", "QUIZ_HOSTS": "127.0.0.1", "QUIZ_HTTPS": "0", "QUIZ_LIMITS": "0"}


@dataclass(frozen=True, slots=True)
class Seat:
    """A running attempt, and the cookie of its owner's browser."""

    code: str
    cookie_name: str
    cookie_value: str


@dataclass(frozen=True, slots=True)
class DemoServer:
    """Where the demo answers, and an application on its database."""

    url: str
    app: Flask

    def sit_down(self) -> Seat:
        """One more person enters the open round and starts: the whole time is left."""
        keyring, now = self.app.extensions["keyring"], clock.now()
        with self.app.test_request_context():
            contest = get_contest(SLUG)
            entry, _is_new = register(contest, _person(contest), now=now, keyring=keyring)
            attempt = service.start(contest, entry.id, _OPEN_ROUND, now=now, keyring=keyring)
            remember_entrant(contest.id, entry.id)
            response = self.app.make_response("")
            self.app.session_interface.save_session(self.app, session, response)
        name, _, value = response.headers["Set-Cookie"].split(";")[0].partition("=")
        return Seat(attempt.code, name, value)


@contextmanager
def demo_server(folder: Path) -> Iterator[DemoServer]:
    """Load the demo into the folder and serve it until the block ends."""
    keys = {name: secrets.token_urlsafe(48) for name in ("QUIZ_SECRET_KEY", "QUIZ_DATA_KEY")}
    common = keys | {"QUIZ_VAR": str(folder), "DATABASE_URL": ""}
    _load(common | {"QUIZ_ENV": "development"})
    environment = common | _PRODUCTION | {"DATABASE_URL": f"sqlite:///{folder / 'timhieu.sqlite3'}"}
    app = create_app(load_settings(environment))
    with serve(app, environment, folder) as live:
        yield DemoServer(live.url, app)


def _load(environment: Mapping[str, str]) -> None:
    subprocess.run(
        [sys.executable, str(ROOT / "scripts" / "prepare.py")],
        env={**os.environ, **environment, "PYTHONPATH": str(ROOT)},
        cwd=ROOT,
        check=True,
        stdout=subprocess.DEVNULL,
    )


def _person(contest: Contest) -> Person:
    unit = list_units(contest.id)[-1]
    return Person(
        name="Lò Thị Hương",
        birth_date=date(1962, 8, 15),
        phone=f"+8499{secrets.randbelow(10**7):07}",
        may_publish=True,
        unit_id=unit.id,
    )
