"""Setting an entry aside with a reason: merging, disqualifying, undoing. Only people do this."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from quiz.attempts.models import Attempt
from quiz.audit.actors import Actor
from quiz.audit.service import Action, record
from quiz.contests.models import Contest
from quiz.contests.phases import RoundState
from quiz.contests.queries import list_rounds, lock_round
from quiz.core.caches import forget_all
from quiz.core.database import transaction
from quiz.core.errors import NotFound
from quiz.core.ids import new_id
from quiz.entries.models import Entry
from quiz.standings.recounting import lock_attempts, recount
from quiz.vetting.duplicate_queries import list_rulings
from quiz.vetting.errors import VettingRefused
from quiz.vetting.merging import plan_merge
from quiz.vetting.models import Ruling

_OUT_OF_THE_WAY = 1_000_000  # numbers that no attempt has, while numbers are exchanged


class Category(StrEnum):
    """What an entrant is told; the organisers' own reason is for the log."""

    SECOND_ENTRY = "second_entry"
    FALSE_DATA = "false_data"
    NOT_ELIGIBLE = "not_eligible"
    NOT_ALONE = "not_alone"
    SHARED_NUMBER = "shared_number"  # settled with the number, and taken back with it
    OTHER = "other"


def merge(
    contest: Contest, kept_id: int, other_id: int, *, seen: str, reason: str, actor: Actor, now: datetime
) -> Ruling:
    """Let two entries be one person's. `seen` is the fingerprint of the plan that was looked at.

    Raises NotFound, and VettingRefused where the plan is not the same any more.
    """
    _need(reason)
    with transaction() as session:
        _lock(session, contest, (kept_id, other_id))
        plan = plan_merge(contest, kept_id, other_id)
        if plan.fingerprint != seen:
            raise VettingRefused("changed_meanwhile")
        _move(session, contest.id, {one: (entry, number) for one, _, _, entry, number in plan.moves})
        plan.other.status, plan.other.merged_into = "merged", kept_id
        # Entries that were merged into this one before follow it: no chain needs to be walked.
        for earlier in _merged_into(session, contest.id, other_id):
            earlier.merged_into = kept_id
        ruling = _ruling(contest, plan.other, Category.SECOND_ENTRY, reason, actor, now)
        ruling.kind, ruling.kept_id = "merged", kept_id
        ruling.moved = [[one, entry, number] for one, entry, number, _, _ in plan.moves]
        ruling.rounds = [one.number for one in plan.rounds if not one.is_published]
        session.add(ruling)
        recount(session, contest, ruling.rounds, (plan.kept, plan.other))
        _log(Action.ENTRY_MERGED, ruling, reason, actor, now, moved=len(plan.moves))
    forget_all()
    return ruling


def disqualify(
    contest: Contest, entry_id: int, *, category: Category, reason: str, actor: Actor, now: datetime
) -> Ruling:
    """Let an entry not count in rounds that are not published yet. Raises NotFound, VettingRefused."""
    _need(reason)
    with transaction() as session:
        (entry,) = _lock(session, contest, (entry_id,))
        if entry.status != "active":
            raise VettingRefused("entry_is_set_aside")
        ruling = set_aside(session, contest, entry, category=category, reason=reason, actor=actor, now=now)
        recount(session, contest, ruling.rounds, (entry,))
        _log(Action.ENTRY_DISQUALIFIED, ruling, reason, actor, now, category=category.value)
    forget_all()
    return ruling


def set_aside(
    session: Session,
    contest: Contest,
    entry: Entry,
    *,
    category: Category,
    reason: str,
    actor: Actor,
    now: datetime,
) -> Ruling:
    """Let a locked entry not count any more, with the decision that its person may read and object to."""
    entry.status = "disqualified"
    ruling = _ruling(contest, entry, category, reason, actor, now)
    ruling.rounds = _open_rounds(session, contest, entry.id)
    session.add(ruling)
    return ruling


def disqualify_all(
    contest: Contest,
    entry_ids: Sequence[int],
    *,
    category: Category,
    reason: str,
    actor: Actor,
    now: datetime,
) -> None:
    """The same for several entries, all or none."""
    with transaction():
        for entry_id in sorted(entry_ids):
            disqualify(contest, entry_id, category=category, reason=reason, actor=actor, now=now)


