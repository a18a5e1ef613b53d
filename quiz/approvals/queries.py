"""Reading requests for approval. Nothing here writes."""

from collections.abc import Sequence

from sqlalchemy import select

from quiz.accounts.models import Staff
from quiz.accounts.permissions import Permission, Role, allows
from quiz.approvals.models import Approval
from quiz.approvals.states import Kind, State
from quiz.core.database import db
from quiz.core.errors import NotFound
from quiz.core.names import sort_key


def get_approval(contest_id: int, approval_id: int) -> Approval:
    """The request. Raises NotFound."""
    found = db.session.get(Approval, (contest_id, approval_id))
    if found is None:
        raise NotFound("approval")
    return found


def lock_approval(contest_id: int, approval_id: int) -> Approval:
    """The request with its row locked until the transaction ends, read anew. Raises NotFound."""
    key = (contest_id, approval_id)
    found = db.session.get(Approval, key, with_for_update=True, populate_existing=True)
    if found is None:
        raise NotFound("approval")
    return found


def find_waiting(contest_id: int, number: int, kind: Kind, subject: str = "") -> Approval | None:
    """The request of this kind and subject that waits, or None."""
    return db.session.scalar(
        select(Approval).where(
            Approval.contest_id == contest_id,
            Approval.round_number == number,
            Approval.kind == kind.value,
            Approval.subject == subject,
            Approval.state == State.WAITING.value,
        )
    )


def list_waiting(contest_id: int, number: int | None = None) -> Sequence[Approval]:
    """Requests that wait, in a contest or one of its rounds, the oldest first."""
    wanted = select(Approval).where(Approval.contest_id == contest_id, Approval.state == State.WAITING.value)
    if number is not None:
        wanted = wanted.where(Approval.round_number == number)
    return db.session.scalars(wanted.order_by(Approval.asked_at, Approval.id)).all()


def list_approvals(contest_id: int, number: int | None = None, most: int = 200) -> Sequence[Approval]:
    """Requests whatever became of them, the newest first."""
    wanted = select(Approval).where(Approval.contest_id == contest_id)
    if number is not None:
        wanted = wanted.where(Approval.round_number == number)
    return db.session.scalars(wanted.order_by(Approval.asked_at.desc(), Approval.id.desc()).limit(most)).all()


def list_approvers(but: int | None = None) -> tuple[str, ...]:
    """Names of the accounts in use that may approve, without the person `but`, by given name."""
    roles = [role.value for role in Role if allows(role, Permission.PUBLISH)]
    wanted = select(Staff.name).where(Staff.role.in_(roles), Staff.is_enabled)
    if but is not None:
        wanted = wanted.where(Staff.id != but)
    return tuple(sorted(db.session.scalars(wanted), key=sort_key))
