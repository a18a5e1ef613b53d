"""Boards of 200,000 people, 1,000,000 attempts and 5,000 units on both databases, and finishing their round.

python -m benches.boards --people 20000        a smaller one
"""

import argparse
import json
import random
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import event, text

from benches.board_rows import SLUG, fill
from benches.frame import Row, print_table, run
from quiz.app import create_app
from quiz.attempts.models import Result
from quiz.contests.models import Round
from quiz.contests.phases import RoundState
from quiz.contests.queries import get_contest
from quiz.core import clock
from quiz.core.caches import forget_all
from quiz.core.database import db, transaction
from quiz.standings.service import freeze_round
from tests.support import postgresql
from tests.support.factories import KEYRING
from tests.support.run import Unavailable, make_folder

PEOPLE, ATTEMPTS_EACH, UNITS = 200_000, 5, 5_000
_TRIES, _READERS = 60, 16
_P99, _FINISHED = 50, 120  # milliseconds, seconds
_ALSO_FROZEN = ("any page", "category, any page", "my place")
_KEYS = {"QUIZ_ENV": "development", "QUIZ_DATA_KEY": "data key of the tests, 9876543210"}


def rows(people: int = PEOPLE) -> Iterable[Row]:
    """The bounds of `make bench`."""
    found = {}
    with tempfile.TemporaryDirectory() as folder:
        found["SQLite"] = _measured(people, {"QUIZ_VAR": folder, "DATABASE_URL": ""})
    cluster = make_folder()
    try:
        address = postgresql.create(cluster, "boards").render_as_string(hide_password=False)
        found["PostgreSQL"] = _measured(people, {"QUIZ_VAR": str(cluster / "var"), "DATABASE_URL": address})
    except Unavailable as error:
        yield Row(f"PostgreSQL: not here ({str(error)[:60]})", 0, "")
    finally:
        postgresql.stop(cluster)
    for name, seen in found.items():
        yield from _table(name, seen, people)
    if len(found) == 2:
        for page, figures in found["SQLite"]["pages"].items():
            ratio = figures["p50"] / found["PostgreSQL"]["pages"][page]["p50"]
            yield Row(f"{page}: median of SQLite in those of PostgreSQL", round(ratio, 2), "", 3)


def _table(name: str, seen: dict[str, Any], people: int) -> Iterator[Row]:
    yield Row(
        f"{name}: {people:,} people, {people * ATTEMPTS_EACH:,} attempts, loaded in", seen["loaded"], "s"
    )
    for page, figures in seen["pages"].items():
        note = f"median {figures['p50']:.1f} ms, {figures['statements']} statements, "
        note += f"cold {figures['cold']:.0f} ms"
        yield Row(f"{name}: {page}, p99", round(figures["p99"], 1), "ms", _P99, note=note)
        yield Row(f"{name}: {page}, most statements less fewest", figures["spread"], "", 0)
    yield Row(f"{name}: cold board, one reader", round(seen["one"]), "ms")
    yield Row(
        f"{name}: cold board, {_READERS} at once, the last in times of one", round(seen["herd"], 2), "", 2
    )
    yield Row(f"{name}: round frozen: number, errors, places", round(seen["frozen"], 1), "s", _FINISHED)


def _measured(people: int, surroundings: dict[str, str]) -> dict[str, Any]:
    used = run(["-m", "benches.boards", "--measure", str(people)], {**_KEYS, **surroundings})
    found: dict[str, Any] = json.loads(used.output.splitlines()[-1])
    return found


def measure(people: int) -> dict[str, Any]:
    """Load, read each page many times, freeze the round; in this process."""
    app = create_app()
    with app.app_context():
        began = time.monotonic()
        upgrade()
        fill(people, ATTEMPTS_EACH, UNITS)
        _tidy()
        loaded = time.monotonic() - began
        print("loaded", loaded, file=sys.stderr, flush=True)
    found: dict[str, Any] = {"loaded": round(loaded), "pages": {}}
    for name, addresses in _pages(app, people).items():
        found["pages"][name] = _page(app, addresses)
        print(name, found["pages"][name], file=sys.stderr, flush=True)
    found["one"], found["herd"] = _herd(app)
    with app.app_context():
        began = time.monotonic()
        contest = get_contest(SLUG)
        with transaction() as session:
            freeze_round(contest, 1, now=clock.now(), keyring=KEYRING)
            session.get_one(Round, (contest.id, 1)).state = RoundState.FROZEN.value
        found["frozen"] = time.monotonic() - began
        _tidy()
    for name, addresses in _pages(app, people).items():
        if name in _ALSO_FROZEN:
            found["pages"][f"{name}, frozen"] = _page(app, addresses)
    with app.app_context():
        db.engine.dispose()
    return found


