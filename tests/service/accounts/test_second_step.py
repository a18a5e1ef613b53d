"""The second step of signing in on both databases: A24's replays, lost phones, who has to."""

from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from quiz.accounts import queries, service, sessions, two_steps
from quiz.accounts.errors import AccountInvalid, SignInRefused, TooManyTries
from quiz.accounts.models import RecoveryCode, Staff
from quiz.accounts.second_step import code_at
from quiz.accounts.signing_in import HalfIn, SignedIn, finish_sign_in, sign_in
from quiz.audit.actors import Actor
from quiz.core.database import db
from tests.support.factories import KEYRING, NOW
from tests.support.parallel import at_once
from tests.support.staff import ACTOR, PASSWORD, SECRET, make_staff, with_second_step

LATER = NOW + timedelta(minutes=1)


def first_step(now: datetime = NOW, marks: str = "") -> HalfIn:
    half = sign_in("ha.nguyen", PASSWORD, network="192.0.2.1", marks=marks, now=now, keyring=KEYRING)
    assert isinstance(half, HalfIn)
    return half


def second(half: HalfIn, code: str, now: datetime = NOW, marks: str = "") -> SignedIn:
    return finish_sign_in(half, code, marks=marks, now=now, keyring=KEYRING)


def refused(half: HalfIn, code: str, now: datetime = NOW) -> str:
    with pytest.raises((SignInRefused, TooManyTries)) as found:
        second(half, code, now)
    return str(found.value.code)


def test_the_password_alone_opens_no_session() -> None:
    staff = make_staff()
    with_second_step(staff)
    half = first_step()
    assert queries.list_open_sessions(staff.id) == []
    entered = second(half, code_at(SECRET, NOW))
    assert sessions.staff_of_session(entered.token, now=NOW) is not None


def test_a_code_is_used_up() -> None:
    """A24."""
    with_second_step(make_staff())
    code = code_at(SECRET, NOW)
    second(first_step(), code)
    assert refused(first_step(), code) == "wrong_code"
    assert refused(first_step(), code_at(SECRET, NOW - timedelta(seconds=30))) == "wrong_code"
    assert second(first_step(LATER), code_at(SECRET, LATER), LATER)


def test_a_code_used_twice_at_once_opens_one_session(app: Flask) -> None:
    staff = make_staff()
    with_second_step(staff)
    half, code, staff_id = first_step(), code_at(SECRET, NOW), staff.id

    def enter() -> bool:
        try:
            return bool(second(half, code))
        except (SignInRefused, TooManyTries):
            return False

    assert at_once(app, 3, enter).count(True) == 1  # more at once would be slowed as guesses
    assert len(queries.list_open_sessions(staff_id)) == 1


def test_guessing_codes_is_slowed() -> None:
    with_second_step(make_staff())
    half = first_step()
    told = [refused(half, f"{n:06}") for n in range(4)]
    assert told == ["wrong_code"] * 3 + ["too_many_sign_ins"]
    assert refused(half, code_at(SECRET, NOW)) == "too_many_sign_ins"
    tried = [
        refused(first_step(NOW + n * timedelta(minutes=1)), "000000", NOW + n * timedelta(minutes=1))
        for n in range(1, 59)
    ]
    assert tried.count("wrong_code") <= 10


def test_the_first_step_does_not_last() -> None:
    with_second_step(make_staff())
    half = first_step()
    late = NOW + timedelta(minutes=6)
    assert refused(half, code_at(SECRET, late), late) == "second_step_over"


def test_another_password_ends_the_first_step() -> None:
    with_second_step(make_staff())
    half = first_step()
    service.reset_password("ha.nguyen", "mười bảy con trâu qua suối", actor=ACTOR, now=NOW)
    assert refused(half, code_at(SECRET, NOW)) == "second_step_over"


def test_a_recovery_code_works_once() -> None:
    staff = make_staff()
    codes = with_second_step(staff)
    assert len(codes) == 10
    assert second(first_step(), codes[3].upper().replace("-", " "))
    assert queries.count_recovery_codes(staff.id) == 9
    assert refused(first_step(), codes[3]) == "wrong_code"
    renewed = two_steps.renew_codes(staff, now=NOW, keyring=KEYRING)
    assert refused(first_step(), codes[4]) == "wrong_code"
    assert second(first_step(), renewed[0])


def test_neither_seed_nor_codes_stand_in_the_database() -> None:
    staff = make_staff()
    codes = with_second_step(staff)
    assert SECRET not in (staff.totp_cipher or "")
    kept = set(db.session.scalars(select(RecoveryCode.code_key)))
    assert not kept & {code.replace("-", "") for code in codes}


def test_setting_up_asks_for_a_code_of_the_offered_secret() -> None:
    staff = make_staff()
    secret, sealed = two_steps.offer(staff.id, "token", KEYRING)
    assert two_steps.offered(sealed, staff.id, "token", KEYRING) == secret
    for staff_id, token in ((staff.id + 1, "token"), (staff.id, "another")):
        with pytest.raises(AccountInvalid, match="second_step_unknown"):
            two_steps.offered(sealed, staff_id, token, KEYRING)
    for junk in ("", "x", "AAAA"):
        with pytest.raises(AccountInvalid, match="second_step_unknown"):
            two_steps.offered(junk, staff.id, "token", KEYRING)
    with pytest.raises(AccountInvalid, match="wrong_code"):
        two_steps.set_up(staff, secret, "000000", now=NOW, keyring=KEYRING, keep_session="token")
    elsewhere = sessions.open_session(staff, now=NOW)
    here = sessions.open_session(staff, now=NOW)
    two_steps.set_up(staff, secret, code_at(secret, NOW), now=NOW, keyring=KEYRING, keep_session=here)
    assert sessions.staff_of_session(here, now=NOW) is not None
    assert sessions.staff_of_session(elsewhere, now=NOW) is None


def test_giving_up_and_being_helped() -> None:
    staff = make_staff()
    with_second_step(staff)
    with pytest.raises(AccountInvalid, match="second_step_required"):
        two_steps.give_up(staff, is_required=True, now=NOW)
    oneself = Actor.staff(staff.id, staff.name)
    with pytest.raises(AccountInvalid, match="not_for_oneself"):
        two_steps.drop("ha.nguyen", "lost", actor=oneself, now=NOW)
    token = sessions.open_session(staff, now=NOW)
    two_steps.drop("ha.nguyen", "lost", actor=ACTOR, now=NOW)
    assert sessions.staff_of_session(token, now=NOW) is None
    entered = sign_in("ha.nguyen", PASSWORD, network="192.0.2.1", marks="", now=NOW, keyring=KEYRING)
    assert isinstance(entered, SignedIn)
    assert db.session.scalars(select(Staff)).one().totp_step is None
