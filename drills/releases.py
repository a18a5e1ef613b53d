"""R23b: deploy/release.sh puts another release in the place of the running one, behind nginx, and goes back.

The script and nginx's file are the product's own. What stands in for systemd is `stand_in_systemctl`; TLS and
the ports of a whole machine are left out.
"""

import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Self

from drills.outcome import Outcome, Run, told
from drills.people import Crowd
from drills.stage import Stage
from quiz.core.settings import ROOT
from tests.support.live import free_port
from tests.support.run import Unavailable

_PEOPLE = 16
_NGINX_SECONDS = 10.0


def two_colours(run: Run) -> Outcome:
    """Releases back and forth while people save; no request fails. Broken: the old one stops first."""
    with Stage(run.kind, run.seed, broken=run.broken) as stage, _Site(stage) as site:
        people = stage.people(stage.contest(), _PEOPLE)
        for person in people:
            person.port = site.port
        turns = run.times(2)
        with Crowd(people):
            time.sleep(1)
            for turn in range(turns):
                site.release("go", f"release-{turn + 1}", *(["--pause"] if run.broken else []))
                time.sleep(1)
            if not run.broken:
                site.release("back")
            time.sleep(2)
        lost, ledger = stage.lost(), stage.ledger
    checks = {
        "nothing lost": not lost,
        "no failed request": not ledger.refused,
        "no strange reply": not ledger.strange,
    }
    return told(checks, f"{turns} releases{'' if run.broken else ', one back'}, {ledger.figures(lost)}")


class _Site:
    """nginx in front of two colours in a folder that looks like a machine; release-0 is live."""

    def __init__(self, stage: Stage) -> None:
        self.port = free_port()
        self._home = stage.folder
        self._settings = {**stage.environment, "QUIZ_PROXIES": "1", "QUIZ_WORKER": "separate"}
        self._nginx: subprocess.Popen[bytes] | None = None
        program = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
        if program is None:
            raise Unavailable("nginx is missing: apt-get install nginx-light")
        self._program = [program, "-p", str(self._home), "-c", str(self._home / "nginx.conf"), "-e", "stderr"]

    def __enter__(self) -> Self:
        self._lay_out()
        with (self._home / "nginx.log").open("ab") as output:
            words = [*self._program, "-g", "daemon off;"]
            self._nginx = subprocess.Popen(words, stdout=output, stderr=output)
        end = time.monotonic() + _NGINX_SECONDS
        while not (self._home / "nginx.pid").exists() and time.monotonic() < end:
            time.sleep(0.05)
        self.release("go", "release-0")
        return self

    def __exit__(self, *_error: object) -> None:
        for colour in ("blue", "green"):
            self._run([str(self._home / "bin" / "systemctl"), "stop", f"timhieu@{colour}.service"])
        if self._nginx is not None:
            self._nginx.send_signal(signal.SIGTERM)
            self._nginx.wait(_NGINX_SECONDS)

    def release(self, *words: str) -> None:
        """One call of the script. Raises RuntimeError with what it said where it stopped."""
        done = self._run([str(ROOT / "deploy" / "release.sh"), *words])
        if done.returncode:
            raise RuntimeError(done.stdout[-1000:] + done.stderr[-1000:])

    def _run(self, words: list[str]) -> subprocess.CompletedProcess[str]:
        home = self._home
        surroundings = {
            **os.environ,
            **self._settings,
            "PATH": f"{home / 'bin'}:{os.environ['PATH']}",
            "STAND_IN": str(home),
            "TIMHIEU_ROOT": str(home / "site"),
            "TIMHIEU_ETC": str(home / "etc"),
            "TIMHIEU_LIVE": str(home / "live.conf"),
            "TIMHIEU_SOCKETS": str(home),
            "TIMHIEU_NGINX": shlex.join(self._program),
            "TIMHIEU_NGINX_PID": str(home / "nginx.pid"),
            "TIMHIEU_FLASK": str(home / "bin" / "timhieu-flask"),
        }
        return subprocess.run(words, env=surroundings, capture_output=True, text=True, check=False)

    def _lay_out(self) -> None:
        home = self._home
        for name in ("bin", "etc", "down", "cache"):
            (home / name).mkdir()
        for number in range(3):
            _lay_release(home / "site" / "releases" / f"release-{number}")
        (home / "etc" / "timhieu.env").write_text("QUIZ_HOSTS=127.0.0.1\n")
        python = shlex.quote(sys.executable)
        _script(home / "bin" / "systemctl", f'exec {python} -m drills.stand_in_systemctl "$@"', cd=ROOT)
        _script(
            home / "bin" / "timhieu-flask", f'cd "$TIMHIEU_RELEASE"\nexec {python} -m flask --app wsgi "$@"'
        )
        shutil.copy(ROOT / "deploy" / "nginx" / "down.html", home / "down" / "_down.html")
        shutil.copy(ROOT / "deploy" / "nginx" / "timhieu-live.conf", home / "live.conf")
        self._write_nginx()

    def _write_nginx(self) -> None:
        """The product's file without TLS and the redirect, its paths led into the folder."""
        home, source = self._home, ROOT / "deploy" / "nginx"
        head, _plain, _unknown, site = (
            (source / "timhieu.conf").read_text(encoding="utf-8").split("\nserver {\n")
        )
        site = re.sub(r"^\s*(listen|ssl_\w+|server_name|brotli_static)\b.*;$", "", site, flags=re.MULTILINE)
        site = f"listen 127.0.0.1:{self.port};\n{site}"
        text = f"{head.replace('# Which', '')}\nserver {{\n{site}"
        for old, new in (
            ("/etc/nginx/timhieu-live.conf", home / "live.conf"),
            ("/etc/nginx/", f"{source}/"),
            ("/var/cache/nginx/timhieu", home / "cache" / "pages"),
            ("/var/log/timhieu/", f"{home}/nginx-"),
            ("/srv/timhieu/down", home / "down"),
            ("/var/lib/timhieu/static/", f"{home}/var/static/"),
        ):
            text = text.replace(old, str(new))
        folders = "\n".join(
            f"{kind}_temp_path {home}/cache/{kind};"
            for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        )
        user = "user root;" if os.geteuid() == 0 else ""
        (home / "nginx.conf").write_text(
            f"{user}\npid {home}/nginx.pid;\nworker_processes 1;\nevents {{}}\n"
            f"http {{\n{folders}\n{text}\n}}\n"
        )


def _lay_release(folder: Path) -> None:
    """A release whose parts are those of this source."""
    folder.mkdir(parents=True)
    for path in ROOT.iterdir():
        if path.name not in ("var", "READY"):
            (folder / path.name).symlink_to(path)
    (folder / "READY").touch()


def _script(path: Path, text: str, cd: Path | None = None) -> None:
    path.write_text(f"#!/bin/sh\n{f'cd {shlex.quote(str(cd))}' if cd else ''}\n{text}\n")
    path.chmod(0o755)
