"""gunicorn's threaded worker, made patient: a thread gets a request when all of it is there.

gunicorn reads in the thread that will answer, so that as many slow senders as there are threads stop a server
without a proxy in front of it (docs/adr/0011-patient-worker.md). Here the main loop reads, and never waits.
"""

import errno
import mmap
import selectors
import socket
import struct
import time
from collections import deque
from concurrent.futures import Future
from functools import partial
from typing import Any

from gunicorn import http
from gunicorn.workers.gthread import STOP_KEEPALIVE_LINGER, TConn, ThreadWorker

from quiz.web.arrivals import Arrival, arrival, brings_answers, unread

_PIECE = 64 * 1024
_LARGE_SECONDS = 300.0
_LINGER_SECONDS = 2.0
_MOST_DRAINED = 64 * 1024
# A whole page fits, so that no thread waits for a slow reader; memory is taken only for what is unread.
_SEND_BUFFER = 512 * 1024
_READER_SECONDS = 30
_MOST_UNREAD = 64 * 1024
_RELIEF_SECONDS = 20.0
# So many requests that are no answers at a time; what takes longer waits for something and computes no more.
_MOST_COMPUTING = 2
_COMPUTING_SECONDS = 0.25
_AGES = struct.Struct("qq")
# Made in the master and seen by all its workers: the age of the newest, and of the newest that answers.
_ages = mmap.mmap(-1, _AGES.size)


class Line(TConn):
    """A connection and what has been read of its next request; `room` is where it waits, if it does."""

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        self.parser = http.get_parser(self.cfg, self.sock, self.client)
        self.initialized = True
        self.got = bytearray()
        self.room: deque[Any] | None = None
        self.is_large = False
        self.is_answer = False
        self.began = 0.0
        self.drained = 0


