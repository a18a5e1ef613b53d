"""Identifiers: time-ordered numbers for keys, random codes for addresses and receipts."""

import secrets
import threading
import time

_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"  # Crockford base 32, lower case
_EPOCH_MS = 1_735_689_600_000  # 2025-01-01T00:00:00Z
_RANDOM_BITS = 21
_lock = threading.Lock()
_last = 0


def new_id() -> int:
    """A positive 63-bit key: 42 bits of milliseconds, 21 random bits; growing within a process.

    Keys made by the application need no sequence, so that rows of one contest can live anywhere.
    """
    global _last
    stamp = (time.time_ns() // 1_000_000 - _EPOCH_MS) << _RANDOM_BITS
    candidate = stamp | secrets.randbits(_RANDOM_BITS)
    with _lock:
        if candidate <= _last:
            candidate = _last + 1 + secrets.randbelow(16)
        _last = candidate
    return candidate


def base32(number: int, length: int) -> str:
    """The number in `length` Crockford base-32 characters, lower case, most significant first."""
    digits = [_ALPHABET[(number >> (5 * place)) & 31] for place in range(length)]
    return "".join(reversed(digits))


def new_code(contest_id: int) -> str:
    """A public code nobody can guess: the contest's number, a dash, 130 random bits.

    The contest stands in front so that a row is found by (contest_id, code) on the contest's own shard.
    """
    head = base32(contest_id, max(1, -(-contest_id.bit_length() // 5)))
    return f"{head}-{base32(secrets.randbits(130), 26)}"


def contest_of_code(code: str) -> int | None:
    """The contest's id in front of a code made by `new_code`, or None for anything else."""
    head, dash, tail = code.partition("-")
    if not dash or len(tail) != 26 or not 1 <= len(head) <= 13:
        return None
    number = 0
    for character in head:
        value = _ALPHABET.find(character)
        if value < 0:
            return None
        number = number * 32 + value
    return number
