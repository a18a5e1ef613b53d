"""R04: the power goes. Only what was synced to the disk is left, and no acknowledged save is missing.

strace writes down what the server writes to the database's files and when it syncs them. For random moments
the files are put together again with every write up to each file's last sync before that moment, and none
after: the worst that a disk may do. What a save's reply promised at that moment has to be there.
"""

import re
import shutil
import sqlite3
import subprocess
import time
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from drills.outcome import Outcome, Run, told
from drills.people import Person
from drills.stage import Stage

_CALLS = "trace=pwrite64,write,fsync,fdatasync,ftruncate,unlink,unlinkat"
_LINE = re.compile(r"^\d+ +(?P<at>[\d.]+) (?P<call>\w+)\((?P<rest>.*)\) += (?P<result>-?\d+)")
_FILE = re.compile(r"^\d+<(?P<name>[^>]*)>")
_WRITE = re.compile(r'"(?P<data>(?:\\x[0-9a-f]{2})*)", (?P<size>\d+)(?:, (?P<place>\d+))?$')


@dataclass(frozen=True, slots=True)
class _Step:
    """One thing that happened to a file: its name, when, and the bytes written (None: a sync)."""

    at: float
    name: str
    place: int = 0
    data: bytes | None = None
    size: int | None = None  # of a truncation


def power_cut(run: Run) -> Outcome:
    """The power goes at random moments while one person saves."""
    if shutil.which("strace") is None:
        return Outcome(False, "strace is not installed: apt-get install strace")
    with Stage("sqlite", run.seed, broken=run.broken, server={"WEB_CONCURRENCY": "1"}) as stage:
        person = stage.people(stage.contest(), 1)[0]
        person.start()
        base, database = stage.folder / "base", stage.folder / "drill.sqlite3"
        shutil.copytree(stage.folder, base, ignore=shutil.ignore_patterns("pg", "var", "base", "*.log"))
        promised, trace = _watched_saves(stage, person, run.times(10))
        steps = list(_steps(trace, database))
        cuts, lost, broken = run.times(50), 0, 0
        for number in range(cuts):
            moment = stage.dice.uniform(promised[0][0], promised[-1][0])
            kept = _rebuild(base, stage.folder / f"cut-{number}", steps, moment)
            revision = _revision(kept / database.name)
            broken += revision is None
            least = max((revision for at, revision in promised if at <= moment), default=0)
            lost += revision is not None and revision < least
            shutil.rmtree(kept)
    syncs = sum(step.data is None and step.size is None for step in steps)
    checks = {"nothing lost": not lost, "files intact": not broken, "synced": syncs >= len(promised) // 2}
    return told(checks, f"{cuts} cuts in {len(promised)} saves, {syncs} syncs, lost {lost}, damaged {broken}")


def _watched_saves(stage: Stage, person: Person, seconds: float) -> tuple[list[tuple[float, int]], list[str]]:
    """When which revision was acknowledged, and what the server did to its files meanwhile."""
    trace = stage.folder / "trace"
    words = ["strace", "-f", "-y", "-ttt", "-xx", "-s", "100000", "-e", _CALLS, "-o", str(trace)]
    watched = [part for pid in stage.workers() for part in ("-p", str(pid))]
    watcher = subprocess.Popen([*words, *watched], stderr=subprocess.DEVNULL)
    time.sleep(1)
    promised: list[tuple[float, int]] = []
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        person.choose()
        person.save()
        promised.append((time.time(), person.revision))
        time.sleep(0.01)
    watcher.terminate()
    watcher.wait()
    return promised, trace.read_text(errors="replace").splitlines()


def _steps(lines: Iterable[str], database: Path) -> Iterator[_Step]:
    """What happened to the database and its log, in order."""
    for line in lines:
        found = _LINE.match(line)
        file = _FILE.match(found["rest"]) if found else None
        if found is None or file is None or int(found["result"]) < 0:
            continue
        name = Path(_plain(file["name"])).name
        if name not in (database.name, f"{database.name}-wal"):
            continue
        at, call = float(found["at"]), found["call"]
        if call in ("fsync", "fdatasync"):
            yield _Step(at, name)
        elif call == "ftruncate":
            yield _Step(at, name, size=int(found["rest"].rpartition(", ")[2]))
        elif written := _WRITE.search(found["rest"]):
            data = bytes.fromhex(written["data"].replace("\\x", ""))
            yield _Step(at, name, int(written["place"] or 0), data)


def _plain(name: str) -> str:
    """A path as strace prints it under -xx."""
    return bytes.fromhex(name.replace("\\x", "")).decode() if name.startswith("\\x") else name


def _rebuild(base: Path, folder: Path, steps: Iterable[_Step], moment: float) -> Path:
    """The files as a disk holds them that kept nothing but what was synced before the moment."""
    shutil.copytree(base, folder)
    waiting: dict[str, list[_Step]] = {}
    for step in steps:
        if step.at > moment:
            break
        if step.data is not None or step.size is not None:
            waiting.setdefault(step.name, []).append(step)
            continue
        path = folder / step.name
        with path.open("r+b" if path.exists() else "w+b") as file:
            for change in waiting.pop(step.name, []):
                if change.data is None:
                    file.truncate(change.size)
                else:
                    file.seek(change.place)
                    file.write(change.data)
    return folder


def _revision(database: Path) -> int | None:
    """The revision of the only sheet, None where the database is damaged."""
    with closing(sqlite3.connect(database)) as connection:
        try:
            if connection.execute("PRAGMA integrity_check").fetchone() != ("ok",):
                return None
            return int(connection.execute("SELECT max(revision) FROM attempts").fetchone()[0])
        except sqlite3.DatabaseError:
            return None
