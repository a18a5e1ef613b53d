"""One POST to somebody else's server: a checked address, no redirect followed, bounded time and bytes."""

import http.client
import socket
import ssl
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass

from quiz.hooks.guard import Target, is_loopback, is_public

_CONNECT_SECONDS = 5.0
_ALL_SECONDS = 15.0
_MOST_ADDRESSES = 3
_MOST_READ = 4096  # of the reply's body, and thrown away

Resolve = Callable[[str, int], Sequence[str]]


@dataclass(frozen=True, slots=True)
class Reply:
    """What came of it: the receiver's status, or the code of the trouble on the way; and how long it took."""

    status: int | None
    trouble: str | None
    took_ms: int


class _Refused(Exception):
    """The address is none that may be called."""


def resolve(host: str, port: int) -> Sequence[str]:
    """The addresses of a name, as the system knows them. Raises OSError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(one[4][0]) for one in found))


def post(target: Target, body: bytes, headers: dict[str, str], *, resolve: Resolve = resolve) -> Reply:
    """Send once. Never raises: what goes wrong is in the reply."""
    began = time.monotonic()

    def reply(status: int | None, trouble: str | None = None) -> Reply:
        return Reply(status, trouble, int((time.monotonic() - began) * 1000))

    try:
        line = _line(target, _connect(target, _checked(target, resolve)))
    except _Refused:
        return reply(None, "address_refused")
    except socket.gaierror:
        return reply(None, "name_unknown")
    except TimeoutError:
        return reply(None, "timeout")
    except (OSError, UnicodeError):
        return reply(None, "no_connection")
    over = threading.Event()
    watch = threading.Timer(_ALL_SECONDS - (time.monotonic() - began), _cut, (line, over))
    watch.start()
    try:
        status = _exchange(target, line, body, headers)
    except ssl.SSLError:
        return reply(None, "timeout" if over.is_set() else "tls")
    except (OSError, http.client.HTTPException, ValueError) as error:
        late = over.is_set() or isinstance(error, TimeoutError)
        return reply(None, "timeout" if late else "no_reply")
    finally:
        watch.cancel()
        line.close()
    return reply(status, "redirect" if 300 <= status < 400 else None)


def _checked(target: Target, resolve: Resolve) -> Sequence[str]:
    """The addresses of the target's name, each of which may be called. Raises _Refused, OSError."""
    addresses = resolve(target.host, target.port)
    allowed = is_loopback if target.is_loopback else is_public
    if not addresses or not all(allowed(address) for address in addresses):
        raise _Refused
    return addresses[:_MOST_ADDRESSES]


def _connect(target: Target, addresses: Sequence[str]) -> socket.socket:
    """A line to the first of the addresses that answers: to the address itself, no name is asked again."""
    failed: OSError = OSError("no address")
    for address in addresses:
        try:
            return socket.create_connection((address, target.port), timeout=_CONNECT_SECONDS)
        except OSError as error:
            failed = error
    raise failed


def _line(target: Target, line: socket.socket) -> socket.socket:
    """With TLS where the target asks for it; the handshake comes later, under the watch."""
    if not target.is_tls:
        return line
    context = ssl.create_default_context()
    return context.wrap_socket(line, server_hostname=target.host, do_handshake_on_connect=False)


def _exchange(target: Target, line: socket.socket, body: bytes, headers: dict[str, str]) -> int:
    """The status with which the receiver answers."""
    connection = http.client.HTTPConnection(target.host, target.port, timeout=_CONNECT_SECONDS)
    connection.auto_open = 0  # a line that breaks is not opened anew behind our back
    if target.is_tls:
        connection.default_port = 443  # for the Host header alone
    connection.sock = line
    try:
        line.settimeout(_ALL_SECONDS)
        if isinstance(line, ssl.SSLSocket):
            line.do_handshake()
        connection.request("POST", target.path, body, headers | {"Connection": "close"})
        reply = connection.getresponse()
        with suppress(OSError, http.client.HTTPException):
            reply.read(_MOST_READ)
        return reply.status
    finally:
        connection.close()


def _cut(line: socket.socket, over: threading.Event) -> None:
    """End a conversation that takes too long, however busily the other side drips bytes."""
    over.set()
    with suppress(OSError):
        socket.socket.shutdown(line, socket.SHUT_RDWR)
