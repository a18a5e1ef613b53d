"""Entering facts about units, and deciding what units propose."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from quiz.audit.actors import Actor
from quiz.audit.service import Action, record
from quiz.collective import queries
from quiz.collective.errors import FactsRefused
from quiz.collective.models import UnitHeadcount, UnitMerit, UnitTarget
from quiz.collective.values import CONTEST_LIST, EVERYBODY, HeadcountState, UnitFact
from quiz.contests.models import Contest, ContestUnit
from quiz.contests.queries import find_unit, list_units
from quiz.core.database import transaction
from quiz.core.errors import NotFound
from quiz.core.ids import new_id


@dataclass(frozen=True, slots=True)
class Saved:
    """How many facts of each sort were changed; what was the same already is not counted."""

    headcounts: int
    targets: int
    merits: int


def save_facts(
    contest: Contest,
    facts: Sequence[UnitFact],
    *,
    round_number: int,
    as_of: date,
    staff_id: int | None,
    actor: Actor,
    now: datetime,
    merit_list: str = CONTEST_LIST,
) -> Saved:
    """Save what organisers say of units, all or nothing: headcounts of a day, targets of a round, merit.

    Raises NotFound for a unit or a list that the contest does not have, FactsRefused for a day to come.
    """
    _refuse(contest, as_of, now)
    if merit_list not in merit_lists(contest):
        raise NotFound("merit list")
    by_code = {unit.code: unit for unit in list_units(contest.id)}
    with transaction() as session:
        targets = queries.list_targets(contest.id, round_number)
        merits = queries.list_merits(contest.id, merit_list)
        counts = [0, 0, 0]
        for fact in facts:
            unit = by_code.get(fact.code)
            if unit is None:
                raise NotFound("unit")
            for category, people in fact.headcounts.items():
                counts[0] += _enter(session, contest, unit.id, category, people, as_of, staff_id, now)
            stamp = (staff_id, now)
            counts[1] += _set_target(session, contest, unit.id, round_number, fact, targets, *stamp)
            counts[2] += _set_merit(session, contest, unit.id, merit_list, fact, merits, *stamp)
        saved = Saved(*counts)
        if saved != Saved(0, 0, 0):
            contest.units_at = now
            _note_saved(contest, saved, merit_list, actor, now)
    return saved


def _note_saved(contest: Contest, saved: Saved, merit_list: str, actor: Actor, now: datetime) -> None:
    record(
        Action.UNIT_FACTS_SAVED,
        f"contest {contest.slug}",
        actor=actor,
        now=now,
        contest_id=contest.id,
        headcounts=saved.headcounts,
        targets=saved.targets,
        merits=saved.merits,
        **({"merit_list": merit_list} if saved.merits and merit_list else {}),
    )


def merit_lists(contest: Contest) -> tuple[str, ...]:
    """The contest's own list of merit, then those that collective rules name."""
    named = (rule.merit_list for rule in contest.collective if rule.needs_merit)
    return tuple(dict.fromkeys((CONTEST_LIST, *named)))


def propose_headcount(
    contest: Contest,
    code: str,
    people: int,
    *,
    as_of: date,
    note: str,
    staff_id: int,
    actor: Actor,
    now: datetime,
) -> None:
    """A unit says how many people it has; it counts once the organisers approve. A newer one replaces it."""
    _refuse(contest, as_of, now)
    unit = find_unit(contest.id, code)
    if unit is None:
        raise NotFound("unit")
    with transaction() as session:
        session.execute(
            update(UnitHeadcount)
            .where(
                UnitHeadcount.contest_id == contest.id,
                UnitHeadcount.unit_id == unit.id,
                UnitHeadcount.state == HeadcountState.PROPOSED.value,
            )
            .values(state=HeadcountState.REPLACED.value, decided_at=now)
        )
        session.add(
            _headcount(
                contest, unit.id, EVERYBODY, people, as_of, staff_id, now, HeadcountState.PROPOSED, note
            )
        )
        record(
            Action.HEADCOUNT_PROPOSED,
            f"unit {code}",
            actor=actor,
            now=now,
            contest_id=contest.id,
            people=people,
            as_of=as_of.isoformat(),
        )


