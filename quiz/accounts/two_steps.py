"""Setting up, using and giving up the second step of signing in."""

from datetime import datetime

from sqlalchemy import delete, update

from quiz.accounts import queries, second_step, sessions
from quiz.accounts.errors import AccountInvalid
from quiz.accounts.models import RecoveryCode, Staff
from quiz.audit.actors import Actor
from quiz.audit.service import Action, record
from quiz.core.database import transaction
from quiz.core.ids import new_id
from quiz.core.secrets import CannotDecrypt, Keyring

SEED_PURPOSE = "staff.totp"
_OFFERED = "staff.totp.offered"
_RECOVERY = "staff recovery code"


def offer(staff_id: int, session_token: str, keyring: Keyring) -> tuple[str, str]:
    """A new secret, and the same sealed for this session: the page carries it until a code proves it."""
    secret = second_step.new_secret()
    return secret, keyring.encrypt(_OFFERED, secret, f"{staff_id}:{session_token}")


def offered(sealed: str, staff_id: int, session_token: str, keyring: Keyring) -> str:
    """The secret that `offer` sealed. Raises AccountInvalid for anything else."""
    if not sealed:
        raise AccountInvalid("second_step_unknown")
    try:
        return keyring.decrypt(_OFFERED, sealed, f"{staff_id}:{session_token}")
    except (CannotDecrypt, ValueError) as error:
        raise AccountInvalid("second_step_unknown") from error


def set_up(
    staff: Staff, secret: str, code: str, *, now: datetime, keyring: Keyring, keep_session: str
) -> tuple[str, ...]:
    """Ask for a second step from now on, once the first code is right; the recovery codes, shown this once.

    Every other session ends. Raises AccountInvalid.
    """
    step = second_step.matching_step(secret, second_step.clean_code(code), now, None)
    if step is None:
        raise AccountInvalid("wrong_code")
    with transaction():
        staff.totp_cipher = keyring.encrypt(SEED_PURPOSE, secret, f"staff:{staff.id}")
        staff.totp_step = step
        codes = _replace_codes(staff.id, keyring)
        sessions.end_all_sessions(staff.id, now=now, but=keep_session)
        _record(Action.SECOND_STEP_SET, staff, now)
    return codes


def renew_codes(staff: Staff, *, now: datetime, keyring: Keyring) -> tuple[str, ...]:
    """Ten new recovery codes; the old ones are worth nothing. Raises AccountInvalid."""
    if staff.totp_cipher is None:
        raise AccountInvalid("second_step_unknown")
    with transaction():
        codes = _replace_codes(staff.id, keyring)
        _record(Action.RECOVERY_CODES_RENEWED, staff, now)
    return codes


def give_up(staff: Staff, *, is_required: bool, now: datetime) -> None:
    """Sign in with the password alone again. Raises AccountInvalid where the role may not."""
    if is_required:
        raise AccountInvalid("second_step_required")
    with transaction():
        _forget(staff)
        _record(Action.SECOND_STEP_DROPPED, staff, now)


def drop(username: str, reason: str, *, actor: Actor, now: datetime) -> Staff:
    """Take the second step from somebody who lost phone and codes; ends their sessions.

    Raises NotFound, AccountInvalid.
    """
    with transaction():
        staff = queries.get_staff(username)
        if actor.kind == "staff" and actor.id == staff.id:
            raise AccountInvalid("not_for_oneself")  # one's own goes by one's own password
        _forget(staff)
        sessions.end_all_sessions(staff.id, now=now)
        record(Action.SECOND_STEP_DROPPED, staff.username, actor=actor, now=now, reason=reason)
    return staff


def prove(staff: Staff, code: str, *, now: datetime, keyring: Keyring) -> bool:
    """Whether the code is right; this uses it up. The caller counts tries and has a transaction open."""
    code = second_step.clean_code(code)
    if second_step.is_digits(code):
        return _prove_digits(staff, code, now, keyring)
    with transaction() as session:
        used = session.execute(
            update(RecoveryCode)
            .where(
                RecoveryCode.staff_id == staff.id,
                RecoveryCode.code_key.in_(keyring.blind_indexes(_RECOVERY, f"{staff.id}:{code}")),
                RecoveryCode.used_at.is_(None),
            )
            .values(used_at=now)
        )
        if getattr(used, "rowcount", 0) != 1:
            return False
        _record(Action.RECOVERY_CODE_USED, staff, now)
    return True


def _prove_digits(staff: Staff, code: str, now: datetime, keyring: Keyring) -> bool:
    secret = keyring.decrypt(SEED_PURPOSE, staff.totp_cipher or "", f"staff:{staff.id}")
    step = second_step.matching_step(secret, code, now, staff.totp_step)
    if step is None:
        return False
    with transaction() as session:
        # Of two requests with the same code at once, only one moves the step on.
        moved = session.execute(
            update(Staff)
            .where(Staff.id == staff.id, Staff.totp_step < step)
            .values(totp_step=step)
            .execution_options(synchronize_session="fetch")
        )
    return getattr(moved, "rowcount", 0) == 1


def _replace_codes(staff_id: int, keyring: Keyring) -> tuple[str, ...]:
    codes = second_step.new_recovery_codes()
    with transaction() as session:
        session.execute(delete(RecoveryCode).where(RecoveryCode.staff_id == staff_id))
        session.add_all(
            RecoveryCode(
                id=new_id(),
                staff_id=staff_id,
                code_key=keyring.blind_index(_RECOVERY, f"{staff_id}:{second_step.clean_code(code)}"),
            )
            for code in codes
        )
    return codes


def _forget(staff: Staff) -> None:
    with transaction() as session:
        staff.totp_cipher = staff.totp_step = None
        session.execute(delete(RecoveryCode).where(RecoveryCode.staff_id == staff.id))


def _record(action: Action, staff: Staff, now: datetime) -> None:
    record(action, staff.username, actor=Actor.staff(staff.id, staff.name), now=now)
