"""Tries at the door: each is counted before it is made, so that guessing is slow on every worker alike."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete

from quiz.accounts import queries
from quiz.accounts.devices import known_token
from quiz.accounts.errors import TooManyTries
from quiz.accounts.models import FailedLogin
from quiz.accounts.throttle import ACCOUNT, MEMORY, NETWORK, Patience, wait
from quiz.core.database import transaction
from quiz.core.ids import new_id
from quiz.core.secrets import Keyring

Buckets = tuple[tuple[str, Patience], ...]


@dataclass(frozen=True, slots=True)
class Try:
    """One try as the buckets know it. The first bucket is the account's, or the known browser's own."""

    buckets: Buckets
    row_ids: tuple[int, ...]


def door_buckets(name: str, network: str, marks: str, keyring: Keyring) -> Buckets:
    """The account's and the network's buckets; a browser known to the account has its own instead."""
    token = known_token(keyring, name, marks)
    if token is not None:
        return (("d:" + keyring.blind_index("sign-in device", token), ACCOUNT),)
    return (
        ("u:" + keyring.blind_index("sign-in username", name), ACCOUNT),
        ("n:" + keyring.blind_index("sign-in network", network), NETWORK),
    )


def code_buckets(name: str, marks: str, keyring: Keyring) -> Buckets:
    """For codes of the second step. Only who knows the password comes here; a known browser counts apart."""
    token = known_token(keyring, name, marks)
    return (("s:" + keyring.blind_index("second step", token or f"of {name}"), ACCOUNT),)


def own_bucket(staff_id: int, keyring: Keyring) -> Buckets:
    """For a password that someone who is signed in types again."""
    return (("c:" + keyring.blind_index("confirm password", str(staff_id)), ACCOUNT),)


def reserve(buckets: Buckets, now: datetime) -> Try:
    """Count this try as failed before it is made, so that parallel tries see each other. Raises TooManyTries.

    Rows are committed first and the others counted afterwards: of several at once, whoever commits later sees
    the earlier ones, on both databases, without a lock.
    """
    this_try = Try(buckets, tuple(new_id() for _ in buckets))
    with transaction() as session:
        session.execute(delete(FailedLogin).where(FailedLogin.at < now - MEMORY))
        for row_id, (bucket, _) in zip(this_try.row_ids, buckets, strict=True):
            session.add(FailedLogin(id=row_id, bucket=bucket, at=now))
    own = frozenset(this_try.row_ids)
    pause = max(
        wait(queries.list_failures(bucket, now - MEMORY, leave_out=own), now, patience)
        for bucket, patience in buckets
    )
    if pause.total_seconds() > 0:
        give_back(this_try)
        raise TooManyTries(pause)
    return this_try


def give_back(this_try: Try) -> None:
    """This try was not made."""
    with transaction() as session:
        session.execute(delete(FailedLogin).where(FailedLogin.id.in_(this_try.row_ids)))


def forgive(this_try: Try) -> None:
    """The owner came: the account's (or browser's) bucket is emptied; the network's keeps what others did."""
    with transaction() as session:
        session.execute(delete(FailedLogin).where(FailedLogin.bucket == this_try.buckets[0][0]))
        session.execute(delete(FailedLogin).where(FailedLogin.id.in_(this_try.row_ids)))
