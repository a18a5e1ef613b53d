"""An entrant's own unit: changed freely before the first start, asked for afterwards."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from quiz.audit.actors import Actor
from quiz.audit.service import Action, record
from quiz.contests.models import Contest
from quiz.contests.phases import RoundState
from quiz.contests.queries import list_rounds, list_units
from quiz.core.database import is_taken, transaction
from quiz.core.errors import NotFound
from quiz.core.ids import new_id
from quiz.entries.errors import UnitChangeRefused
from quiz.entries.models import Entry, UnitRequest
from quiz.entries.unit_queries import find_open_request

MOST_REQUESTS = 5
MOST_WORDS = 500
WITHDRAWN = "withdrawn"


def choose_unit(contest: Contest, entry_id: int, unit_id: int | None, *, reason: str, now: datetime) -> bool:
    """Change the unit of somebody who has not started yet (True), or ask the organisers for it (False).

    Asking again replaces what was asked. The entry's row is locked: whoever starts at this moment either has
    the new unit or asks for it. Raises NotFound and UnitChangeRefused.
    """
    for _attempt in range(2):
        try:
            with transaction() as session:
                entry = _lock_entry(session, contest, entry_id)
                _check(contest, entry, unit_id)
                if entry.unit_fixed_at is None:
                    _log_change(contest, entry, entry.unit_id, unit_id, now)
                    entry.unit_id = unit_id
                    return True
                _ask(session, contest, entry, unit_id, reason, now)
                return False
        except IntegrityError as error:
            if not is_taken(error, "unit_requests"):
                raise
    raise UnitChangeRefused("unit_request_waits")


def withdraw(contest: Contest, entry_id: int, *, now: datetime) -> None:
    """Take the open request back; without one nothing happens."""
    with transaction() as session:
        _lock_entry(session, contest, entry_id)
        request = find_open_request(contest.id, entry_id)
        if request is not None:
            request.decision, request.decided_at = WITHDRAWN, now


def unit_codes(contest: Contest) -> dict[int, str]:
    """Codes of the contest's units by id, for the log."""
    return {unit.id: unit.code for unit in list_units(contest.id)}


def _lock_entry(session: Session, contest: Contest, entry_id: int) -> Entry:
    key = (contest.id, entry_id)
    entry = session.get(Entry, key, with_for_update={"key_share": True}, populate_existing=True)
    if entry is None:
        raise NotFound("entry")
    return entry


def _check(contest: Contest, entry: Entry, unit_id: int | None) -> None:
    if entry.status != "active":
        raise UnitChangeRefused("entry_not_active")
    if unit_id == entry.unit_id:
        raise UnitChangeRefused("unit_is_that")
    if unit_id is None and contest.entry.requires("unit"):
        raise UnitChangeRefused("unit_missing")
    if unit_id is not None:
        wanted = next((unit for unit in list_units(contest.id) if unit.id == unit_id), None)
        if wanted is None or not contest.entry.admits_unit(wanted.path):
            raise NotFound("unit")
    if all(round_.state == RoundState.PUBLISHED.value for round_ in list_rounds(contest)):
        raise UnitChangeRefused("units_are_final")


def _ask(
    session: Session, contest: Contest, entry: Entry, unit_id: int | None, reason: str, now: datetime
) -> None:
    if not reason.strip() or len(reason) > MOST_WORDS:
        raise UnitChangeRefused("unit_reason_needed")
    request = find_open_request(contest.id, entry.id)
    if request is None:
        if _count(session, contest.id, entry.id) >= MOST_REQUESTS:
            raise UnitChangeRefused("too_many_unit_requests")
        request = UnitRequest(contest_id=contest.id, id=new_id(), entry_id=entry.id)
        session.add(request)
    request.from_unit_id, request.to_unit_id = entry.unit_id, unit_id
    request.reason, request.asked_at = reason.strip(), now
    codes = unit_codes(contest)
    record(
        Action.UNIT_CHANGE_ASKED,
        f"entry {entry.id}",
        actor=Actor.entrant(entry.id),
        now=now,
        contest_id=contest.id,
        from_unit=codes.get(entry.unit_id or 0, "-"),
        to_unit=codes.get(unit_id or 0, "-"),
    )


def _count(session: Session, contest_id: int, entry_id: int) -> int:
    of_person = UnitRequest.contest_id == contest_id, UnitRequest.entry_id == entry_id
    return session.scalar(select(func.count()).select_from(UnitRequest).where(*of_person)) or 0


def _log_change(
    contest: Contest, entry: Entry, from_unit: int | None, to_unit: int | None, now: datetime
) -> None:
    codes = unit_codes(contest)
    record(
        Action.UNIT_CHANGED,
        f"entry {entry.id}",
        actor=Actor.entrant(entry.id),
        now=now,
        contest_id=contest.id,
        from_unit=codes.get(from_unit or 0, "-"),
        to_unit=codes.get(to_unit or 0, "-"),
    )
