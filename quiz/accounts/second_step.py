"""The second step of signing in: six digits that a phone computes from a shared secret and the time. Pure."""

import hmac
import secrets
from datetime import datetime

import pyotp

DIGITS = 6
STEP_SECONDS = 30
DRIFT = 1  # steps that a phone's clock may be off, either way
RECOVERY_CODES = 10
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"  # nothing that looks like something else
_GROUPS, _GROUP = 3, 4  # 12 characters of 31: 59 bits


def new_secret() -> str:
    """A secret of 160 random bits, in base 32 as authenticator apps take it."""
    return pyotp.random_base32(length=32)


def address(secret: str, *, username: str, issuer: str) -> str:
    """The otpauth:// address that the QR code holds."""
    return pyotp.TOTP(secret, digits=DIGITS, interval=STEP_SECONDS).provisioning_uri(
        name=username, issuer_name=issuer
    )


def code_at(secret: str, now: datetime) -> str:
    """The code that a phone with the right time shows."""
    return pyotp.TOTP(secret, digits=DIGITS, interval=STEP_SECONDS).at(for_time=now)


def matching_step(secret: str, code: str, now: datetime, last: int | None) -> int | None:
    """The number of the step that the code belongs to, or None.

    A step that is not later than the `last` one used does not count: every code works once.
    """
    current = int(now.timestamp()) // STEP_SECONDS
    source = pyotp.HOTP(secret, digits=DIGITS)
    fitting = None
    for step in range(current - DRIFT, current + DRIFT + 1):
        is_same = hmac.compare_digest(source.at(count=step).encode(), code.encode())
        if is_same and (last is None or step > last):
            fitting = step
    return fitting


def clean_code(text: str) -> str:
    """What was typed without the spaces and dashes that people put in, in lower case."""
    return "".join(text.split()).replace("-", "").lower()


def is_digits(code: str) -> bool:
    """Whether it can be a phone's code, and not a recovery code."""
    return len(code) == DIGITS and code.isascii() and code.isdigit()


def new_recovery_codes() -> tuple[str, ...]:
    """Codes for the day on which the phone is lost; each works once."""
    return tuple(
        "-".join("".join(secrets.choice(_ALPHABET) for _ in range(_GROUP)) for _ in range(_GROUPS))
        for _ in range(RECOVERY_CODES)
    )


def in_groups(secret: str) -> str:
    """The secret as people type it."""
    return " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))
