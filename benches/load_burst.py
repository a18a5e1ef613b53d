"""The opening: 150 requests a second of the real mixture for five minutes, statistics being computed beside.

python -m benches.load_burst --minutes 60       an hour, for the memory of the workers
"""

import argparse
import os
import statistics
import subprocess
import sys
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from itertools import count
from pathlib import Path

from sqlalchemy import text

from benches import load_people as people
from benches.board_rows import SLUG
from benches.frame import Row, print_table
from benches.load_driver import Driver, Person, Reply, Seen, request
from benches.load_report import put_between
from benches.load_stage import Ground, a_unit, ground, workers_of
from quiz.analysis.service import analyse_round
from quiz.app import create_app
from quiz.attempts import service
from quiz.attempts.models import Attempt
from quiz.attempts.sheets import Sheet
from quiz.contests.queries import get_contest
from quiz.core import clock
from quiz.core.database import db, transaction
from quiz.core.settings import ROOT
from tests.support.factories import KEYRING, make_entry
from tests.support.run import Unavailable

_RATE, _MINUTES, _STORED = 150, 5.0, 100_000
_PEOPLE = 300  # at the same time, so that each of them sends something every two seconds
_WARM = 15.0
_P99, _READY, _MEGABYTES, _GROWTH = 300, 1.5, 90, 5


class Burst(Driver):
    """Requests at a fixed rate, whoever's turn it is; waits count from the moment that was due."""

    def __init__(self, port: int, crowd: Iterator[Person], rate: float) -> None:
        super().__init__(port, crowd, connections=_PEOPLE)
        self._rate = rate
        self._idle: deque[tuple[object, Reply | None]] = deque()

    def run(self, seconds: float) -> Seen:
        """So many seconds at this rate; replies that are under way are waited for."""
        began = due = time.perf_counter()
        self._end = began + seconds
        for line in self._lines:
            self._next_person(line)
        while (now := time.perf_counter()) < self._end:
            while due <= now and self._idle:
                due = self._send(due)
            for key, _events in self._selector.select(min(max(due - time.perf_counter(), 0), 0.1)):
                self._read(key.data)
        while self._busy:
            for key, _events in self._selector.select(30):
                self._read(key.data)
        self.seen.seconds = time.perf_counter() - began
        for line in self._lines:
            self._hang_up(line)
        return self.seen

    def _send(self, due: float) -> float:
        """Let the one who waited longest send; when the next one is due."""
        line, reply = self._idle.popleft()
        busy = self._busy
        super()._go_on(line, reply)  # type: ignore[arg-type]  # a line, out of our own queue
        if self._busy == busy:
            return due  # they were at the end of their way, and the next person stands in line
        line.sent_at = due  # type: ignore[attr-defined]  # a line
        return due + 1 / self._rate

    def _go_on(self, line, reply):  # type: ignore[no-untyped-def]  # as it is above
        self._idle.append((line, reply))


def rows(minutes: float = _MINUTES) -> Iterator[Row]:
    """The bounds of acceptance test 13, on PostgreSQL."""
    began = time.monotonic()
    try:
        with ground("postgresql", _STORED) as here:
            yield Row("loaded in", round(time.monotonic() - began), "s")
            found = list(_played(here, minutes))
    except Unavailable as error:
        yield Row(f"postgresql: not here ({str(error)[:60]})", 0, "")
        return
    yield from found
    _write(found)


def _played(here: Ground, minutes: float) -> Iterator[Row]:
    here.stage.stop_server()
    started = time.monotonic()
    here.stage.start_server()
    ready = time.monotonic() - started
    here.masters["product"] = here.stage.master
    _give_papers(here)
    Burst(here.stage.port, _mixture(here), _RATE).run(_WARM)
    before = _pss(here)
    with _statistics(here) as rounds:
        seen = Burst(here.stage.port, _mixture(here), _RATE).run(60 * minutes)
        analysed = rounds()
    after = _pss(here)
    waits = sorted(seen.waits)
    yield Row(f"requests a second over {minutes:g} minutes", round(seen.requests / seen.seconds, 1), "")
    yield Row("errors", sum(seen.bad.values()), "", 0, note=", ".join(map(str, seen.bad)))
    yield Row("whole attempts", seen.ways, "")
    yield Row("statistics of the round computed meanwhile", analysed, "", 1, at_least=True)
    yield Row("median", round(1000 * statistics.median(waits), 1), "ms")
    yield Row("p99", round(1000 * waits[int(0.99 * len(waits))], 1), "ms", _P99)
    yield Row("the longest", round(1000 * waits[-1]), "ms")
    yield Row("server ready after", round(ready, 2), "s", _READY)
    yield Row("memory of a worker (PSS) before", round(max(before), 1), "MB", _MEGABYTES)
    yield Row("memory of a worker (PSS) after", round(max(after), 1), "MB", _MEGABYTES)
    yield Row("growth", round(100 * (max(after) / max(before) - 1), 1), "%", _GROWTH)


