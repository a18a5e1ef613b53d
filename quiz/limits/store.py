"""Where counts are kept: one statement a request, together for all workers, away from the answers.

On PostgreSQL two unlogged tables of the database, so that several servers count together and nothing waits
for the disk. On SQLite a file of its own beside the database: the database has one writer at a time, and that
one is for answers. What is lost in a power cut is a count of some minutes.
"""

import os
from collections.abc import Iterable, Mapping
from datetime import datetime
from threading import Lock
from typing import Any

from sqlalchemy import Engine, create_engine, event, text
from sqlalchemy.exc import DatabaseError, OperationalError
from sqlalchemy.schema import CreateTable

from quiz.core.database import Base, db
from quiz.core.settings import Settings
from quiz.limits.models import RateWindow, SpentProof
from quiz.limits.windows import Count, Rate, window_start

_SWEEP_SECONDS = 120
_ROW = "(:b{n}, :w{n}, :s{n}, 1, 0)"
_COUNT = """
INSERT INTO rate_windows (bucket, started, seconds, hits, earlier) VALUES {rows}
ON CONFLICT (bucket) DO UPDATE SET
  hits = CASE WHEN rate_windows.started >= excluded.started THEN rate_windows.hits + 1 ELSE 1 END,
  earlier = CASE WHEN rate_windows.started >= excluded.started THEN rate_windows.earlier
                 WHEN rate_windows.started = excluded.started - excluded.seconds THEN rate_windows.hits
                 ELSE 0 END,
  started = CASE WHEN rate_windows.started > excluded.started THEN rate_windows.started
                 ELSE excluded.started END
RETURNING bucket, hits, earlier
"""
_GIVE_BACK = "UPDATE rate_windows SET hits = hits - 1 WHERE bucket = :bucket AND hits > 0"
_SPEND = (
    "INSERT INTO spent_proofs (key, until) VALUES (:key, :until) ON CONFLICT (key) DO NOTHING RETURNING key"
)
_SWEEPS = (
    "DELETE FROM rate_windows WHERE started + 2 * seconds < :now",
    "DELETE FROM spent_proofs WHERE until < :now",
)


class Counters:
    """The counts of an installation. Raises SQLAlchemyError where they cannot be kept."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._path = settings.var / "limits.sqlite3"
        self._engine: Engine | None = None
        self._process = 0
        self._opening = Lock()
        self._swept = 0.0

    def count(self, buckets: Mapping[str, Rate], *, now: datetime) -> dict[str, Count]:
        """Count one in each bucket, and say how many there are. Concurrent requests all count."""
        ordered = sorted(buckets)  # two statements that share buckets lock them in the same order
        values: dict[str, Any] = {}
        for n, bucket in enumerate(ordered):
            rate = buckets[bucket]
            values |= {f"b{n}": bucket, f"w{n}": window_start(rate, now), f"s{n}": rate.seconds}
        rows = ", ".join(_ROW.format(n=n) for n in range(len(ordered)))
        found = self._execute(_COUNT.format(rows=rows), values)
        self._sweep(now)
        at = now.timestamp()
        return {
            bucket: Count(hits, earlier, at - window_start(buckets[bucket], now))
            for bucket, hits, earlier in found
        }

    def give_back(self, buckets: Iterable[str]) -> None:
        """The one just counted was refused, so that it does not count."""
        for bucket in sorted(buckets):
            self._execute(_GIVE_BACK, {"bucket": bucket})

    def spend(self, key: str, *, until: datetime) -> bool:
        """Use up a proof. False if it was used before, by whatever worker."""
        return bool(self._execute(_SPEND, {"key": key, "until": int(until.timestamp()) + 1}))

    def forget(self) -> None:
        """Start from nothing."""
        for table in ("rate_windows", "spent_proofs"):
            self._execute(f"DELETE FROM {table} WHERE 1 = 1", {})  # noqa: S608  # two names of ours

    def _execute(self, statement: str, values: Mapping[str, Any]) -> list[Any]:
        try:
            with self._connected().connect() as connection:
                done = connection.execution_options(isolation_level="AUTOCOMMIT").execute(
                    text(statement), values
                )
                return list(done) if done.returns_rows else []
        except OperationalError:
            raise
        except DatabaseError:
            self._throw_away()
            raise

    def _sweep(self, now: datetime) -> None:
        """Now and then, and by each worker for itself, remove what no longer matters."""
        at = now.timestamp()
        if abs(at - self._swept) < _SWEEP_SECONDS:
            return
        self._swept = at
        for statement in _SWEEPS:
            self._execute(statement, {"now": int(at)})

    def _connected(self) -> Engine:
        if not self._settings.is_sqlite:
            return db.engine
        with self._opening:
            if self._engine is None or self._process != os.getpid():
                self._engine, self._process = _open_file(str(self._path)), os.getpid()
            return self._engine

    def _throw_away(self) -> None:
        """A file that a power cut has damaged holds nothing that is worth mending."""
        if self._settings.is_sqlite:
            with self._opening:
                self._engine = None
                for end in ("", "-wal", "-shm"):
                    self._path.with_name(self._path.name + end).unlink(missing_ok=True)


def _open_file(path: str) -> Engine:
    engine = create_engine(
        f"sqlite:///{path}",
        isolation_level="AUTOCOMMIT",
        connect_args={"timeout": 1, "check_same_thread": False},
    )
    event.listen(engine, "connect", _prepare)
    with engine.connect() as connection:
        for model in (RateWindow, SpentProof):
            connection.execute(CreateTable(Base.metadata.tables[model.__tablename__], if_not_exists=True))
    return engine


def _prepare(connection: Any, _record: Any) -> None:
    for pragma in ("journal_mode=WAL", "synchronous=OFF", "busy_timeout=1000"):
        connection.execute(f"PRAGMA {pragma}")
