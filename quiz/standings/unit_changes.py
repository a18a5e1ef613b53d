"""What organisers decide about requests for another unit; the boards follow an approval at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from quiz.audit.actors import Actor
from quiz.audit.service import Action, record
from quiz.contests.models import Contest
from quiz.contests.phases import RoundState
from quiz.contests.queries import list_rounds
from quiz.core.caches import forget_all
from quiz.core.database import transaction
from quiz.core.errors import NotFound
from quiz.entries.errors import UnitChangeRefused
from quiz.entries.models import Entry, UnitRequest
from quiz.entries.unit_choice import unit_codes
from quiz.standings.recounting import recount

APPROVED, REFUSED = "approved", "refused"


@dataclass(frozen=True, slots=True)
class Decided:
    """How many requests were decided, and how many had been settled otherwise meanwhile."""

    done: int
    passed_over: int


def decide(
    contest: Contest,
    request_ids: Sequence[int],
    *,
    approve: bool,
    reason: str,
    actor: Actor,
    now: datetime,
) -> Decided:
    """Approve or refuse requests, each in a transaction of its own; the reason is told to the entrants.

    Requests that no longer wait, and approvals for people who do not take part any more, are passed over.
    Raises UnitChangeRefused ("reason_needed").
    """
    if not reason.strip():
        raise UnitChangeRefused("reason_needed")
    done = 0
    for request_id in dict.fromkeys(request_ids):
        done += _decide_one(contest, request_id, approve=approve, reason=reason.strip(), actor=actor, now=now)
    forget_all()
    return Decided(done, len(set(request_ids)) - done)


def _decide_one(
    contest: Contest, request_id: int, *, approve: bool, reason: str, actor: Actor, now: datetime
) -> bool:
    with transaction() as session:
        request, entry = _lock(session, contest.id, request_id)
        if request.decision is not None or (approve and entry.status != "active"):
            return False
        request.decision = APPROVED if approve else REFUSED
        request.answer, request.staff_id, request.decided_at = reason, actor.id, now
        request.from_unit_id = entry.unit_id
        if approve:
            entry.unit_id = request.to_unit_id
            recount(session, contest, _unpublished(contest), [entry])
        codes = unit_codes(contest)
        record(
            Action.UNIT_CHANGED if approve else Action.UNIT_CHANGE_REFUSED,
            f"entry {entry.id}",
            actor=actor,
            now=now,
            contest_id=contest.id,
            from_unit=codes.get(request.from_unit_id or 0, "-"),
            to_unit=codes.get(request.to_unit_id or 0, "-"),
            reason=reason,
        )
    return True


def _lock(session: Session, contest_id: int, request_id: int) -> tuple[UnitRequest, Entry]:
    """The entry first, as everybody does who changes it; then the request, read anew. Raises NotFound."""
    request = session.get(UnitRequest, (contest_id, request_id))
    if request is None:
        raise NotFound("request")
    key = (contest_id, request.entry_id)
    entry = session.get_one(Entry, key, with_for_update={"key_share": True}, populate_existing=True)
    session.refresh(request)
    return request, entry


def _unpublished(contest: Contest) -> list[int]:
    """Published results stay as they were published."""
    return [one.number for one in list_rounds(contest) if one.state != RoundState.PUBLISHED.value]
