"""`systemctl` for deploy/release.sh where no systemd runs: starts, asks and stops gunicorn of one colour.

Services beside the colours (worker, housekeeping) are said to be done; nginx gets its HUP. Reads the folder
of the drill from STAND_IN.
"""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

_FOLDER = Path(os.environ["STAND_IN"])
_READY_SECONDS = 30.0


def main(words: list[str]) -> int:
    """The exit code that systemctl would give."""
    verb, *units = [word for word in words if not word.startswith("-")]
    colours = [
        one.removeprefix("timhieu@").removesuffix(".service")
        for one in units
        if one.startswith("timhieu@") and one.endswith(".service")
    ]
    if verb == "reload":
        os.kill(int((_FOLDER / "nginx.pid").read_text()), signal.SIGHUP)
    acts = {"start": _start, "stop": _stop, "is-active": _is_active}
    return max([acts[verb](colour) for colour in colours], default=0) if verb in acts else 0


def _start(colour: str) -> int:
    """As Type=notify: back when the application answers."""
    home, path = _FOLDER / "site" / colour, _FOLDER / f"timhieu-{colour}.sock"
    path.unlink(missing_ok=True)
    surroundings = {**os.environ, "WEB_SOCKET": str(path), "PYTHONPATH": str(home)}
    with (_FOLDER / f"{colour}.log").open("ab") as output:
        words = [str(Path(sys.executable).with_name("gunicorn"))]
        process = subprocess.Popen(
            words, cwd=home, env=surroundings, stdout=output, stderr=output, start_new_session=True
        )
    (_FOLDER / f"{colour}.pid").write_text(str(process.pid))
    end = time.monotonic() + _READY_SECONDS
    while time.monotonic() < end and process.poll() is None:
        with socket.socket(socket.AF_UNIX) as line:
            if path.exists() and line.connect_ex(str(path)) == 0:
                return 0
        time.sleep(0.1)
    return 1


def _stop(colour: str) -> int:
    """TERM, and back when it has ended."""
    if _is_active(colour) != 0:
        return 0
    pid = _pid(colour)
    os.kill(pid, signal.SIGTERM)
    end = time.monotonic() + _READY_SECONDS
    while _is_active(colour) == 0 and time.monotonic() < end:
        time.sleep(0.1)
    return _is_active(colour) == 0


def _is_active(colour: str) -> int:
    """0 while it runs."""
    try:
        state = Path(f"/proc/{_pid(colour)}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ValueError):
        return 3
    return 3 if state == "Z" else 0


def _pid(colour: str) -> int:
    return int((_FOLDER / f"{colour}.pid").read_text())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