def decide_headcount(
    contest: Contest, headcount_id: int, *, approve: bool, staff_id: int, actor: Actor, now: datetime
) -> UnitHeadcount:
    """Take a proposed headcount or refuse it. Raises NotFound, and FactsRefused for one decided already."""
    with transaction() as session:
        row = session.get(
            UnitHeadcount, (contest.id, headcount_id), with_for_update=True, populate_existing=True
        )
        if row is None:
            raise NotFound("headcount")
        if row.state != HeadcountState.PROPOSED.value:
            raise FactsRefused("headcount_decided")
        row.state = (HeadcountState.APPROVED if approve else HeadcountState.REFUSED).value
        row.decided_at, row.decided_by = now, staff_id
        session.flush()
        if approve:
            _bring_up(session, contest, row.unit_id)
            contest.units_at = now
        record(
            Action.HEADCOUNT_DECIDED,
            f"headcount {headcount_id}",
            actor=actor,
            now=now,
            contest_id=contest.id,
            people=row.people,
            approved=approve,
        )
    return row


def _refuse(contest: Contest, as_of: date, now: datetime) -> None:
    if contest.snapshot_at is None:
        raise FactsRefused("units_not_taken_over")
    if as_of > now.astimezone(contest.settings.zone).date():
        raise FactsRefused("headcount_in_future")


def _headcount(
    contest: Contest,
    unit_id: int,
    category: str,
    people: int,
    as_of: date,
    staff_id: int | None,
    now: datetime,
    state: HeadcountState,
    note: str = "",
) -> UnitHeadcount:
    is_decided = state is HeadcountState.APPROVED
    return UnitHeadcount(
        contest_id=contest.id,
        id=new_id(),
        unit_id=unit_id,
        category=category,
        people=people,
        as_of=as_of,
        state=state.value,
        note=note,
        entered_at=now,
        staff_id=staff_id,
        decided_at=now if is_decided else None,
        decided_by=staff_id if is_decided else None,
    )


def _enter(
    session: Session,
    contest: Contest,
    unit_id: int,
    category: str,
    people: int,
    as_of: date,
    staff_id: int | None,
    now: datetime,
) -> bool:
    """Whether it is anything new: the same number of the same day is not."""
    current = queries.find_current(contest.id, unit_id, category)
    if current is not None and (current.people, current.as_of) == (people, as_of):
        return False
    session.add(_headcount(contest, unit_id, category, people, as_of, staff_id, now, HeadcountState.APPROVED))
    session.flush()
    if category == EVERYBODY:
        _bring_up(session, contest, unit_id)
    return True


def _bring_up(session: Session, contest: Contest, unit_id: int) -> None:
    """Write the headcount that counts to the contest's unit, where boards and pages read it."""
    current = queries.find_current(contest.id, unit_id)
    if current is not None:
        session.execute(
            update(ContestUnit)
            .where(ContestUnit.contest_id == contest.id, ContestUnit.id == unit_id)
            .values(headcount=current.people, headcount_on=current.as_of)
        )


def _set_target(
    session: Session,
    contest: Contest,
    unit_id: int,
    round_number: int,
    fact: UnitFact,
    known: dict[int, UnitTarget],
    staff_id: int | None,
    now: datetime,
) -> bool:
    """Nought takes a target away."""
    if fact.people_target is None and fact.attempts_target is None:
        return False
    row = known.get(unit_id)
    old = (row.people, row.attempts) if row else (None, None)
    wanted = tuple(
        had if said is None else said or None
        for had, said in zip(old, (fact.people_target, fact.attempts_target), strict=True)
    )
    if wanted == old:
        return False
    if row is None:
        row = UnitTarget(contest_id=contest.id, unit_id=unit_id, round_number=round_number)
        session.add(row)
    row.people, row.attempts = wanted
    row.set_at, row.staff_id = now, staff_id
    return True


def _set_merit(
    session: Session,
    contest: Contest,
    unit_id: int,
    list_name: str,
    fact: UnitFact,
    known: dict[int, UnitMerit],
    staff_id: int | None,
    now: datetime,
) -> bool:
    if fact.merit is None:
        return False
    row = known.get(unit_id)
    if row is not None and (row.points, row.reason) == (fact.merit, fact.reason):
        return False
    if row is None:
        row = UnitMerit(contest_id=contest.id, list_name=list_name, unit_id=unit_id)
        session.add(row)
    row.points_text, row.reason = format(fact.merit, "f"), fact.reason
    row.set_at, row.staff_id = now, staff_id
    return True
