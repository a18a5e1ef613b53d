"""One folder for a whole pytest run, shared by all worker processes, and things made only once in it."""

import fcntl
import json
import os
import tempfile
from collections.abc import Callable
from pathlib import Path

PREFIX = "timhieu-"


class Unavailable(Exception):
    """Something outside the project that the tests need is not there; the message says how to get it."""


def make_folder() -> Path:
    """A new folder with a short path (a Unix socket's address may be 107 bytes long)."""
    folder = Path(tempfile.mkdtemp(prefix=PREFIX, dir="/tmp"))
    folder.chmod(0o711)  # the postgres user passes through to its own folder
    return folder


def in_ci() -> bool:
    """True where a missing server or browser is a failure, not a skip."""
    return os.environ.get("CI", "") not in ("", "0", "false")


def once(folder: Path, name: str, make: Callable[[], str]) -> str:
    """What `make` returned in the first process that asked; the others wait and get the same.

    A failure is remembered too: nobody tries again for a minute what cannot work.
    """
    kept = folder / f"{name}.json"
    with (folder / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not kept.exists():
            try:
                answer = {"value": make()}
            except Unavailable as error:
                answer = {"unavailable": str(error)}
            kept.write_text(json.dumps(answer))
    answer = json.loads(kept.read_text())
    if "unavailable" in answer:
        raise Unavailable(answer["unavailable"])
    return str(answer["value"])


def recall(folder: Path, name: str) -> str | None:
    """What `once` made under this name, or None if nobody asked for it."""
    kept = folder / f"{name}.json"
    if not kept.exists():
        return None
    value = json.loads(kept.read_text()).get("value")
    return None if value is None else str(value)
