"""Hashes of passwords: Argon2id at OWASP's floor, and never more at once than a core can bear."""

import threading

from argon2 import PasswordHasher, Type
from argon2.exceptions import InvalidHashError, VerificationError

from quiz.accounts.passwords import MAX_LENGTH, prepared

# 19 MiB, 2 passes, 1 lane: about 30 ms of one core. A process computes one at a time, so that a flood of
# sign-ins cannot take the machine away from people in the middle of an attempt.
_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1, type=Type.ID)
_turn = threading.BoundedSemaphore(1)
_PATIENCE = 5.0
_nobody: list[str] = []


class TooBusy(Exception):
    """Too many sign-ins at this moment."""


def hash_password(password: str) -> str:
    """The hash to store. Raises TooBusy."""
    _wait_for_turn()
    try:
        return _hasher.hash(prepared(password))
    finally:
        _turn.release()


def verify_password(stored: str | None, password: str) -> bool:
    """Whether the password belongs to the hash; for None it takes as long and says no. Raises TooBusy."""
    if stored is None and not _nobody:
        _nobody.append(hash_password("nobody has this password"))
    _wait_for_turn()
    try:
        _hasher.verify(stored or _nobody[0], prepared(password[: MAX_LENGTH * 4]))
    except (VerificationError, InvalidHashError):
        return False
    finally:
        _turn.release()
    return stored is not None


def is_outdated(stored: str) -> bool:
    """Whether the hash was made with other figures than today's."""
    return _hasher.check_needs_rehash(stored)


def _wait_for_turn() -> None:
    if not _turn.acquire(timeout=_PATIENCE):
        raise TooBusy
