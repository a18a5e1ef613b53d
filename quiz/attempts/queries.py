"""Reading attempts. Nothing here writes."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm.attributes import set_committed_value

from question_bank.draw import PoolItem
from quiz.attempts.models import (
    Accommodation,
    Announcement,
    Attempt,
    FormerResult,
    KeyChange,
    Result,
    Ticket,
    WaitingLine,
)
from quiz.attempts.papers import seen_revisions
from quiz.bank import queries as bank_queries
from quiz.bank.models import Bank
from quiz.contests.models import Contest, Round
from quiz.core.caches import new_cache
from quiz.core.database import db, remembered
from quiz.core.errors import NotFound
from quiz.core.ids import contest_of_code
from quiz.entries.models import Entry

_NOTICE_SECONDS = 5.0
_notices: dict[tuple[int, int], tuple[float, str | None]] = new_cache()


@dataclass(frozen=True, slots=True)
class AtDoor:
    """Somebody who wants to start: what they need, the line, their ticket, how many have just begun.

    `bank_version` is that of the bank that was named, None without such a bank.
    """

    contest: Contest
    entry: Entry
    round: Round
    bank_version: int | None
    need: Accommodation | None
    line: WaitingLine | None
    ticket: Ticket | None
    recent: int


def find_attempt(code: str) -> Attempt | None:
    """The attempt of a public code, or None."""
    contest_id = contest_of_code(code)
    if contest_id is None:
        return None
    return db.session.scalar(select(Attempt).where(Attempt.contest_id == contest_id, Attempt.code == code))


def get_attempt(code: str) -> Attempt:
    """The attempt of a public code. Raises NotFound."""
    attempt = find_attempt(code)
    if attempt is None:
        raise NotFound("attempt")
    return attempt


def lock_attempt(contest_id: int, code: str) -> tuple[Attempt, Round, Entry]:
    """The attempt with its row locked, its round and its entry, read anew. Raises NotFound."""
    row = db.session.execute(
        select(Attempt, Round, Entry)
        .join(Round, (Round.contest_id == Attempt.contest_id) & (Round.number == Attempt.round_number))
        .join(Entry, (Entry.contest_id == Attempt.contest_id) & (Entry.id == Attempt.entry_id))
        .where(Attempt.contest_id == contest_id, Attempt.code == code)
        .with_for_update(of=Attempt)
        .execution_options(populate_existing=True)
    ).one_or_none()
    if row is None:
        raise NotFound("attempt")
    return row[0], row[1], row[2]


def lock_at_door(
    contest_id: int, entry_id: int, round_number: int, *, since: datetime, now: datetime, bank: str = ""
) -> AtDoor:
    """The entry with its row locked and all that decides about its start, read anew in one statement.

    Raises NotFound.
    """
    recent = (
        select(func.count())
        .select_from(Attempt)
        # Others may have begun after the moment in which this request came; a wrong clock blocks nobody long.
        .where(Attempt.started_at > since, Attempt.started_at <= now + timedelta(minutes=1))
        .scalar_subquery()
    )
    row = db.session.execute(
        select(Contest, Entry, Round, Bank.version, Accommodation, WaitingLine, Ticket, recent)
        .join(Entry, Entry.contest_id == Contest.id)
        .join(Round, Round.contest_id == Entry.contest_id)
        .outerjoin(Bank, Bank.slug == bank)
        .outerjoin(
            Accommodation,
            (Accommodation.contest_id == Entry.contest_id) & (Accommodation.entry_id == Entry.id),
        )
        .outerjoin(WaitingLine, WaitingLine.id == 1)
        .outerjoin(
            Ticket,
            (Ticket.contest_id == Entry.contest_id)
            & (Ticket.round_number == Round.number)
            & (Ticket.entry_id == Entry.id),
        )
        .where(Entry.contest_id == contest_id, Entry.id == entry_id, Round.number == round_number)
        # Not FOR UPDATE: a ticket stored at the same moment points at the entry and would wait for it.
        .with_for_update(of=Entry, key_share=True)
        .execution_options(populate_existing=True)
    ).one_or_none()
    if row is None:
        raise NotFound("entry")
    return AtDoor(*row)


def list_attempts(contest_id: int, entry_id: int, round_number: int | None = None) -> Sequence[Attempt]:
    """An entry's attempts, oldest first; of one round, or of the whole contest."""
    wanted = select(Attempt).where(Attempt.contest_id == contest_id, Attempt.entry_id == entry_id)
    if round_number is not None:
        wanted = wanted.where(Attempt.round_number == round_number)
    return db.session.scalars(
        wanted.order_by(Attempt.started_at, Attempt.id).execution_options(populate_existing=True)
    ).all()


def list_former_results(contest_id: int, entry_id: int) -> list[tuple[KeyChange, FormerResult]]:
    """What an entry's results were before keys were corrected, the oldest first."""
    rows = db.session.execute(
        select(KeyChange, FormerResult)
        .join(
            FormerResult,
            (FormerResult.contest_id == KeyChange.contest_id) & (FormerResult.change_id == KeyChange.id),
        )
        .where(FormerResult.contest_id == contest_id, FormerResult.entry_id == entry_id)
        .order_by(KeyChange.applied_at, KeyChange.id)
    )
    return [(change, former) for change, former in rows]


