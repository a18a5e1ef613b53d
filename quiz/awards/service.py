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
from quiz.awards.prized import Prized, prized
from quiz.awards.unit_prizes import follow_units, has_unit_prizes
from quiz.contests.models import Contest, Round, StandingList
from quiz.contests.queries import get_round, list_lists
from quiz.core.caches import forget_all
from quiz.core.database import before_commit, transaction
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


def worked_out(of: Round | StandingList) -> Outcome:
    """Who gets what as the results and the decisions stand now."""
    found = prized(of)
    rulings = queries.list_rulings(*found.key)
    participants = count_participants(of, found.rules)
    with closing(iter_candidates(of, queries.taken_out(rulings))) as people:
        return award(found.rules, people, participants, queries.tie_decisions(rulings))


def has_prizes(contest: Contest, of: Round | StandingList) -> bool:
    """Whether there are prizes, for people or for units."""
    return bool(prized(of).prizes) or (isinstance(of, Round) and has_unit_prizes(contest, of))


def list_all_prizes(contest: Contest, number: int, *, actor: Actor, now: datetime) -> None:
    """Work out the prizes of a round whose results are fixed, and of the lists that are fixed with it.

    Places in lists are stored as the last thing of a transaction, so prizes of lists come after that.
    """
    with transaction() as session:
        round_ = get_round(contest, number)
        if has_prizes(contest, round_):
            list_prizes(contest, number, actor=actor, now=now)
        own = [one for one in list_lists(contest) if number in one.settings.rounds]
        for one in own:
            if one.settings.prizes and prized(one).is_fixed:
                noted(Action.AWARDS_LISTED, prized(one), actor, now)
        if own:
            before_commit(session, _follow_lists, (contest.id, number, now), turn=0)


def _follow_lists(session: Session, rounds: list[tuple[int, int, datetime]]) -> None:
    """Prizes of the lists that a round is in, and of units that are ranked on lists."""
    for contest_id, number, now in rounds:
        contest = session.get_one(Contest, contest_id)
        for one in list_lists(contest):
            if number in one.settings.rounds and one.settings.prizes and prized(one).is_fixed:
                _follow(session, contest, prized(one), now)
        follow_units(session, contest, get_round(contest, number))


def list_prizes(contest: Contest, number: int, *, list_number: int = 0, actor: Actor, now: datetime) -> int:
    """Work the prizes out anew; how many there are. Raises NotFound and AwardsRefused.

    Here and below: with a `list_number` those of the combined list, and `number` is not looked at.
    """
    with transaction() as session:
        of = locked(contest, number, list_number)
        count = _follow(session, contest, of, now)
        noted(Action.AWARDS_LISTED, of, actor, now, prizes=count)
    forget_all()
    return count


def take_out(
    contest: Contest,
    number: int,
    entry_id: int,
    *,
    list_number: int = 0,
    reason: str,
    actor: Actor,
    now: datetime,
    approval_id: int | None = None,
) -> None:
    """Give somebody no prize: who is next moves up. After publication it takes the approval of a request.

    Raises NotFound, AwardInvalid, AwardsRefused, SecondPersonNeeded, ApprovalRefused, ApprovalStale.
    """
    with transaction() as session:
        of = locked(contest, number, list_number)
        second_person(contest, of, approval_id, actor=actor, now=now)
        if session.get(Award, (*of.key, entry_id)) is None:
            raise NotFound("award")
        rule_on(session, of, "out", [entry_id], reason, actor, now)
        _follow(session, contest, of, now)
        noted(Action.AWARD_REFUSED, of, actor, now, entry=str(entry_id), reason=said(reason))
    forget_all()


def put_back(
    contest: Contest,
    number: int,
    ruling_id: int,
    *,
    list_number: int = 0,
    reason: str,
    actor: Actor,
    now: datetime,
    approval_id: int | None = None,
) -> None:
    """Take a decision back; after publication with the approval of a request. Raises as `take_out`."""
    with transaction() as session:
        of = locked(contest, number, list_number)
        second_person(contest, of, approval_id, actor=actor, now=now)
        ruling = session.get(AwardRuling, (contest.id, ruling_id), with_for_update=True)
        if ruling is None or (ruling.round_number, ruling.list_number) != of.key[1:]:
            raise NotFound("ruling")
        if ruling.ended_at is not None:
            raise AwardsRefused("decision_ended")
        ruling.ended_at, ruling.end_reason = now, said(reason)
        session.flush()
        _follow(session, contest, of, now)
        people = " ".join(ruling.people)
        noted(Action.AWARD_RESTORED, of, actor, now, entries=people, reason=said(reason))
    forget_all()


def is_open_tie(of: Prized, order: Sequence[int]) -> bool:
    """Whether these people are a group that waits for a decision."""
    return any(set(tie.keys) == set(order) for tie in worked_out(of.of).ties)


def decide_tie(
    contest: Contest,
    number: int,
    order: Sequence[int],
    *,
    all_alike: bool,
    list_number: int = 0,
    reason: str,
    actor: Actor,
    now: datetime,
    approval_id: int | None = None,
) -> None:
    """Say in which order equal people are taken, or that all get the higher prize.

    `order` names everybody of the group. After publication it takes the approval of a request. Raises as
    `take_out`; AwardsRefused also when the group has changed since it was looked at.
    """
    with transaction() as session:
        of = locked(contest, number, list_number)
        second_person(contest, of, approval_id, actor=actor, now=now)
        if not is_open_tie(of, order):
            raise AwardsRefused("tie_changed")
        rule_on(session, of, "tie", order, reason, actor, now, all_alike=all_alike)
        _follow(session, contest, of, now)
        noted(
            Action.AWARD_TIE_DECIDED,
            of,
            actor,
            now,
            entries=" ".join(str(one) for one in order),
            all_alike=all_alike,
            reason=said(reason),
        )
    forget_all()


def check_winner(
    contest: Contest,
    number: int,
    entry_id: int,
    checked: Checked,
    *,
    list_number: int = 0,
    actor: Actor,
    now: datetime,
) -> None:
    """Note how far the check of a winner is; what was ticked before keeps who and when. Raises NotFound."""
    with transaction() as session:
        of = locked(contest, number, list_number)
        key = (*of.key, entry_id)
        if session.get(Award, key) is None:
            raise NotFound("award")
        row = session.get(AwardCheck, key)
        if row is None:
            row = AwardCheck(**of.columns, entry_id=entry_id)
            session.add(row)
        done = [name for name in _CHECKS if getattr(checked, name)]
        tick(row, _CHECKS, done, checked.note, actor=actor, now=now)
        noted(Action.AWARD_CHECKED, of, actor, now, entry=str(entry_id), done=" ".join(done))


def _follow(session: Session, contest: Contest, of: Prized, now: datetime) -> int:
    """Let the stored list say what results and decisions give."""
    outcome = worked_out(of.of)
    key = of.columns
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
    units = follow_units(session, contest, of.round_)
    return len(outcome.given) + (0 if of.list_number else units)


def is_current(of: Round | StandingList, outcome: Outcome) -> bool:
    """Whether the stored list says what results and decisions give."""
    stored = {(one.entry_id, one.list_code, one.place, one.prize) for one in list_awards(*prized(of).key)}
    return stored == {(one.key, one.list_code, one.place, one.prize) for one in outcome.given}
