"""A load client: hundreds of entrants in one program, each with a connection of its own. Loopback only."""

import asyncio
import json
import random
import re
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import urlencode

from sqlalchemy import insert, inspect

from drills.people import FORM, Person, sign_in
from drills.stage import Stage
from quiz.contests.models import Contest
from quiz.core.database import db, transaction
from quiz.entries.models import Entry
from tests.support.factories import make_entry

PATIENCE = 60.0
_TRY = 20.0
BETWEEN_SAVES = 2.0
_LINE = re.compile(r'data-line="(/line/\d+)"')


@dataclass
class Load:
    """What a crowd saw: waits of what went well, and the statuses of everything (0: cut or too slow)."""

    waits: dict[str, list[float]] = field(default_factory=dict)
    statuses: Counter[tuple[str, int]] = field(default_factory=Counter)
    ready: list[float] = field(default_factory=list)  # from the press of the button to the page or receipt
    let_in: list[int] = field(default_factory=list)  # the tickets of the line, in the order of their papers

    def p95(self, what: str) -> float:
        """The wait in seconds that 95 of 100 did not exceed."""
        return share(self.waits.get(what, []), 0.95)

    def bad(self) -> dict[str, int]:
        """Replies that no crowd excuses: errors, cuts."""
        return {
            f"{what} {status or 'cut'}": count
            for (what, status), count in self.statuses.items()
            if status >= 400 or not status
        }


@dataclass(frozen=True)
class Signed:
    """One entrant who may act, with cookie and token."""

    entry_id: int
    cookie: str
    token: str


def share(values: Sequence[float], part: float) -> float:
    """The value that this part did not exceed; 0 for none."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(part * len(ordered)))] if ordered else 0.0


class Browser:
    """One entrant's requests, each on the kept connection or on a new one."""

    def __init__(self, port: int, signed: Signed, load: Load) -> None:
        self._port, self.load = port, load
        self._head = f"Host: 127.0.0.1\r\nCookie: {signed.cookie}\r\nX-CSRFToken: {signed.token}\r\n"
        self.body = ""  # of the newest reply
        self._line: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def ask(
        self, what: str, method: str, path: str, body: bytes = b"", kind: str = FORM
    ) -> tuple[int, str]:
        """Status and Location; the wait is counted under `what` when all went well."""
        began = time.monotonic()
        status, location = 0, ""
        for is_kept in (self._line is not None, False):
            try:
                status, location = await asyncio.wait_for(self._once(method, path, body, kind), _TRY)
            except (OSError, asyncio.IncompleteReadError, TimeoutError, ValueError) as error:
                await self.hang_up()
                if is_kept and not isinstance(error, TimeoutError):
                    continue  # the server had let the connection go, as it may
            break
        self.load.statuses[what, status] += 1
        if 0 < status < 400:
            self.load.waits.setdefault(what, []).append(time.monotonic() - began)
        return status, location

    async def _once(self, method: str, path: str, body: bytes, kind: str) -> tuple[int, str]:
        if self._line is None:
            self._line = await asyncio.open_connection("127.0.0.1", self._port)
        reader, writer = self._line
        head = f"{method} {path} HTTP/1.1\r\n{self._head}Content-Type: {kind}\r\n"
        head += f"Content-Length: {len(body)}\r\n\r\n"
        writer.write(head.encode() + body)
        answer = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        lines = answer.split("\r\n")
        headers = {
            name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines[1:])
        }
        self.body = (await reader.readexactly(int(headers.get("content-length", 0)))).decode()
        if headers.get("connection", "").lower() == "close":
            await self.hang_up()
        return int(lines[0].split()[1]), headers.get("location", "")

    async def hang_up(self) -> None:
        """Close the connection."""
        if self._line is not None:
            self._line[1].close()
            self._line = None


def crowd(stage: Stage, contest: Contest, count: int) -> list[Signed]:
    """So many entrants, copied from a real one so that every column holds what it would."""
    with stage.app.app_context():
        first = make_entry(contest, 10_000)
        columns = {one.key: getattr(first, one.key) for one in inspect(Entry).mapper.column_attrs}
        numbers = [first.id + number for number in range(1, count + 1)]
        with transaction() as session:
            rows = [columns | {"id": one, "identity_key": f"copy {one}"} for one in numbers]
            session.execute(insert(Entry), rows)
        db.session.remove()
    return [Signed(one, *sign_in(stage.app, contest.id, one)) for one in numbers]


