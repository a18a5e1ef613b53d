"""The server reads requests without a thread: slow, large, pipelined and unfinished ones."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator

import pytest

from quiz.core.settings import ROOT
from quiz.web.arrivals import MOST_BODY, MOST_HEAD, Arrival, arrival
from tests.support.live import free_port

_HEAD = b"POST /x HTTP/1.1\r\nHost: a\r\n"
Connect = Callable[[], socket.socket]


@pytest.mark.parametrize(
    "got,expected",
    [
        (b"", Arrival.PART),
        (b"GET / HTTP/1.1\r\nHost: a\r\n", Arrival.PART),
        (b"GET / HTTP/1.1\r\n\r\n", Arrival.WHOLE),
        (_HEAD + b"Content-Length: 3\r\n\r\nab", Arrival.PART),
        (_HEAD + b"content-length:3\r\n\r\nabc", Arrival.WHOLE),
        (_HEAD + b"Content-Length: 3\r\n\r\nabcGET", Arrival.WHOLE),
        (_HEAD + b"Content-Length: nonsense\r\n\r\n", Arrival.WHOLE),
        (_HEAD + b"Content-Length: %d\r\n\r\n" % (MOST_BODY + 1), Arrival.LARGE),
        (_HEAD + b"Transfer-Encoding: chunked\r\n\r\n", Arrival.LARGE),
        (_HEAD + b"Content-Length: 5\r\nExpect: 100-continue\r\n\r\n", Arrival.LARGE),
        (b"a" * (MOST_HEAD + 1), Arrival.ENDLESS),
    ],
)
def test_what_has_arrived(got: bytes, expected: Arrival) -> None:
    assert arrival(got) is expected


@pytest.fixture
def server() -> Iterator[tuple[int, subprocess.Popen[bytes]]]:
    """gunicorn.conf.py with one thread, little patience and few connections, and a tiny application."""
    port = free_port()
    own = {"PORT": str(port), "WEB_CONCURRENCY": "1", "WEB_THREADS": "1", "WEB_PATIENCE": "2"}
    environment = {**os.environ, **own, "WEB_CONNECTIONS": "40", "QUIZ_HOUSEKEEPING": "", "QUIZ_WORKER": ""}
    command = [sys.executable, "-m", "gunicorn", "tests.support.echo:app"]
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)
    try:
        yield port, process
    finally:
        process.kill()
        process.wait()


@pytest.fixture
def connect(server: tuple[int, subprocess.Popen[bytes]]) -> Iterator[Connect]:
    """Open connections to the server; the first waits until it listens."""
    made: list[socket.socket] = []

    def one() -> socket.socket:
        end = time.monotonic() + 20
        while True:
            try:
                made.append(socket.create_connection(("127.0.0.1", server[0]), timeout=5))
                return made[-1]
            except ConnectionRefusedError:
                assert time.monotonic() < end, "the server does not start"
                time.sleep(0.05)

    yield one
    for line in made:
        line.close()


def _reply(line: socket.socket) -> bytes:
    """One reply, whose body is the last line."""
    got = b""
    while b"\r\n\r\n" not in got:
        piece = line.recv(1)
        assert piece, got
        got += piece
    length = next(int(one.split(b":")[1]) for one in got.split(b"\r\n") if one.startswith(b"Content-Length"))
    return got + line.recv(length)


def _get(line: socket.socket, path: bytes = b"/") -> bytes:
    line.sendall(b"GET " + path + b" HTTP/1.1\r\nHost: a\r\n\r\n")
    return _reply(line)


def test_slow_senders_hold_up_nobody_and_are_let_go(connect: Connect) -> None:
    slow = [connect() for _ in range(15)]
    for place, line in enumerate(slow):
        line.sendall(_HEAD if place % 2 else _HEAD + b"Content-Length: 9\r\n\r\nabc")
    began = time.monotonic()
    assert _get(connect()).endswith(b"GET / 0")
    assert time.monotonic() - began < 1
    assert all(line.recv(1) == b"" for line in slow)
    assert 1.5 < time.monotonic() - began < 4


def test_answers_come_before_all_else_that_waits(connect: Connect) -> None:
    """One thread, and one request more handed to it: of what waits beyond, the save is next."""
    slow = [connect() for _ in range(2)]
    others, save = [connect() for _ in range(6)], connect()
    for line in slow:
        line.sendall(b"GET /slow HTTP/1.1\r\nHost: a\r\n\r\n")
    time.sleep(0.1)
    for line in others:
        line.sendall(b"POST /c/x/rounds/1/start?n HTTP/1.1\r\nHost: a\r\n\r\n")
    time.sleep(0.05)
    save.sendall(b"PUT /attempts/x/sheet?n HTTP/1.1\r\nHost: a\r\n\r\n")
    assert _reply(save).endswith(b"\r\n\r\n1")
    assert sorted(_reply(line)[-1:] for line in others) == [b"2", b"3", b"4", b"5", b"6", b"7"]


def test_a_request_in_pieces_is_answered_and_the_connection_kept(connect: Connect) -> None:
    line = connect()
    for _ in range(2):
        for piece in (_HEAD, b"Content-Length: 60000\r\n\r", b"\n" + b"a" * 20_000, b"b" * 40_000):
            line.sendall(piece)
            time.sleep(0.05)
        assert _reply(line).endswith(b"POST /x 60000")
    assert _get(line).endswith(b"GET / 0")


def test_requests_sent_at_once_are_answered_in_order(connect: Connect) -> None:
    line = connect()
    line.sendall(b"\r\nGET /1 HTTP/1.1\r\nHost: a\r\n\r\nGET /2 HTTP/1.1\r\nHost: a\r\n\r\nGET /3 HT")
    assert _reply(line).endswith(b"GET /1 0")
    assert _reply(line).endswith(b"GET /2 0")
    assert _get(connect()).endswith(b"GET / 0")  # half of a third request keeps no thread
    line.sendall(b"TP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
    assert _reply(line).endswith(b"GET /3 0")
    assert line.recv(1) == b""


def test_large_bodies_and_those_that_ask_first(connect: Connect) -> None:
    line = connect()
    line.sendall(_HEAD + b"Content-Length: 1000000\r\n\r\n" + b"a" * 1_000_000)
    assert _reply(line).endswith(b"POST /x 1000000")
    line.sendall(_HEAD + b"Content-Length: 3\r\nExpect: 100-continue\r\n\r\n")
    assert line.recv(100).startswith(b"HTTP/1.1 100 Continue")
    line.sendall(b"abc")
    assert _reply(line).endswith(b"POST /x 3")


def test_the_longest_waiting_makes_room(connect: Connect) -> None:
    slow = [connect() for _ in range(25)]
    assert _get(connect()).endswith(b"GET / 0")
    began = time.monotonic()
    assert slow[0].recv(1) == b""
    assert time.monotonic() - began < 1


def test_a_goodbye_that_is_not_returned_stops_nobody(connect: Connect) -> None:
    for _ in range(5):
        line = connect()
        line.sendall(b"GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
        assert _reply(line).endswith(b"GET / 0")  # and is never closed from here
    began = time.monotonic()
    assert _get(connect()).endswith(b"GET / 0")
    assert time.monotonic() - began < 1


def test_a_stopping_server_finishes_what_has_begun(
    server: tuple[int, subprocess.Popen[bytes]], connect: Connect
) -> None:
    line, silent = connect(), connect()
    line.sendall(_HEAD)
    time.sleep(0.3)
    server[1].send_signal(signal.SIGTERM)
    time.sleep(0.3)
    line.sendall(b"Content-Length: 2\r\n\r\nab")
    reply = _reply(line)
    assert b"Connection: close" in reply
    assert reply.endswith(b"POST /x 2")
    line.close()
    assert silent.recv(1) == b""
    assert server[1].wait(10) == 0
