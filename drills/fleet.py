"""Further application servers beside the stage's own, each a gunicorn with an address of its own."""

import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType

from drills.stage import Stage, kill
from quiz.core.settings import ROOT
from tests.support.live import free_port

_READY_SECONDS = 30.0


class Server:
    """One gunicorn with two workers on the stage's database; it ends with the block."""

    def __init__(
        self,
        stage: Stage,
        *,
        host: str = "127.0.0.1",
        module: str = "",
        settings: Mapping[str, str] | None = None,
    ):
        self.host, self.port = host, free_port()
        self.log = stage.folder / f"server-{host}-{self.port}.log"
        self._module = module
        self._surroundings = {
            **os.environ,
            **stage.environment,
            "HOST": host,
            "PORT": str(self.port),
            "WEB_CONCURRENCY": "2",
            "PYTHONPATH": str(ROOT),
            **(settings or {}),
        }
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> "Server":
        """It answers when this returns."""
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Ended in order."""
        if self._process is not None and self._process.poll() is None:
            self._process.terminate()
            try:
                self._process.wait(15)
            except subprocess.TimeoutExpired:
                self.kill()

    def start(self) -> None:
        """Start and wait until it answers. Raises TimeoutError."""
        words = [str(Path(sys.executable).with_name("gunicorn")), *([self._module] if self._module else [])]
        with self.log.open("ab") as output:
            self._process = subprocess.Popen(
                words, cwd=ROOT, env=self._surroundings, stdout=output, stderr=output
            )
        asked = urllib.request.Request(
            f"http://{self.host}:{self.port}/healthz", headers={"Host": "127.0.0.1"}
        )
        end = time.monotonic() + _READY_SECONDS
        while True:
            try:
                with urllib.request.urlopen(asked, timeout=2):
                    return
            except (OSError, urllib.error.HTTPError):
                if time.monotonic() > end:
                    raise TimeoutError(self.log.read_text(errors="replace")[-2000:]) from None
                time.sleep(0.05)

    def kill(self) -> None:
        """End master and workers without a word."""
        assert self._process is not None
        head = self._process.pid
        workers = Path(f"/proc/{head}/task/{head}/children").read_text().split()
        for pid in (head, *map(int, workers)):
            kill(pid)
        self._process.wait()
