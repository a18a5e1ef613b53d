"""What every bench gives: rows of a table, each with what was measured and the bound it has to keep."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from quiz.core.settings import ROOT


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table. `bound` is the most, or with `at_least` the least, that is allowed."""

    what: str
    value: float
    unit: str
    bound: float | None = None
    at_least: bool = False
    note: str = ""

    @property
    def is_kept(self) -> bool:
        """Whether the bound is kept; True where there is none."""
        if self.bound is None:
            return True
        return self.value >= self.bound if self.at_least else self.value <= self.bound


@dataclass(frozen=True, slots=True)
class Used:
    """What a program took, its own children not counted."""

    seconds: float
    cpu: float
    megabytes: float
    output: str


def run(
    arguments: Sequence[str], env: Mapping[str, str] | None = None, *, shows_progress: bool = False
) -> Used:
    """Run one of our own programs and measure it; raises if it fails. `shows_progress`: its errors are shown.

    The peak of memory is that of the process alone. It is never under that of whoever starts it, so a bench
    imports nothing large.
    """
    with tempfile.TemporaryFile() as out:
        started = time.monotonic()
        process = subprocess.Popen(
            [sys.executable, *arguments],
            stdout=out,
            stderr=None if shows_progress else subprocess.STDOUT,
            env={**os.environ, **(env or {})},
            cwd=ROOT,
        )
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.monotonic() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        said = out.read().decode(errors="replace")
    if process.returncode:
        raise RuntimeError(f"{' '.join(arguments)} ended with {process.returncode}:\n{said[-2000:]}")
    return Used(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, said)


def shortest(measure: Callable[[], Used], bound: float, tries: int = 3) -> Used:
    """Measured again while it takes longer than the bound: others on the machine only ever make it longer."""
    best = measure()
    for _ in range(tries - 1):
        if best.seconds <= bound:
            break
        best = min(best, measure(), key=lambda used: used.seconds)
    return best


def print_table(rows: Iterable[Row]) -> bool:
    """Print each row as it comes; whether all bounds are kept."""
    kept = True
    for row in rows:
        sign = "" if row.bound is None else f"{'≥' if row.at_least else '≤'} {row.bound:,g}"
        verdict = "" if row.bound is None else "ok" if row.is_kept else "MISSED"
        figure = f"{row.value:,.0f}" if row.value == int(row.value) else f"{row.value:,.3g}"
        line = f"{row.what:<88} {figure:>9} {row.unit:<3} {sign:>8} {verdict:<7}{row.note}"
        print(line.rstrip(), flush=True)
        kept &= row.is_kept
    return kept
