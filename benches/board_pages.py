"""Which pages of boards are asked for, and how one of them is measured."""

import random
import statistics
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from unittest import mock

from flask import Flask
from sqlalchemy import event

from benches.board_rows import ACCOUNT, SLUG
from quiz.accounts.queries import find_staff
from quiz.attempts.models import Result
from quiz.contests.queries import get_contest
from quiz.core import clock
from quiz.core.caches import forget_all
from quiz.core.database import db
from tests.support.client import Client
from tests.support.staff import sign_in_as

TRIES, READERS = 150, 16
_COUNTED = 8
BOARD = f"/c/{SLUG}/standings"


@dataclass(frozen=True, slots=True)
class Page:
    """Addresses of one kind. Who asks is nobody, somebody with a place (`entrant`), or a unit's account."""

    address: Callable[[random.Random], str]
    reader: str = "nobody"


def pages(people: int, units: int) -> dict[str, Page]:
    """What is measured while a round is closed and its number not fixed."""
    last = max(1, people // 50 - 1)
    return {
        "first page": Page(lambda _dice: BOARD),
        "any page": Page(lambda dice: f"{BOARD}?page={dice.randint(1, last)}"),
        "last page": Page(lambda _dice: f"{BOARD}?page={last}"),
        "category, any page": Page(lambda dice: f"{BOARD}?category=hs&page={dice.randint(1, last // 10)}"),
        "rare category": Page(
            lambda dice: f"{BOARD}?category=gv&page={dice.randint(1, max(1, last // 200))}"
        ),
        "block, any page": Page(lambda dice: f"{BOARD}?division=K1&page={dice.randint(1, last // 5)}"),
        "combined list": Page(lambda dice: f"{BOARD}?round=chung-1&page={dice.randint(1, last)}"),
        "search, digits": Page(lambda dice: f"{BOARD}?q={dice.randrange(1000):03}"),
        "my place": Page(lambda dice: f"{BOARD}?page={dice.randint(1, last)}", "entrant"),
        "units": Page(lambda dice: f"{BOARD}/units?page={dice.randint(1, units // 50)}"),
        "units, search": Page(lambda dice: f"{BOARD}/units?q=xa+{dice.randrange(units)}"),
        "one unit": Page(lambda dice: f"/c/{SLUG}/units/U{dice.randrange(units):05}"),
        "a block's units": Page(lambda dice: f"/c/{SLUG}/units/K{dice.randint(1, 5)}"),
        "a unit's desk": Page(lambda dice: f"/unit?unit=U{dice.randrange(0, units, 5):05}", "unit"),
    }


def published_pages(people: int, units: int) -> dict[str, Page]:
    """What is asked for once places are fixed."""
    found = pages(people, units)
    chosen = {name: found[name] for name in ("any page", "category, any page", "my place", "combined list")}
    words = ("huong", "lo thi", "thi huong 9")
    return chosen | {"search, name": Page(lambda dice: f"{BOARD}?q={dice.choice(words)}")}


def measured(app: Flask, page: Page) -> dict[str, Any]:
    """Milliseconds of many requests, each drawn anew, the first with empty caches; and their statements."""
    dice, clients = random.Random(4), _clients(app, page.reader)
    forget_all()
    times = [_ask(clients[place % len(clients)], page.address(dice)) for place in range(TRIES + 3)]
    with mock.patch.object(clock, "now", _standing_still()):  # nothing that is kept for seconds runs out
        _ask(clients[0], page.address(dice))
        counts = []
        for _ in range(_COUNTED):
            with statements(app) as sent:
                _ask(clients[0], page.address(dice))
            counts.append(len(sent))
    warm = sorted(times[3:])
    return {
        "p50": statistics.median(warm),
        "p99": warm[int(len(warm) * 0.99) - 1],
        "cold": times[0],
        "statements": max(counts),
        "spread": max(counts) - min(counts),
    }


def kept(app: Flask) -> dict[str, Any]:
    """The first page as it is kept for some seconds: of many requests, then of those who have it already."""
    app.config["KEEPS_PAGES"] = True
    client = app.test_client()
    tag = client.get(BOARD).headers["ETag"]
    found: dict[str, Any] = {}
    for name, headers in (("whole", {}), ("unchanged", {"If-None-Match": tag})):
        with mock.patch.object(clock, "now", _standing_still()):
            client.get(BOARD)
            with statements(app) as sent:
                replies = [_timed(client, headers) for _ in range(TRIES)]
        found[name] = statistics.median(one for one, _status in replies)
        found[f"{name} statements"] = len(sent)
        found[f"{name} 304"] = sum(status == 304 for _one, status in replies) / TRIES
    app.config["KEEPS_PAGES"] = False
    return found


def herd(app: Flask) -> dict[str, float]:
    """A reader with empty caches, and many at once: milliseconds of the one, times of that, statements."""
    app.config["KEEPS_PAGES"] = True

    def read(_number: int) -> float:
        return _ask(app.test_client(), BOARD)

    ones, herds, more = [], [], []
    with ThreadPoolExecutor(READERS) as pool:
        for _ in range(3):
            forget_all()
            with statements(app, everybody=True) as alone:
                ones.append(read(0))
            forget_all()
            with statements(app, everybody=True) as together:
                herds.append(max(pool.map(read, range(READERS))))
            more.append(len(together) - len(alone))
    app.config["KEEPS_PAGES"] = False
    one = statistics.median(ones)
    return {"one": one, "times": statistics.median(herds) / one, "more": max(more)}


@contextmanager
def statements(app: Flask, *, everybody: bool = False) -> Iterator[list[str]]:
    """What this thread sends inside; what is made anew in the background nobody waits for."""
    sent: list[str] = []
    here = threading.get_ident()

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if everybody or threading.get_ident() == here:
            sent.append(statement)

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(engine, "before_cursor_execute", note)


def _ask(client: Any, address: str) -> float:
    began = time.perf_counter()
    status = client.get(address).status_code
    took = (time.perf_counter() - began) * 1000
    assert status == 200, (address, status)
    return took


def _timed(client: Any, headers: dict[str, str]) -> tuple[float, int]:
    began = time.perf_counter()
    status = client.get(BOARD, headers=headers).status_code
    return (time.perf_counter() - began) * 1000, status


def _standing_still() -> Callable[[], Any]:
    moment = clock.now()
    return lambda: moment


def _clients(app: Flask, reader: str) -> list[Any]:
    """Browsers of those who ask."""
    if reader == "nobody":
        return [app.test_client()]
    if reader == "unit":
        app.test_client_class, client = Client, app.test_client()
        with app.app_context():
            staff = find_staff(ACCOUNT)
            assert staff is not None
            sign_in_as(client, staff)  # type: ignore[arg-type]  # the class above
        return [client]
    with app.app_context():
        contest_id = get_contest(SLUG).id
        dice = random.Random(6)
        entries = dice.sample(list(db.session.scalars(db.select(Result.entry_id))), 40)
    clients = []
    for entry_id in entries:
        client = app.test_client()
        with client.session_transaction() as session:
            session["entries"] = {str(contest_id): str(entry_id)}
        clients.append(client)
    return clients
