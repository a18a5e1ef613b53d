"""Signing in: slow for those who guess, never closed to those who know."""

import hashlib
import hmac
import logging
from dataclasses import dataclass
from datetime import datetime, timedelta

from quiz.accounts import hashing, queries, sessions, tries
from quiz.accounts.devices import with_mark
from quiz.accounts.errors import SignInBusy, SignInRefused
from quiz.accounts.models import Staff
from quiz.accounts.tries import Try
from quiz.accounts.two_steps import prove
from quiz.accounts.usernames import clean_username
from quiz.audit.actors import Actor
from quiz.audit.service import Action, record
from quiz.core.database import transaction
from quiz.core.secrets import Keyring

log = logging.getLogger(__name__)
_BETWEEN_STEPS = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A sign-in that worked: the account, the session's token, the browser's marks from now on."""

    staff: Staff
    token: str
    marks: str


@dataclass(frozen=True, slots=True)
class HalfIn:
    """The password was right, the second step is to come. `password_mark` changes with the password."""

    staff_id: int
    until: int
    password_mark: str


def sign_in(
    username: str,
    password: str,
    *,
    network: str,
    marks: str,
    now: datetime,
    keyring: Keyring,
    browser: str = "",
) -> SignedIn | HalfIn:
    """Check name and password and open a session, or say that the second step comes next.

    Raises SignInRefused, TooManyTries, SignInBusy. `network` is the address that the request came from,
    `marks` what `SignedIn.marks` was on this browser, `browser` what the session list shows.
    """
    name = clean_username(username)
    this_try = tries.reserve(tries.door_buckets(name, network, marks, keyring), now)
    staff = queries.find_staff(name)
    stored = staff.password_hash if staff is not None and staff.is_enabled else None
    if not _verify(stored, password, this_try) or staff is None:
        log.warning("failed sign-in from %s", network)
        raise SignInRefused("wrong_sign_in")
    renewed = hashing.hash_password(password) if hashing.is_outdated(staff.password_hash) else None
    with transaction():
        tries.forgive(this_try)
        staff.password_hash = renewed or staff.password_hash
        if staff.totp_cipher is not None:
            until = int((now + _BETWEEN_STEPS).timestamp())
            return HalfIn(staff.id, until, _password_mark(staff))
        return _open(staff, marks, now, keyring, browser)


def finish_sign_in(
    half: HalfIn, code: str, *, marks: str, now: datetime, keyring: Keyring, browser: str = ""
) -> SignedIn:
    """Check the code of the second step, or a recovery code, and open a session.

    Raises SignInRefused (codes second_step_over, wrong_code) and TooManyTries.
    """
    staff = queries.find_staff_by_id(half.staff_id)
    if staff is None or not staff.is_enabled or now.timestamp() > half.until or staff.totp_cipher is None:
        raise SignInRefused("second_step_over")
    if not hmac.compare_digest(_password_mark(staff), half.password_mark):
        raise SignInRefused("second_step_over")
    this_try = tries.reserve(tries.code_buckets(staff.username, marks, keyring), now)
    with transaction():
        if prove(staff, code, now=now, keyring=keyring):
            tries.forgive(this_try)
            return _open(staff, marks, now, keyring, browser)
    raise SignInRefused("wrong_code")


def knows_password(staff: Staff, password: str, *, now: datetime, keyring: Keyring) -> bool:
    """Whether the signed-in person knows their password; guessing is slowed here as at the door.

    Raises TooManyTries, SignInBusy.
    """
    stored = staff.password_hash
    this_try = tries.reserve(tries.own_bucket(staff.id, keyring), now)
    matches = _verify(stored, password, this_try)
    if matches:
        tries.forgive(this_try)
    return matches


def _open(staff: Staff, marks: str, now: datetime, keyring: Keyring, browser: str) -> SignedIn:
    staff.last_login_at = now
    token = sessions.open_session(staff, now=now, browser=browser)
    record(Action.STAFF_SIGNED_IN, staff.username, actor=Actor.staff(staff.id, staff.name), now=now)
    staff.session_token = token
    return SignedIn(staff, token, with_mark(keyring, staff.username, marks))


def _password_mark(staff: Staff) -> str:
    return hashlib.sha256(staff.password_hash.encode()).hexdigest()[:32]


def _verify(stored: str | None, password: str, this_try: Try) -> bool:
    """Check the password; where the machine has no time for it, the try was not made."""
    try:
        return hashing.verify_password(stored, password)
    except hashing.TooBusy as error:
        tries.give_back(this_try)
        raise SignInBusy("sign_in_busy") from error
