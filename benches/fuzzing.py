"""`make fuzz`: many damaged files of every format. None may raise, hang, or give an unsound question.

A fault names its seed and leaves the file in var/fuzz, so that it can be looked at.
"""

import argparse
import io
import multiprocessing
import resource
import signal
import sys
import time
import traceback
from collections import Counter
from collections.abc import Iterator
from contextlib import redirect_stdout
from dataclasses import dataclass, field
from pathlib import Path

from question_bank.formats import FORMATS
from question_bank.reading import read
from tests.support.fuzzing import OWN, caught, damaged_file, faults, path_of, samples

_PROCESSES = 2
_CHUNK = 50
# A sound file of this size takes some hundredths of a second.
_SECONDS = 20.0
_MEMORY = 3 * 1024**3
_KEPT = Path("var/fuzz")
_COLUMNS = ("files", "all read", "problems", "refused", "caught")


class TooSlow(BaseException):
    """Not an Exception: no reader shall swallow it."""


@dataclass
class Tally:
    """What became of the files of one format."""

    form: str
    counts: Counter[str] = field(default_factory=Counter)
    caught: Counter[str] = field(default_factory=Counter)
    slowest: float = 0.0
    faults: list[str] = field(default_factory=list)

    def add(self, other: "Tally") -> None:
        """Take over what another chunk counted."""
        self.counts.update(other.counts)
        self.caught.update(other.caught)
        self.slowest = max(self.slowest, other.slowest)
        self.faults += other.faults


def main() -> int:
    """Damage, read, count, print; 1 if there was a fault."""
    parser = argparse.ArgumentParser(prog="make fuzz", description=__doc__)
    parser.add_argument("--files", type=int, default=10_000, help="damaged files of each format")
    parser.add_argument("--first", type=int, default=0, help="the first seed")
    parser.add_argument("formats", nargs="*", help="only these formats")
    options = parser.parse_args()
    forms = options.formats or [entry.name for entry in FORMATS]
    seeds = range(options.first, options.first + options.files)
    samples()  # read once, before there are several processes
    started = time.monotonic()
    tallies = {form: Tally(form) for form in forms}
    print(f"{'format':10}{''.join(f'{name:>10}' for name in _COLUMNS)}   slowest", flush=True)
    with multiprocessing.get_context("fork").Pool(_PROCESSES, initializer=_bound) as pool:
        left = Counter({form: len(range(0, len(seeds), _CHUNK)) for form in forms})
        for tally in pool.imap(_chunk, _chunks(forms, seeds)):
            tallies[tally.form].add(tally)
            left[tally.form] -= 1
            if not left[tally.form]:
                _tell(tallies[tally.form])
    found = [fault for tally in tallies.values() for fault in tally.faults]
    print(f"{len(seeds) * len(forms)} files in {time.monotonic() - started:.0f} s, {len(found)} faults")
    return 1 if found else 0


def _chunks(forms: list[str], seeds: range) -> Iterator[tuple[str, range]]:
    for form in forms:
        for start in range(0, len(seeds), _CHUNK):
            yield form, seeds[start : start + _CHUNK]


def _bound() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    signal.signal(signal.SIGALRM, _stop)
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _stop(*_: object) -> None:
    raise TooSlow


def _chunk(work: tuple[str, range]) -> Tally:
    form, seeds = work
    tally = Tally(form)
    with redirect_stdout(io.StringIO()):  # a library prints its opinion of strange styles
        for seed in seeds:
            _one(form, seed, tally)
    return tally


def _one(form: str, seed: int, tally: Tally) -> None:
    name, data = damaged_file(form, seed)
    found: list[str] = []
    started = time.monotonic()
    signal.setitimer(signal.ITIMER_REAL, _SECONDS)
    try:
        report = read(data, name, format=form if seed % 2 else None)
        took = time.monotonic() - started
        found = faults(report)
        tally.counts["refused" if report.refused else "problems" if report.problems else "all read"] += 1
        if any(problem.code == "corrupt-file" for problem in report.problems):
            found += _behind_the_net(report.format or form, name, data, tally)
    except TooSlow:
        took = _SECONDS
        found = [f"took more than {_SECONDS:.0f} s"]
    except BaseException:
        took = time.monotonic() - started
        found = [traceback.format_exc()]
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
    tally.counts["files"] += 1
    tally.slowest = max(tally.slowest, took)
    if found:
        _KEPT.mkdir(parents=True, exist_ok=True)
        path_of(name, _KEPT, form, seed).write_bytes(data)
        tally.faults.append(f"{form} {seed} ({name}): " + "; ".join(found))


def _behind_the_net(form: str, name: str, data: bytes, tally: Tally) -> list[str]:
    """Libraries may raise on damaged files; our own readers of text may not, though `read` would catch it."""
    error = caught(form, name, data)
    if not error:
        return []
    tally.counts["caught"] += 1
    tally.caught[error] += 1
    return [f"the reader raised {error}"] if form in OWN else []


def _tell(tally: Tally) -> None:
    counts = "".join(f"{tally.counts[name]:10}" for name in _COLUMNS)
    errors = ", ".join(f"{name} {count}" for name, count in tally.caught.most_common(4))
    print(f"{tally.form:10}{counts}{tally.slowest:8.1f} s   {errors}", flush=True)
    for fault in tally.faults[:20]:
        print(f"  FAULT {fault}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
