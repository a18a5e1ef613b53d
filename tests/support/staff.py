"""Members of staff for tests, and signing them in without computing a hash for each."""

from datetime import timedelta
from functools import cache
from unittest.mock import patch

from quiz.accounts import hashing
from quiz.accounts.models import Staff
from quiz.accounts.permissions import Role
from quiz.accounts.second_step import code_at
from quiz.accounts.service import create_staff
from quiz.accounts.sessions import open_session
from quiz.accounts.two_steps import set_up
from quiz.audit.actors import Actor
from quiz.core import clock
from quiz.core.settings import ROOT
from quiz.units.models import UnitTree
from quiz.units.queries import find_tree, get_tree
from quiz.units.service import import_tree
from tests.support.client import Client
from tests.support.factories import KEYRING, NOW

PASSWORD = "suối chảy qua cầu treo"
ACTOR = Actor.system("tests")
TREE = "son-la"


def make_staff(
    username: str = "ha.nguyen",
    role: Role = Role.ORGANISER,
    *,
    tree: UnitTree | None = None,
    unit_code: str | None = None,
) -> Staff:
    """An account whose password is PASSWORD; a unit's account gets a unit of its own if none is named."""
    if role is Role.UNIT_VIEWER and tree is None:
        tree, unit_code = find_tree(TREE) or make_tree(), "03808"
    with patch.object(hashing, "hash_password", _hash_of):
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


# A hash takes as long as a dozen pages, on purpose; thousands of accounts of tests have the same password.
_hash_of = cache(hashing.hash_password)


def make_tree(slug: str = TREE) -> UnitTree:
    """The demo's tree of units."""
    import_tree((ROOT / "demo" / "units-son-la.csv").read_bytes(), "u.csv", slug, actor=ACTOR, now=NOW)
    return get_tree(slug)


def sign_in_as(client: Client, staff: Staff) -> str:
    """Let the client's browser be signed in; the session's token. The caller has an application context."""
    token = open_session(staff, now=clock.now())
    with client.session_transaction() as session:
        session["_user_id"] = token
        session["_fresh"] = True
    return token


SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def with_second_step(staff: Staff, secret: str = SECRET) -> tuple[str, ...]:
    """Let the account ask for codes of this secret; its recovery codes. Nothing of the present is used up."""
    past = NOW - timedelta(days=30)
    return set_up(staff, secret, code_at(secret, past), now=past, keyring=KEYRING, keep_session="")


def signed_in(client: Client, role: Role = Role.ORGANISER) -> None:
    """A new account of a role, signed in on the client."""
    with client.application.app_context():
        sign_in_as(client, make_staff(role.value.replace("_", "-"), role))
