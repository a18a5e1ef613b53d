"""Moving a round, with everything that the step brings along: deadlines, results, one transaction."""

from datetime import datetime

from quiz.analysis.queries import find_analysis
from quiz.analysis.service import request_round
from quiz.approvals import service as approvals
from quiz.approvals.errors import SecondPersonNeeded
from quiz.approvals.states import Kind
from quiz.attempts.deadlines import cut_deadlines, shift_for_pause
from quiz.audit.actors import STAFF, Actor
from quiz.awards.service import list_all_prizes
from quiz.contests import service as contests
from quiz.contests.definition import Finish, ResultDecision
from quiz.contests.errors import ContestRefused
from quiz.contests.models import Contest, Round
from quiz.contests.phases import RoundAction, next_state
from quiz.contests.queries import lock_round
from quiz.contests.two_persons import publishing_takes_two
from quiz.core.caches import forget_all
from quiz.core.database import transaction
from quiz.core.secrets import Keyring
from quiz.entries.list_queries import count_roster
from quiz.hooks import noticing as hooks
from quiz.standings.fingerprints import results_basis
from quiz.standings.service import freeze_round
from quiz.vetting.appealing import refuse_unanswered
from quiz.vetting.settling import refuse_unsettled


def move_round(
    contest: Contest,
    number: int,
    action: RoundAction,
    *,
    actor: Actor,
    now: datetime,
    keyring: Keyring,
    at_once: bool = False,
    decision: ResultDecision | None = None,
    approval_id: int | None = None,
) -> Round:
    """Take one step. Resuming moves deadlines by the length of the pause, closing early ends running attempts
    (unless the rules let them finish), freezing fixes the results, publishing keeps the `decision`. Where the
    contest's rule asks for two people, `approval_id` is the request that the acting person approves.

    Raises NotFound, StepRefused, BankTooThin, ContestRefused, when freezing CannotClose and StillRunning,
    when publishing NumbersUnsettled, AppealsUnanswered, SecondPersonNeeded, ApprovalRefused, ApprovalStale.
    """
    with transaction():
        if action is RoundAction.OPEN and contest.entry.uses_roster and not count_roster(contest.id):
            raise ContestRefused("roster_empty")
        locked = lock_round(contest, number)
        hooks.notice(contest, number, now=now)  # what the clock did before
        paused_at = locked.state_since
        noted: dict[str, object] = {}
        if action is RoundAction.PUBLISH:
            noted, decision = _publishing(contest, locked, decision, approval_id, actor=actor, now=now)
        round_ = contests.change_state(
            contest, number, action, actor=actor, now=now, at_once=at_once, noted=noted
        )
        if action is RoundAction.RESUME:
            shift_for_pause(contest, number, paused_at=paused_at, actor=actor, now=now)
        elif action is RoundAction.CLOSE and round_.settings.finish is Finish.CUT:
            cut_deadlines(contest.id, number, at=now)
        elif action is RoundAction.PUBLISH and decision is not None:
            with transaction():  # written at once: whoever locks the round next reads its row anew
                round_.decision_data = decision.as_dict()
        elif action is RoundAction.FREEZE:
            freeze_round(contest, number, now=now, keyring=keyring)
        if action in (RoundAction.FREEZE, RoundAction.PUBLISH):
            list_all_prizes(contest, number, actor=actor, now=now)
        if _needs_statistics(contest, number, action):
            request_round(contest, number, actor=actor, now=now)
        hooks.notice(contest, number, now=now)
    forget_all()
    return round_


def _needs_statistics(contest: Contest, number: int, action: RoundAction) -> bool:
    """When attempts are over; and when publishing makes the key public, which is read from them."""
    if action is RoundAction.PUBLISH:
        return find_analysis(contest.id, number) is None
    return action in (RoundAction.CLOSE, RoundAction.FREEZE)


def _publishing(
    contest: Contest,
    round_: Round,
    decision: ResultDecision | None,
    approval_id: int | None,
    *,
    actor: Actor,
    now: datetime,
) -> tuple[dict[str, object], ResultDecision | None]:
    """See that nothing stands before publication; what the log says of it, and the decision."""
    if next_state(round_.window, RoundAction.PUBLISH, now) is None:
        return {}, None  # refused with the step itself
    refuse_unsettled(contest, round_)
    refuse_unanswered(contest, round_)
    noted: dict[str, object] = {}
    if approval_id is not None:
        basis = results_basis(contest, round_)
        found = approvals.approve(
            contest.id, approval_id, kind=Kind.PUBLISH, basis=basis, actor=actor, now=now
        )
        decision = ResultDecision.from_dict(found.proposal)
        noted["asked_by"] = found.asked_name
    elif publishing_takes_two(contest, round_):
        if actor.kind == STAFF:
            raise SecondPersonNeeded("second_person_needed")
        noted["second_person"] = "console"
    approvals.lapse_waiting(contest.id, round_.number, Kind.PUBLISH, actor=actor, now=now)
    if decision is not None:
        noted |= {"decision": decision.number, "date": decision.date.isoformat(), "signer": decision.signer}
    return noted, decision
