"""Every statement is counted and timed for the work that sent it; slow ones are logged, without values."""

import logging
from time import perf_counter
from typing import Any

from sqlalchemy import Engine, event
from sqlalchemy.pool import QueuePool

from quiz.core import metrics, seen

log = logging.getLogger(__name__)
_MOST_TEXT = 1500
_OF_TRANSACTIONS = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE")


class _Threshold:
    """From which time on a statement is slow; the whole process has one."""

    seconds = 0.5


def set_threshold(milliseconds: int) -> None:
    """Log statements that take at least so long; 0: none."""
    _Threshold.seconds = milliseconds / 1000 if milliseconds else float("inf")


@event.listens_for(Engine, "before_cursor_execute")
def _begin(_connection: Any, _cursor: Any, _statement: str, _values: Any, context: Any, _many: bool) -> None:
    context.began_at = perf_counter()


@event.listens_for(Engine, "after_cursor_execute")
def _end(_connection: Any, _cursor: Any, statement: str, _values: Any, context: Any, _many: bool) -> None:
    if statement.startswith(_OF_TRANSACTIONS):
        return
    took = perf_counter() - context.began_at
    work = seen.current()
    if work is not None:
        work.statements += 1
        work.database_seconds += took
    if took >= _Threshold.seconds:
        _tell(statement, took, work.route if work is not None else seen.NOWHERE)


def _tell(statement: str, took: float, route: str) -> None:
    metrics.SLOW_STATEMENTS.labels(route).inc()
    text = " ".join(statement.split())
    text = text if len(text) <= _MOST_TEXT else text[:_MOST_TEXT] + " …"
    fields = {"route": route, "ms": round(took * 1000), "statement": text}
    log.warning("slow statement: %d ms at %s: %s", fields["ms"], route, text, extra={"fields": fields})


def watch_pool(engine: Engine) -> None:
    """Tell how many connections are open and used. Read off the pool each time: no sum can go astray."""
    pool = engine.pool
    if not isinstance(pool, QueuePool):
        return

    def opened_or_closed(*_what: object) -> None:
        metrics.CONNECTIONS_MOST.set(pool.size() + max(0, pool._max_overflow))
        metrics.CONNECTIONS_OPEN.set(pool.checkedin() + pool.checkedout())

    def taken(*_what: object) -> None:
        metrics.CONNECTIONS_USED.set(pool.checkedout())

    def given_back(*_what: object) -> None:
        metrics.CONNECTIONS_USED.set(max(0, pool.checkedout() - 1))  # this one goes back in a moment

    event.listen(pool, "connect", opened_or_closed)
    event.listen(pool, "close", opened_or_closed)
    event.listen(pool, "checkout", taken)
    event.listen(pool, "checkin", given_back)
