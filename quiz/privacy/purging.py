"""What is forgotten without anybody asking: traces after thirty days, people after the contest's term."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, or_, select, update

from quiz.audit.actors import Actor
from quiz.audit.service import Action, record
from quiz.contests import queries as contests
from quiz.contests.models import Contest
from quiz.core.database import db, transaction
from quiz.entries.models import BarredPerson, Entry, FailedReturn, RosterPerson
from quiz.privacy.erasure import erase
from quiz.privacy.retention import TRACES_KEPT, Stay, forget_at, result_at

_AT_ONCE = 500
_FAILURES_KEPT = timedelta(days=1)
_LOOK_EVERY = timedelta(hours=1)
_looked_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Purged:
    """What was forgotten of a contest in one run."""

    slug: str
    people: int
    traces: int


def purge(*, now: datetime, most: int = 20 * _AT_ONCE) -> list[Purged]:
    """Forget what is due in every contest, at most so many people of each in one run.

    Each batch is a transaction of its own, so that a run can be stopped at any time; the figures of a run go
    into the log, which is the report of what was purged.
    """
    done = []
    for contest in contests.list_contests():
        due = _due_dates(contest, now)
        if due is None:
            continue
        traces_at, people_at = due
        traces = _forget_traces(contest, now) if now >= traces_at else 0
        people = _forget_people(contest, now, most) + _forget_lists(contest, now) if now >= people_at else 0
        if traces or people:
            done.append(Purged(contest.slug, people, traces))
    with transaction() as session:
        session.execute(delete(FailedReturn).where(FailedReturn.at < now - _FAILURES_KEPT))
    return done


def purge_in_passing(*, now: datetime) -> int:
    """A chore of housekeeping: one batch of what is due; nothing due, then not again for an hour."""
    global _looked_at
    if _looked_at is not None and timedelta() <= now - _looked_at < _LOOK_EVERY:
        return 0
    done = sum(one.people + one.traces for one in purge(now=now, most=_AT_ONCE))
    _looked_at = None if done else now
    return done


def _due_dates(contest: Contest, now: datetime) -> tuple[datetime, datetime] | None:
    rounds = contests.list_rounds(contest)
    counting = [round_ for round_ in rounds if round_.counts] or rounds
    result = result_at([Stay(round_.window, round_.state_since) for round_ in counting], now)
    if result is None:
        return None
    term = forget_at(result.astimezone(contest.settings.zone), contest.entry.retention_months)
    return result + TRACES_KEPT, term


def _forget_traces(contest: Contest, now: datetime) -> int:
    """The keyed hashes of devices and networks; what they led to was decided before the result."""
    traced = or_(Entry.device_key.is_not(None), Entry.network_key.is_not(None))
    if not db.session.scalar(select(Entry.id).where(Entry.contest_id == contest.id, traced).limit(1)):
        return 0
    with transaction() as session:
        changed = session.execute(
            update(Entry)
            .where(Entry.contest_id == contest.id, traced)
            .values(device_key=None, network_key=None, origin_cipher=None)
            .execution_options(synchronize_session=False)
        )
        count = int(getattr(changed, "rowcount", 0))
        _report(contest, now, traces=count)
        session.expire_all()
    return count


def _forget_people(contest: Contest, now: datetime, most: int) -> int:
    forgotten = 0
    while forgotten < most:
        with transaction() as session:
            wanted = session.scalars(
                select(Entry.id)
                .where(Entry.contest_id == contest.id, Entry.is_erased.is_(False))
                .order_by(Entry.id)
                .limit(_AT_ONCE)
            ).all()
            if not wanted:
                break
            forgotten += erase(contest.id, wanted, now=now)
            _report(contest, now, people=len(wanted))
    return forgotten


def _forget_lists(contest: Contest, now: datetime) -> int:
    """Who might enter and who might not: nobody asks any more, and most of them never came."""
    lists = (RosterPerson, BarredPerson)
    if not any(
        db.session.scalar(select(one.id).where(one.contest_id == contest.id).limit(1)) for one in lists
    ):
        return 0
    with transaction() as session:
        count = 0
        for one in lists:
            gone = session.execute(delete(one).where(one.contest_id == contest.id))
            count += int(getattr(gone, "rowcount", 0))
        _report(contest, now, listed=count)
        session.expire_all()
    return count


def _report(contest: Contest, now: datetime, **figures: int) -> None:
    record(
        Action.DATA_PURGED,
        f"contest {contest.slug}",
        actor=Actor.system("flask housekeeping"),
        now=now,
        contest_id=contest.id,
        **figures,
    )
