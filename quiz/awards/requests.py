"""Changing who has a prize after publication takes two people: one asks, another one approves."""

from collections.abc import Mapping, Sequence
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
    TIE = "tie"  # equal people, or units of a rule, are put in order or all get the higher prize


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
    return _ask(of, act, str(about), rule, named, reason, actor, now)


def ask_tie(
    contest: Contest,
    number: int,
    order: Sequence[int],
    *,
    all_alike: bool,
    list_number: int = 0,
    rule: str = "",
    reason: str,
    actor: Actor,
    now: datetime,
) -> Approval:
    """Ask another person to let equal people, or units of the rule, have this order or all the higher prize.

    Raises NotFound, AwardInvalid, AwardsRefused, ApprovalRefused.
    """
    of = find_prized(contest, number, list_number)
    if not changing_takes_two(contest, of):
        raise AwardsRefused("results_not_frozen")
    is_open = unit_service.is_open_tie(contest, of, rule, order) if rule else service.is_open_tie(of, order)
    if not is_open:
        raise AwardsRefused("tie_changed")
    whom = "unit" if rule else "entry"
    named = {
        whom: str(order[0]),
        "prize": "",
        "order": " ".join(str(one) for one in order),
        "alike": all_alike,
    }
    about = basis_of(sorted(order))[:8]
    return _ask(of, Act.TIE, about, rule, named, reason, actor, now)


def _ask(
    of: Prized,
    act: Act,
    about: str,
    rule: str,
    named: Mapping[str, object],
    reason: str,
    actor: Actor,
    now: datetime,
) -> Approval:
    subject = f"{act.value} {about} {of.list_number or ''}{basis_of(rule)[:8] if rule else ''}".strip()
    return approvals.ask(
        of.contest_id,
        of.number,
        Kind.AWARD,
        subject=subject,
        proposal={"act": act.value, "about": about, "rule": rule, "list": of.list_number, **named},
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
    act = Act(found.proposal["act"])
    if act is Act.TIE:
        _decide_tie(contest, found, actor, now)
        return
    about, number, reason = int(found.proposal["about"]), found.round_number, found.reason
    list_number = int(found.proposal.get("list", 0))
    match act:
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


def _decide_tie(contest: Contest, found: Approval, actor: Actor, now: datetime) -> None:
    asked, number = found.proposal, found.round_number
    order, all_alike = [int(one) for one in asked["order"].split()], bool(asked["alike"])
    if rule := asked["rule"]:
        unit_service.decide_unit_tie(
            contest,
            number,
            rule,
            order,
            all_alike=all_alike,
            reason=found.reason,
            actor=actor,
            now=now,
            approval_id=found.id,
        )
    else:
        service.decide_tie(
            contest,
            number,
            order,
            all_alike=all_alike,
            list_number=int(asked["list"]),
            reason=found.reason,
            actor=actor,
            now=now,
            approval_id=found.id,
        )
