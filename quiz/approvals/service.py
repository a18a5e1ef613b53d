"""Asking for a second person, and what they and others do with the request: each act one transaction."""

from datetime import datetime
from typing import Any

from sqlalchemy.exc import IntegrityError

from quiz.approvals import queries
from quiz.approvals.errors import ApprovalRefused, ApprovalStale
from quiz.approvals.models import Approval
from quiz.approvals.states import Kind, State, refusal
from quiz.audit.actors import Actor
from quiz.audit.service import Action, record
from quiz.core.database import transaction
from quiz.core.ids import new_id

MOST_LETTERS = 500


def ask(
    contest_id: int,
    number: int,
    kind: Kind,
    *,
    subject: str = "",
    proposal: dict[str, Any],
    basis: str,
    figures: dict[str, Any],
    reason: str = "",
    actor: Actor,
    now: datetime,
) -> Approval:
    """Ask for a second person. One that waits on an earlier basis lapses.

    Raises ApprovalRefused where the same is asked for already.
    """
    if actor.id is None:
        raise ApprovalRefused("approval_without_person")
    found = Approval(
        contest_id=contest_id,
        id=new_id(),
        round_number=number,
        kind=kind.value,
        subject=subject,
        proposal=proposal,
        basis=basis,
        figures=figures,
        reason=reason.strip(),
        asked_by=actor.id,
        asked_name=actor.name,
        asked_at=now,
        state=State.WAITING.value,
    )
    try:
        with transaction() as session:
            _make_room(contest_id, number, kind, subject, basis, actor=actor, now=now)
            session.add(found)
            session.flush()  # uq_approvals_waiting has the last word
            _note(Action.APPROVAL_ASKED, found, actor, now)
    except IntegrityError as error:
        raise ApprovalRefused("approval_asked_already") from error
    return found


def refuse_approver(found: Approval, actor: Actor) -> None:
    """Stop whoever may not approve the request as it stands. Raises ApprovalRefused."""
    why = refusal(State(found.state), State.APPROVED, asked_by=found.asked_by, acting=actor.id)
    if why is not None:
        raise ApprovalRefused(why)


def approve(
    contest_id: int, approval_id: int, *, kind: Kind, basis: str, actor: Actor, now: datetime
) -> Approval:
    """Approve, as part of the transaction that does what was asked for.

    Raises NotFound, ApprovalRefused, and ApprovalStale where the request stands on another `basis`.
    """
    with transaction():
        found = _ending(contest_id, approval_id, State.APPROVED, actor)
        if found.kind != kind.value:
            raise ApprovalRefused("approval_over")
        if found.basis != basis:
            raise ApprovalStale("approval_stale")
        _end(found, State.APPROVED, actor, now)
        _note(Action.APPROVAL_GIVEN, found, actor, now)
    return found


def decline(contest_id: int, approval_id: int, *, reason: str, actor: Actor, now: datetime) -> Approval:
    """Decline for a reason, which the asking person reads. Raises NotFound, ApprovalRefused."""
    why = reason.strip()
    if not why or len(why) > MOST_LETTERS:
        raise ApprovalRefused("approval_reason", most=MOST_LETTERS)
    with transaction():
        found = _ending(contest_id, approval_id, State.DECLINED, actor)
        _end(found, State.DECLINED, actor, now, why)
        _note(Action.APPROVAL_DECLINED, found, actor, now)
    return found


def withdraw(contest_id: int, approval_id: int, *, actor: Actor, now: datetime) -> Approval:
    """Take one's own request back. Raises NotFound, ApprovalRefused."""
    with transaction():
        found = _ending(contest_id, approval_id, State.WITHDRAWN, actor)
        _end(found, State.WITHDRAWN, actor, now)
        _note(Action.APPROVAL_WITHDRAWN, found, actor, now)
    return found


def lapse(contest_id: int, approval_id: int, *, actor: Actor, now: datetime) -> None:
    """End a request whose ground has changed; one that has ended stays as it is."""
    with transaction():
        found = queries.lock_approval(contest_id, approval_id)
        if found.state == State.WAITING.value:
            _end(found, State.LAPSED, actor, now)
            _note(Action.APPROVAL_LAPSED, found, actor, now)


def lapse_waiting(
    contest_id: int, number: int, kind: Kind, subject: str = "", *, actor: Actor, now: datetime
) -> None:
    """End the request for what was just done without it. Part of the caller's transaction."""
    found = queries.find_waiting(contest_id, number, kind, subject)
    if found is not None:
        lapse(contest_id, found.id, actor=actor, now=now)


def _make_room(
    contest_id: int, number: int, kind: Kind, subject: str, basis: str, *, actor: Actor, now: datetime
) -> None:
    waiting = queries.find_waiting(contest_id, number, kind, subject)
    if waiting is not None and waiting.basis == basis:
        raise ApprovalRefused("approval_asked_already")
    if waiting is not None:
        lapse(contest_id, waiting.id, actor=actor, now=now)


def _ending(contest_id: int, approval_id: int, wanted: State, actor: Actor) -> Approval:
    """The request, locked, if this person may end it so."""
    found = queries.lock_approval(contest_id, approval_id)
    why = refusal(State(found.state), wanted, asked_by=found.asked_by, acting=actor.id)
    if why is not None:
        raise ApprovalRefused(why)
    return found


def _end(found: Approval, state: State, actor: Actor, now: datetime, reason: str | None = None) -> None:
    found.state, found.ended_by, found.ended_name = state.value, actor.id, actor.name
    found.ended_at, found.end_reason = now, reason


def _note(action: Action, found: Approval, actor: Actor, now: datetime) -> None:
    detail: dict[str, object] = {"wanted": found.kind}
    if found.kind == Kind.KEY.value:
        detail["revision"] = found.subject
    if action is not Action.APPROVAL_ASKED:
        detail["asked_by"] = found.asked_name
    if reason := found.end_reason or (found.reason if action is Action.APPROVAL_ASKED else ""):
        detail["reason"] = reason
    record(action, f"round {found.round_number}", actor=actor, now=now, contest_id=found.contest_id, **detail)
