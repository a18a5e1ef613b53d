"""Signing in on both databases: those who guess wait, those who know come in."""

from datetime import datetime, timedelta
from types import SimpleNamespace

import pytest
from argon2.exceptions import VerificationError
from flask import Flask
from sqlalchemy import func, select

from quiz.accounts import hashing, sessions, staffing
from quiz.accounts.errors import SignInBusy, SignInRefused, TooManyTries
from quiz.accounts.models import FailedLogin
from quiz.accounts.signing_in import SignedIn, sign_in
from quiz.audit.models import AuditEvent
from quiz.core.database import db
from tests.support.factories import KEYRING, NOW
from tests.support.parallel import at_once
from tests.support.staff import ACTOR, PASSWORD, make_staff

WRONG = "not the password at all"


def enter(
    username: str = "ha.nguyen",
    password: str = PASSWORD,
    *,
    network: str = "192.0.2.1",
    marks: str = "",
    now: datetime = NOW,
) -> SignedIn:
    return sign_in(username, password, network=network, marks=marks, now=now, keyring=KEYRING)


def guess(**where: object) -> str:
    """One wrong try: "refused", or "wait" when it was not even looked at."""
    try:
        enter(password=WRONG, **where)  # type: ignore[arg-type]  # the caller names real arguments
    except SignInRefused:
        return "refused"
    except TooManyTries:
        return "wait"
    raise AssertionError("the wrong password was taken")


def failures() -> int:
    return db.session.scalar(select(func.count()).select_from(FailedLogin)) or 0


def test_the_right_password_opens_a_session_and_is_logged() -> None:
    staff = make_staff()
    entered = enter()
    found = sessions.staff_of_session(entered.token, now=NOW)
    assert found is not None
    assert found.id == staff.id
    assert found.last_login_at == NOW
    assert failures() == 0
    actions = db.session.scalars(select(AuditEvent.action).order_by(AuditEvent.id)).all()
    assert actions == ["staff_created", "staff_signed_in"]


def test_the_name_is_forgiving_and_the_password_has_one_form() -> None:
    make_staff()
    assert enter("  HA.Nguyen ", PASSWORD.replace("ố", "o\u0302\u0301"))


def test_wrong_unknown_and_disabled_answer_alike() -> None:
    make_staff()
    make_staff("dung.cam")
    staffing.set_enabled("dung.cam", is_enabled=False, actor=ACTOR, now=NOW)
    codes = set()
    for username, password in (("ha.nguyen", WRONG), ("nobody", PASSWORD), ("dung.cam", PASSWORD)):
        with pytest.raises(SignInRefused) as refused:
            enter(username, password)
        codes.add((refused.value.code, refused.value.status, tuple(refused.value.params)))
    assert codes == {("wrong_sign_in", 422, ())}


def test_guessing_grows_slow_and_success_forgives() -> None:
    make_staff()
    assert [guess() for _ in range(4)] == ["refused"] * 3 + ["wait"]
    with pytest.raises(TooManyTries) as waiting:
        enter()
    assert waiting.value.seconds == 30
    later = NOW + timedelta(seconds=31)
    assert enter(now=later)
    assert failures() == 3, "the network's own failures stay"
    assert [guess(now=later, network="192.0.2.2") for _ in range(4)] == ["refused"] * 3 + ["wait"]


def test_a_thousand_guesses_from_a_hundred_networks_are_ten_an_hour() -> None:
    make_staff()
    step = timedelta(seconds=3.6)
    tried = [guess(network=f"192.0.2.{n % 100}", now=NOW + n * step) for n in range(1000)]
    assert tried.count("refused") <= 10


def test_parallel_guesses_see_each_other(app: Flask) -> None:
    make_staff()
    tried = at_once(app, 12, lambda: guess(network="192.0.2.9"))
    assert tried.count("refused") <= 3


def test_one_network_cannot_try_many_accounts() -> None:
    make_staff()
    tried = []
    for n in range(40):
        try:
            enter(f"name-{n}", WRONG)
        except SignInRefused:
            tried.append("refused")
        except TooManyTries:
            tried.append("wait")
    assert tried.count("refused") == 20


def test_strangers_cannot_keep_the_owner_out() -> None:
    """Who has signed in from a browser before has limits of their own there."""
    make_staff()
    marks = enter().marks
    for n in range(30):
        guess(network=f"198.51.100.{n}")
    assert guess(network="198.51.100.99") == "wait"
    with pytest.raises(TooManyTries):
        enter(network="192.0.2.77")
    assert enter(marks=marks)
    assert [guess(marks=marks) for _ in range(4)] == ["refused"] * 3 + ["wait"], (
        "a stolen browser is slowed too"
    )


def test_old_failures_are_removed() -> None:
    make_staff()
    guess()
    assert failures() == 2
    enter(now=NOW + timedelta(hours=2))
    assert failures() == 0


def test_nothing_personal_stands_in_the_buckets() -> None:
    guess(network="203.0.113.7")
    kept = " ".join(db.session.scalars(select(FailedLogin.bucket)))
    assert "ha.nguyen" not in kept
    assert "203.0.113" not in kept


def test_unknown_names_cost_the_same_work(monkeypatch: pytest.MonkeyPatch) -> None:
    """The time of the reply must not tell which names exist."""
    make_staff()
    make_staff("dung.cam")
    staffing.set_enabled("dung.cam", is_enabled=False, actor=ACTOR, now=NOW)
    hashing.verify_password(None, "makes the hash of nobody")
    verified: list[str] = []

    def verify(stored: str, _password: str) -> None:
        verified.append(stored.rsplit("$", 2)[0])
        raise VerificationError

    monkeypatch.setattr(hashing, "_hasher", SimpleNamespace(verify=verify))
    for name in ("ha.nguyen", "nobody", "dung.cam"):
        with pytest.raises(SignInRefused):
            enter(name)
    assert verified == ["$argon2id$v=19$m=19456,t=2,p=1"] * 3


def test_a_machine_without_time_says_so_and_counts_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    make_staff()
    monkeypatch.setattr(hashing, "_PATIENCE", 0.01)
    with hashing._turn, pytest.raises(SignInBusy):
        enter()
    assert failures() == 0
    assert enter()
