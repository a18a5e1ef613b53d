"""Signs of the database's health."""

import time
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import text

from quiz.core import clock
from quiz.core.database import db, is_sqlite


@dataclass(frozen=True, slots=True)
class DatabaseSigns:
    """How long the database took to answer, and how far its clock is ahead; None: it has no clock."""

    seconds: float
    ahead: timedelta | None


def measure_database() -> DatabaseSigns:
    """Ask the database for the time. SQLite has no clock of its own."""
    has_clock = not is_sqlite()
    began = time.perf_counter()
    moment = db.session.execute(text("SELECT clock_timestamp()" if has_clock else "SELECT 1")).scalar_one()
    seconds = time.perf_counter() - began
    return DatabaseSigns(seconds, moment - clock.now() if has_clock else None)
