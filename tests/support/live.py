"""The product as people reach it: gunicorn on a port of its own, with its own database."""

import os
import random
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import HTTPError

from flask import Flask

from quiz.core.settings import ROOT

_START_SECONDS = 30


@dataclass(frozen=True)
class Live:
    """A running server, and an application on the same database for making and looking at data."""

    url: str
    app: Flask
    log: Path


@contextmanager
def serve(app: Flask, environment: Mapping[str, str], folder: Path) -> Iterator[Live]:
    """Run gunicorn until the block ends. Fails with the server's log when it does not start."""
    port = free_port()
    log = folder / f"gunicorn-{port}.log"
    surroundings = {
        **os.environ,
        **environment,
        "HOST": "127.0.0.1",
        "PORT": str(port),
        "WEB_CONCURRENCY": "1",
    }
    with log.open("wb") as output:
        server = subprocess.Popen(
            [sys.executable, "-m", "gunicorn"], cwd=ROOT, env=surroundings, stdout=output, stderr=output
        )
    try:
        live = Live(f"http://127.0.0.1:{port}", app, log)
        _wait(live, server)
        yield live
    finally:
        server.terminate()
        try:
            server.wait(15)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def free_port() -> int:
    """A free port below the range from which the system takes ports for outgoing connections."""
    for _ in range(100):
        port = random.randrange(20000, 32000)
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise AssertionError("no free port between 20000 and 32000")


def _wait(live: Live, server: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + _START_SECONDS
    while time.monotonic() < end and server.poll() is None:
        try:
            with urllib.request.urlopen(f"{live.url}/healthz", timeout=2):
                return
        except HTTPError as error:
            raise AssertionError(f"/healthz answers {error.code}:\n{live.log.read_text()}") from error
        except OSError:
            time.sleep(0.05)
    raise AssertionError(f"gunicorn did not start:\n{live.log.read_text()}")
