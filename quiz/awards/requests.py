"""Changing who has a prize after publication takes two people: one asks, another one approves."""

from datetime import datetime
from enum import StrEnum

from quiz.approvals import service as approvals
from quiz.approvals.errors import ApprovalRefused, ApprovalStale
from quiz.approvals.models import Approval
from quiz.approvals.queries import get_approval
from quiz.approvals.states import Kind, basis_of
from quiz.audit.actors import Actor
from quiz.awards import service, unit_service
from quiz.awards.deciding import award_basis, changing_takes_two, said
from quiz.awards.errors import AwardsRefused
from quiz.awards.prized import Prized, find_prized
from quiz.awards.queries import find_ruling
from quiz.contests.models import Contest
from quiz.core.errors import NotFound
from quiz.standings.prizes import list_awards, list_unit_awards


class Act(StrEnum):
    """What is asked for."""

    OUT = "out"  # a winner gets no prize
    UNIT_OUT = "unit_out"  # a unit gets no prize of a rule
    BACK = "back"  # a decision is taken back


def ask(
    contest: Contest,
    number: int,
    act: Act,
    about: int,
    *,
    list_number: int = 0,
    rule: str = "",
    reason: str,
    actor: Actor,
    now: datetime,
) -> Approval:
    """Ask another person: `about` is the winner's entry, the unit, or the decision to be taken back.

    Raises NotFound, AwardInvalid, AwardsRefused, ApprovalRefused.
    """
    of = find_prized(contest, number, list_number)
    if not changing_takes_two(contest, of):
        raise AwardsRefused("results_not_frozen")
    named = _named(of, act, about, rule)
    return approvals.ask(
        contest.id,
        of.number,
        Kind.AWARD,
        subject=f"{act.value} {about} {list_number or ''}{basis_of(rule)[:8] if rule else ''}".strip(),
        proposal={"act": act.value, "about": str(about), "rule": rule, "list": list_number} | named,
        basis=award_basis(of),
        figures=figures_now(of),
        reason=said(reason),
        actor=actor,
        now=now,
    )


def _named(of: Prized, act: Act, about: int, rule: str) -> dict[str, str]:
    """Whom the request is about, as text: numbers this long are no numbers in a browser. Raises NotFound."""
    if act is Act.OUT:
        for one in list_awards(*of.key):
            if one.entry_id == about:
                return {"entry": str(about), "prize": one.prize}
        raise NotFound("award")
    if act is Act.UNIT_OUT:
        for given in list_unit_awards(of.contest_id, of.number):
            if (given.rule, given.unit_id) == (rule, about):
                return {"unit": str(about), "prize": given.prize}
        raise NotFound("award")
    ruling = find_ruling(of.contest_id, about)
    if ruling is None or (ruling.round_number, ruling.list_number) != of.key[1:]:
        raise NotFound("ruling")
    whom = "entry" if ruling.rule is None else "unit"
    return {whom: str(ruling.people[0]), "prize": ""}


def figures_now(of: Prized) -> dict[str, int]:
    """What is counted of the list, for the two people to compare."""
    units = 0 if of.list_number else len(list_unit_awards(of.contest_id, of.number))
    return {"prizes": len(list_awards(*of.key)) + units}


def asked_about(contest: Contest, found: Approval) -> Prized:
    """The round or the combined list whose prizes a request would change. Raises NotFound."""
    return find_prized(contest, found.round_number, int(found.proposal.get("list", 0)))


def approve_change(contest: Contest, approval_id: int, *, actor: Actor, now: datetime) -> Approval:
    """Approve and do it, in one transaction. A request whose list has changed since has lapsed.

    Raises NotFound, ApprovalRefused, ApprovalStale, AwardsRefused.
    """
    found = get_approval(contest.id, approval_id)
    if found.kind != Kind.AWARD.value:
        raise ApprovalRefused("approval_over")
    try:
        _do(contest, found, actor, now)
    except ApprovalStale:
        approvals.lapse(contest.id, approval_id, actor=actor, now=now)
        raise
    return found


def _do(contest: Contest, found: Approval, actor: Actor, now: datetime) -> None:
    about, number, reason = int(found.proposal["about"]), found.round_number, found.reason
    list_number = int(found.proposal.get("list", 0))
    match Act(found.proposal["act"]):
        case Act.OUT:
            service.take_out(
                contest,
                number,
                about,
                list_number=list_number,
                reason=reason,
                actor=actor,
                now=now,
                approval_id=found.id,
            )
        case Act.UNIT_OUT:
            rule = found.proposal["rule"]
            unit_service.take_unit_out(
                contest, number, rule, about, reason=reason, actor=actor, now=now, approval_id=found.id
            )
        case Act.BACK:
            service.put_back(
                contest,
                number,
                about,
                list_number=list_number,
                reason=reason,
                actor=actor,
                now=now,
                approval_id=found.id,
            )
