"""Moving a round, with everything that the step brings along: deadlines, results, one transaction."""

from datetime import datetime

from quiz.analysis.service import request_round
from quiz.attempts.deadlines import cut_deadlines, shift_for_pause
from quiz.audit.actors import Actor
from quiz.contests import service as contests
from quiz.contests.definition import Finish
from quiz.contests.errors import ContestRefused
from quiz.contests.models import Contest, Round
from quiz.contests.phases import RoundAction
from quiz.contests.queries import lock_round
from quiz.core.caches import forget_all
from quiz.core.database import transaction
from quiz.core.secrets import Keyring
from quiz.entries.list_queries import count_roster
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
) -> Round:
    """Take one step. Resuming moves deadlines by the length of the pause, closing early ends running attempts
    (unless the rules let them finish), freezing fixes the results.

    Raises NotFound, StepRefused, BankTooThin, ContestRefused, when freezing CannotClose and StillRunning, and
    when publishing NumbersUnsettled and AppealsUnanswered.
    """
    with transaction():
        if action is RoundAction.OPEN and contest.entry.uses_roster and not count_roster(contest.id):
            raise ContestRefused("roster_empty")
        locked = lock_round(contest, number)
        paused_at = locked.state_since
        if action is RoundAction.PUBLISH:
            refuse_unsettled(contest, locked)
            refuse_unanswered(contest, locked)
        round_ = contests.change_state(contest, number, action, actor=actor, now=now, at_once=at_once)
        if action is RoundAction.RESUME:
            shift_for_pause(contest, number, paused_at=paused_at, actor=actor, now=now)
        elif action is RoundAction.CLOSE and round_.settings.finish is Finish.CUT:
            cut_deadlines(contest.id, number, at=now)
        elif action is RoundAction.FREEZE:
            freeze_round(contest, number, now=now, keyring=keyring)
        if action in (RoundAction.CLOSE, RoundAction.FREEZE):
            request_round(contest, number, actor=actor, now=now)
    forget_all()
    return round_
