"""Accounts and their sessions on both databases."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from quiz.accounts import queries, service, sessions, staffing
from quiz.accounts.errors import AccountInvalid
from quiz.accounts.hashing import verify_password
from quiz.accounts.models import Staff, StaffSession
from quiz.accounts.permissions import Role
from quiz.core.database import db
from quiz.core.errors import NotFound
from tests.support.factories import KEYRING, NOW
from tests.support.staff import ACTOR, PASSWORD, make_staff

ANOTHER = "mười bảy con trâu qua suối"


@pytest.mark.parametrize(
    "changes, code",
    [
        ({"username": "Hà"}, "username_form"),
        ({"username": "ha.nguyen"}, "username_taken"),
        ({"username": "HA.NGUYEN"}, "username_taken"),
        ({"name": "  "}, "staff_name_missing"),
        ({"password": "short"}, "password_too_short"),
        ({"password": "matkhaumatkhau1"}, "password_common"),
        ({"role": Role.UNIT_VIEWER}, "unit_needed"),
        ({"unit_code": "03646", "tree_id": 1}, "unit_not_for_role"),
    ],
)
def test_what_an_account_cannot_be(changes: dict[str, object], code: str) -> None:
    make_staff()
    given = {
        "username": "dung.cam",
        "name": "Cầm Văn Dũng",
        "role": Role.EDITOR,
        "password": PASSWORD,
        **changes,
    }
    with pytest.raises(AccountInvalid) as refused:
        service.create_staff(given.pop("username"), **given, actor=ACTOR, now=NOW)  # type: ignore[arg-type]
    assert refused.value.code == code
    assert len(queries.list_staff()) == 1


def test_the_password_is_kept_as_argon2id_at_the_floor() -> None:
    stored = make_staff().password_hash
    assert stored.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert verify_password(stored, PASSWORD)
    assert not verify_password(stored, PASSWORD + "x")
    assert not verify_password(None, PASSWORD)


def test_changing_the_password_ends_the_other_sessions() -> None:
    staff = make_staff()
    here, elsewhere = (sessions.open_session(staff, now=NOW) for _ in range(2))
    service.change_password(staff, old=PASSWORD, new=ANOTHER, now=NOW, keyring=KEYRING, keep_session=here)
    assert verify_password(staff.password_hash, ANOTHER)
    assert sessions.staff_of_session(here, now=NOW) is not None
    assert sessions.staff_of_session(elsewhere, now=NOW) is None


def test_the_old_password_is_asked_for() -> None:
    staff = make_staff()
    with pytest.raises(AccountInvalid, match="password_wrong"):
        service.change_password(staff, old="something else entirely", new=ANOTHER, now=NOW, keyring=KEYRING)
    assert verify_password(staff.password_hash, PASSWORD)


def test_resetting_and_disabling_end_every_session() -> None:
    staff = make_staff()
    first = sessions.open_session(staff, now=NOW)
    service.reset_password("ha.nguyen", ANOTHER, actor=ACTOR, now=NOW)
    assert staff.password_given
    assert sessions.staff_of_session(first, now=NOW) is None
    second = sessions.open_session(staff, now=NOW)
    staffing.set_enabled("ha.nguyen", is_enabled=False, actor=ACTOR, now=NOW)
    staffing.set_enabled("ha.nguyen", is_enabled=True, actor=ACTOR, now=NOW)
    assert sessions.staff_of_session(second, now=NOW) is None


def test_unknown_accounts() -> None:
    for act in (
        lambda: service.reset_password("nobody", ANOTHER, actor=ACTOR, now=NOW),
        lambda: staffing.set_enabled("nobody", is_enabled=True, actor=ACTOR, now=NOW),
    ):
        with pytest.raises(NotFound):
            act()


def test_an_ended_session_stays_ended() -> None:
    token = sessions.open_session(make_staff(), now=NOW)
    sessions.end_session(token, now=NOW)
    assert sessions.staff_of_session(token, now=NOW) is None


@pytest.mark.parametrize(
    "minutes, is_open", [((29, 58, 87), True), ((31,), False), (tuple(range(0, 719, 25)), True), ((), True)]
)
def test_a_session_lives_while_somebody_works(minutes: tuple[int, ...], is_open: bool) -> None:
    token = sessions.open_session(make_staff(), now=NOW)
    found = [sessions.staff_of_session(token, now=NOW + timedelta(minutes=minute)) for minute in minutes]
    assert all((one is not None) is is_open for one in found)


def test_a_session_ends_after_twelve_hours_of_work() -> None:
    token = sessions.open_session(make_staff(), now=NOW)
    for minute in range(0, 721, 20):
        assert sessions.staff_of_session(token, now=NOW + timedelta(minutes=minute)) is not None
    assert sessions.staff_of_session(token, now=NOW + timedelta(minutes=721)) is None


def test_the_token_itself_is_not_stored() -> None:
    token = sessions.open_session(make_staff(), now=NOW)
    row = db.session.scalars(select(StaffSession)).one()
    assert token not in (row.token_hash, str(row.id))
    assert sessions.staff_of_session(row.token_hash, now=NOW) is None


def test_signing_out_everywhere() -> None:
    staff = make_staff()
    tokens = [sessions.open_session(staff, now=NOW) for _ in range(3)]
    assert service.sign_out_everywhere(staff, now=NOW) == 3
    assert not any(sessions.staff_of_session(token, now=NOW) for token in tokens)
    assert db.session.scalars(select(Staff)).one().is_enabled
