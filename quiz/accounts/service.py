"""Making and changing accounts of staff."""

from datetime import datetime

from sqlalchemy.exc import IntegrityError

from quiz.accounts import hashing, passwords, queries, sessions
from quiz.accounts.errors import AccountInvalid
from quiz.accounts.models import Staff
from quiz.accounts.permissions import Role
from quiz.accounts.signing_in import knows_password
from quiz.accounts.usernames import clean_username, is_username
from quiz.audit.actors import Actor
from quiz.audit.service import Action, record
from quiz.core.database import transaction
from quiz.core.ids import new_id
from quiz.core.names import clean_name
from quiz.core.secrets import Keyring


def create_staff(
    username: str,
    *,
    name: str,
    role: Role,
    password: str,
    tree_id: int | None = None,
    unit_code: str | None = None,
    is_given: bool = False,
    actor: Actor,
    now: datetime,
) -> Staff:
    """Make an account. Raises AccountInvalid.

    A unit's account names its unit by tree and code; the caller has seen that the unit exists. A password
    that `is_given` opens nothing but the page on which the person chooses another.
    """
    staff = new_staff(
        username, name=name, role=role, password=password, tree_id=tree_id, unit_code=unit_code, now=now
    )
    staff.password_given = is_given
    return add_staff(staff, actor=actor, now=now)


def new_staff(
    username: str,
    *,
    name: str,
    role: Role,
    password: str,
    tree_id: int | None,
    unit_code: str | None,
    now: datetime,
) -> Staff:
    """The account as it would be stored: everything is checked but whether the name is free.

    Raises AccountInvalid. Hashing takes its time, so this is done before a transaction begins.
    """
    username, name = check_person(username, name, role, tree_id, unit_code)
    _refuse_weak(password, username, name)
    return Staff(
        id=new_id(),
        username=username,
        name=name,
        password_hash=hashing.hash_password(password),
        role=role.value,
        is_enabled=True,
        tree_id=tree_id,
        unit_code=unit_code,
        created_at=now,
    )


def add_staff(staff: Staff, *, actor: Actor, now: datetime) -> Staff:
    """Store a new account. Raises AccountInvalid where its name is taken."""
    username, role = staff.username, staff.role
    try:
        with transaction() as session:
            session.add(staff)
            session.flush()  # uq_staff_username has the last word
            record(Action.STAFF_CREATED, username, actor=actor, now=now, role=role)
    except IntegrityError as error:
        raise AccountInvalid("username_taken", username=username) from error
    return staff


def check_person(
    username: str, name: str, role: Role, tree_id: int | None, unit_code: str | None
) -> tuple[str, str]:
    """The cleaned username and name. Raises AccountInvalid where no account can be like this."""
    username, name = clean_username(username), clean_name(name)
    if not is_username(username):
        raise AccountInvalid("username_form")
    if not name:
        raise AccountInvalid("staff_name_missing")
    if (role is Role.UNIT_VIEWER) != (unit_code is not None) or (unit_code is None) != (tree_id is None):
        raise AccountInvalid("unit_needed" if role is Role.UNIT_VIEWER else "unit_not_for_role")
    return username, name


def change_password(
    staff: Staff, *, old: str, new: str, now: datetime, keyring: Keyring, keep_session: str | None = None
) -> None:
    """Replace one's own password and end every other session.

    Raises AccountInvalid, and TooManyTries or SignInBusy as signing in does.
    """
    if not knows_password(staff, old, now=now, keyring=keyring):
        raise AccountInvalid("password_wrong")
    if staff.password_given and passwords.prepared(old) == passwords.prepared(new):
        raise AccountInvalid("password_same")
    _replace_password(staff, new, actor=Actor.staff(staff.id, staff.name), now=now, keep_session=keep_session)


def reset_password(username: str, new: str, *, actor: Actor, now: datetime) -> Staff:
    """Give an account another password, which its person has to replace, and end its sessions.

    Raises NotFound, AccountInvalid.
    """
    staff = queries.get_staff(clean_username(username))
    _replace_password(staff, new, actor=actor, now=now, is_given=True)
    return staff


def sign_out_everywhere(staff: Staff, *, now: datetime) -> int:
    """End every session of an account; how many were ended."""
    staff_id, name, username = staff.id, staff.name, staff.username
    with transaction():
        ended = sessions.end_all_sessions(staff_id, now=now)
        record(Action.STAFF_SESSIONS_ENDED, username, actor=Actor.staff(staff_id, name), now=now, ended=ended)
    return ended


def _replace_password(
    staff: Staff,
    new: str,
    *,
    actor: Actor,
    now: datetime,
    keep_session: str | None = None,
    is_given: bool = False,
) -> None:
    _refuse_weak(new, staff.username, staff.name)
    hashed = hashing.hash_password(new)
    with transaction():
        staff.password_hash, staff.password_given = hashed, is_given
        sessions.end_all_sessions(staff.id, now=now, but=keep_session)
        record(Action.STAFF_PASSWORD_CHANGED, staff.username, actor=actor, now=now)


def _refuse_weak(password: str, username: str, name: str) -> None:
    problem = passwords.password_problem(password, username, name)
    if problem is not None:
        raise AccountInvalid(problem, least=passwords.MIN_LENGTH, most=passwords.MAX_LENGTH)
