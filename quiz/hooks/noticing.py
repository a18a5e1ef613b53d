"""Writing events down, once, and making a delivery ready for every address that asked for them.

Called in the transaction of an act, before and after it, and by housekeeping for what the clock does. Both
hold the round's row while they look at what was written down, so that two of them never write the same.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from quiz.audit.actors import Actor
from quiz.contests.models import Contest, Round
from quiz.contests.queries import list_public_rounds, lock_round
from quiz.core.database import transaction
from quiz.core.ids import new_id
from quiz.hooks import queries
from quiz.hooks.events import Due, HookEvent, due_events
from quiz.hooks.models import Hook, HookDelivery, RoundEvent
from quiz.hooks.retrying import DeliveryState
from quiz.jobs.service import enqueue

KIND = "hooks.send"
_ACTOR = Actor.system("hooks")


def notice(contest: Contest, number: int, *, now: datetime) -> int:
    """Write down what is due in a round and make its deliveries ready; how many events. Safe to repeat."""
    with transaction() as session:
        round_ = lock_round(contest, number)
        due = _due(contest, round_, now)
        if not due:
            return 0
        hooks = [hook for hook in queries.list_hooks(contest.id) if hook.is_on]
        for one in due:
            event_id = new_id()
            session.add(
                RoundEvent(
                    contest_id=contest.id,
                    round_number=number,
                    event=one.event.value,
                    occurrence=one.occurrence,
                    id=event_id,
                    occurred_at=one.occurred_at,
                    noted_at=now,
                )
            )
            facts = facts_of(contest, one.event, one.occurred_at, round_, one.occurrence)
            wanting = [hook for hook in hooks if one.event.value in hook.events]
            make_ready(wanting, event_id, one.event, facts, now=now)
        session.flush()
    return len(due)


def notice_all(contest: Contest, *, now: datetime) -> None:
    """Write down what is due in every round of a contest: a new address is told what comes after it alone."""
    for round_ in list_public_rounds(contest):
        notice(contest, round_.number, now=now)


def notice_clock(*, now: datetime) -> int:
    """Write down what the clock has done; how many events."""
    found = queries.list_rounds_by_clock(now)
    changed = [(contest, round_.number) for contest, round_ in found if _due(contest, round_, now)]
    return sum(notice(contest, number, now=now) for contest, number in changed)


def _due(contest: Contest, round_: Round, now: datetime) -> tuple[Due, ...]:
    told = queries.list_told(contest.id, round_.number)
    return due_events(round_.window, round_.state_since, told, now)


def facts_of(
    contest: Contest,
    event: HookEvent,
    at: datetime,
    round_: Round | None = None,
    occurrence: int = 1,
) -> dict[str, Any]:
    """What the body says, without addresses; nothing about people."""
    facts: dict[str, Any] = {
        "event": event.value,
        "occurred_at": at.isoformat(),
        "contest": {"slug": contest.slug, "title": contest.settings.display_title},
        "round": None,
    }
    if round_ is not None:
        facts["occurrence"] = occurrence
        facts["round"] = {
            "number": round_.number,
            "name": round_.settings.name,
            "is_practice": not round_.counts,
            "opens_at": round_.opens_at.isoformat(),
            "closes_at": round_.closes_at.isoformat(),
        }
    return facts


def make_ready(
    hooks: Sequence[Hook],
    event_id: int,
    event: HookEvent,
    facts: dict[str, Any],
    *,
    now: datetime,
    copy: int = 0,
) -> None:
    """Let deliveries wait, and ask for the job that sends them; all in the caller's transaction."""
    with transaction() as session:
        for hook in hooks:
            session.add(
                HookDelivery(
                    contest_id=hook.contest_id,
                    id=new_id(),
                    hook_id=hook.id,
                    event_id=event_id,
                    copy=copy,
                    event=event.value,
                    facts=facts,
                    state=DeliveryState.WAITING.value,
                    tries=0,
                    next_at=now,
                    created_at=now,
                )
            )
        if hooks:
            enqueue(KIND, {}, actor=_ACTOR, now=now, subject="due")
