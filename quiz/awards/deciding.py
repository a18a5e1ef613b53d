"""What every decision about prizes needs: a fixed round, a reason, and the row that keeps it."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from quiz.approvals import service as approvals
from quiz.approvals.errors import SecondPersonNeeded
from quiz.approvals.states import Kind, basis_of
from quiz.audit.actors import STAFF, Actor
from quiz.audit.service import Action, record
from quiz.awards.errors import AwardInvalid, AwardsRefused
from quiz.awards.models import AwardCheck, AwardRuling, UnitAwardCheck
from quiz.awards.queries import list_rulings
from quiz.contests.models import Contest, Round
from quiz.contests.phases import RoundState
from quiz.contests.queries import lock_round
from quiz.contests.two_persons import publishing_takes_two
from quiz.core.ids import new_id
from quiz.standings.prizes import list_awards, list_unit_awards

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


def changing_takes_two(contest: Contest, round_: Round) -> bool:
    """Whether who has a prize is changed by two people: once the results are public."""
    return round_.state == RoundState.PUBLISHED.value and publishing_takes_two(contest, round_)


def award_basis(round_: Round) -> str:
    """A fingerprint of what a request to change the list stands on: the list and its decisions."""
    key = (round_.contest_id, round_.number)
    return basis_of(
        [(one.entry_id, one.list_code, one.place, one.prize) for one in list_awards(*key)],
        [(one.rule, one.unit_id, one.place, one.prize) for one in list_unit_awards(*key)],
        [one.id for of_units in (False, True) for one in list_rulings(*key, of_units=of_units)],
    )


def second_person(
    contest: Contest, round_: Round, approval_id: int | None, *, actor: Actor, now: datetime
) -> None:
    """Part of a change of the list: the approval of another person, where it takes two.

    Raises SecondPersonNeeded, NotFound, ApprovalRefused, ApprovalStale.
    """
    if approval_id is not None:
        basis = award_basis(round_)
        approvals.approve(contest.id, approval_id, kind=Kind.AWARD, basis=basis, actor=actor, now=now)
    elif actor.kind == STAFF and changing_takes_two(contest, round_):
        raise SecondPersonNeeded("second_person_needed")


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
