"""What has been read of a request so far, and of what kind it is. Nothing here reads."""

import fcntl
import re
import socket
import struct
import termios
from enum import Enum

MOST_HEAD = MOST_BODY = 64 * 1024
_LENGTH = re.compile(rb"\r\ncontent-length:[ \t]*(\d{1,18})")
_OPEN_ENDED = (b"\r\ntransfer-encoding:", b"\r\nexpect:")
_ANSWERS = re.compile(rb"(?:PUT|POST) (?:/[^/ ]+)*/attempts/")


class Arrival(Enum):
    """How much of a request is there."""

    PART = "part"
    WHOLE = "whole"
    LARGE = "large"  # the head is; the body is long, or of unknown length, or waits for "100 Continue"
    ENDLESS = "endless"  # a head that does not end


def arrival(got: bytes | bytearray) -> Arrival:
    """Judge what has been read; the parser may still refuse what is called whole."""
    end = got.find(b"\r\n\r\n")
    if end < 0:
        return Arrival.PART if len(got) <= MOST_HEAD else Arrival.ENDLESS
    head = bytes(got[: end + 2]).lower()
    found = _LENGTH.search(head)
    length = int(found[1]) if found else 0
    if length > MOST_BODY or any(name in head for name in _OPEN_ENDED):
        return Arrival.LARGE
    return Arrival.WHOLE if len(got) >= end + 4 + length else Arrival.PART


def unread(line: socket.socket) -> int:
    """Bytes that the other side has not taken yet."""
    found: tuple[int] = struct.unpack("i", fcntl.ioctl(line, termios.TIOCOUTQ, b"\0" * 4))
    return found[0]


def brings_answers(got: bytes | bytearray) -> bool:
    """Whether answers are saved or handed in: such requests come before all else that waits for a thread."""
    return _ANSWERS.match(got) is not None
