"""Ways to break the product on purpose, to see that the drills notice. Never used elsewhere."""

import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

from flask import Flask
from sqlalchemy import Connection, Table, select, text, update
from sqlalchemy.exc import OperationalError

from quiz.attempts import closing, opening, queries, service, starting
from quiz.attempts.models import Attempt
from quiz.attempts.service import Saved
from quiz.attempts.sheets import Sheet
from quiz.attempts.timing import remaining_ms
from quiz.backups import rows
from quiz.backups import service as backups
from quiz.core.database import db, transaction
from quiz.core.ids import new_id

_HESITATION = 1.0


def acknowledge_first(app: Flask) -> None:
    """A save is told to be stored a second before it is."""
    honest = service.save

    def later(code: str, sheet: Sheet, *, entry_id: int, now: Any) -> None:
        time.sleep(_HESITATION)
        with app.app_context():
            honest(code, sheet, entry_id=entry_id, now=now)

    def save(code: str, sheet: Sheet, *, entry_id: int, now: Any) -> Saved:
        arguments = {"entry_id": entry_id, "now": now}
        threading.Thread(target=later, args=(code, sheet), kwargs=arguments, daemon=True).start()
        attempt = queries.get_attempt(code)
        return Saved(sheet.revision, now, remaining_ms(attempt.deadline_at, now))

    service.save = save


def take_any_revision(_app: Flask) -> None:
    """The sheet that comes last wins, whatever its revision says."""

    def save(code: str, sheet: Sheet, *, entry_id: int, now: Any) -> Saved:
        with transaction() as session:
            session.execute(
                update(Attempt)
                .where(Attempt.code == code, Attempt.entry_id == entry_id)
                .values(revision=sheet.revision, answers=sheet.stored_answers(), saved_at=now)
            )
        return Saved(sheet.revision, now, 1000)

    service.save = save


def count_then_insert(app: Flask) -> None:
    """Starts neither wait for one another nor look for a running attempt, and no index stops them."""
    with app.app_context(), db.engine.begin() as connection:
        connection.execute(text("DROP INDEX IF EXISTS uq_attempts_one_running"))
    starting.running_attempt = lambda *_: None  # type: ignore[attr-defined]  # the name that start calls
    starting.refuse_if_not_allowed = lambda *_: None  # type: ignore[attr-defined]  # the same
    honest = opening.new_attempt

    def new_attempt(*arguments: Any, **more: Any) -> Attempt:
        attempt = honest(*arguments, **more)
        attempt.number = new_id() % 1_000_000_000
        return attempt

    starting.new_attempt = new_attempt  # type: ignore[attr-defined]  # the same


def score_every_submit(_app: Flask) -> None:
    """A second submit opens the attempt again and marks it anew."""
    honest = service.submit

    def submit(code: str, sheet: Any, **more: Any) -> Attempt:
        with transaction() as session:
            session.execute(
                update(Attempt).where(Attempt.code == code).values(closed_at=None, number=Attempt.number)
            )
        return honest(code, sheet, **more)

    service.submit = submit


def take_late_saves(_app: Flask) -> None:
    """A save is taken whenever it comes, also the last one with which the page hands in."""
    honest_save, honest_submit = service.save, service.submit

    def save(code: str, sheet: Sheet, *, entry_id: int, now: Any) -> Saved:
        attempt = queries.get_attempt(code)
        return honest_save(code, sheet, entry_id=entry_id, now=min(now, attempt.deadline_at))

    def submit(code: str, sheet: Sheet | None, *, now: Any, **more: Any) -> Any:
        attempt = queries.get_attempt(code)
        return honest_submit(code, sheet, now=min(now, attempt.deadline_at), **more)

    service.save, service.submit = save, submit


def show_traces(app: Flask) -> None:
    """A database that is away is an unexpected error."""
    handlers = app.error_handler_spec[None][None]
    handlers.pop(OperationalError)


def forget_answers(_app: Flask) -> None:
    """An attempt that ends with its time is closed without its answers."""
    honest = closing.fill_outcome

    def fill_outcome(attempt: Attempt, round_: Any, *, closed_by: str, **more: Any) -> None:
        if closed_by == closing.BY_TIME:
            attempt.answers = {}
        honest(attempt, round_, closed_by=closed_by, **more)

    closing.fill_outcome = fill_outcome


def close_again(_app: Flask) -> None:
    """Housekeeping closes what is closed already."""

    def list_over(contest_id: int, now: Any, most: int) -> Any:
        rows = db.session.execute(select(Attempt.id, Attempt.code).where(Attempt.contest_id == contest_id))
        found = [(row[0], row[1]) for row in rows]
        with transaction() as session:
            session.execute(update(Attempt).values(closed_at=None, receipt=None))
        return found

    queries.list_over = list_over


def stuck_after_a_wait(_app: Flask) -> None:
    """Who has waited for a lock is kept waiting."""
    honest = service.save

    def save(code: str, sheet: Sheet, *, entry_id: int, now: Any) -> Saved:
        began = time.monotonic()
        try:
            return honest(code, sheet, entry_id=entry_id, now=now)
        finally:
            if time.monotonic() - began > 1:
                time.sleep(20)

    service.save = save


def slow_starts(_app: Flask) -> None:
    """A start takes half a second while it holds the lock that saves need."""
    honest = opening.new_attempt

    def new_attempt(*arguments: Any, **more: Any) -> Attempt:
        time.sleep(0.5)
        return honest(*arguments, **more)

    starting.new_attempt = new_attempt  # type: ignore[attr-defined]  # the name that start calls


def drop_submits(_app: Flask) -> None:
    """Whoever hands in is led to a result that nobody has made."""

    def submit(code: str, sheet: Any, **more: Any) -> Attempt:
        return queries.get_attempt(code)

    service.submit = submit


def nothing(_app: Flask) -> None:
    """The server's settings or the page are what is wrong; the drill sees to it."""


def back_up_any_moment(_app: Flask) -> None:
    """A backup reads table after table while people go on."""

    def lines(_connection: Connection, table: Table) -> Iterator[str]:
        with db.engine.connect() as own:
            yield from rows.lines_of(own, table)
        if table.name == "attempts":
            time.sleep(_HESITATION)

    backups.lines_of = lines  # type: ignore[attr-defined,assignment]  # the name that a backup calls


BREAKS: dict[str, Callable[[Flask], None]] = {
    "acknowledge-first": acknowledge_first,
    "any-revision": take_any_revision,
    "count-then-insert": count_then_insert,
    "score-every-submit": score_every_submit,
    "late-saves": take_late_saves,
    "traces": show_traces,
    "stuck-after-a-wait": stuck_after_a_wait,
    "forget-answers": forget_answers,
    "close-again": close_again,
    "slow-starts": slow_starts,
    "drop-submits": drop_submits,
    "any-moment": back_up_any_moment,
    "threads-that-read": nothing,
    "stop-and-start": nothing,
    "careless-step": nothing,
    "page-gives-up": nothing,
    "page-forgets": nothing,
    "page-asks-phone": nothing,
    "page-asks-nobody": nothing,
}
