"""What every decision about prizes needs: a fixed round, a reason, and the row that keeps it."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from quiz.audit.actors import Actor
from quiz.audit.service import Action, record
from quiz.awards.errors import AwardInvalid, AwardsRefused
from quiz.awards.models import AwardCheck, AwardRuling, UnitAwardCheck
from quiz.contests.models import Contest, Round
from quiz.contests.phases import RoundState
from quiz.contests.queries import lock_round
from quiz.core.ids import new_id

FIXED = (RoundState.FROZEN.value, RoundState.PUBLISHED.value)
LONGEST_REASON = 500


def locked(contest: Contest, number: int) -> Round:
    """The round, kept from others; only fixed results have prizes. Raises NotFound, AwardsRefused."""
    round_ = lock_round(contest, number)
    if round_.state not in FIXED:
        raise AwardsRefused("results_not_frozen")
    return round_


def said(reason: str) -> str:
    """The reason on one line. Raises AwardInvalid without one."""
    words = " ".join(reason.split())
    if not words:
        raise AwardInvalid("reason_needed")
    return words[:LONGEST_REASON]


def rule_on(
    session: Session,
    round_: Round,
    kind: str,
    people: Sequence[int],
    reason: str,
    actor: Actor,
    now: datetime,
    *,
    all_alike: bool = False,
    rule: str | None = None,
) -> None:
    """Keep a decision about people, or about units under a collective rule. Raises AwardInvalid."""
    session.add(
        AwardRuling(
            contest_id=round_.contest_id,
            id=new_id(),
            round_number=round_.number,
            rule=rule,
            kind=kind,
            people=[str(one) for one in people],
            all_alike=all_alike,
            reason=said(reason),
            staff_id=actor.id,
            staff_name=actor.name,
            ruled_at=now,
        )
    )
    session.flush()


def tick(
    row: AwardCheck | UnitAwardCheck,
    ticks: Sequence[str],
    done: Sequence[str],
    note: str,
    *,
    actor: Actor,
    now: datetime,
) -> None:
    """Set what is done of `ticks`; what was done before keeps who and when."""
    for name in ticks:
        if name not in done:
            setattr(row, f"{name}_at", None)
            setattr(row, f"{name}_by", None)
        elif getattr(row, f"{name}_at") is None:
            setattr(row, f"{name}_at", now)
            setattr(row, f"{name}_by", actor.name)
    row.note = note.strip()[:LONGEST_REASON] or None


def noted(action: Action, round_: Round, actor: Actor, now: datetime, **detail: object) -> None:
    """The line in the log."""
    record(action, f"round {round_.number}", actor=actor, now=now, contest_id=round_.contest_id, **detail)
