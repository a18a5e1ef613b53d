"""Entrants as programs: they start, save again and again, and do not give up."""

import http.client
import json
import random
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urlencode

from flask import Flask, session
from flask.sessions import SecureCookieSessionInterface
from flask_wtf.csrf import generate_csrf

from drills.ledger import Ledger

PATIENCE = 60.0  # seconds after which a person stops trying, and the drill fails
_TIMEOUT = 8.0
_IDEMPOTENT = ("GET", "PUT")
FORM = "application/x-www-form-urlencoded"


class GaveUp(Exception):
    """No good reply came within `PATIENCE`."""


@dataclass(frozen=True)
class Reply:
    """Status (0: none came), the headers that matter, and the body."""

    status: int
    location: str = ""
    body: bytes = b""

    def json(self) -> dict[str, object]:
        """The body as an object."""
        found = json.loads(self.body)
        assert isinstance(found, dict)
        return found


@dataclass
class Person:
    """One entrant with a signed cookie; `answers` is the sheet as the phone has it."""

    port: int
    cookie: str
    token: str
    slug: str
    dice: random.Random
    ledger: Ledger
    code: str = ""
    revision: int = 0
    answers: dict[str, list[int]] = field(default_factory=dict)
    host: str = "127.0.0.1"
    _line: http.client.HTTPConnection | None = None

    def ask(self, method: str, path: str, body: bytes | None = None, kind: str = "") -> Reply:
        """One request on the kept connection; status 0 when it was cut or took too long."""
        began = time.monotonic()
        reply = self._send(method, path, body, kind)
        self.ledger.asks.append(time.monotonic() - began)
        return reply

    def _send(self, method: str, path: str, body: bytes | None, kind: str) -> Reply:
        headers = {"Cookie": self.cookie, "X-CSRFToken": self.token}
        if kind:
            headers["Content-Type"] = kind
        is_kept = self._line is not None
        if self._line is None:
            self._line = http.client.HTTPConnection(self.host, self.port, timeout=_TIMEOUT)
            self.ledger.lines.append(self._line)
        try:
            self._line.request(method, path, body, headers)
            reply = self._line.getresponse()
            found = Reply(reply.status, reply.headers.get("Location", ""), reply.read())
        except (OSError, http.client.HTTPException) as error:
            self.hang_up()
            if is_kept and method in _IDEMPOTENT and isinstance(error, ConnectionError):
                return self._send(method, path, body, kind)  # the server had let the connection go, as it may
            return Reply(0)
        if reply.will_close:
            self.hang_up()
        return found

    def hang_up(self) -> None:
        """Close the connection; the next request opens another."""
        if self._line is not None:
            self._line.close()
            self._line = None

    def start(self, number: int = 1) -> str:
        """Begin or resume; the attempt's code. Raises GaveUp."""

        def once() -> bool:
            reply = self.ask("POST", f"/c/{self.slug}/rounds/{number}/start", b"", FORM)
            if reply.status == 303 and "/attempts/" in reply.location:
                self.code = reply.location.rpartition("/")[2]
                return True
            return self._missed(reply, "start")

        self._until(once)
        return self.code

    def choose(self, questions: int = 6, choices: int = 4) -> None:
        """Tick one choice of one question, as a new revision of the sheet."""
        self.answers[str(self.dice.randint(1, questions))] = [self.dice.randint(1, choices)]
        self.revision += 1

    def put(self) -> Reply:
        """Send the sheet once."""
        return self.ask("PUT", f"/attempts/{self.code}/sheet", self.sheet(), "application/json")

    def save(self) -> None:
        """Send the sheet until it is acknowledged. Raises GaveUp."""
        began = time.monotonic()

        def once() -> bool:
            reply = self.put()
            if reply.status == 200 and reply.json()["revision"] == self.revision:
                self.ledger.saved(self.code, self.revision, self.answers, time.monotonic() - began)
                return True
            return self._missed(reply, "save")

        self._until(once)

    def submit(self) -> None:
        """Hand in until the server leads to the result. Raises GaveUp."""

        def once() -> bool:
            body = urlencode({"sheet": self.sheet().decode()}).encode()
            reply = self.ask("POST", f"/attempts/{self.code}/submit", body, FORM)
            return reply.status == 303 or self._missed(reply, "submit")

        self.revision += 1
        self._until(once)

    def sheet(self) -> bytes:
        """The sheet in the form of the protocol."""
        content = {"revision": self.revision, "answers": self.answers, "flags": [], "prediction": "7"}
        return json.dumps(content).encode()

    def _missed(self, reply: Reply, what: str) -> bool:
        self.ledger.failed(reply.status)
        if reply.status not in (0, 503):
            self.ledger.wonder(f"{what}: {reply.status}")
            if reply.status < 500:
                raise GaveUp(f"{what}: {reply.status} {reply.body[:200]!r}")
        return False

    def _until(self, once: Callable[[], bool]) -> None:
        end, tries = time.monotonic() + PATIENCE, 0
        while not once():
            if time.monotonic() > end:
                raise GaveUp("no reply for a minute")
            tries += 1
            time.sleep(self.dice.uniform(0, min(2.0, 0.1 * 2**tries)))  # full jitter


def sign_in(app: Flask, contest_id: int, entry_id: int) -> tuple[str, str]:
    """Cookie and CSRF token of a browser that acts for this entry."""
    with app.test_request_context("/"):
        session["entries"] = {str(contest_id): str(entry_id)}
        token = generate_csrf()
        assert isinstance(app.session_interface, SecureCookieSessionInterface)
        serializer = app.session_interface.get_signing_serializer(app)
        assert serializer is not None
        value = serializer.dumps(dict(session))
    return f"{app.config['SESSION_COOKIE_NAME']}={value}", token


@dataclass
class Crowd:
    """People who save all the time, each in a thread, until they are told to stop."""

    people: list[Person]
    pause: tuple[float, float] = (0.05, 0.3)
    _stop: threading.Event = field(default_factory=threading.Event)
    _threads: list[threading.Thread] = field(default_factory=list)

    def __enter__(self) -> "Crowd":
        """All have started their attempts when this returns."""
        for person in self.people:
            person.start()
        self._threads = [threading.Thread(target=self._live, args=(one,), daemon=True) for one in self.people]
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """All have their last sheet acknowledged, or have given up."""
        self._stop.set()
        for thread in self._threads:
            thread.join(PATIENCE + 10)

    def _live(self, person: Person) -> None:
        try:
            while not self._stop.is_set():
                person.choose()
                person.save()
                time.sleep(person.dice.uniform(*self.pause))
        except GaveUp as error:
            person.ledger.wonder(f"gave up: {error}")


class HandingIn:
    """People who start, save and hand in one after another, until they are told to stop."""

    def __init__(self, people: list[Person], pause: float = 0.15) -> None:
        self._people, self._pause, self._stop = people, pause, threading.Event()
        self._thread = threading.Thread(target=self._live, daemon=True)
        self.done: list[Person] = []

    def __enter__(self) -> "HandingIn":
        """The first of them begins."""
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Whoever has begun has handed in, or has given up."""
        self._stop.set()
        self._thread.join(PATIENCE + 10)

    def _live(self) -> None:
        for person in self._people:
            if self._stop.is_set():
                return
            try:
                person.start()
                person.choose()
                person.submit()
                self.done.append(person)
                time.sleep(self._pause)
            except GaveUp as error:
                person.ledger.wonder(f"gave up: {error}")
