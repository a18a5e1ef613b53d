"""`flask staff`: the password is shown once; units' accounts name a unit that exists."""

import pytest
from click.testing import Result
from flask import Flask

from quiz.accounts.hashing import verify_password
from quiz.accounts.invitations import accept
from quiz.accounts.queries import find_staff
from quiz.core import clock
from quiz.core.settings import ROOT
from quiz.units.service import import_tree
from tests.support.factories import NOW
from tests.support.staff import ACTOR, PASSWORD, make_staff, with_second_step


def run(app: Flask, *words: str) -> Result:
    return app.test_cli_runner().invoke(args=["staff", *words])


def password_of(done: Result) -> str:
    return next(line.split()[1] for line in done.output.splitlines() if line.startswith("password"))


def test_making_an_account(app: Flask) -> None:
    done = run(app, "create", "Ha.Nguyen", "--name", "Nguyễn Thị Minh Hà", "--role", "organiser")
    assert done.exit_code == 0
    staff = find_staff("ha.nguyen")
    assert staff is not None
    assert verify_password(staff.password_hash, password_of(done))
    assert password_of(done) not in run(app, "list").output
    again = run(app, "create", "ha.nguyen", "--name", "Khác", "--role", "editor")
    assert again.exit_code == 1
    assert "Đã có tài khoản" in again.output


def test_an_invitation_is_a_link(app: Flask) -> None:
    words = ("ha.nguyen", "--name", "Nguyễn Thị Minh Hà", "--role", "organiser")
    done = run(app, "invite", *words)
    assert done.exit_code == 0
    token = done.output.splitlines()[0].rpartition("/join/")[2]
    assert find_staff("ha.nguyen") is None
    accept(token, PASSWORD, now=clock.now())
    assert find_staff("ha.nguyen") is not None
    assert "Đã có tài khoản" in run(app, "invite", *words).output


def test_a_lost_phone(app: Flask) -> None:
    with_second_step(make_staff())
    assert run(app, "second-step-off", "ha.nguyen").exit_code == 2, "a reason is asked for"
    assert "password alone" in run(app, "second-step-off", "ha.nguyen", "--reason", "lost").output
    staff = find_staff("ha.nguyen")
    assert staff is not None
    assert staff.totp_cipher is None


def test_a_unit_account(app: Flask) -> None:
    data = (ROOT / "demo" / "units-son-la.csv").read_bytes()
    import_tree(data, "u.csv", "son-la", actor=ACTOR, now=NOW)
    words = ("create", "xa-muong-la", "--name", "Xã Mường La", "--role", "unit_viewer")
    assert run(app, *words).exit_code == 1
    assert run(app, *words, "--unit", "03808").exit_code == 2
    assert "no tree" in run(app, *words, "--unit", "03808", "--tree", "x").output
    assert "no unit" in run(app, *words, "--unit", "3808", "--tree", "son-la").output
    assert run(app, *words, "--unit", "03808", "--tree", "son-la").exit_code == 0
    staff = find_staff("xa-muong-la")
    assert staff is not None
    assert staff.unit_code == "03808"


def test_another_password_and_disabling(app: Flask) -> None:
    first = password_of(run(app, "create", "ha.nguyen", "--name", "Hà", "--role", "owner"))
    second = password_of(run(app, "password", "ha.nguyen"))
    staff = find_staff("ha.nguyen")
    assert staff is not None
    assert not verify_password(staff.password_hash, first)
    assert verify_password(staff.password_hash, second)
    assert "disabled" in run(app, "disable", "ha.nguyen").output
    assert "disabled" in run(app, "list").output
    assert "enabled" in run(app, "enable", "ha.nguyen").output


@pytest.mark.parametrize("word", ["password", "disable", "enable"])
def test_unknown_accounts(app: Flask, word: str) -> None:
    done = run(app, word, "nobody")
    assert done.exit_code == 1
    assert "no account nobody" in done.output