class PatientWorker(ThreadWorker):
    """Requests with a body of up to 64 KB reach a thread whole; larger ones share a quarter of the threads.

    Answers come first: a crowd that presses start, or a flood of requests, must not keep those inside from
    saving. Of everything else two requests compute at a time; one that takes longer than a moment waits for
    something, and makes room for the next.

    A sender has `patience` seconds for a request. When half of the worker's connections are waiting for
    theirs, the one that has waited longest makes room.

    On HUP gunicorn stops the old workers while the new ones still load the application. Here the last old one
    goes on until the first new one answers, so that a release keeps nobody waiting.
    """

    patience = 10.0

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self._most_waiting = max(1, self.worker_connections // 2)
        self.max_keepalived = max(0, self.worker_connections - self._most_waiting - self.cfg.threads)
        self._lingering: deque[Line] = deque()
        self._large: set[Line] = set()
        self._large_queue: deque[Line] = deque()
        self._answers: deque[Line] = deque()
        self._others: deque[Line] = deque()
        self._under_way = 0
        self._running: set[Line] = set()  # what threads have that is not an answer
        self._stop_at: float | None = None
        _ages[:] = _AGES.pack(self.age, _AGES.unpack(_ages)[1])

    def init_process(self) -> None:
        """Connections inherit from their listener how much they may send ahead, and for how long."""
        for listener in self.sockets:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _SEND_BUFFER)
            if hasattr(socket, "TCP_USER_TIMEOUT") and listener.sock.family != socket.AF_UNIX:
                listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, _READER_SECONDS * 1000)
        super().init_process()

    def run(self) -> None:
        """The application is loaded."""
        _ages[:] = _AGES.pack(*_AGES.unpack(_ages)[:1], self.age)
        super().run()

    def handle_exit(self, sig: Any, frame: Any) -> None:
        """Told to stop: at once, or when somebody newer answers."""
        newest, answering = _AGES.unpack(_ages)
        if newest <= self.age or answering > self.age:
            super().handle_exit(sig, frame)
        elif self._stop_at is None:
            self._stop_at = time.monotonic() + _RELIEF_SECONDS

    def _stop_when_relieved(self) -> None:
        if self._stop_at is not None and self.alive:
            late = time.monotonic() > self._stop_at
            self.alive: bool = not late and _AGES.unpack(_ages)[1] <= self.age

    def accept(self, listener: Any) -> None:
        """Take a connection and what it has sent already. TLS is read by the thread, as gunicorn does it."""
        if self.cfg.is_ssl:
            super().accept(listener)
            return
        try:
            client, address = listener.accept()
        except OSError as error:
            if error.errno not in (errno.EAGAIN, errno.ECONNABORTED):
                raise
            return
        self.nr_conns += 1
        line = Line(self.cfg, client, address, listener.getsockname())
        self._wait(line, self.pending_conns, self.patience, self._read)
        self._read(line)

    def finish_request(self, conn: Any, fs: "Future[Any]") -> None:
        """A thread has answered: wait for the next request, or say goodbye without waiting for it."""
        if not isinstance(conn, Line):
            super().finish_request(conn, fs)
            return
        self._under_way -= 1
        self._running.discard(conn)
        self._free_large(conn)
        self._fill_threads()
        try:
            stays = not fs.cancelled() and bool(fs.result())
            conn.sock.setblocking(False)
            if not stays:
                conn.sock.shutdown(socket.SHUT_WR)
                self._wait(conn, self._lingering, _LINGER_SECONDS, self._drain)
                return
            conn.got += conn.parser.unreader.take_buffered()  # the next request may have come with this one
            self._wait(conn, self.keepalived_conns, self.cfg.keepalive, self._read)
            if conn.got:
                self._look(conn)
        except Exception:  # as gunicorn does: one connection must not end the loop of all
            self._drop(conn)

    def murder_keepalived(self, force: bool = False) -> None:
        """Let go of kept connections whose time is over, or of all."""
        if self.cfg.is_ssl:
            super().murder_keepalived(force)
        else:
            self._drop_late(self.keepalived_conns, force)

    def murder_pending(self) -> None:
        """Let go of those who were too slow: with a request, with its body, with a goodbye."""
        self._stop_when_relieved()
        if self.cfg.is_ssl:
            super().murder_pending()
            return
        self._fill_threads()
        self._drop_late(self.pending_conns)
        self._drop_late(self._lingering)
        now = time.monotonic()
        for line in [one for one in self._large if one.timeout < now]:
            self._large.discard(line)
            try:
                line.sock.shutdown(socket.SHUT_RD)  # its thread wakes up to the end of the body
            except OSError:
                continue

    def _cap_keepalive(self, deadline: float) -> None:
        super()._cap_keepalive(deadline)
        for line in self.pending_conns:
            line.timeout = min(line.timeout, deadline)

    def _wait(self, line: Line, room: "deque[Line]", seconds: float, then: Any) -> None:
        """Put a connection into a room, whose first one is always the next whose time is over."""
        seconds = seconds if self.alive else min(seconds, STOP_KEEPALIVE_LINGER)
        self.poller.register(line.sock, selectors.EVENT_READ, partial(then, line))
        self._sit(line, room, seconds)

    def _sit(self, line: Line, room: "deque[Line]", seconds: float) -> None:
        line.timeout = time.monotonic() + seconds
        line.room = room
        room.append(line)
        if room is self.pending_conns and len(room) > self._most_waiting:
            self._drop(room[0])

    def _leave(self, line: Line) -> None:
        if line.room is not None:
            line.room.remove(line)
            line.room = None
            self.poller.unregister(line.sock)

    def _drop(self, line: Line) -> None:
        try:
            self._leave(line)
        except (KeyError, OSError, ValueError):
            line.room = None
        self.nr_conns -= 1
        line.close()

    def _drop_late(self, room: "deque[Line]", force: bool = False) -> None:
        now = time.monotonic()
        while room and (force or room[0].timeout <= now):
            self._drop(room[0])

    def _read(self, line: Line, _sock: Any = None) -> None:
        """Read what is there. The loop may still hold an event of a connection that has left its room."""
        if line.room is None:
            return
        try:
            piece = line.sock.recv(_PIECE)
        except (BlockingIOError, InterruptedError):
            return
        except OSError:
            piece = b""
        if not piece:
            self._drop(line)
            return
        line.got += piece
        self._look(line)

    def _look(self, line: Line) -> None:
        """Hand a request on when it is there, else wait for the rest."""
        while line.got.startswith(b"\r\n"):  # allowed before a request, and no part of it
            del line.got[:2]
        there = arrival(line.got)
        if there is Arrival.ENDLESS or (there is not Arrival.PART and unread(line.sock) > _MOST_UNREAD):
            self._drop(line)  # who asks on without reading the replies would stop a thread that writes one
        elif there is not Arrival.PART:
            self._leave(line)
            line.is_answer = brings_answers(line.got)
            waiting = self._answers if line.is_answer else self._others
            line.parser.unreader.unread(bytes(line.got))
            line.got.clear()
            if there is Arrival.LARGE:
                self._queue_large(line)
            else:
                waiting.append(line)
                self._fill_threads()
        elif line.room is not None and line.room is self.keepalived_conns:
            line.room.remove(line)
            self._sit(line, self.pending_conns, self.patience)

    def _fill_threads(self) -> None:
        """Give the threads their next requests, and as many again to take up without asking this loop."""
        while self._answers and self._under_way < 2 * self.cfg.threads:
            self._hand_on(self._answers.popleft())
        while self._others and self._has_room():
            line = self._others.popleft()
            line.began = time.monotonic()
            self._running.add(line)
            self._hand_on(line)

    def _has_room(self) -> bool:
        """Whether a thread may take up what is no answer: more pages at once only keep each other waiting."""
        now = time.monotonic()
        computing = sum(now - line.began < _COMPUTING_SECONDS for line in self._running)
        return computing < _MOST_COMPUTING and len(self._running) < max(1, self.cfg.threads - 2)

    def _hand_on(self, line: Line) -> None:
        self._under_way += 1
        self.enqueue_req(line)

    def _queue_large(self, line: Line) -> None:
        self._large_queue.append(line)
        self._next_large()

    def _next_large(self) -> None:
        most = max(1, self.cfg.threads // 4)
        while self._large_queue and len(self._large) < most:
            line = self._large_queue.popleft()
            line.timeout = time.monotonic() + _LARGE_SECONDS
            self._large.add(line)
            self._hand_on(line)

    def _free_large(self, line: Line) -> None:
        self._large.discard(line)
        self._next_large()

    def _drain(self, line: Line, _sock: Any = None) -> None:
        """Read on until the other side has closed too, so that it gets the whole reply and not a reset."""
        if line.room is None:
            return
        try:
            piece = line.sock.recv(_PIECE)
        except (BlockingIOError, InterruptedError):
            return
        except OSError:
            piece = b""
        line.drained += len(piece)
        if not piece or line.drained > _MOST_DRAINED:
            self._drop(line)
