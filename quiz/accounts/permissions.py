"""Roles and what each may do: one map, no role checks anywhere else."""

from enum import StrEnum


class Role(StrEnum):
    """What a member of staff is."""

    OWNER = "owner"
    ORGANISER = "organiser"
    EDITOR = "editor"
    REVIEWER = "reviewer"
    UNIT_VIEWER = "unit_viewer"
    AUDITOR = "auditor"


class Permission(StrEnum):
    """What can be allowed."""

    SEE_CONTESTS = "see_contests"
    EDIT_CONTESTS = "edit_contests"
    RUN_ROUNDS = "run_rounds"
    PUBLISH = "publish"
    JUDGE_ENTRIES = "judge_entries"
    SEE_BANKS = "see_banks"
    EDIT_BANKS = "edit_banks"
    REVIEW_QUESTIONS = "review_questions"
    MANAGE_BANKS = "manage_banks"
    SEE_UNITS = "see_units"
    EDIT_UNITS = "edit_units"
    SEE_AUDIT = "see_audit"
    SEE_PERSONAL_DATA = "see_personal_data"  # unmasked, for a reason; and answering people about their data
    SEE_OWN_UNIT = "see_own_unit"
    EDIT_STAFF = "edit_staff"
    WAIVE_SECOND_PERSON = "waive_second_person"  # let one person publish and correct keys alone


_P = Permission
_ORGANISER = frozenset(
    {
        _P.SEE_CONTESTS,
        _P.EDIT_CONTESTS,
        _P.RUN_ROUNDS,
        _P.PUBLISH,
        _P.JUDGE_ENTRIES,
        _P.SEE_BANKS,
        _P.EDIT_BANKS,
        _P.REVIEW_QUESTIONS,
        _P.MANAGE_BANKS,
        _P.SEE_UNITS,
        _P.EDIT_UNITS,
        _P.SEE_AUDIT,
        _P.SEE_PERSONAL_DATA,
    }
)
PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.OWNER: _ORGANISER | {_P.EDIT_STAFF, _P.WAIVE_SECOND_PERSON},
    Role.ORGANISER: _ORGANISER,
    Role.EDITOR: frozenset({_P.SEE_BANKS, _P.EDIT_BANKS}),
    Role.REVIEWER: frozenset({_P.SEE_BANKS, _P.REVIEW_QUESTIONS}),
    Role.UNIT_VIEWER: frozenset({_P.SEE_OWN_UNIT}),
    Role.AUDITOR: frozenset({_P.SEE_CONTESTS, _P.SEE_BANKS, _P.SEE_UNITS, _P.SEE_AUDIT}),
}


def allows(role: Role, permission: Permission) -> bool:
    """Whether the role has the permission."""
    return permission in PERMISSIONS[role]
