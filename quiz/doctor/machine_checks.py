"""The machine: room, rights of files, the clock, open files."""

import os
import resource
import shutil
import stat
import subprocess
from collections.abc import Iterator
from pathlib import Path

from quiz.core.settings import Settings
from quiz.doctor.findings import Finding, bad, good, warning

_GB = 1024**3
_TIGHT, _FULL = 5 * _GB, 1 * _GB
_FILES = 4096  # a worker's connections, files and the database's
_OTHERS = stat.S_IRWXG | stat.S_IRWXO
_SECRET_FILES = ("QUIZ_SECRET_KEY_FILE", "QUIZ_DATA_KEY_FILE", "QUIZ_DATA_KEYS_OLD_FILE", "DATABASE_URL_FILE")


def check_disk(settings: Settings) -> Iterator[Finding]:
    """Room where the embedded database, kept uploads and compressed files lie."""
    free = shutil.disk_usage(settings.var).free
    seen = f"{free / _GB:.1f} GB free in {settings.var}"
    # Measured with 6,000 people and 10,000 attempts of 20 questions, indexes included: 1.1 kB a person and
    # 1.9 kB an attempt; 0.47 kB an attempt in a backup.
    mend = (
        "make room: 200,000 people with five attempts each take 2.1 GB in PostgreSQL, its log "
        "up to 2 GB more, each backup 0.5 GB"
    )
    if free < _FULL:
        yield bad("disk", seen, mend)
    elif free < _TIGHT:
        yield warning("disk", seen, mend)
    else:
        yield good("disk", seen)


def check_rights(settings: Settings) -> Iterator[Finding]:
    """That we can write where we have to, and that others cannot read what is secret."""
    if not os.access(settings.var, os.W_OK | os.X_OK):
        yield bad(
            "rights", f"{settings.var} cannot be written", f"chown it to the user of the service: {_user()}"
        )
    open_ones = [path for path in _secret_files(settings) if _is_open(path)]
    for path in open_ones:
        yield bad("rights", f"{path} can be read by others on this machine", f"chmod 600 {path}")
    if not open_ones:
        yield good("rights", f"secrets are readable to {_user()} only")


def check_clock() -> Iterator[Finding]:
    """Whether the machine's clock is kept right; deadlines are its."""
    told = _timedatectl()
    if told == "yes":
        yield good("clock", "synchronised")
    elif told == "no":
        yield warning(
            "clock", "not synchronised", "turn on chrony or systemd-timesyncd: deadlines follow the clock"
        )
    else:
        yield warning(
            "clock", "nobody here tells whether it is synchronised", "see that chrony or the host does it"
        )


def check_open_files() -> Iterator[Finding]:
    """How many connections a process may hold."""
    soft, _hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft == resource.RLIM_INFINITY or soft >= _FILES:
        yield good("open files", f"up to {soft}")
    else:
        yield warning("open files", f"up to {soft}", f"LimitNOFILE={_FILES * 4} in the service's unit")


def _secret_files(settings: Settings) -> list[Path]:
    named = [settings.source.get(name, "") for name in _SECRET_FILES]
    kept = [settings.var / "secret.key", settings.var / "data.key"]
    if settings.is_sqlite:
        kept.append(Path(settings.database_url.removeprefix("sqlite:///")))
    return [path for path in [*(Path(one) for one in named if one), *kept] if path.exists()]


def _is_open(path: Path) -> bool:
    """Readable to others, and no folder above keeps them out."""
    if not path.stat().st_mode & stat.S_IROTH:
        return False
    return all(folder.stat().st_mode & stat.S_IXOTH for folder in path.resolve().parents)


def _timedatectl() -> str:
    program = shutil.which("timedatectl")
    if program is None:
        return ""
    done = subprocess.run(  # noqa: S603 -- a program of the system, no words of others
        [program, "show", "--property=NTPSynchronized", "--value"],
        capture_output=True,
        text=True,
        timeout=10,
        check=False,
    )
    return done.stdout.strip()


def _user() -> str:
    return f"user {os.geteuid()}"
