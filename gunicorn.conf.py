"""How gunicorn serves Tìm Hiểu. Every figure can be set from the environment, without touching this file."""

import gc
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

_SIGN_INS = os.environ.get("QUIZ_SIGN_INS", "")
# Seconds between two runs of `flask housekeeping` beside the server; empty: a timer of the system does it.
_HOUSEKEEPING = os.environ.get("QUIZ_HOUSEKEEPING", "")
# "beside": `flask work` runs and ends with the server; else it is a service of its own, or housekeeping.
_WORKER = os.environ.get("QUIZ_WORKER", "")
_beside: list[subprocess.Popen[bytes]] = []
# Seconds that a thread computes before another has its turn: a save waits that long for each page being made.
_TURN = 0.001

wsgi_app = "wsgi:app"
# A path: a Unix socket for a proxy on this machine. systemd may hand over an open one, which comes first.
_SOCKET = os.environ.get("WEB_SOCKET", "")
bind = (
    f"unix:{_SOCKET}"
    if _SOCKET
    else f"{os.environ.get('HOST', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"
)
worker_class = "quiz.web.patient_worker.PatientWorker"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
# workers x threads x machines must stay below the database's connection limit.
threads = int(os.environ.get("WEB_THREADS", "8"))

# Import once and fork: workers answer at once and share what they do not change. Building the application
# opens no connection (tests/contracts/test_serving.py), so none is shared by accident.
preload_app = os.environ.get("WEB_PRELOAD", "1") == "1"

# A worker that is told to stop first finishes the saves it has begun.
timeout = int(os.environ.get("WEB_TIMEOUT", "30"))
graceful_timeout = int(os.environ.get("WEB_GRACEFUL_TIMEOUT", "20"))
keepalive = int(os.environ.get("WEB_KEEPALIVE", "5"))
# Seconds in which a request has to arrive; slower senders are let go and hold up nobody meanwhile.
_PATIENCE = float(os.environ.get("WEB_PATIENCE", "10"))
# Open connections of one worker, waiting ones included.
worker_connections = int(os.environ.get("WEB_CONNECTIONS", "1000"))

# The control socket would be made in the home folder, which a service account often lacks.
control_socket_disable = True
# The heartbeat file must not wait for a slow disk.
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None

# Workers count in files here, and the one that is asked for /metrics adds them up. Two servers that share
# QUIZ_VAR, as in a release of two colours, have other names.
_METRICS = os.environ.get("PROMETHEUS_MULTIPROC_DIR") or str(
    Path(os.environ.get("RUNTIME_DIRECTORY") or os.environ.get("QUIZ_VAR", "var")).resolve()
    / f"metrics-{Path(_SOCKET).stem or os.environ.get('PORT', '8000')}"
)
raw_env = [f"PROMETHEUS_MULTIPROC_DIR={_METRICS}"]

accesslog = os.environ.get("WEB_ACCESS_LOG") or None
loglevel = os.environ.get("WEB_LOG_LEVEL", "warning")
proc_name = "timhieu"


def on_starting(_server: Any) -> None:
    """Forget what a former server counted, unless this one takes over from it while it lives."""
    if "GUNICORN_PID" not in os.environ:
        for left in Path(_METRICS).glob("*.db"):
            if not left.stem.endswith(f"_{os.getpid()}"):
                left.unlink(missing_ok=True)


def child_exit(_server: Any, worker: Any) -> None:
    """A dead worker's counts stay in the sums; what it was doing when it died does not."""
    for left in Path(_METRICS).glob(f"gauge_live*_{worker.pid}.db"):
        left.unlink(missing_ok=True)


def when_ready(server: Any) -> None:
    """Greet whoever started the server, and start what runs beside it."""
    if url := _address(server.cfg.address):
        _greet(url)
    if _HOUSEKEEPING:
        _run_beside("housekeeping", "--every", _HOUSEKEEPING)
    if _WORKER == "beside":
        _run_beside("work")


def pre_fork(_server: Any, _worker: Any) -> None:
    """What the master has loaded is never looked through for garbage again, neither here nor in a worker.

    Before the fork: looking writes into every object, and each worker would get its own copy of all of them.
    """
    gc.collect()
    gc.freeze()


def post_fork(_server: Any, worker: Any) -> None:
    """Hand the worker the setting that gunicorn does not know."""
    worker.patience = _PATIENCE


def post_worker_init(_worker: Any) -> None:
    """Ctrl+C reaches every process; a worker that hears it and the master at once can lock itself up."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    sys.setswitchinterval(_TURN)
    # The program itself, some 250,000 objects, is never looked through for garbage again: that took 200 ms
    # of a request now and then. Where the master has loaded it, `pre_fork` has seen to it.
    if not preload_app:
        gc.collect()
    gc.freeze()


def on_exit(_server: Any) -> None:
    """End what ran beside the server."""
    for process in _beside:
        process.terminate()


def _run_beside(*words: str) -> None:
    """More polite than the server, and in a session of its own: Ctrl+C is for the server, which ends this."""
    flask = ["nice", sys.executable, "-m", "flask", "--app", "wsgi"]
    _beside.append(subprocess.Popen([*flask, *words, "--with-parent"], start_new_session=True))


def _greet(url: str) -> None:
    """Say where the pages are, and who may sign in where the demo is loaded."""
    lines = ["", "Tìm Hiểu is ready. Stop it with Ctrl+C.", ""]
    lines += [f"  {url}{path:<10} {what}" for path, what in _PAGES]
    if _SIGN_INS and Path(_SIGN_INS).is_file():
        lines += ["", *Path(_SIGN_INS).read_text(encoding="utf-8").rstrip().splitlines()]
    print("\n".join([*lines, ""]), flush=True)


_PAGES = (
    ("/", "contests: enter, answer, see the boards"),
    ("/login", "sign in as organiser or as a unit"),
    ("/manage", "the organisers' pages"),
    ("/unit", "a unit's own pages"),
)


def _address(bound: list[Any]) -> str | None:
    """The first TCP address as a link; none for a Unix socket behind a proxy."""
    for address in bound:
        if isinstance(address, tuple):
            host, port = address[:2]
            shown = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)
            return f"http://{shown}:{port}"
    return None
