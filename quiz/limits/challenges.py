"""Proof of work (ALTCHA, protocol 2) and, for browsers without scripts, proof of having waited.

Both are bound to what they are for: the deed, the address and the browser's mark. Nothing is stored until one
is used up; `quiz.limits.store` remembers it from then until it expires.
"""

import hmac
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from altcha import Challenge, Payload, create_challenge, verify_solution

from quiz.core.secrets import Keyring

FORM_FIELD, WAIT_FIELD = "altcha", "waited"
VALID_FOR = timedelta(minutes=10)
WAIT = timedelta(seconds=20)
_MOST_CHARACTERS = 4_000


@dataclass(frozen=True, slots=True)
class Difficulty:
    """A browser tries counters from 0 on, each of them `cost` rounds of PBKDF2, and needs at most `most`."""

    cost: int
    most: int

    def at(self, step: int) -> "Difficulty":
        """Each step doubles the work."""
        return Difficulty(self.cost, self.most << step)

    @property
    def mean_rounds(self) -> float:
        """How many rounds of PBKDF2 a proof takes on average, by whatever program."""
        return self.cost * (self.most + 1) / 2


# At most two seconds in a browser on an old phone: docs/measurements.md.
USUAL = Difficulty(cost=20_000, most=240)


@dataclass(frozen=True, slots=True)
class Proof:
    """What was shown: a key by which it is used up only once, and until when to remember that."""

    key: str
    until: datetime


def new_challenge(
    keyring: Keyring, purpose: str, *, now: datetime, difficulty: Difficulty
) -> Mapping[str, object]:
    """A challenge as the page carries it. The server knows the counter, so the trouble has an upper end."""
    challenge = create_challenge(
        "PBKDF2/SHA-256",
        difficulty.cost,
        counter=secrets.randbelow(difficulty.most),
        expires_at=now + VALID_FOR,
        data={"for": keyring.blind_index("challenge", purpose)},
        hmac_secret=keyring.sign("altcha", "challenge"),
        hmac_key_secret=keyring.sign("altcha", "solution"),
    )
    made: Mapping[str, object] = challenge.to_dict()
    return made


def find_proof(keyring: Keyring, sent: str, purpose: str, *, now: datetime) -> Proof | None:
    """The proof of work that a form sent; None: not ours, altered, expired, unsolved, for something else."""
    if not 0 < len(sent) <= _MOST_CHARACTERS:
        return None
    try:
        payload = Payload.from_base64(sent)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
    verdict = verify_solution(
        payload,
        keyring.sign("altcha", "challenge"),
        hmac_key_secret=keyring.sign("altcha", "solution"),
    )
    if not verdict.verified or not _is_for(payload.challenge, keyring.blind_index("challenge", purpose), now):
        return None
    signature = str(payload.challenge.signature)
    return Proof(keyring.blind_index("spent", signature), _expiry(payload.challenge))


def new_wait(keyring: Keyring, purpose: str, *, now: datetime, step: int = 0) -> str:
    """What a browser without scripts sends after it has waited, longer for a harder step."""
    ready = int((now + WAIT * (1 + step)).timestamp())
    body = f"{ready}.{secrets.token_hex(8)}"
    return f"{body}.{_seal(keyring, body, purpose)}"


def wait_left(keyring: Keyring, sent: str, purpose: str, *, now: datetime) -> timedelta | None:
    """How long there is still to wait; zero when it is over; None for what is not ours or has expired."""
    body, _, seal = sent[:200].rpartition(".")
    if not body or not hmac.compare_digest(seal.encode(), _seal(keyring, body, purpose).encode()):
        return None
    left = _ready(body) - now
    return None if left < -VALID_FOR else max(left, timedelta(0))


def wait_proof(keyring: Keyring, sent: str) -> Proof:
    """The proof in what `wait_left` found to be over."""
    return Proof(keyring.blind_index("spent", sent), _ready(sent) + VALID_FOR)


def _ready(body: str) -> datetime:
    return datetime.fromtimestamp(int(body.partition(".")[0]), UTC)


def _seal(keyring: Keyring, body: str, purpose: str) -> str:
    return keyring.blind_index("waiting step", f"{body}|{purpose}")


def _is_for(challenge: Challenge, purpose: str, now: datetime) -> bool:
    data = challenge.parameters.data
    return data == {"for": purpose} and _expiry(challenge) >= now


def _expiry(challenge: Challenge) -> datetime:
    return datetime.fromtimestamp(challenge.parameters.expires_at or 0, UTC)
