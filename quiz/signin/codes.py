"""Figures and verdicts of one-time codes. Pure."""

from datetime import datetime, timedelta
from enum import StrEnum

DIGITS = 6
LIFE = timedelta(minutes=10)
TRIES = 5
PER_CONTACT = 3  # codes to one phone or address in a day
# Hundreds of people share one address behind carrier NAT: the network's limit is wide.
PER_NETWORK = 300
NETWORK_WINDOW = timedelta(hours=1)
# How long what was proven lets the same browser go on: time enough to fill in the form.
PROOF_LIFE = timedelta(hours=1)
KEPT = timedelta(days=2)  # rows older than this are removed; a day of any time zone is shorter
ALARM_SHARE = 0.8


class Purpose(StrEnum):
    """What a code is asked for."""

    ENTRY = "entry"
    ACCOUNT = "account"


class Ending(StrEnum):
    """Why a code can no longer be typed."""

    EXPIRED = "code_expired"
    USED_UP = "code_used_up"
    REPLACED = "code_replaced"
    PROVED = "code_proved"


def ending(
    *, tries: int, expires_at: datetime, ended_at: datetime | None, proved_at: datetime | None, now: datetime
) -> Ending | None:
    """Why the code cannot be typed any more, or None while it can."""
    if proved_at is not None:
        return Ending.PROVED
    if ended_at is not None:
        return Ending.REPLACED
    if tries >= TRIES:
        return Ending.USED_UP
    return Ending.EXPIRED if now >= expires_at else None


def holds(proved_at: datetime | None, ended_at: datetime | None, now: datetime) -> bool:
    """Whether what was proven still counts."""
    return proved_at is not None and ended_at is None and now < proved_at + PROOF_LIFE


def is_code(text: str) -> bool:
    """Six digits."""
    return len(text) == DIGITS and text.isascii() and text.isdigit()


def alarms_at(budget: int) -> int:
    """How many codes of a day's budget are sent when organisers are told."""
    return max(1, int(budget * ALARM_SHARE))
