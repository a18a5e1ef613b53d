"""The list of prizes of a frozen round, and the decisions that it follows."""

from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session

from quiz.audit.actors import Actor
from quiz.audit.service import Action
from quiz.awards import queries
from quiz.awards.deciding import locked, noted, rule_on, said, second_person, tick
from quiz.awards.errors import AwardsRefused
from quiz.awards.models import AwardCheck, AwardRuling
from quiz.awards.unit_prizes import follow_units, has_unit_prizes
from quiz.contests.models import Contest, Round
from quiz.core.caches import forget_all
from quiz.core.database import transaction
from quiz.core.errors import NotFound
from quiz.scoring.prizes import Outcome, award
from quiz.standings.prize_candidates import count_participants, iter_candidates
from quiz.standings.prize_models import Award, AwardList
from quiz.standings.prizes import list_awards

_CHECKS = ("called", "identity", "unit")


@dataclass(frozen=True, slots=True)
class Checked:
    """What has been checked about a winner."""

    called: bool = False
    identity: bool = False
    unit: bool = False
    note: str = ""


def worked_out(round_: Round) -> Outcome:
    """Who gets what as the results and the decisions stand now."""
    rules = round_.settings.prize_rules
    rulings = queries.list_rulings(round_.contest_id, round_.number)
    participants = count_participants(round_, rules)
    with closing(iter_candidates(round_, queries.taken_out(rulings))) as people:
        return award(rules, people, participants, queries.tie_decisions(rulings))


def has_prizes(contest: Contest, round_: Round) -> bool:
    """Whether the round gives prizes, to people or to units."""
    return bool(round_.settings.all_prizes) or has_unit_prizes(contest, round_)


def list_prizes(contest: Contest, number: int, *, actor: Actor, now: datetime) -> int:
    """Work the prizes of a frozen round out anew; how many there are. Raises NotFound and AwardsRefused."""
    with transaction() as session:
        round_ = locked(contest, number)
        count = _follow(session, contest, round_, now)
        noted(Action.AWARDS_LISTED, round_, actor, now, prizes=count)
    forget_all()
    return count


def take_out(
    contest: Contest,
    number: int,
    entry_id: int,
    *,
    reason: str,
    actor: Actor,
    now: datetime,
    approval_id: int | None = None,
) -> None:
    """Give somebody no prize: who is next moves up. After publication it takes the approval of a request.

    Raises NotFound, AwardInvalid, AwardsRefused, SecondPersonNeeded, ApprovalRefused, ApprovalStale.
    """
    with transaction() as session:
        round_ = locked(contest, number)
        second_person(contest, round_, approval_id, actor=actor, now=now)
        if session.get(Award, (contest.id, number, entry_id)) is None:
            raise NotFound("award")
        rule_on(session, round_, "out", [entry_id], reason, actor, now)
        _follow(session, contest, round_, now)
        noted(Action.AWARD_REFUSED, round_, actor, now, entry=str(entry_id), reason=said(reason))
    forget_all()


def put_back(
    contest: Contest,
    number: int,
    ruling_id: int,
    *,
    reason: str,
    actor: Actor,
    now: datetime,
    approval_id: int | None = None,
) -> None:
    """Take a decision back; after publication with the approval of a request. Raises as `take_out`."""
    with transaction() as session:
        round_ = locked(contest, number)
        second_person(contest, round_, approval_id, actor=actor, now=now)
        ruling = session.get(AwardRuling, (contest.id, ruling_id), with_for_update=True)
        if ruling is None or ruling.round_number != number:
            raise NotFound("ruling")
        if ruling.ended_at is not None:
            raise AwardsRefused("decision_ended")
        ruling.ended_at, ruling.end_reason = now, said(reason)
        session.flush()
        _follow(session, contest, round_, now)
        people = " ".join(ruling.people)
        noted(Action.AWARD_RESTORED, round_, actor, now, entries=people, reason=said(reason))
    forget_all()


def decide_tie(
    contest: Contest,
    number: int,
    order: Sequence[int],
    *,
    all_alike: bool,
    reason: str,
    actor: Actor,
    now: datetime,
) -> None:
    """Say in which order equal people are taken, or that all get the higher prize.

    `order` names everybody of the group. Raises NotFound, AwardInvalid and AwardsRefused (the group has
    changed since it was looked at).
    """
    with transaction() as session:
        round_ = locked(contest, number)
        if not any(set(tie.keys) == set(order) for tie in worked_out(round_).ties):
            raise AwardsRefused("tie_changed")
        rule_on(session, round_, "tie", order, reason, actor, now, all_alike=all_alike)
        _follow(session, contest, round_, now)
        noted(
            Action.AWARD_TIE_DECIDED,
            round_,
            actor,
            now,
            entries=" ".join(str(one) for one in order),
            all_alike=all_alike,
            reason=said(reason),
        )
    forget_all()


def check_winner(
    contest: Contest, number: int, entry_id: int, checked: Checked, *, actor: Actor, now: datetime
) -> None:
    """Note how far the check of a winner is; what was ticked before keeps who and when. Raises NotFound."""
    with transaction() as session:
        round_ = locked(contest, number)
        key = (contest.id, number, entry_id)
        if session.get(Award, key) is None:
            raise NotFound("award")
        row = session.get(AwardCheck, key)
        if row is None:
            row = AwardCheck(contest_id=contest.id, round_number=number, entry_id=entry_id)
            session.add(row)
        done = [name for name in _CHECKS if getattr(checked, name)]
        tick(row, _CHECKS, done, checked.note, actor=actor, now=now)
        noted(Action.AWARD_CHECKED, round_, actor, now, entry=str(entry_id), done=" ".join(done))


def _follow(session: Session, contest: Contest, round_: Round, now: datetime) -> int:
    """Let the stored list say what results and decisions give."""
    outcome = worked_out(round_)
    key = {"contest_id": round_.contest_id, "round_number": round_.number}
    session.execute(delete(Award).filter_by(**key))
    session.add_all(
        Award(
            **key,
            entry_id=one.key,
            list_code=one.list_code,
            place=one.place,
            prize=one.prize,
            rank=one.rank,
        )
        for one in outcome.given
    )
    ties = [
        [tie.list_code, tie.rank, [str(one) for one in tie.keys], list(tie.prizes)] for tie in outcome.ties
    ]
    session.merge(AwardList(**key, listed_at=now, ties=ties))
    session.flush()  # prizes of people count for some rules of units
    return len(outcome.given) + follow_units(session, contest, round_)


def is_current(round_: Round, outcome: Outcome) -> bool:
    """Whether the stored list says what results and decisions give."""
    stored = {
        (one.entry_id, one.list_code, one.place, one.prize)
        for one in list_awards(round_.contest_id, round_.number)
    }
    return stored == {(one.key, one.list_code, one.place, one.prize) for one in outcome.given}
