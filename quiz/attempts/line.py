"""Standing in line: a ticket for a start that the machine cannot serve yet, inside the start's transaction.

Order of locks: the entry, then the line, then tickets. While there is no crowd nothing is written here.
"""

import time
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Select, delete, func, select, update
from sqlalchemy.orm import Session

from quiz.attempts import admission
from quiz.attempts.admission import PATIENCE, RECOUNT, Line, Place
from quiz.attempts.models import Attempt, Ticket, WaitingLine
from quiz.attempts.queries import AtDoor
from quiz.contests.models import Round
from quiz.core.caches import new_cache
from quiz.core.database import commit_lightly, db
from quiz.core.errors import NotFound
from quiz.core.secrets import Keyring

ONLY = 1  # the id of the one row
_LOOK_SECONDS = 1.0
_looked: dict[int, tuple[float, Line | None]] = new_cache()


@dataclass(frozen=True, slots=True)
class Waiting:
    """The figures of a round's line for the organisers."""

    people: int
    begun_last_minute: int


def stand_in_line(session: Session, door: AtDoor, *, now: datetime, rate: float, keyring: Keyring) -> bool:
    """Whether the start has to wait: for the person's moment of a spread opening, or in line with a ticket.

    Again: the same moment, the same ticket.
    """
    if now < own_opening(door.round, door.entry.id, keyring):
        return True
    number = door.ticket.number if door.ticket else None
    if admission.may_enter(_value(door.line), number, door.recent, now, rate):
        if door.ticket is not None:
            _come_in(session, door.ticket, door.line, now, rate)
        return False
    if door.ticket is None:
        _take_ticket(session, door, now, rate)
    return True


def own_opening(round_: Round, entry_id: int, keyring: Keyring) -> datetime:
    """From when this person may start the round: its opening, or a moment of the spread, always the same."""
    spread = round_.settings.start_spread_seconds
    if spread <= 0:
        return round_.opens_at
    person = f"{round_.contest_id}/{round_.number}/{entry_id}"
    return admission.own_opening(round_.opens_at, spread, keyring.sign("start-spread", person))


def find_ticket(contest_id: int, round_number: int, entry_id: int) -> Ticket | None:
    """A person's ticket for a round, or None."""
    return db.session.get(Ticket, (contest_id, round_number, entry_id))


def place_of(number: int, *, now: datetime, rate: float, is_given: bool = False) -> Place:
    """Where a ticket stands. A process looks at the line once a second at most, however many ask.

    `is_given`: the ticket was just read, so a line in which people wait goes on to its number. Raises
    NotFound for a number that was not given yet.
    """
    line = known_line()
    if line is None or (number > line.issued and not (is_given and line.waiting(now, rate))):
        forget_line()  # the ticket may be newer than what is remembered, and the line began anew with it
        line = known_line()
    if line is None or (number > line.issued and not is_given):
        raise NotFound("ticket")
    return admission.place_in(replace(line, issued=max(line.issued, number)), number, now, rate)


def waiting_of(contest_id: int, round_number: int, *, now: datetime, rate: float) -> Waiting:
    """How many wait for a round now, and how many began it within the last minute."""
    line = known_line()
    people = 0
    if line is not None and line.waiting(now, rate):
        people = _count(
            select(func.count())
            .select_from(Ticket)
            .where(
                Ticket.contest_id == contest_id,
                Ticket.round_number == round_number,
                Ticket.number > line.called_by(now, rate),
            )
        )
    begun = _count(
        select(func.count())
        .select_from(Attempt)
        .where(
            Attempt.started_at > now - PATIENCE,
            Attempt.started_at <= now,
            Attempt.contest_id == contest_id,
            Attempt.round_number == round_number,
        )
    )
    return Waiting(people, begun)


def as_line(row: WaitingLine) -> Line:
    """The row as a value."""
    return Line(row.issued, row.called, row.called_at)


def _value(row: WaitingLine | None) -> Line | None:
    return as_line(row) if row else None


def _count(wanted: Select[int]) -> int:
    return db.session.scalar(wanted) or 0


def known_line() -> Line | None:
    """The line as this process saw it within the last second; None before anybody ever waited."""
    kept = _looked.get(ONLY)
    moment = time.monotonic()
    if kept is not None and moment - kept[0] < _LOOK_SECONDS:
        return kept[1]
    row = db.session.get(WaitingLine, ONLY)
    line = _value(row)
    _looked[ONLY] = (moment, line)
    return line


def forget_line() -> None:
    """Look anew the next time."""
    _looked.clear()


def _lock(session: Session, now: datetime) -> WaitingLine:
    """The line's row, locked and read anew; made when somebody waits for the first time."""
    row = session.get(WaitingLine, ONLY, with_for_update=True, populate_existing=True)
    if row is None:
        row = WaitingLine(id=ONLY, issued=0, called=0, called_at=now, recounted_at=now)
        session.add(row)
        session.flush()
    return row


def _store(row: WaitingLine, line: Line) -> None:
    row.issued, row.called, row.called_at = line.issued, line.called, line.called_at


def _take_ticket(session: Session, door: AtDoor, now: datetime, rate: float) -> None:
    commit_lightly(session)  # else those who arrive would come in one by one at the pace of the disk
    row = _lock(session, now)
    _recount_if_due(session, row, now, rate)
    _store(row, as_line(row).with_ticket(now, rate))
    session.add(
        Ticket(
            contest_id=door.entry.contest_id,
            round_number=door.round.number,
            entry_id=door.entry.id,
            number=row.issued,
            asked_at=now,
        )
    )
    session.flush()


def _come_in(session: Session, ticket: Ticket, line: WaitingLine | None, now: datetime, rate: float) -> None:
    """The ticket has done its work. Who comes in also sees after those who did not come."""
    if line is not None and now - line.recounted_at >= RECOUNT:
        _recount_if_due(session, _lock(session, now), now, rate)
    session.execute(
        delete(Ticket)
        .where(
            Ticket.contest_id == ticket.contest_id,
            Ticket.round_number == ticket.round_number,
            Ticket.entry_id == ticket.entry_id,
        )
        .execution_options(synchronize_session=False)
    )
    session.expunge(ticket)


def _recount_if_due(session: Session, row: WaitingLine, now: datetime, rate: float) -> None:
    """Note who was called, and give the places of those who did not come in time to the next."""
    if now - row.recounted_at < RECOUNT:
        return
    line = as_line(row)
    session.execute(
        update(Ticket)
        .where(Ticket.number <= line.called_by(now, rate), Ticket.called_at.is_(None))
        .values(called_at=now)
        .execution_options(synchronize_session=False)
    )
    freed = session.execute(
        update(Ticket)
        .where(Ticket.called_at <= now - PATIENCE, Ticket.freed_at.is_(None))
        .values(freed_at=now)
        .returning(Ticket.number)
        .execution_options(synchronize_session=False)
    ).all()
    _store(row, line.with_freed(len(freed), now, rate))
    row.recounted_at = now
