"""A22: a session begins at sign-in, ends on the server, and an old cookie is worth nothing afterwards."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from flask import Flask

from quiz.accounts import service, sessions, staffing, two_steps
from quiz.accounts.models import Staff
from quiz.accounts.permissions import Role
from quiz.accounts.queries import get_staff
from quiz.core import clock
from tests.support.client import Client
from tests.support.staff import ACTOR, PASSWORD, make_staff

RIGHT = {"username": "ha.nguyen", "password": PASSWORD}
End = Callable[[Client, Staff, datetime], object]
ENDS: dict[str, End] = {
    "signing out": lambda client, _staff, _now: client.post("/logout"),
    "out everywhere": lambda client, _staff, _now: client.post(
        "/account/sessions", data={"password": PASSWORD}
    ),
    "signing in again": lambda client, _staff, _now: client.post("/login", data=RIGHT),
    "disabling": lambda _c, staff, now: staffing.set_enabled(
        staff.username, is_enabled=False, actor=ACTOR, now=now
    ),
    "another role": lambda _c, staff, now: staffing.change_role(
        staff.username, Role.OWNER, actor=ACTOR, now=now
    ),
    "another password": lambda _c, staff, now: service.reset_password(
        staff.username, "mười bảy con trâu qua suối", actor=ACTOR, now=now
    ),
    "an owner's word": lambda _c, staff, now: staffing.end_sessions(staff.username, actor=ACTOR, now=now),
    "losing the second step": lambda _c, staff, now: two_steps.drop(
        staff.username, "lost", actor=ACTOR, now=now
    ),
}


@pytest.fixture(autouse=True)
def organiser(app: Flask) -> None:
    with app.app_context():
        make_staff()


def cookie(client: Client) -> str:
    found = client.get_cookie("quiz")
    assert found is not None
    return found.value


def with_cookie(app: Flask, value: str) -> int:
    """What somebody gets who holds this cookie."""
    thief = app.test_client()
    thief.set_cookie("quiz", value)
    return thief.get("/manage").status_code


def test_a_session_that_was_laid_there_before_is_not_taken_over(app: Flask, client: Client) -> None:
    """Fixation: the attacker knows the cookie that the victim signs in with."""
    client.get("/login")
    client.csrf_token()
    laid = cookie(client)
    client.post("/login", data=RIGHT)
    assert client.get("/manage").status_code == 200
    assert with_cookie(app, laid) == 303
    assert cookie(client) != laid


def test_every_sign_in_has_a_token_of_its_own(client: Client) -> None:
    tokens = set()
    for _ in range(3):
        client.post("/login", data=RIGHT)
        with client.session_transaction() as session:
            tokens.add(session["_user_id"])
    assert len(tokens) == 3
    assert all(len(token) >= 43 for token in tokens)  # 256 bits


@pytest.mark.parametrize("end", ENDS)
def test_the_old_cookie_is_worth_nothing_after(app: Flask, client: Client, end: str) -> None:
    client.post("/login", data=RIGHT)
    kept = cookie(client)
    assert with_cookie(app, kept) == 200
    with app.app_context():
        ENDS[end](client, get_staff("ha.nguyen"), clock.now())
    assert with_cookie(app, kept) == 303


@pytest.mark.parametrize(
    "minutes, is_open", [((29, 58), True), ((31,), False), (tuple(range(25, 760, 25)), False)]
)
def test_idle_half_an_hour_and_twelve_hours_in_all(
    app: Flask, minutes: tuple[int, ...], is_open: bool
) -> None:
    with app.app_context():
        begun = clock.now()
        token = sessions.open_session(get_staff("ha.nguyen"), now=begun)
        found = [sessions.staff_of_session(token, now=begun + timedelta(minutes=one)) for one in minutes]
    assert (found[-1] is not None) is is_open


def test_a_cookie_cannot_be_made_without_the_key(app: Flask) -> None:
    for value in ("x", "eyJfdXNlcl9pZCI6IjEifQ.Zz.aa", ""):
        assert with_cookie(app, value) == 303
