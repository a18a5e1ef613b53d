"""Invitations, roles and states of accounts on both databases."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from quiz.accounts import invitations, queries, sessions, staffing
from quiz.accounts.errors import AccountInvalid, InvitationOver
from quiz.accounts.models import Invitation, Staff
from quiz.accounts.permissions import Role
from quiz.audit.actors import Actor
from quiz.audit.models import AuditEvent
from quiz.core.database import db
from quiz.core.errors import DomainError, NotFound
from tests.support.factories import NOW
from tests.support.parallel import at_once
from tests.support.staff import ACTOR, PASSWORD, make_staff, make_tree


def invite(username: str = "ha.nguyen", **changes: object) -> str:
    given = {"name": "Nguyễn Thị Minh Hà", "role": Role.ORGANISER, "actor": ACTOR, "now": NOW, **changes}
    return invitations.invite(username, **given)  # type: ignore[arg-type]  # the caller names real arguments


def owner(username: str = "chu") -> tuple[Staff, Actor]:
    staff = make_staff(username, Role.OWNER)
    return staff, Actor.staff(staff.id, staff.name)


def test_an_invitation_makes_an_account_once() -> None:
    token = invite(" Ha.Nguyen ")
    assert token not in str(db.session.scalars(select(Invitation.token_hash)).all())
    staff = invitations.accept(token, PASSWORD, now=NOW)
    assert (staff.username, staff.role) == ("ha.nguyen", "organiser")
    with pytest.raises(InvitationOver):
        invitations.accept(token, PASSWORD, now=NOW)


def test_a_link_used_twice_at_once_makes_one_account(app: Flask) -> None:
    token = invite()

    def accept() -> bool:
        try:
            return bool(invitations.accept(token, PASSWORD, now=NOW))
        except DomainError:
            return False

    assert at_once(app, 4, accept).count(True) == 1


def test_a_weak_password_leaves_the_link_as_it_is() -> None:
    token = invite()
    with pytest.raises(AccountInvalid, match="password_too_short"):
        invitations.accept(token, "short", now=NOW)
    assert invitations.accept(token, PASSWORD, now=NOW)


def test_links_expire_are_withdrawn_and_replaced() -> None:
    late = invite("one", days=3)
    assert invitations.open_invitation(late, now=NOW + timedelta(days=3, seconds=-1))
    with pytest.raises(InvitationOver):
        invitations.open_invitation(late, now=NOW + timedelta(days=3))
    taken_back = invite("two")
    [row] = [one for one in queries.list_invitations(NOW) if one.username == "two"]
    invitations.withdraw(row.id, actor=ACTOR, now=NOW)
    with pytest.raises(InvitationOver):
        invitations.accept(taken_back, PASSWORD, now=NOW)
    with pytest.raises(NotFound):
        invitations.withdraw(row.id, actor=ACTOR, now=NOW)
    first, second = invite("three"), invite("three")
    with pytest.raises(InvitationOver):
        invitations.open_invitation(first, now=NOW)
    assert invitations.open_invitation(second, now=NOW)
    with pytest.raises(NotFound):
        invitations.open_invitation("no such token", now=NOW)


@pytest.mark.parametrize(
    "changes, code",
    [
        ({"username": "Hà"}, "username_form"),
        ({"username": "already"}, "username_taken"),
        ({"name": " "}, "staff_name_missing"),
        ({"role": Role.UNIT_VIEWER}, "unit_needed"),
        ({"tree_id": 1, "unit_code": "03808"}, "unit_not_for_role"),
    ],
)
def test_who_cannot_be_invited(changes: dict[str, object], code: str) -> None:
    make_staff("already")
    with pytest.raises(AccountInvalid) as refused:
        invite(**{"username": "ha.nguyen", **changes})  # type: ignore[arg-type]  # real names
    assert refused.value.code == code
    assert queries.list_invitations(NOW) == []


def test_a_role_is_changed_with_its_unit_and_ends_the_sessions() -> None:
    _, actor = owner()
    staff, tree = make_staff(), make_tree()
    token = sessions.open_session(staff, now=NOW)
    change = {"actor": actor, "now": NOW, "reason": "chuyển việc"}
    with pytest.raises(AccountInvalid, match="unit_needed"):
        staffing.change_role("ha.nguyen", Role.UNIT_VIEWER, **change)  # type: ignore[arg-type]  # real names
    staffing.change_role("ha.nguyen", Role.UNIT_VIEWER, tree_id=tree.id, unit_code="03808", **change)  # type: ignore[arg-type]  # real names
    assert (staff.role, staff.unit_code) == ("unit_viewer", "03808")
    assert sessions.staff_of_session(token, now=NOW) is None
    event = db.session.scalars(select(AuditEvent).where(AuditEvent.action == "staff_role_changed")).one()
    assert event.detail == {
        "before": "organiser",
        "role": "unit_viewer",
        "unit": "03808",
        "reason": "chuyển việc",
    }
    staffing.change_role("ha.nguyen", Role.EDITOR, **change)  # type: ignore[arg-type]  # real names
    assert (staff.tree_id, staff.unit_code) == (None, None)


def test_nobody_locks_themselves_out() -> None:
    _, actor = owner()
    for act in (
        lambda: staffing.set_enabled("chu", is_enabled=False, actor=actor, now=NOW),
        lambda: staffing.change_role("chu", Role.EDITOR, actor=actor, now=NOW),
    ):
        with pytest.raises(AccountInvalid, match="not_for_oneself"):
            act()


def test_the_last_owner_stays() -> None:
    first, _ = owner()
    _, second = owner("hai")
    staffing.set_enabled("chu", is_enabled=False, actor=second, now=NOW)
    third = Actor.staff(first.id, first.name)  # a session that was open a moment ago
    for act in (
        lambda: staffing.set_enabled("hai", is_enabled=False, actor=third, now=NOW),
        lambda: staffing.change_role("hai", Role.AUDITOR, actor=third, now=NOW),
    ):
        with pytest.raises(AccountInvalid, match="last_owner"):
            act()
    staffing.set_enabled("hai", is_enabled=False, actor=ACTOR, now=NOW)  # the command line may


def test_two_owners_cannot_remove_each_other_at_once(app: Flask) -> None:
    (_, one), (_, two) = owner("mot"), owner("hai")

    def act(pair: list[tuple[str, Actor]] = [("hai", one), ("mot", two)]) -> bool:  # noqa: B006 -- taken from
        username, actor = pair.pop()
        try:
            return bool(staffing.set_enabled(username, is_enabled=False, actor=actor, now=NOW))
        except AccountInvalid:
            return False

    at_once(app, 2, act)
    db.session.expire_all()
    assert len([staff for staff in queries.list_staff() if staff.is_enabled]) == 1


def test_signing_somebody_out() -> None:
    _, actor = owner()
    staff = make_staff()
    tokens = [sessions.open_session(staff, now=NOW, browser="Chrome · Android") for _ in range(2)]
    assert staffing.end_sessions("ha.nguyen", actor=actor, now=NOW, reason="máy bị mất") == 2
    assert not any(sessions.staff_of_session(token, now=NOW) for token in tokens)


def test_one_session_is_ended_by_its_owner_only() -> None:
    staff, other = make_staff(), make_staff("dung.cam")
    token = sessions.open_session(staff, now=NOW)
    [row] = queries.list_open_sessions(staff.id)
    with pytest.raises(NotFound):
        sessions.end_one_session(other.id, row.id, now=NOW)
    sessions.end_one_session(staff.id, row.id, now=NOW)
    assert sessions.staff_of_session(token, now=NOW) is None
    with pytest.raises(NotFound):
        sessions.end_one_session(staff.id, row.id, now=NOW)
