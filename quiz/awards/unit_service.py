"""Decisions about collective prizes and the check of the units that have one."""

from collections.abc import Sequence
from datetime import datetime

from quiz.audit.actors import Actor
from quiz.audit.service import Action
from quiz.awards.deciding import locked, noted, rule_on, said, second_person, tick
from quiz.awards.errors import AwardsRefused
from quiz.awards.models import UnitAwardCheck
from quiz.awards.prized import Prized
from quiz.awards.unit_prizes import follow_units, judged_units
from quiz.contests.models import Contest
from quiz.core.caches import forget_all
from quiz.core.database import transaction
from quiz.core.errors import NotFound
from quiz.standings.prize_models import UnitAward

CHECKS = ("figures", "told")


def take_unit_out(
    contest: Contest,
    number: int,
    rule: str,
    unit_id: int,
    *,
    reason: str,
    actor: Actor,
    now: datetime,
    approval_id: int | None = None,
) -> None:
    """Give a unit no prize of a rule: the next one moves up. After publication with a request's approval.

    Raises NotFound, AwardInvalid, AwardsRefused, SecondPersonNeeded, ApprovalRefused, ApprovalStale.
    """
    with transaction() as session:
        of = locked(contest, number)
        second_person(contest, of, approval_id, actor=actor, now=now)
        if session.get(UnitAward, (contest.id, number, rule, unit_id)) is None:
            raise NotFound("award")
        rule_on(session, of, "out", [unit_id], reason, actor, now, rule=rule)
        follow_units(session, contest, of.round_)
        noted(Action.AWARD_REFUSED, of, actor, now, unit=str(unit_id), rule=rule, reason=said(reason))
    forget_all()


def is_open_tie(contest: Contest, of: Prized, rule: str, order: Sequence[int]) -> bool:
    """Whether these units are a group of the rule that waits for a decision."""
    return any(
        set(tie.keys) == set(order)
        for board in judged_units(contest, of.round_)
        if board.rule.name == rule
        for tie in board.outcome.ties
    )


def decide_unit_tie(
    contest: Contest,
    number: int,
    rule: str,
    order: Sequence[int],
    *,
    all_alike: bool,
    reason: str,
    actor: Actor,
    now: datetime,
    approval_id: int | None = None,
) -> None:
    """Say in which order equal units are taken, or that all get the higher prize.

    Raises as `take_unit_out`; AwardsRefused also when the group has changed since it was looked at.
    """
    with transaction() as session:
        of = locked(contest, number)
        second_person(contest, of, approval_id, actor=actor, now=now)
        if not is_open_tie(contest, of, rule, order):
            raise AwardsRefused("tie_changed")
        rule_on(session, of, "tie", order, reason, actor, now, all_alike=all_alike, rule=rule)
        follow_units(session, contest, of.round_)
        noted(
            Action.AWARD_TIE_DECIDED,
            of,
            actor,
            now,
            units=" ".join(str(one) for one in order),
            rule=rule,
            all_alike=all_alike,
            reason=said(reason),
        )
    forget_all()


def check_unit(
    contest: Contest,
    number: int,
    rule: str,
    unit_id: int,
    done: Sequence[str],
    note: str,
    *,
    actor: Actor,
    now: datetime,
) -> None:
    """Note how far the check of a unit's prize is; `done` are some of CHECKS. Raises NotFound."""
    with transaction() as session:
        of = locked(contest, number)
        key = (contest.id, number, rule, unit_id)
        if session.get(UnitAward, key) is None:
            raise NotFound("award")
        row = session.get(UnitAwardCheck, key)
        if row is None:
            row = UnitAwardCheck(contest_id=contest.id, round_number=number, rule=rule, unit_id=unit_id)
            session.add(row)
        tick(row, CHECKS, done, note, actor=actor, now=now)
        kept = [name for name in CHECKS if name in done]
        noted(Action.AWARD_CHECKED, of, actor, now, unit=str(unit_id), rule=rule, done=" ".join(kept))
