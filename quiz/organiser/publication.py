"""Publishing by two people: one asks with the decision's number, date and signer, another one approves."""

from datetime import datetime

from quiz.approvals import service
from quiz.approvals.errors import ApprovalRefused, ApprovalStale
from quiz.approvals.models import Approval
from quiz.approvals.queries import get_approval
from quiz.approvals.states import Kind
from quiz.audit.actors import Actor
from quiz.contests.definition import ResultDecision
from quiz.contests.errors import StepRefused
from quiz.contests.models import Contest, Round
from quiz.contests.phases import Phase, RoundAction
from quiz.contests.queries import get_round
from quiz.core.secrets import Keyring
from quiz.organiser.rounds import move_round
from quiz.standings.fingerprints import results_basis
from quiz.standings.queries import figures
from quiz.vetting.appealing import refuse_unanswered
from quiz.vetting.settling import refuse_unsettled


def ask_publication(
    contest: Contest, number: int, decision: ResultDecision, *, actor: Actor, now: datetime
) -> Approval:
    """Ask for another person's approval of these results, when nothing else stands before publication.

    Raises NotFound, StepRefused, NumbersUnsettled, AppealsUnanswered, ApprovalRefused.
    """
    round_ = get_round(contest, number)
    phase = round_.window.phase(now)
    if phase is not Phase.FROZEN:
        raise StepRefused("step_refused", action=RoundAction.PUBLISH.value, phase=phase.value)
    refuse_unsettled(contest, round_)
    refuse_unanswered(contest, round_)
    return service.ask(
        contest.id,
        number,
        Kind.PUBLISH,
        proposal=decision.as_dict(),
        basis=results_basis(contest, round_),
        figures=publication_figures(round_),
        actor=actor,
        now=now,
    )


def publication_figures(round_: Round) -> dict[str, int | str | None]:
    """What is counted of the results, for the two people to compare."""
    found = figures(round_.contest_id, round_.number)
    return {
        "participants": found.participants,
        "attempts": found.attempts,
        "all_correct": found.people_all_correct,
        "actual": round_.actual_number,
    }


def approve_publication(
    contest: Contest, approval_id: int, *, actor: Actor, now: datetime, keyring: Keyring
) -> Round:
    """Approve and publish, in one transaction. A request whose results have changed since has lapsed.

    Raises NotFound, ApprovalRefused, ApprovalStale, and whatever stands before publication.
    """
    found = get_approval(contest.id, approval_id)
    if found.kind != Kind.PUBLISH.value:
        raise ApprovalRefused("approval_over")
    try:
        return move_round(
            contest,
            found.round_number,
            RoundAction.PUBLISH,
            actor=actor,
            now=now,
            keyring=keyring,
            approval_id=approval_id,
        )
    except ApprovalStale:
        service.lapse(contest.id, approval_id, actor=actor, now=now)
        raise
