"""Correcting a key by two people: one prepares it, another one sees what it would do now and approves."""

from datetime import datetime

from quiz.approvals import queries as approvals
from quiz.approvals import service
from quiz.approvals.errors import ApprovalStale
from quiz.approvals.models import Approval
from quiz.approvals.states import Kind
from quiz.attempts.models import KeyChange
from quiz.audit.actors import Actor
from quiz.contests.models import Contest, load_corrections, stored_correction
from quiz.contests.queries import get_round
from quiz.scoring.marking import Correction
from quiz.standings.effects import Effect, preview
from quiz.standings.fingerprints import key_basis
from quiz.standings.regrading import correct_key, refuse_silence


def ask_correction(
    contest: Contest,
    number: int,
    revision_id: int,
    correction: Correction,
    *,
    reason: str,
    notice: str,
    actor: Actor,
    now: datetime,
) -> Approval:
    """Ask another person to approve this correction. Raises NotFound, CorrectionRefused, ApprovalRefused."""
    refuse_silence(reason, notice)
    effect = preview(contest, number, revision_id, correction)
    return service.ask(
        contest.id,
        number,
        Kind.KEY,
        subject=str(revision_id),
        proposal={"correction": stored_correction(correction), "notice": notice.strip()},
        basis=key_basis(get_round(contest, number), revision_id),
        figures=effect.figures(),
        reason=reason,
        actor=actor,
        now=now,
    )


def correction_of(approval: Approval) -> tuple[int, Correction]:
    """The question that a request is about, and the correction it proposes."""
    revision_id = int(approval.subject)
    stored = {approval.subject: approval.proposal["correction"]}
    return revision_id, load_corrections(stored)[revision_id]


def effect_now(contest: Contest, approval: Approval) -> Effect:
    """What the correction that waits would do now. Raises NotFound, CorrectionRefused, ApprovalStale."""
    revision_id, correction = correction_of(approval)
    round_ = get_round(contest, approval.round_number)
    if key_basis(round_, revision_id) != approval.basis:
        raise ApprovalStale("approval_stale")
    return preview(contest, approval.round_number, revision_id, correction)


def approve_correction(contest: Contest, approval_id: int, *, actor: Actor, now: datetime) -> KeyChange:
    """Approve a correction that waits, and make it.

    A request whose question is marked otherwise by now has lapsed. Raises NotFound, ApprovalRefused,
    ApprovalStale, CorrectionRefused, MarksMoved.
    """
    found = approvals.get_approval(contest.id, approval_id)
    service.refuse_approver(found, actor)
    try:
        revision_id, correction = correction_of(found)
        effect_now(contest, found)
        return correct_key(
            contest,
            found.round_number,
            revision_id,
            correction,
            reason=found.reason,
            notice=found.proposal["notice"],
            actor=actor,
            now=now,
            approval_id=approval_id,
        )
    except ApprovalStale:
        service.lapse(contest.id, approval_id, actor=actor, now=now)
        raise
