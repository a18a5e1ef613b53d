"""Doing jobs: one at a time, with a second thread that writes how far it is and that the worker lives.

The handler's `progress` only notes two numbers. They are written from the other thread, on a connection of
its own: a note inside the handler's transaction would be seen by nobody before that ends.
"""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from datetime import datetime, timedelta

from sqlalchemy.exc import OperationalError

from quiz.core import seen
from quiz.core.database import db
from quiz.core.errors import DomainError
from quiz.jobs import service
from quiz.jobs.handlers import Handlers
from quiz.jobs.service import Claim
from quiz.jobs.states import BEAT

log = logging.getLogger(__name__)
_EVERY = 1.0  # seconds between two looks at what the handler has noted
_NO_STOP = threading.Event()

Clock = Callable[[], datetime]
Context = Callable[[], AbstractContextManager[object]]


class Stopping(BaseException):
    """Raised in a handler that may be run again when its worker has to stop. Not an error to be caught."""


class Notes:
    """What a handler says of its progress; the writing thread reads it."""

    def __init__(self, stop: threading.Event) -> None:
        self.values: tuple[int, int | None, str | None] = (0, None, None)
        self._stop = stop

    def __call__(self, done: int, total: int | None, message: str | None = None) -> None:
        """Note how far the job is."""
        self.values = (done, total, message)
        if self._stop.is_set():
            raise Stopping


def run_waiting(handlers: Handlers, *, clock: Clock, older_than: timedelta = timedelta()) -> int:
    """Do everything that waits (for at least so long), in this thread; how many jobs that were."""
    ran = 0
    while claim := service.claim(now=clock(), before=clock() - older_than):
        _run(claim, handlers, clock, Notes(_NO_STOP), None)
        ran += 1
    return ran


def run_next(handlers: Handlers, *, clock: Clock, context: Context, stop: threading.Event) -> bool:
    """Do the job that has waited longest; False when none waits. `context` is for the writing thread."""
    claim = service.claim(now=clock())
    if claim is None:
        return False
    handler = handlers.get(claim.kind)
    repeatable = handler is not None and handler.is_repeatable
    notes = Notes(stop if repeatable else _NO_STOP)
    _run(claim, handlers, clock, notes, context)
    return True


def _run(claim: Claim, handlers: Handlers, clock: Clock, notes: Notes, context: Context | None) -> None:
    handler = handlers.get(claim.kind)
    if handler is None:
        log.error("job %s is of the unknown kind %s", claim.job_id, claim.kind)
        service.fail(claim, DomainError("job_unknown"), now=clock())
        return
    try:
        with _written(claim, notes, clock, context), seen.doing(claim.kind, str(claim.job_id)):
            result = handler.run(claim.params, notes, claim.actor, clock())
    except Stopping:
        db.session.rollback()
        service.put_back(claim)
    except DomainError as error:
        db.session.rollback()
        service.fail(claim, error, now=clock())
    except Exception:
        log.exception("job %s (%s) failed", claim.job_id, claim.kind)
        db.session.rollback()
        service.fail(claim, DomainError("job_failed"), now=clock())
    else:
        _keep(claim, notes, result, clock)


def _keep(claim: Claim, notes: Notes, result: dict[str, object], clock: Clock) -> None:
    """Write the result. The last numbers go with it, so that the page never ends at 97 %."""
    _done, total, message = notes.values
    service.beat(claim, total or 1, total or 1, message, now=clock())
    service.finish(claim, result, now=clock())


@contextmanager
def _written(claim: Claim, notes: Notes, clock: Clock, context: Context | None) -> Iterator[None]:
    """Let another thread write the notes while the handler works; nothing is written without a context."""
    if context is None:
        yield
        return
    over = threading.Event()
    writer = threading.Thread(target=_write, args=(claim, notes, clock, context, over), daemon=True)
    writer.start()
    try:
        yield
    finally:
        over.set()
        writer.join()


def _write(claim: Claim, notes: Notes, clock: Clock, context: Context, over: threading.Event) -> None:
    written, at = notes.values, clock()
    while not over.wait(_EVERY):
        if notes.values == written and clock() - at < BEAT:
            continue
        # A busy SQLite says no when the handler itself writes for long; the next look tries again.
        with context(), suppress(OperationalError):
            service.beat(claim, *notes.values, now=clock())
            written, at = notes.values, clock()