def _mixture(here: Ground) -> Iterator[Person]:
    """Four of five take part; the others look at home, contest, rules and boards without entering."""
    pages = ("/", here.path, f"{here.path}/standings", f"{here.path}/rules", f"{here.path}/standings/units")

    def visitor() -> Person:
        for page in pages:
            people.expect(200, (yield request("GET", page)))

    for number in count():
        yield visitor() if number % 5 == 4 else people.newcomer(here)


def _give_papers(here: Ground) -> None:
    """All stored attempts get the sheet of a real one: statistics have something to read."""
    with here.stage.app.app_context():
        contest, now = get_contest(SLUG), clock.now()
        entry = make_entry(contest, 9_999_999, unit_id=a_unit(contest))
        attempt = service.start(contest, entry.id, 1, now=now, keyring=KEYRING)
        sheet = Sheet(1, {place: (place % 4 + 1,) for place in range(1, 21)}, (), "7")
        service.submit(
            attempt.code, sheet, entry_id=entry.id, now=now + timedelta(minutes=5), keyring=KEYRING
        )
        with transaction() as session:
            session.execute(
                text(
                    "UPDATE attempts SET paper = own.paper, answers = own.answers"
                    " FROM (SELECT paper, answers FROM attempts WHERE code = :code) AS own"
                    " WHERE attempts.paper = '[]'"
                ),
                {"code": attempt.code},
            )
        assert db.session.scalar(db.select(db.func.count()).select_from(Attempt))
        db.session.remove()
        db.engine.dispose()


@contextmanager
def _statistics(here: Ground):  # type: ignore[no-untyped-def]  # gives how often the round was analysed
    """Another process computes the round's statistics again and again, as the worker beside a server does."""
    words = ["nice", sys.executable, "-m", "benches.load_burst", "--statistics"]
    surroundings = {**os.environ, **here.stage.environment}
    log = here.stage.folder / "statistics.log"
    with log.open("wb") as output:
        process = subprocess.Popen(words, cwd=ROOT, env=surroundings, stdout=output)
    try:
        yield lambda: len(log.read_text().splitlines())
    finally:
        process.terminate()
        process.wait()


def _analyse() -> None:
    with create_app().app_context():
        while True:
            analyse_round(get_contest(SLUG), 1, now=clock.now())
            db.session.remove()
            print("analysed", flush=True)


def _pss(here: Ground) -> list[float]:
    """Megabytes of each worker, what they share divided among them."""
    found = []
    for pid in workers_of(here.masters["product"]):
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
        found.append(next(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024)
    return found


def _write(found: list[Row]) -> None:
    lines = [f"{clock.now():%d/%m/%Y}.", "", "| What | Measured | Bound | |", "| --- | ---: | ---: | --- |"]
    for row in found:
        bound = "" if row.bound is None else f"{'≥' if row.at_least else '≤'} {row.bound:g} {row.unit}"
        verdict = "" if row.bound is None else "met" if row.is_kept else "missed"
        lines.append(f"| {row.what} | {row.value:,g} {row.unit} | {bound} | {verdict} |")
    put_between("burst", lines)


def main() -> int:
    """The bench by itself, or the statistics beside it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--minutes", type=float, default=_MINUTES)
    parser.add_argument("--statistics", action="store_true", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.statistics:
        _analyse()
    return 0 if print_table(rows(asked.minutes)) else 1


if __name__ == "__main__":
    sys.exit(main())
