"""The way of the many: while others wait, somebody who presses start only needs the next ticket.

Limits, pauses and a paper that is running are looked at again, under locks, when the ticket is called. So it
is enough here to see, by what a process knew within the last second, that the person would be told to wait.
Where anything is not plain, nothing happens here and `attempts.service.start` decides.
"""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, bindparam, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from quiz.attempts import line as waiting
from quiz.attempts.models import Attempt, Ticket, WaitingLine
from quiz.contests import queries as contests
from quiz.contests.definition_rounds import Per
from quiz.contests.models import Contest, Round
from quiz.contests.phases import Phase
from quiz.core import metrics
from quiz.core.caches import new_cache
from quiz.core.database import commit_lightly, db, is_taken, look_again, transaction
from quiz.core.together import Together
from quiz.entries.models import Entry

_KNOWN_SECONDS = 1.0
_doors: dict[tuple[str, int], tuple[float, "Door"]] = new_cache()


@dataclass(frozen=True, slots=True)
class Door:
    """A public round as a process knows it for a second; contest and round are detached rows."""

    contest: Contest
    round: Round
    unit_names: Mapping[int, str]

    def is_plain(self, now: datetime) -> bool:
        """Whether the round is open, for everybody from the same moment."""
        return self.round.window.phase(now) is Phase.OPEN and not self.round.settings.start_spread_seconds


@dataclass(frozen=True, slots=True)
class Comer:
    """Somebody before the door whom nothing keeps from waiting; `ticket` is the number, if there is one."""

    name: str
    unit_name: str | None
    ticket: int | None


def is_crowd(now: datetime, rate: float) -> bool:
    """Whether people wait in line, as far as this process knows."""
    line = waiting.known_line() if rate > 0 else None
    return line is not None and line.waiting(now, rate) > 0


def door_of(slug: str, number: int) -> Door:
    """The contest and its public round. Raises NotFound."""
    kept = _doors.get((slug, number))
    moment = time.monotonic()
    if kept is None or moment - kept[0] >= _KNOWN_SECONDS:
        contest = contests.get_contest(slug)
        round_ = contests.get_public_round(contest, number)
        names = {unit.id: unit.name for unit in contests.list_units(contest.id)}
        db.session.expunge(contest)
        db.session.expunge(round_)
        look_again(db.session())
        kept = _doors[(slug, number)] = (moment, Door(contest, round_, names))
    return kept[1]


def comer(door: Door, entry_id: int, now: datetime) -> Comer | None:
    """Who stands there; None where a start would not lead into the line."""
    return _reading.ask(_Wish(door, entry_id, now, 0.0)) if door.is_plain(now) else None


def join_line(door: Door, entry_id: int, *, now: datetime, rate: float) -> bool:
    """Stand at the end of a line that is there; False where the long way has to decide."""
    if not door.is_plain(now) or not is_crowd(now, rate):
        return False
    has_joined = bool(_joining.ask(_Wish(door, entry_id, now, rate)))
    if has_joined:
        metrics.SENT_TO_LINE.inc()
    return has_joined


@dataclass(frozen=True, slots=True)
class _Wish:
    door: Door
    entry_id: int
    now: datetime
    rate: float

    @property
    def round_key(self) -> tuple[int, int]:
        return self.door.round.contest_id, self.door.round.number


def _comers(wishes: Sequence[_Wish]) -> list[Comer | None]:
    """For each wish the person, in one statement for a round."""
    found: dict[tuple[int, int, int], Comer] = {}
    for contest_id, number in dict.fromkeys(wish.round_key for wish in wishes):
        asked = [wish for wish in wishes if wish.round_key == (contest_id, number)]
        ids = [wish.entry_id for wish in asked]
        door = asked[0].door
        for row in db.session.execute(_COMERS, {"contest": contest_id, "round": number, "entries": ids}):
            if _may_wait(row, door.round):
                unit = door.unit_names.get(row.unit_id) if row.unit_id else None
                found[contest_id, number, row.id] = Comer(row.name, unit, row.number)
    return [found.get((*wish.round_key, wish.entry_id)) for wish in wishes]


def _give_tickets(wishes: Sequence[_Wish]) -> list[bool]:
    """The next tickets for all who may wait and have none, in the order in which they came; whether each did.

    Only while the line goes on as it was seen: it did not run empty, nobody moved it.
    """
    now, rate, line = wishes[-1].now, wishes[-1].rate, waiting.known_line()
    nobody = [False] * len(wishes)
    if line is None or not line.waiting(now, rate):
        return nobody
    try:
        with transaction() as session:
            commit_lightly(session)
            comers = _comers(wishes)
            new = {
                (*wish.round_key, wish.entry_id): wish
                for wish, one in zip(wishes, comers, strict=True)
                if one is not None and one.ticket is None
            }
            seen = {"seen": line.called, "seen_at": line.called_at, "gone": line.called_by(now, rate)}
            last = session.scalar(_NEXT, seen | {"people": len(new)}) if new else None
            if last is None:
                waiting.forget_line()
                return nobody
            session.execute(
                _TICKETS,
                [
                    {
                        "contest_id": key[0],
                        "round_number": key[1],
                        "entry_id": key[2],
                        "number": number,
                        "asked_at": wish.now,
                    }
                    for number, (key, wish) in enumerate(new.items(), start=last - len(new) + 1)
                ],
            )
    except IntegrityError as error:
        if not is_taken(error, "tickets"):
            raise
        return nobody  # one of them pressed on two workers at once
    return [(*wish.round_key, wish.entry_id) in new for wish in wishes]


def _may_wait(row: Any, round_: Round) -> bool:
    rule = round_.settings.attempts
    used = row.in_round if rule.per is Per.ROUND else row.in_contest
    return row.status == "active" and not row.running and (rule.limit is None or used < rule.limit)


def _attempts(*conditions: ColumnElement[bool]) -> ScalarSelect[int]:
    own = (Attempt.contest_id == Entry.contest_id) & (Attempt.entry_id == Entry.id)
    return select(func.count()).select_from(Attempt).where(own, *conditions).scalar_subquery()


_reading: Together[_Wish, Comer | None] = Together(_comers)
_joining: Together[_Wish, bool] = Together(_give_tickets)
_COMERS = (
    select(
        Entry.id,
        Entry.status,
        Entry.name,
        Entry.unit_id,
        Ticket.number,
        _attempts().label("in_contest"),
        _attempts(Attempt.round_number == bindparam("round")).label("in_round"),
        _attempts(Attempt.closed_at.is_(None)).label("running"),
    )
    .outerjoin(
        Ticket,
        (Ticket.contest_id == Entry.contest_id)
        & (Ticket.round_number == bindparam("round"))
        & (Ticket.entry_id == Entry.id),
    )
    .where(Entry.contest_id == bindparam("contest"), Entry.id.in_(bindparam("entries", expanding=True)))
)
_NEXT = (
    update(WaitingLine)
    .where(
        WaitingLine.id == waiting.ONLY,
        WaitingLine.called == bindparam("seen"),
        WaitingLine.called_at == bindparam("seen_at"),
        WaitingLine.issued > bindparam("gone"),
    )
    .values(issued=WaitingLine.issued + bindparam("people"))
    .returning(WaitingLine.issued)
    .execution_options(synchronize_session=False)
)
_TICKETS = insert(Ticket)
