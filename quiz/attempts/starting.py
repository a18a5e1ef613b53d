"""Starting: one transaction, safe to repeat. All that decides is read under the lock of the entry's row."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from question_bank.draw import PoolItem
from quiz.attempts import queries
from quiz.attempts.admission import WINDOW
from quiz.attempts.allowance import refuse_if_not_allowed, running_attempt
from quiz.attempts.closing import BY_TIME, close
from quiz.attempts.errors import MustWait, StartRefused
from quiz.attempts.line import stand_in_line
from quiz.attempts.models import Attempt
from quiz.attempts.opening import new_attempt
from quiz.attempts.queries import AtDoor
from quiz.bank import queries as bank
from quiz.contests import queries as contests
from quiz.contests.definition import PaperRule
from quiz.contests.models import Contest
from quiz.core import metrics
from quiz.core.caches import new_cache
from quiz.core.database import is_taken, transaction
from quiz.core.errors import NotFound
from quiz.core.secrets import Keyring

_TURNS = 4
_banks: dict[tuple[int, int], str] = new_cache()  # from which bank a round drew the last time


class _NotAtHand(Exception):
    """This process has not loaded these questions as they are now."""

    def __init__(self, paper: PaperRule) -> None:
        super().__init__(paper.bank)
        self.paper = paper


def start(
    contest: Contest,
    entry_id: int,
    round_number: int,
    *,
    now: datetime,
    keyring: Keyring,
    rate: float = 0.0,
    spacing: timedelta = timedelta(0),
) -> Attempt:
    """Open an attempt, or lead back to the one that is running. Raises StartRefused, TooSoon and MustWait.

    The entry's row is locked first, so that parallel starts wait for one another; uq_attempts_one_running and
    uq_attempts_contest_id_round_number_entry_id_number are the database's last word. The questions are loaded
    while nothing is locked: the first start after a change of a large bank takes a second, and others want to
    save meanwhile. `rate`: how many starts a second the machine can serve, 0 for no limit; who is one too
    many waits in line. `spacing`: how long after the person's last start the next one may come. Of `contest`
    only the id is believed. Raises NotFound where there is no such entry or round.
    """
    contest_id = contest.id
    for _attempt in range(_TURNS):
        drawn_from = _bank_of(contest, round_number)
        try:
            with transaction() as session:
                door = queries.lock_at_door(
                    contest_id, entry_id, round_number, since=now - WINDOW, now=now, bank=drawn_from
                )
                past = queries.list_attempts(contest_id, entry_id)
                running = running_attempt(past, door.round, now)
                if running is not None:
                    return running
                _close_stale(session, door, past, now=now, keyring=keyring)
                _refuse(door, past, now, spacing)
                must_wait = stand_in_line(session, door, now=now, rate=rate, keyring=keyring)
                if not must_wait:
                    attempt = _begin(session, door, past, _questions(door, drawn_from), now=now)
        except _NotAtHand as error:
            _banks[contest_id, round_number] = error.paper.bank
            bank.pool_for(error.paper)
            continue
        except IntegrityError as error:
            if not any(is_taken(error, table) for table in ("attempts", "tickets", "waiting_line")):
                raise
            continue  # another request was first; the next turn finds what it stored
        if must_wait:
            raise _told_to_wait()
        return _counted(attempt)
    raise StartRefused("busy")


def _told_to_wait() -> MustWait:
    metrics.SENT_TO_LINE.inc()
    return MustWait()


def _counted(attempt: Attempt) -> Attempt:
    metrics.STARTED.inc()
    return attempt


def _bank_of(contest: Contest, round_number: int) -> str:
    """The bank that the round drew from the last time; before the first time its questions are loaded."""
    if (contest.id, round_number) not in _banks:
        paper = contests.get_round(contest, round_number).settings.paper
        bank.pool_for(paper)
        _banks[contest.id, round_number] = paper.bank
    return _banks[contest.id, round_number]


def _questions(door: AtDoor, named: str) -> Sequence[PoolItem]:
    """What the person's paper is drawn from. Raises _NotAtHand; NotFound without the bank."""
    paper = door.round.settings.paper_for(door.entry.category)
    if paper.bank != door.round.settings.paper.bank:
        return bank.pool_for(paper)  # a category's own bank
    if paper.bank != named:
        raise _NotAtHand(paper)
    if door.bank_version is None:
        raise NotFound("bank")
    found = bank.kept_pool_for(paper, door.bank_version)
    if found is None:
        raise _NotAtHand(paper)
    return found


def _close_stale(
    session: Session, door: AtDoor, past: Sequence[Attempt], *, now: datetime, keyring: Keyring
) -> None:
    for stale in past:
        if stale.closed_at is None and stale.round_number == door.round.number:
            close(session, stale, door.round, door.entry, closed_by=BY_TIME, now=now, keyring=keyring)


def _refuse(door: AtDoor, past: Sequence[Attempt], now: datetime, spacing: timedelta) -> None:
    zone, consent = door.contest.settings.timezone, door.contest.entry.consent_version
    refuse_if_not_allowed(door.entry, door.round, past, zone, now, spacing, consent=consent)


def _begin(
    session: Session,
    door: AtDoor,
    past: Sequence[Attempt],
    pool: Sequence[PoolItem],
    *,
    now: datetime,
) -> Attempt:
    """Store a new attempt; the person's first start fixes their unit."""
    percent, grace = door.need.extra_percent if door.need else 0, door.contest.settings.grace
    attempt = new_attempt(door.entry, door.round, past, pool, now=now, grace=grace, extra_percent=percent)
    session.add(attempt)
    if door.entry.unit_fixed_at is None:
        door.entry.unit_fixed_at = now
    session.flush()
    session.expunge(attempt)  # a commit would forget its columns: one query more
    return attempt
