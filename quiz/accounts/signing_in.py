"""Signing in: slow for those who guess, never closed to those who know."""

import logging
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete

from quiz.accounts import hashing, queries, sessions
from quiz.accounts.devices import known_token, with_mark
from quiz.accounts.errors import SignInBusy, SignInRefused, TooManyTries
from quiz.accounts.models import FailedLogin, Staff
from quiz.accounts.throttle import ACCOUNT, MEMORY, NETWORK, Patience, wait
from quiz.accounts.usernames import clean_username
from quiz.audit.actors import Actor
from quiz.audit.service import Action, record
from quiz.core.database import transaction
from quiz.core.ids import new_id
from quiz.core.secrets import Keyring

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A sign-in that worked: the account, the session's token, the browser's marks from now on."""

    staff: Staff
    token: str
    marks: str


@dataclass(frozen=True, slots=True)
class _Try:
    """One try as the buckets know it. The first bucket is the account's, or the known browser's own."""

    buckets: tuple[tuple[str, Patience], ...]
    row_ids: tuple[int, ...]


def sign_in(
    username: str, password: str, *, network: str, marks: str, now: datetime, keyring: Keyring
) -> SignedIn:
    """Check name and password and open a session. Raises SignInRefused, TooManyTries, SignInBusy.

    `network` is the address that the request came from, `marks` what `SignedIn.marks` was on this browser.
    """
    name = clean_username(username)
    this_try = _reserve(_buckets(name, network, marks, keyring), now)
    staff = queries.find_staff(name)
    stored = staff.password_hash if staff is not None and staff.is_enabled else None
    if not _verify(stored, password, this_try) or staff is None:
        log.warning("failed sign-in from %s", network)
        raise SignInRefused("wrong_sign_in")
    renewed = hashing.hash_password(password) if hashing.is_outdated(staff.password_hash) else None
    with transaction():
        _forgive(this_try)
        staff.password_hash = renewed or staff.password_hash
        staff.last_login_at = now
        token = sessions.open_session(staff, now=now)
        record(Action.STAFF_SIGNED_IN, staff.username, actor=Actor.staff(staff.id, staff.name), now=now)
    staff.session_token = token
    return SignedIn(staff, token, with_mark(keyring, name, marks))


def knows_password(staff: Staff, password: str, *, now: datetime, keyring: Keyring) -> bool:
    """Whether the signed-in person knows their password; guessing is slowed here as at the door.

    Raises TooManyTries, SignInBusy.
    """
    stored, bucket = staff.password_hash, "c:" + keyring.blind_index("confirm password", str(staff.id))
    this_try = _reserve(((bucket, ACCOUNT),), now)
    matches = _verify(stored, password, this_try)
    if matches:
        _forgive(this_try)
    return matches


def _verify(stored: str | None, password: str, this_try: _Try) -> bool:
    """Check the password; where the machine has no time for it, the try was not made."""
    try:
        return hashing.verify_password(stored, password)
    except hashing.TooBusy as error:
        _give_back(this_try)
        raise SignInBusy("sign_in_busy") from error


def _buckets(name: str, network: str, marks: str, keyring: Keyring) -> tuple[tuple[str, Patience], ...]:
    """The account's and the network's buckets; a browser known to the account has its own instead."""
    token = known_token(keyring, name, marks)
    if token is not None:
        return (("d:" + keyring.blind_index("sign-in device", token), ACCOUNT),)
    return (
        ("u:" + keyring.blind_index("sign-in username", name), ACCOUNT),
        ("n:" + keyring.blind_index("sign-in network", network), NETWORK),
    )


def _reserve(buckets: tuple[tuple[str, Patience], ...], now: datetime) -> _Try:
    """Count this try as failed before it is made, so that parallel tries see each other. Raises TooManyTries.

    Rows are committed first and the others counted afterwards: of several at once, whoever commits later sees
    the earlier ones, on both databases, without a lock.
    """
    this_try = _Try(buckets, tuple(new_id() for _ in buckets))
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
        _give_back(this_try)
        raise TooManyTries(pause)
    return this_try


def _give_back(this_try: _Try) -> None:
    """This try was not made."""
    with transaction() as session:
        session.execute(delete(FailedLogin).where(FailedLogin.id.in_(this_try.row_ids)))


def _forgive(this_try: _Try) -> None:
    """The owner came: the account's (or browser's) bucket is emptied; the network's keeps what others did."""
    with transaction() as session:
        session.execute(delete(FailedLogin).where(FailedLogin.bucket == this_try.buckets[0][0]))
        session.execute(delete(FailedLogin).where(FailedLogin.id.in_(this_try.row_ids)))