def persons(stage: Stage, contest: Contest, count: int) -> list[Person]:
    """The same as people in threads, who keep a ledger."""
    return [
        Person(
            stage.port,
            one.cookie,
            one.token,
            contest.slug,
            random.Random(stage.dice.randrange(2**32)),
            stage.ledger,
        )
        for one in crowd(stage, contest, count)
    ]


def sheet(revision: int, answers: dict[str, list[int]]) -> bytes:
    """A sheet in the form of the protocol."""
    return json.dumps({"revision": revision, "answers": answers, "flags": [], "prediction": "7"}).encode()


async def start(browser: Browser, contest: Contest, dice: random.Random, load: Load) -> str:
    """Press the button until it leads to the paper, and open that; the attempt's code, or none."""
    began, ticket = time.monotonic(), 0
    for tries in range(8):
        status, location = await browser.ask("start", "POST", f"/c/{contest.slug}/rounds/1/start")
        if status == 303 and "/attempts/" in location:
            code = location.rpartition("/")[2].partition("?")[0]
            await browser.ask("page", "GET", f"/attempts/{code}")
            load.ready.append(time.monotonic() - began)
            if ticket:
                load.let_in.append(ticket)
            return code
        if status == 303 and location.endswith("/wait"):
            ticket = await _stand_in_line(browser, location, dice, load)
            continue
        if time.monotonic() - began > PATIENCE:
            break
        await asyncio.sleep(dice.uniform(0, min(15.0, 0.5 * 2**tries)))
    return ""


async def _stand_in_line(browser: Browser, location: str, dice: random.Random, load: Load) -> int:
    """Do as the waiting page's script does, until the server says that it is time; the ticket's number."""
    await browser.ask("waiting page", "GET", location)
    line = _LINE.search(browser.body)
    if line is None:
        return 0  # it was time before the page was there
    wait, again = (float(_part(browser.body, name)) / 1000 for name in ("wait", "ask"))
    while wait > 0:
        await asyncio.sleep(min(again * dice.uniform(0.9, 1.1), wait))
        status, _location = await browser.ask("place in line", "GET", line[1])
        if status == 200:
            place = json.loads(browser.body)
            wait, again = place["wait_ms"] / 1000, place["ask_again_ms"] / 1000
    return int(line[1].rpartition("/")[2])


def _part(page: str, name: str) -> str:
    found = re.search(rf'data-{name}="(\d+)"', page)
    assert found, f"the waiting page says no {name}"
    return found[1]


async def save_on(browser: Browser, code: str, dice: random.Random, end: float, revision: int) -> None:
    """One answer every two seconds or so, until the end; the sheet grows as a person's does."""
    answers: dict[str, list[int]] = {}
    await asyncio.sleep(dice.uniform(0, BETWEEN_SAVES))
    while time.monotonic() < end:
        answers[str(dice.randint(1, 6))] = [dice.randint(1, 4)]
        revision += 1
        body = sheet(revision, answers)
        await browser.ask("save", "PUT", f"/attempts/{code}/sheet", body, "application/json")
        await asyncio.sleep(dice.uniform(0.5, 1.5) * BETWEEN_SAVES)


async def submit(browser: Browser, code: str, dice: random.Random, load: Load) -> bool:
    """Hand in until the server leads to the result."""
    began = time.monotonic()
    body = urlencode({"sheet": sheet(9, {"1": [1], "2": [2]}).decode()}).encode()
    tries = 0
    while time.monotonic() - began < PATIENCE:
        status, _location = await browser.ask("submit", "POST", f"/attempts/{code}/submit", body)
        if status == 303:
            load.ready.append(time.monotonic() - began)
            await browser.hang_up()
            return True
        tries += 1
        await asyncio.sleep(dice.uniform(0, min(15.0, 0.5 * 2**tries)))
    return False
