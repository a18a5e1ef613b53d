"""What an owner decides about other people's accounts: role, state, sessions. Always with a reason."""

from datetime import datetime
from typing import Any

from quiz.accounts import queries, sessions
from quiz.accounts.errors import AccountInvalid
from quiz.accounts.models import Staff
from quiz.accounts.permissions import Role
from quiz.accounts.service import check_person
from quiz.accounts.usernames import clean_username
from quiz.audit.actors import Actor
from quiz.audit.service import Action, record
from quiz.core.database import transaction


def set_enabled(username: str, *, is_enabled: bool, actor: Actor, now: datetime, reason: str = "") -> Staff:
    """Let an account sign in, or no longer; disabling ends its sessions. Raises NotFound, AccountInvalid."""
    with transaction():
        staff = queries.get_staff(clean_username(username))
        if not is_enabled:
            _refuse_for_oneself(staff, actor)
            _refuse_for_last_owner(staff, actor)
            sessions.end_all_sessions(staff.id, now=now)
        staff.is_enabled = is_enabled
        action = Action.STAFF_ENABLED if is_enabled else Action.STAFF_DISABLED
        record(action, staff.username, actor=actor, now=now, **_why(reason))
    return staff


def change_role(
    username: str,
    role: Role,
    *,
    tree_id: int | None = None,
    unit_code: str | None = None,
    actor: Actor,
    now: datetime,
    reason: str = "",
) -> Staff:
    """Give an account another role; its sessions end. Raises NotFound, AccountInvalid.

    A unit's account names its unit by tree and code; the caller has seen that the unit exists.
    """
    with transaction():
        staff = queries.get_staff(clean_username(username))
        check_person(staff.username, staff.name, role, tree_id, unit_code)
        _refuse_for_oneself(staff, actor)
        if role is not Role.OWNER:
            _refuse_for_last_owner(staff, actor)
        before = staff.role
        staff.role, staff.tree_id, staff.unit_code = role.value, tree_id, unit_code
        sessions.end_all_sessions(staff.id, now=now)
        told: dict[str, Any] = {"before": before, "role": role.value} | (
            {"unit": unit_code} if unit_code else {}
        )
        record(Action.STAFF_ROLE_CHANGED, staff.username, actor=actor, now=now, **told, **_why(reason))
    return staff


def end_sessions(username: str, *, actor: Actor, now: datetime, reason: str = "") -> int:
    """End every session of somebody's account; how many were ended. Raises NotFound."""
    with transaction():
        staff = queries.get_staff(clean_username(username))
        ended = sessions.end_all_sessions(staff.id, now=now)
        record(Action.STAFF_SESSIONS_ENDED, staff.username, actor=actor, now=now, ended=ended, **_why(reason))
    return ended


def _refuse_for_oneself(staff: Staff, actor: Actor) -> None:
    if actor.kind == "staff" and actor.id == staff.id:
        raise AccountInvalid("not_for_oneself")


def _refuse_for_last_owner(staff: Staff, actor: Actor) -> None:
    """Pages may not leave the installation without an owner; the command line may."""
    if actor.kind != "staff" or staff.role != Role.OWNER.value:
        return
    if not [one for one in queries.lock_owners() if one.id != staff.id]:
        raise AccountInvalid("last_owner")


def _why(reason: str) -> dict[str, Any]:
    return {"reason": reason} if reason else {}
