"""Who may do what, as one table."""

import pytest

from quiz.accounts.permissions import PERMISSIONS, Permission, Role, allows

_P = Permission
_OWNERS_ALONE = {_P.EDIT_STAFF, _P.WAIVE_SECOND_PERSON}
_EVERYTHING_OF_ORGANISERS = set(Permission) - {_P.SEE_OWN_UNIT} - _OWNERS_ALONE


@pytest.mark.parametrize(
    "role, allowed",
    [
        (Role.OWNER, _EVERYTHING_OF_ORGANISERS | _OWNERS_ALONE),
        (Role.ORGANISER, _EVERYTHING_OF_ORGANISERS),
        (Role.EDITOR, {_P.SEE_BANKS, _P.EDIT_BANKS}),
        (Role.REVIEWER, {_P.SEE_BANKS, _P.REVIEW_QUESTIONS}),
        (Role.UNIT_VIEWER, {_P.SEE_OWN_UNIT}),
        (Role.AUDITOR, {_P.SEE_CONTESTS, _P.SEE_BANKS, _P.SEE_UNITS, _P.SEE_AUDIT}),
    ],
)
def test_roles(role: Role, allowed: set[Permission]) -> None:
    assert {permission for permission in Permission if allows(role, permission)} == allowed


def test_every_role_has_its_line() -> None:
    assert set(PERMISSIONS) == set(Role)
