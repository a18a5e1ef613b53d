"""What a job can be, and when one that runs must be given up."""

from datetime import datetime, timedelta
from enum import StrEnum

# A worker says that it lives every BEAT; after LOST without a word its job has no worker any more.
BEAT = timedelta(seconds=5)
LOST = timedelta(minutes=2)
# How long it can be looked up how a job ended.
KEPT = timedelta(days=90)
# A job that a worker died of more often than this would kill the next one too.
MOST_RUNS = 3


class JobState(StrEnum):
    """The life of a job."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"

    @property
    def is_over(self) -> bool:
        """Nothing more will happen to it."""
        return self in (JobState.DONE, JobState.FAILED)


class Fate(StrEnum):
    """What becomes of a running job whose worker has gone."""

    ALIVE = "alive"
    AGAIN = "again"
    FAILED = "failed"


def fate(beat_at: datetime, now: datetime, *, is_repeatable: bool, runs: int) -> Fate:
    """Whether the worker still lives; if not, whether the job may run again from its beginning."""
    if now - beat_at < LOST:
        return Fate.ALIVE
    return Fate.AGAIN if is_repeatable and runs < MOST_RUNS else Fate.FAILED


def percent(done: int, total: int | None) -> int | None:
    """Whole percent, rounded down so that 100 means finished; None while the size is not known."""
    if not total or total < 0:
        return None
    return max(0, min(100, done * 100 // total))
