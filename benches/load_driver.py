"""A load driver that costs little: one loop, kept connections, people as generators. Loopback only.

A person yields a request and is sent its reply. No parser: what the product and the bare programs answer
always says its length.
"""

import selectors
import socket
import time
from collections import Counter
from collections.abc import Callable, Generator, Iterator
from contextlib import suppress
from dataclasses import dataclass, field

CONNECTIONS = 16
_PIECE = 256 * 1024
_PER_CONNECTION = 100  # then a new one, so that no worker keeps more than its share of them
_STALLED = 30.0


@dataclass(slots=True)
class Reply:
    """Status, the head as it came, the body."""

    status: int
    head: bytes
    body: bytes

    def header(self, name: bytes) -> str:
        """A header's value, written as the server writes its name; empty without it."""
        _, found, rest = self.head.partition(b"\r\n" + name + b": ")
        return rest.partition(b"\r\n")[0].decode("latin-1") if found else ""


Person = Generator[bytes, Reply, None]


@dataclass
class Seen:
    """What came of it: requests, people who went their whole way, waits in seconds, unwanted statuses."""

    requests: int = 0
    ways: int = 0
    seconds: float = 0.0
    waits: list[float] = field(default_factory=list)
    bad: Counter[int] = field(default_factory=Counter)


class _Line:
    """One connection and the person on it."""

    __slots__ = ("asked", "buffer", "kept", "person", "sent_at", "sock")

    def __init__(self) -> None:
        self.sock: socket.socket | None = None
        self.person: Person | None = None
        self.buffer = b""
        self.asked = b""
        self.sent_at = 0.0
        self.kept = 0


class Driver:
    """People on so many connections, each followed by the next until nobody comes or the time is over."""

    def __init__(self, port: int, people: Iterator[Person], *, connections: int = CONNECTIONS) -> None:
        self._port, self._people = port, people
        self._lines = [_Line() for _ in range(connections)]
        self._selector = selectors.DefaultSelector()
        self._busy = 0
        self._end = 0.0
        self.seen = Seen()

    def run(self, seconds: float) -> Seen:
        """Nobody begins a request after so many seconds; replies that are under way are waited for."""
        began = time.perf_counter()
        self._end = began + seconds
        for line in self._lines:
            self._next_person(line)
        while self._busy:
            ready = self._selector.select(_STALLED)
            if not ready:
                raise TimeoutError("no reply for half a minute")
            for key, _events in ready:
                self._read(key.data)
        self.seen.seconds = time.perf_counter() - began
        for line in self._lines:
            self._hang_up(line)
        self._selector.close()
        return self.seen

    def _next_person(self, line: _Line) -> None:
        line.person = next(self._people, None)
        if line.person is not None:
            self._go_on(line, None)

    def _go_on(self, line: _Line, reply: Reply | None) -> None:
        if time.perf_counter() >= self._end:
            return
        assert line.person is not None
        try:
            asked = next(line.person) if reply is None else line.person.send(reply)
        except StopIteration:
            self.seen.ways += 1
            self._next_person(line)
            return
        self._busy += 1
        self._ask(line, asked)

    def _ask(self, line: _Line, asked: bytes) -> None:
        line.asked, line.buffer, line.sent_at = asked, b"", time.perf_counter()
        if line.kept >= _PER_CONNECTION:
            self._hang_up(line)
        if line.sock is None:
            line.sock = socket.create_connection(("127.0.0.1", self._port))
            line.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._selector.register(line.sock, selectors.EVENT_READ, line)
            line.kept = 0
        line.kept += 1
        with suppress(OSError):  # the server let it go: reading finds out, and asks once more
            line.sock.sendall(asked)

    def _read(self, line: _Line) -> None:
        assert line.sock is not None
        try:
            piece = line.sock.recv(_PIECE)
        except OSError:
            piece = b""
        if not piece:
            self._cut(line)
            return
        line.buffer += piece
        reply = parsed(line.buffer)
        if reply is None:
            return
        self._busy -= 1
        self.seen.requests += 1
        self.seen.waits.append(time.perf_counter() - line.sent_at)
        if reply.status >= 400:
            self.seen.bad[reply.status] += 1
        if b"onnection: close" in reply.head:
            self._hang_up(line)
        self._go_on(line, reply)

    def _cut(self, line: _Line) -> None:
        was_kept = line.kept > 1
        self._hang_up(line)
        if was_kept and not line.buffer:
            self._ask(line, line.asked)
            return
        self._busy -= 1
        self.seen.bad[0] += 1
        self._next_person(line)

    def _hang_up(self, line: _Line) -> None:
        if line.sock is not None:
            self._selector.unregister(line.sock)
            line.sock.close()
            line.sock = None


def parsed(buffer: bytes) -> Reply | None:
    """The reply, when all of it is there."""
    end = buffer.find(b"\r\n\r\n")
    if end < 0:
        return None
    status, head = int(buffer[9:12]), buffer[: end + 2]
    at = head.find(b"\r\nContent-Length: ")
    length = int(head[at + 18 : head.index(b"\r\n", at + 18)]) if at >= 0 and status != 304 else 0
    body = buffer[end + 4 :]
    return Reply(status, head, body) if len(body) >= length else None


def request(method: str, path: str, cookie: str = "", body: bytes = b"", more: str = "") -> bytes:
    """A request as a phone's browser sends it; `more` has whole header lines."""
    head = f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nUser-Agent: Mozilla/5.0 (Linux; Android 10)\r\n"
    head += "Accept: text/html\r\nAccept-Language: vi\r\n"
    head += f"Cookie: {cookie}\r\n" if cookie else ""
    head += f"Content-Length: {len(body)}\r\n" if body else ""
    return f"{head}{more}\r\n".encode() + body


def again_and_again(asked: Callable[[], bytes]) -> Iterator[Person]:
    """The same kind of request for ever, each connection its own person."""

    def person() -> Person:
        while True:
            yield asked()

    while True:
        yield person()
