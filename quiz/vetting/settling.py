"""What organisers decide about people who entered with one number, before there are prizes."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from quiz.attempts.models import Result
from quiz.audit.actors import Actor
from quiz.audit.service import Action, record
from quiz.contests.models import Contest, Round
from quiz.contests.phases import RoundState
from quiz.contests.queries import list_rounds
from quiz.core.caches import forget_all
from quiz.core.database import db, transaction
from quiz.core.errors import DomainError, Invalid, NotFound
from quiz.core.ids import new_id
from quiz.entries.models import Entry, NumberDecision
from quiz.entries.shared_numbers import Number, SharedNumber, get_shared, list_open_of
from quiz.standings.recounting import recount
from quiz.vetting.models import Ruling
from quiz.vetting.ruling import Category, set_aside

_ACTIVE, _SET_ASIDE = "active", "disqualified"


class SettlingRefused(Invalid):
    """The decision cannot be taken or undone; the code says why."""


class NumbersUnsettled(DomainError):
    """People in line for a prize stand under a number about which nobody has decided; `params["count"]`."""


def settle(
    contest: Contest,
    kind: Number,
    key: str,
    *,
    kept_id: int | None,
    seen: Collection[int],
    reason: str,
    actor: Actor,
    now: datetime,
) -> NumberDecision:
    """Keep everybody under the number (`kept_id` None), or one of them; the others leave the boards.

    `seen` are the people whom the organiser had before their eyes: nobody is decided about unseen. An earlier
    decision about the number ends. Raises NotFound and SettlingRefused.
    """
    if not reason.strip():
        raise SettlingRefused("reason_needed")
    with transaction() as session:
        people = _lock_people(session, contest, kind, key)
        if {entry.id for entry in people} != set(seen):
            raise SettlingRefused("people_changed")
        if kept_id is not None and kept_id not in seen:
            raise NotFound("entry")
        aside = [entry for entry in people if kept_id is not None and entry.id != kept_id]
        _set_aside(session, contest, aside, reason, actor, now)
        _end_standing(session, contest.id, kind, key, now)
        decision = NumberDecision(
            contest_id=contest.id,
            id=new_id(),
            kind=kind.value,
            number_key=key,
            kept_id=kept_id,
            set_aside=[str(entry.id) for entry in aside],
            size=len(people) - len(aside),
            reason=reason.strip(),
            staff_id=actor.id,
            decided_at=now,
        )
        session.add(decision)
        _follow(session, contest, aside)
        _record(Action.NUMBER_SETTLED, decision, reason, actor=actor, now=now)
    forget_all()
    return decision


def undo(contest: Contest, decision_id: int, *, reason: str, actor: Actor, now: datetime) -> NumberDecision:
    """Take a decision back: who was set aside counts again, and the number waits anew.

    Raises NotFound and SettlingRefused: a decision that no longer stands, or one on which results rest that
    were published since.
    """
    if not reason.strip():
        raise SettlingRefused("reason_needed")
    with transaction() as session:
        decision = session.get(NumberDecision, (contest.id, decision_id), with_for_update=True)
        if decision is None:
            raise NotFound("decision")
        if decision.ended_at is not None:
            raise SettlingRefused("decision_ended")
        if decision.set_aside and _published_since(contest, decision.decided_at):
            raise SettlingRefused("results_rest_on_decision")
        ids = [int(text) for text in decision.set_aside]
        back = [entry for entry in _lock(session, contest.id, ids) if entry.status == _SET_ASIDE]
        for entry in back:
            entry.status = _ACTIVE
        _end_rulings(session, contest.id, [entry.id for entry in back], reason.strip(), now)
        decision.ended_at, decision.undo_reason = now, reason.strip()
        _follow(session, contest, back)
        _record(Action.NUMBER_REOPENED, decision, reason, actor=actor, now=now)
    forget_all()
    return decision


def may_undo(contest: Contest, decision: NumberDecision) -> bool:
    """Whether `undo` would take the decision back."""
    if decision.ended_at is not None:
        return False
    return not decision.set_aside or not _published_since(contest, decision.decided_at)


def list_unsettled(contest: Contest, round_: Round) -> list[SharedNumber]:
    """Open numbers of people whose final rank in the round wins a prize."""
    places = sum(prize.count for prize in round_.settings.prizes)
    winners = db.session.scalars(
        select(Entry)
        .join(Result, (Result.contest_id == Entry.contest_id) & (Result.entry_id == Entry.id))
        .where(
            Result.contest_id == contest.id,
            Result.round_number == round_.number,
            Result.rank <= places,
        )
    )
    return list_open_of(contest, winners)


def refuse_unsettled(contest: Contest, round_: Round) -> None:
    """The gate before publication. Raises NumbersUnsettled."""
    waiting = list_unsettled(contest, round_)
    if waiting:
        raise NumbersUnsettled("numbers_unsettled", count=len(waiting))


def _lock_people(session: Session, contest: Contest, kind: Number, key: str) -> Sequence[Entry]:
    ids = [entry.id for entry in get_shared(contest, kind, key).people]
    return [entry for entry in _lock(session, contest.id, ids) if entry.status == _ACTIVE]


def _lock(session: Session, contest_id: int, ids: Collection[int]) -> Sequence[Entry]:
    return session.scalars(
        select(Entry)
        .where(Entry.contest_id == contest_id, Entry.id.in_(ids))
        .order_by(Entry.id)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    ).all()


def _set_aside(
    session: Session, contest: Contest, people: Sequence[Entry], reason: str, actor: Actor, now: datetime
) -> None:
    for entry in people:
        set_aside(
            session,
            contest,
            entry,
            category=Category.SHARED_NUMBER,
            reason=reason,
            actor=actor,
            now=now,
        )


def _end_standing(session: Session, contest_id: int, kind: Number, key: str, now: datetime) -> None:
    standing = session.scalars(
        select(NumberDecision)
        .where(
            NumberDecision.contest_id == contest_id,
            NumberDecision.kind == kind.value,
            NumberDecision.number_key == key,
            NumberDecision.ended_at.is_(None),
        )
        .with_for_update()
    )
    for one in standing:
        one.ended_at = now
    session.flush()


def _end_rulings(
    session: Session, contest_id: int, entry_ids: Collection[int], reason: str, now: datetime
) -> None:
    """What their people were told, and may have objected to, is taken back with the decision."""
    session.execute(
        update(Ruling)
        .where(
            Ruling.contest_id == contest_id,
            Ruling.entry_id.in_(entry_ids),
            Ruling.category == Category.SHARED_NUMBER.value,
            Ruling.undone_at.is_(None),
        )
        .values(undone_at=now, undo_reason=reason)
    )


def _follow(session: Session, contest: Contest, people: Sequence[Entry]) -> None:
    """Let the boards follow; published results stay as they were published."""
    if people:
        open_rounds = [one.number for one in list_rounds(contest) if one.state != RoundState.PUBLISHED.value]
        recount(session, contest, open_rounds, people)


def _published_since(contest: Contest, moment: datetime) -> bool:
    return any(
        one.state == RoundState.PUBLISHED.value and one.state_since > moment for one in list_rounds(contest)
    )


def _record(action: Action, decision: NumberDecision, reason: str, *, actor: Actor, now: datetime) -> None:
    people = {"kept": str(decision.kept_id)} if decision.kept_id is not None else {}
    if decision.set_aside:
        people["set_aside"] = " ".join(decision.set_aside)
    record(
        action,
        f"number {decision.kind}",
        actor=actor,
        now=now,
        contest_id=decision.contest_id,
        people=decision.size + len(decision.set_aside),
        reason=reason.strip(),
        **people,
    )