def _tidy() -> None:
    """What the database does by itself in the hours of a round."""
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        is_sqlite = connection.dialect.name == "sqlite"
        connection.execute(text("ANALYZE" if is_sqlite else "VACUUM ANALYZE"))


def _pages(app: Flask, people: int) -> dict[str, Callable[[random.Random], str]]:
    last = max(1, people // 50 - 1)
    board = f"/c/{SLUG}/standings"
    with app.app_context():
        entries = list(db.session.scalars(db.select(Result.entry_id).limit(500)))
    return {
        "first page": lambda _dice: board,
        "any page": lambda dice: f"{board}?page={dice.randint(1, last)}",
        "category, any page": lambda dice: f"{board}?category=hs&page={dice.randint(1, last // 10)}",
        "rare category": lambda dice: f"{board}?category=gv&page={dice.randint(1, max(1, last // 200))}",
        "block, any page": lambda dice: f"{board}?division=K1&page={dice.randint(1, last // 5)}",
        "search": lambda dice: f"{board}?q={dice.randrange(1000):03}",
        "units": lambda dice: f"{board}/units?page={dice.randint(1, UNITS // 50)}",
        "units, search": lambda dice: f"{board}/units?q=xa+{dice.randrange(UNITS)}",
        "one unit": lambda dice: f"/c/{SLUG}/units/U{dice.randrange(UNITS):05}",
        "a block's units": lambda dice: f"/c/{SLUG}/units/K{dice.randint(1, 5)}",
        "my place": lambda dice: f"{board}?page={dice.randint(1, last)}#{dice.choice(entries)}",
    }


def _page(app: Flask, address: Callable[[random.Random], str]) -> dict[str, Any]:
    """Milliseconds of many requests, the first one with empty caches."""
    dice = random.Random(4)
    client = app.test_client()
    with app.app_context():
        contest_id, engine = get_contest(SLUG).id, db.engine
    counts: list[int] = []
    here = threading.get_ident()

    def note(*_rest: object) -> None:
        counts[-1] += threading.get_ident() == here  # what is made anew in the background nobody waits for

    event.listen(engine, "before_cursor_execute", note)
    times = []
    forget_all()
    for _ in range(_TRIES + 3):
        path, _sep, entry_id = address(dice).partition("#")
        if entry_id:
            with client.session_transaction() as session:
                session["entries"] = {str(contest_id): entry_id}
        counts.append(0)
        began = time.perf_counter()
        status = client.get(path).status_code
        times.append((time.perf_counter() - began) * 1000)
        assert status == 200, (path, status)
    event.remove(engine, "before_cursor_execute", note)
    warm, cold = sorted(times[3:]), times[0]
    return {
        "p50": statistics.median(warm),
        "p99": warm[int(len(warm) * 0.99) - 1],
        "cold": cold,
        "statements": max(counts[3:]),
        "spread": max(counts[3:]) - min(counts[3:]),
    }


def _herd(app: Flask) -> tuple[float, float]:
    """Milliseconds of one reader with empty caches, and the last of many in times of that."""

    def read(_number: int) -> float:
        began = time.perf_counter()
        assert app.test_client().get(f"/c/{SLUG}/standings").status_code == 200
        return (time.perf_counter() - began) * 1000

    ones, herds = [], []
    for _ in range(3):
        forget_all()
        ones.append(read(0))
        forget_all()
        with ThreadPoolExecutor(_READERS) as pool:
            herds.append(max(pool.map(read, range(_READERS))))
    one = statistics.median(ones)
    return one, statistics.median(herds) / one


def main() -> int:
    """The bench by itself, or its measuring half."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=PEOPLE)
    parser.add_argument("--measure", type=int, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if not asked.measure:
        return 0 if print_table(rows(asked.people)) else 1
    print(json.dumps(measure(asked.measure)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