def list_with_fate(entry: Entry, round_number: int) -> Sequence[Attempt]:
    """An entrant's attempts of a round, oldest first; the entry gets the fate and unit that it has now."""
    rows = db.session.execute(
        select(Attempt, Entry.status, Entry.unit_id)
        .join(Entry, (Entry.contest_id == Attempt.contest_id) & (Entry.id == Attempt.entry_id))
        .where(
            Attempt.contest_id == entry.contest_id,
            Attempt.entry_id == entry.id,
            Attempt.round_number == round_number,
        )
        .order_by(Attempt.started_at, Attempt.id)
        .execution_options(populate_existing=True)
    ).all()
    for _attempt, status, unit_id in rows[:1]:
        set_committed_value(entry, "status", status)
        set_committed_value(entry, "unit_id", unit_id)
    if not rows:
        db.session.refresh(entry, attribute_names=["status", "unit_id"])
    return [row[0] for row in rows]


def notice_of(contest_id: int, round_number: int) -> str | None:
    """What is announced to people in the middle of an attempt; a process asks every few seconds at most."""
    kept = _notices.get((contest_id, round_number))
    now = time.monotonic()
    if kept is not None and now - kept[0] < _NOTICE_SECONDS:
        return kept[1]
    words = db.session.scalar(
        select(Announcement.words)
        .where(
            Announcement.contest_id == contest_id,
            Announcement.round_number == round_number,
            Announcement.ended_at.is_(None),
        )
        .order_by(Announcement.published_at.desc())
        .limit(1)
    )
    _notices[(contest_id, round_number)] = (now, words)
    return words


def list_over(contest_id: int, now: datetime, most: int) -> Sequence[tuple[int, str]]:
    """(id, code) of open attempts whose deadline and grace have passed, the oldest first."""
    rows = db.session.execute(
        select(Attempt.id, Attempt.code)
        .where(Attempt.contest_id == contest_id, Attempt.closed_at.is_(None), Attempt.accepts_until < now)
        .order_by(Attempt.accepts_until)
        .limit(most)
    )
    return [(row[0], row[1]) for row in rows]


def find_by_receipt(receipt: str) -> Sequence[Attempt]:
    """Closed attempts with this receipt (nearly always none or one)."""
    return db.session.scalars(select(Attempt).where(Attempt.receipt == receipt).limit(5)).all()


def find_result(contest_id: int, round_number: int, entry_id: int) -> Result | None:
    """What counts of an entrant in a round, or None before the first closed attempt."""
    key = (contest_id, round_number, entry_id)
    return remembered(("result", *key), lambda: db.session.get(Result, key))


def count_open(contest_id: int, round_number: int) -> int:
    """Attempts of a round that are not closed yet, whether their time is over or not."""
    return (
        db.session.scalar(
            select(func.count())
            .select_from(Attempt)
            .where(
                Attempt.contest_id == contest_id,
                Attempt.round_number == round_number,
                Attempt.closed_at.is_(None),
            )
        )
        or 0
    )


def count_running(contest_id: int, now: datetime, round_number: int | None = None) -> int:
    """Attempts being worked on right now; of one round, or of the whole contest."""
    wanted = (
        select(func.count())
        .select_from(Attempt)
        .where(Attempt.contest_id == contest_id, Attempt.closed_at.is_(None), Attempt.deadline_at >= now)
    )
    if round_number is not None:
        wanted = wanted.where(Attempt.round_number == round_number)
    return db.session.scalar(wanted) or 0


def count_overdue(before: datetime) -> int:
    """Attempts of all contests that nobody has closed although their time was over before then."""
    overdue = select(func.count()).where(Attempt.closed_at.is_(None), Attempt.accepts_until < before)
    return db.session.scalar(overdue) or 0


def count_attempts_by_round(contest_id: int, entry_ids: Sequence[int]) -> dict[tuple[int, int], int]:
    """How many attempts these entrants have started, by (entry id, round number)."""
    rows = db.session.execute(
        select(Attempt.entry_id, Attempt.round_number, func.count())
        .where(Attempt.contest_id == contest_id, Attempt.entry_id.in_(entry_ids))
        .group_by(Attempt.entry_id, Attempt.round_number)
    )
    return {(row[0], row[1]): row[2] for row in rows}


def count_seen(past: Sequence[Attempt], pool: Sequence[PoolItem]) -> dict[int, int]:
    """How often a person has had each question of the pool, in the wording drawn now or an older one."""
    seen = seen_revisions([attempt.paper for attempt in past])
    drawn = {item.id for item in pool}
    former = [revision for revision in seen if revision not in drawn]
    if former:
        now_drawn = {view.question_id: view.id for view in bank_queries.revisions(drawn).values()}
        for revision, view in bank_queries.revisions(former).items():
            if (newer := now_drawn.get(view.question_id)) is not None:
                seen[newer] = seen.get(newer, 0) + seen[revision]
    return seen


def contest_of(code: str) -> int:
    """The contest's id that a public code begins with. Raises NotFound."""
    contest_id = contest_of_code(code)
    if contest_id is None:
        raise NotFound("attempt")
    return contest_id


def place_of(result: Result) -> int:
    """The place of one result among all of its round, from 1, counted from the top: for a page of staff."""
    better = (
        select(func.count())
        .select_from(Result)
        .where(
            Result.contest_id == result.contest_id,
            Result.round_number == result.round_number,
            Result.rank_key < result.rank_key,
        )
    )
    return 1 + (db.session.scalar(better) or 0)
