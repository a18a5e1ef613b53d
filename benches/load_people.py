"""What people send: each kind of request by itself, and the ways of whole attempts."""

import json
import re
from collections.abc import Iterator
from itertools import count
from urllib.parse import urlencode

from benches.load_driver import Person, Reply, again_and_again, request
from benches.load_stage import QUESTIONS, Ground, Seat

_FORM = "Content-Type: application/x-www-form-urlencoded\r\n"
_JSON = "Content-Type: application/json\r\n"
_TOKEN = re.compile(rb'name="csrf_token" value="([^"]+)"')
_SHEETS = 10
SITTING, ATTEMPT = 7, 7 + _SHEETS  # requests of a whole way
_numbers = count(1)
_revisions = count(10)  # each save is newer than all before it


class Wrong(Exception):
    """A reply that no person of this bench should get."""


def bare(path: str, method: str = "GET") -> Iterator[Person]:
    """A request of the bare programs."""
    asked = request(method, path, body=b"x" if method == "POST" else b"")
    return again_and_again(lambda: asked)


def visits(path: str, etag: str = "") -> Iterator[Person]:
    """The same page by people who never entered; with `etag`, by those who have it already."""
    asked = request("GET", path, more=f"If-None-Match: {etag}\r\n" if etag else "")
    return again_and_again(lambda: asked)


def papers(codes: dict[str, Seat]) -> Iterator[Person]:
    """Running attempts, opened again and again."""
    asked = [request("GET", f"/attempts/{code}", seat.cookie) for code, seat in codes.items()]
    turns = count()
    return again_and_again(lambda: asked[next(turns) % len(asked)])


def saves(codes: dict[str, Seat]) -> Iterator[Person]:
    """Each attempt saved by its own person, sheet after sheet."""

    def person(code: str, seat: Seat) -> Person:
        while True:
            yield _save(code, seat, next(_revisions))

    return iter([person(code, seat) for code, seat in codes.items()])


def starts(here: Ground, seats: list[Seat], codes: dict[str, Seat]) -> Iterator[Person]:
    """Everybody presses start once; the codes of their attempts."""

    def person(seat: Seat) -> Person:
        code = _code(expect(303, (yield _start(here, seat))))
        codes[code] = seat

    return iter([person(seat) for seat in seats])


def submits(codes: dict[str, Seat]) -> Iterator[Person]:
    """Everybody hands in once."""

    def person(code: str, seat: Seat) -> Person:
        expect(303, (yield _submit(code, seat, next(_revisions))))

    return iter([person(code, seat) for code, seat in codes.items()])


def sittings(here: Ground, seats: list[Seat]) -> Iterator[Person]:
    """Seven steps: contest, start, paper, all answers saved at once, hand in, result, review."""

    def person(seat: Seat) -> Person:
        expect(200, (yield request("GET", here.path, seat.cookie)))
        code = _code(expect(303, (yield _start(here, seat))))
        expect(200, (yield request("GET", f"/attempts/{code}", seat.cookie)))
        expect(200, (yield _save(code, seat, 1)))
        expect(303, (yield _submit(code, seat, 2)))
        expect(200, (yield request("GET", f"/attempts/{code}", seat.cookie)))
        expect(200, (yield request("GET", f"/attempts/{here.review}", seat.cookie)))

    return iter([person(seat) for seat in seats])


def newcomers(here: Ground) -> Iterator[Person]:
    """A real attempt from the entry form on: enter, start, paper, ten saves, hand in, result, board."""
    while True:
        yield newcomer(here)


def newcomer(here: Ground) -> Person:
    """One of them."""
    jar: dict[str, str] = {}
    page = expect(200, (yield request("GET", f"{here.path}/enter")))
    _remember(jar, page)
    found = _TOKEN.search(page.body)
    if found is None:
        raise Wrong("a form without a token")
    token = found[1].decode()
    body = urlencode(_person() | {"csrf_token": token}).encode()
    _remember(jar, expect(303, (yield request("POST", f"{here.path}/enter", _cookies(jar), body, _FORM))))
    seat = Seat(_cookies(jar), token)
    code = _code(expect(303, (yield _start(here, seat))))
    expect(200, (yield request("GET", f"/attempts/{code}", seat.cookie)))
    for revision in range(1, _SHEETS + 1):
        expect(200, (yield _save(code, seat, revision, 2 * revision)))
    expect(303, (yield _submit(code, seat, _SHEETS + 1)))
    expect(200, (yield request("GET", f"/attempts/{code}", seat.cookie)))
    expect(200, (yield request("GET", f"{here.path}/standings", seat.cookie)))


def expect(status: int, reply: Reply) -> Reply:
    """The reply, if it is what the person came for. Raises Wrong."""
    if reply.status != status:
        raise Wrong(f"{reply.status} in place of {status}: {reply.head[:300]!r} {reply.body[:2000]!r}")
    return reply


def _start(here: Ground, seat: Seat) -> bytes:
    more = f"X-CSRFToken: {seat.token}\r\n{_FORM}"
    return request("POST", f"{here.path}/rounds/1/start", seat.cookie, b"a=b", more)


def _save(code: str, seat: Seat, revision: int, answered: int = QUESTIONS) -> bytes:
    more = f"X-CSRFToken: {seat.token}\r\n{_JSON}"
    return request("PUT", f"/attempts/{code}/sheet", seat.cookie, _sheet(revision, answered), more)


def _submit(code: str, seat: Seat, revision: int) -> bytes:
    more = f"X-CSRFToken: {seat.token}\r\n{_FORM}"
    body = urlencode({"sheet": _sheet(revision).decode()}).encode()
    return request("POST", f"/attempts/{code}/submit", seat.cookie, body, more)


def _sheet(revision: int, answered: int = QUESTIONS) -> bytes:
    answers = {str(place): [(place + revision) % 4 + 1] for place in range(1, answered + 1)}
    return json.dumps({"revision": revision, "answers": answers, "flags": [], "prediction": "7"}).encode()


def _code(reply: Reply) -> str:
    location = reply.header(b"Location")
    if "/attempts/" not in location:
        raise Wrong(f"led to {location} in place of a paper")
    return location.rpartition("/")[2]


def _person() -> dict[str, str]:
    number = next(_numbers)
    return {
        "name": f"Lò Thị Hương {number % 50}", "birth_day": str(number % 28 + 1), "birth_month": "8",
        "birth_year": "1962", "phone": f"09{number:08}", "unit": f"U{number % 200:05}", "category": "cb",
        "consent": "y", "step": "save",
    }  # fmt: skip


def _remember(jar: dict[str, str], reply: Reply) -> None:
    for line in reply.head.split(b"\r\n"):
        if line.startswith(b"Set-Cookie: "):
            name, _, value = line[12:].partition(b";")[0].decode().partition("=")
            jar[name] = value


def _cookies(jar: dict[str, str]) -> str:
    return "; ".join(f"{name}={value}" for name, value in jar.items())
