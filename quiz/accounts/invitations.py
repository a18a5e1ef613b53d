"""Invitations: a link that makes an account, once and not for ever; the person chooses the password."""

import secrets
from datetime import datetime, timedelta

from sqlalchemy import update

from quiz.accounts import queries
from quiz.accounts.errors import AccountInvalid, InvitationOver
from quiz.accounts.models import Invitation, Staff
from quiz.accounts.permissions import Role
from quiz.accounts.service import add_staff, check_person, new_staff
from quiz.accounts.sessions import hashed
from quiz.audit.actors import Actor
from quiz.audit.service import Action, record
from quiz.core.database import transaction
from quiz.core.errors import NotFound
from quiz.core.ids import new_id

DAYS = 3
MOST_DAYS = 14
_OPEN = update(Invitation).where(Invitation.used_at.is_(None), Invitation.withdrawn_at.is_(None))


def invite(
    username: str,
    *,
    name: str,
    role: Role,
    tree_id: int | None = None,
    unit_code: str | None = None,
    days: int = DAYS,
    actor: Actor,
    now: datetime,
) -> str:
    """Keep a place for a person and return the token of their link, which is shown this once.

    Raises AccountInvalid. The caller has seen that the unit exists.
    """
    username, name = check_person(username, name, role, tree_id, unit_code)
    if queries.find_staff(username) is not None:
        raise AccountInvalid("username_taken", username=username)
    token = secrets.token_urlsafe(32)
    with transaction() as session:
        # A second link for the same name replaces the first.
        session.execute(_OPEN.where(Invitation.username == username).values(withdrawn_at=now))
        session.add(
            Invitation(
                id=new_id(),
                token_hash=hashed(token),
                username=username,
                name=name,
                role=role.value,
                tree_id=tree_id,
                unit_code=unit_code,
                invited_by=actor.name,
                created_at=now,
                expires_at=now + timedelta(days=min(max(1, days), MOST_DAYS)),
            )
        )
        record(Action.STAFF_INVITED, username, actor=actor, now=now, role=role.value)
    return token


def open_invitation(token: str, *, now: datetime) -> Invitation:
    """The invitation behind a link. Raises NotFound; InvitationOver when it was used or its time is over."""
    found = queries.find_invitation(hashed(token))
    if found is None:
        raise NotFound("invitation")
    if found.used_at is not None or found.withdrawn_at is not None or found.expires_at <= now:
        raise InvitationOver("invitation_over")
    return found


def accept(token: str, password: str, *, now: datetime) -> Staff:
    """Make the account with the password of the person's choice.

    Raises NotFound, InvitationOver, AccountInvalid.
    """
    found = open_invitation(token, now=now)
    invitation_id, invited_by = found.id, found.invited_by
    staff = new_staff(
        found.username,
        name=found.name,
        role=Role(found.role),
        password=password,
        tree_id=found.tree_id,
        unit_code=found.unit_code,
        now=now,
    )
    with transaction() as session:
        used = session.execute(_OPEN.where(Invitation.id == invitation_id).values(used_at=now))
        if getattr(used, "rowcount", 0) != 1:
            raise InvitationOver("invitation_over")
        return add_staff(staff, actor=Actor.system(f"invitation by {invited_by}"), now=now)


def withdraw(invitation_id: int, *, actor: Actor, now: datetime) -> None:
    """Make a link worthless before it is used. Raises NotFound."""
    with transaction() as session:
        found = session.get(Invitation, invitation_id, with_for_update=True)
        if found is None or found.used_at is not None or found.withdrawn_at is not None:
            raise NotFound("invitation")
        found.withdrawn_at = now
        record(Action.INVITATION_WITHDRAWN, found.username, actor=actor, now=now)
