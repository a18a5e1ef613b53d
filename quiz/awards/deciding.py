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
from quiz.awards.prized import Prized, prized
from quiz.awards.queries import list_rulings
from quiz.contests.models import Contest
from quiz.contests.queries import get_list, lock_round
from quiz.contests.two_persons import publishing_takes_two
from quiz.core.ids import new_id
from quiz.standings.prizes import list_awards, list_unit_awards

LONGEST_REASON = 500


def locked(contest: Contest, number: int, list_number: int = 0) -> Prized:
    """The round, or the list of this number, kept from others; only fixed results have prizes.

    Raises NotFound, AwardsRefused.
    """
    if list_number:
        found = prized(get_list(contest, list_number))
        lock_round(contest, found.number)
    else:
        found = prized(lock_round(contest, number))
    if not found.is_fixed:
        raise AwardsRefused("results_not_frozen")
    return found


def said(reason: str) -> str:
    """The reason on one line. Raises AwardInvalid without one."""
    words = " ".join(reason.split())
    if not words:
        raise AwardInvalid("reason_needed")
    return words[:LONGEST_REASON]


def changing_takes_two(contest: Contest, of: Prized) -> bool:
    """Whether who has a prize is changed by two people: once the results are public."""
    return of.is_published and publishing_takes_two(contest, of.round_)


def award_basis(of: Prized) -> str:
    """A fingerprint of what a request to change the list stands on: the list and its decisions."""
    given = list_unit_awards(of.contest_id, of.number)
    return basis_of(
        [(one.entry_id, one.list_code, one.place, one.prize) for one in list_awards(*of.key)],
        [(one.rule, one.unit_id, one.place, one.prize) for one in given],
        [one.id for of_units in (False, True) for one in list_rulings(*of.key, of_units=of_units)],
    )


def second_person(
    contest: Contest, of: Prized, approval_id: int | None, *, actor: Actor, now: datetime
) -> None:
    """Part of a change of the list: the approval of another person, where it takes two.

    Raises SecondPersonNeeded, NotFound, ApprovalRefused, ApprovalStale.
    """
    if approval_id is not None:
        basis = award_basis(of)
        approvals.approve(contest.id, approval_id, kind=Kind.AWARD, basis=basis, actor=actor, now=now)
    elif actor.kind == STAFF and changing_takes_two(contest, of):
        raise SecondPersonNeeded("second_person_needed")


def rule_on(
    session: Session,
    of: Prized,
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
            **of.columns,
            id=new_id(),
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


def noted(action: Action, of: Prized, actor: Actor, now: datetime, **detail: object) -> None:
    """The line in the log."""
    record(action, of.subject, actor=actor, now=now, contest_id=of.contest_id, **detail)