def undo(contest: Contest, ruling_id: int, *, reason: str, actor: Actor, now: datetime) -> Ruling:
    """Take a ruling back: everything is as before. Raises NotFound, VettingRefused."""
    _need(reason)
    with transaction() as session:
        ruling = session.get(Ruling, (contest.id, ruling_id), populate_existing=True, with_for_update=True)
        if ruling is None:
            raise NotFound("ruling")
        if why := why_final(contest, ruling):
            raise VettingRefused(why)
        wanted = (ruling.entry_id,) if ruling.kept_id is None else (ruling.entry_id, ruling.kept_id)
        entries = _lock(session, contest, wanted)
        entry = next(one for one in entries if one.id == ruling.entry_id)
        _move(session, contest.id, {one: (to, number) for one, to, number in ruling.moved})
        entry.status, entry.merged_into = "active", None
        for earlier in _merged_by_ruling(session, contest.id, entry.id):
            earlier.merged_into = entry.id
        ruling.undone_at, ruling.undo_reason = now, reason.strip()
        rounds = {number for one in entries for number in _open_rounds(session, contest, one.id)}
        recount(session, contest, rounds, entries)
        _log(Action.RULING_UNDONE, ruling, reason, actor, now)
    forget_all()
    return ruling


def why_final(contest: Contest, ruling: Ruling) -> str | None:
    """Why a ruling cannot be taken back, as a code; None while it can."""
    if ruling.undone_at is not None:
        return "ruling_is_undone"
    if ruling.category == Category.SHARED_NUMBER:
        return "ruling_is_of_number"
    published = {one.number for one in list_rounds(contest) if one.state == RoundState.PUBLISHED.value}
    if published & set(ruling.rounds):
        return "ruling_is_final"
    involved = {ruling.entry_id, ruling.kept_id}
    later = (one for one in list_rulings(contest.id) if one.undone_at is None and one.id > ruling.id)
    return (
        "later_ruling_first"
        if any({one.entry_id, one.kept_id} & involved - {None} for one in later)
        else None
    )


def _need(reason: str) -> None:
    if not reason.strip():
        raise VettingRefused("reason_needed")


def _lock(session: Session, contest: Contest, entry_ids: Iterable[int]) -> Sequence[Entry]:
    """The entries, read anew and locked, then their attempts, then the rounds: as a start and a submit do."""
    wanted = sorted(set(entry_ids))
    rows = session.scalars(
        select(Entry)
        .where(Entry.contest_id == contest.id, Entry.id.in_(wanted))
        .order_by(Entry.id)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    ).all()
    if len(rows) != len(wanted):
        raise NotFound("entry")
    lock_attempts(session, contest.id, rows)
    for round_ in list_rounds(contest):
        lock_round(contest, round_.number)
    return rows


def _merged_into(session: Session, contest_id: int, entry_id: int) -> Sequence[Entry]:
    return session.scalars(
        select(Entry).where(Entry.contest_id == contest_id, Entry.merged_into == entry_id)
    ).all()


def _merged_by_ruling(session: Session, contest_id: int, entry_id: int) -> Sequence[Entry]:
    """Entries that a ruling which holds had merged into this one, before this one was merged itself."""
    into = select(Ruling.entry_id).where(
        Ruling.contest_id == contest_id, Ruling.kept_id == entry_id, Ruling.undone_at.is_(None)
    )
    return session.scalars(select(Entry).where(Entry.contest_id == contest_id, Entry.id.in_(into))).all()


def _open_rounds(session: Session, contest: Contest, entry_id: int) -> list[int]:
    """Rounds with attempts of the entry whose results are not published yet."""
    tried = set(
        session.scalars(
            select(Attempt.round_number).where(Attempt.contest_id == contest.id, Attempt.entry_id == entry_id)
        )
    )
    published = {one.number for one in list_rounds(contest) if one.state == RoundState.PUBLISHED.value}
    return sorted(tried - published)


def _move(session: Session, contest_id: int, places: dict[int, tuple[int, int]]) -> None:
    """Give attempts to entries under numbers; in two steps, for numbers are unique in an entry."""
    rows = session.scalars(
        select(Attempt)
        .where(Attempt.contest_id == contest_id, Attempt.id.in_(places))
        .with_for_update()
        .execution_options(populate_existing=True)
    ).all()
    for attempt in rows:
        attempt.number += _OUT_OF_THE_WAY
    session.flush()
    for attempt in rows:
        attempt.entry_id, attempt.number = places[attempt.id]
    session.flush()


def _ruling(
    contest: Contest, entry: Entry, category: Category, reason: str, actor: Actor, now: datetime
) -> Ruling:
    return Ruling(
        contest_id=contest.id,
        id=new_id(),
        kind="disqualified",
        entry_id=entry.id,
        category=category.value,
        reason=reason.strip(),
        moved=[],
        rounds=[],
        staff_id=actor.id,
        staff_name=actor.name,
        ruled_at=now,
    )


def _log(action: Action, ruling: Ruling, reason: str, actor: Actor, now: datetime, **figures: object) -> None:
    subject = f"entry {ruling.entry_id}"
    if ruling.kept_id is not None:
        figures["into"] = str(ruling.kept_id)
    record(
        action, subject, actor=actor, now=now, contest_id=ruling.contest_id, **figures, reason=reason.strip()
    )
