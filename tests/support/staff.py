"""Members of staff for tests, and signing them in without computing a hash for each."""

from quiz.accounts.models import Staff
from quiz.accounts.permissions import Role
from quiz.accounts.service import create_staff
from quiz.accounts.sessions import open_session
from quiz.audit.actors import Actor
from quiz.core import clock
from quiz.units.models import UnitTree
from tests.support.client import Client
from tests.support.factories import NOW

PASSWORD = "suối chảy qua cầu treo"
ACTOR = Actor.system("tests")


def make_staff(
    username: str = "ha.nguyen",
    role: Role = Role.ORGANISER,
    *,
    tree: UnitTree | None = None,
    unit_code: str | None = None,
) -> Staff:
    """An account whose password is PASSWORD."""
    return create_staff(
        username,
        name=f"Người dùng {username}",
        role=role,
        password=PASSWORD,
        tree_id=tree.id if tree else None,
        unit_code=unit_code,
        actor=ACTOR,
        now=NOW,
    )


def sign_in_as(client: Client, staff: Staff) -> str:
    """Let the client's browser be signed in; the session's token."""
    with client.application.app_context():
        token = open_session(staff, now=clock.now())
    with client.session_transaction() as session:
        session["_user_id"] = token
        session["_fresh"] = True
    return token


def signed_in(client: Client, role: Role = Role.ORGANISER) -> Staff:
    """A new account of a role, signed in."""
    with client.application.app_context():
        staff = make_staff(role.value.replace("_", "-"), role)
        sign_in_as(client, staff)
    return staff
