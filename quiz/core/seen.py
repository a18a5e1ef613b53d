"""What the work under way has used so far: who asked, for which route, how many statements.

A request has one of these, and so has a job. What runs outside of both (commands, threads of their own) is
seen as nothing in particular.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

NOWHERE = "-"


@dataclass(slots=True)
class Seen:
    """One piece of work. `route` is the template of an address, or the kind of a job; nobody typed it."""

    id: str
    route: str
    began: float = 0.0
    statements: int = 0
    database_seconds: float = 0.0


_now: ContextVar[Seen | None] = ContextVar("seen", default=None)


def current() -> Seen | None:
    """The work under way in this thread; None outside of requests and jobs."""
    return _now.get()


def begin(work: Seen) -> None:
    """From here on everything in this thread belongs to it."""
    _now.set(work)


def end() -> None:
    """It is over."""
    _now.set(None)


@contextmanager
def doing(route: str, work_id: str) -> Iterator[None]:
    """A job: what it asks the database, and what it logs, carries its kind and number."""
    before = _now.get()
    _now.set(Seen(work_id, route))
    try:
        yield
    finally:
        _now.set(before)
